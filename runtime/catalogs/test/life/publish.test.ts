import test from 'ava';
import {wordsCatalog} from '../sample-service.js';
import {author, placed, ref, refusal, reviewer, word, wordsLife} from './setup.js';

test('an approved set becomes the next version from its day on, and the old one stays', async t => {
  const {life, service, approved, publish, at, clock, audit, close} = await wordsLife();
  const change = await publish(await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, {op: 'offShelf', key: 'b'}, word('d', '丁')), '2026-03-10');
  t.like(change, {state: 'published', publishedVersion: '2026.2.0', publishedBy: reviewer.personId});
  t.is(await service.title('words', 'a', at), '甲');
  clock.moveTo(Date.parse('2026-03-10T00:00:00+08:00'));
  t.is(await service.title('words', 'a', clock.now()), '甲二');
  await t.throwsAsync(service.checkRow('words', 'b', clock.now()), {code: 'CATALOG_ROW_RETIRED'});
  t.deepEqual((await life.versionRows('words', '2026.1.0')).rows.map(row => row['titleZh']), ['甲', '乙', '丙']);
  t.is(audit.at(-1)?.action, 'catalogs.publish');
  await close();
});

test('only an approved set is published, once, and on no day that is past or none', async t => {
  const {life, draft, approved, publish, close} = await wordsLife();
  t.deepEqual(await refusal(publish(await draft('words', word('d', '丁')))), ['CATALOG_CHANGE_STATE']);
  const change = await approved('words', word('e', '戊'));
  for (const day of ['2026-03-01', '2026-13-01', '2026-02-30', 'tomorrow', '']) t.deepEqual(await refusal(publish(change, day)), ['CATALOG_CHANGE_DAY_INVALID'], day);
  await publish(change);
  t.deepEqual(await refusal(publish(change)), ['CATALOG_CHANGE_STATE']);
  t.is((await life.timeline('words', {limit: 10})).entries.length, 2);
  await close();
});

test('what publishing refuses leaves the set approved and no version behind', async t => {
  const {life, store, service, approved, publish, close} = await wordsLife();
  const change = await approved('words', word('d', '丁'));
  await service.publish([wordsCatalog('2026.2.0', '2026-05-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active', 'd,戊,E,active'])], 'tests');
  t.deepEqual(await refusal(publish(change)), ['CONFLICT words/words d titleZh', 'CONFLICT words/words d titleEn']);
  t.is((await life.open(author, change.id)).change.state, 'approved');
  t.is((await store.knex('catalog_version')).length, 2);
  await service.publish([wordsCatalog('2026.3.0', '2026-06-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active', 'd,丁,丁,active'])], 'tests');
  t.deepEqual(await refusal(publish(change, '2026-06-01')), ['CATALOG_CHANGE_EMPTY']);
  await close();
});

test('sets that change different cells of a row are merged', async t => {
  const {service, approved, publish, at, close} = await wordsLife();
  const first = await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, {op: 'modify', key: 'b', cells: {titleZh: '乙二'}});
  const second = await approved('words', {op: 'modify', key: 'a', cells: {titleEn: 'A2'}}, {op: 'modify', key: 'b', cells: {titleZh: '乙二', titleEn: 'B2'}}, {op: 'offShelf', key: 'c'});
  await publish(first);
  await publish(second);
  t.like((await service.row('words', 'a', at)).values, {titleZh: '甲二', titleEn: 'A2'});
  t.like((await service.row('words', 'b', at)).values, {titleZh: '乙二', titleEn: 'B2'});
  t.is((await service.row('words', 'c', at)).status, 'retired');
  await close();
});

test('a cell that both sides changed is a conflict with both sides, until one is chosen and reviewed', async t => {
  const {life, service, approved, pass, publish, at, close} = await wordsLife();
  const first = await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, word('d', '丁'));
  const second = await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲三'}}, word('d', '丁三'));
  await publish(first);
  const error = await t.throwsAsync(publish(second), {code: 'CATALOG_CHANGE_CONFLICTS'});
  t.truthy(error);
  const {problems, newerVersion} = await life.open(author, second.id);
  t.is(newerVersion, '2026.2.0');
  t.deepEqual(problems.slice(0, 3).map(placed), ['CONFLICT words/words a titleZh', 'CONFLICT words/words d titleZh', 'CONFLICT words/words d titleEn']);
  t.like(problems[0]?.details, {base: '甲', theirs: '甲二', mine: '甲三'});
  t.deepEqual(await refusal(life.rebase(author, ref(second), [])), ['CONFLICT words/words a titleZh', 'CONFLICT words/words d titleZh', 'CONFLICT words/words d titleEn']);
  const choice = (key: string, column: string, take: 'mine' | 'theirs') => ({table: 'words', key, column, take});
  const moved = await life.rebase(author, ref(second), [choice('a', 'titleZh', 'mine'), choice('d', 'titleZh', 'theirs'), choice('d', 'titleEn', 'theirs')]);
  t.like(moved, {state: 'editing', baseVersion: '2026.2.0'});
  await publish(await pass(moved));
  t.deepEqual([await service.title('words', 'a', at), await service.title('words', 'd', at)], ['甲三', '丁']);
  await close();
});

test('a set whose changes are all in the last version already has nothing to publish', async t => {
  const {approved, publish, close} = await wordsLife();
  const first = await approved('words', word('d', '丁'));
  const second = await approved('words', word('d', '丁'));
  await publish(first);
  t.deepEqual(await refusal(publish(second)), ['CATALOG_CHANGE_EMPTY']);
  await close();
});

test('of two that publish at once one wins, the other gets a code and nothing is half-published', async t => {
  const {life, store, approved, publish, audit, close} = await wordsLife();
  const sets = [await approved('words', word('d', '丁')), await approved('words', word('e', '戊'))];
  const results = await Promise.allSettled(sets.map(change => publish(change)));
  const refused = results.flatMap(result => (result.status === 'rejected' ? [(result.reason as {code?: string}).code] : []));
  t.deepEqual(refused, ['CATALOG_CHANGE_PUBLISHED_MEANWHILE']);
  t.is((await store.knex('catalog_version')).length, 2);
  t.is(audit.filter(entry => entry.action === 'catalogs.publish').length, 1);
  const loser = results[0]?.status === 'rejected' ? sets[0] : sets[1];
  if (loser) t.is((await publish(loser)).publishedVersion, '2026.3.0');
  t.is((await life.versionRows('words', '2026.3.0')).rows.length, 5);
  await close();
});

test('the same set published at once from two places is published once', async t => {
  const {store, approved, publish, close} = await wordsLife();
  const change = await approved('words', word('d', '丁'));
  const results = await Promise.allSettled([publish(change), publish(change)]);
  t.is(results.filter(result => result.status === 'fulfilled').length, 1);
  t.is((await store.knex('catalog_version')).length, 2);
  await close();
});

test('a folder that is published meanwhile is merged, and its version number passed', async t => {
  const {service, approved, publish, at, close} = await wordsLife();
  const change = await approved('words', word('d', '丁'));
  await service.publish([wordsCatalog('2026.7.0', '2026-03-01', ['a,甲七,A,active', 'b,乙,B,active', 'c,丙,C,active'])], 'tests');
  t.is((await publish(change)).publishedVersion, '2026.8.0');
  t.is(await service.title('words', 'a', at), '甲七');
  await close();
});

test('a version from before row schemas were kept is told to be published once more, which is enough', async t => {
  const {store, service, draft, close} = await wordsLife();
  await store.knex('catalog_version').update({row_schemas: null});
  t.deepEqual(await refusal(draft('words', word('d', '丁'))), ['CATALOG_CHANGE_SCHEMAS_MISSING']);
  await service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active'])], 'tests');
  t.is((await draft('words', word('d', '丁'))).state, 'editing');
  await close();
});

test('a row that another catalog begins to name at the same moment does not go', async t => {
  const {life, service, store, approved, publish, close} = await wordsLife();
  const going = await approved('words', {op: 'void', key: 'b'});
  const naming = {name: 'naming', files: Object.fromEntries(Object.entries(wordsCatalog('2026.1.0', '2026-01-01', ['b,甲,A,active']).files).map(([file, text]) => [
    file.replace('words', 'naming'), text.replaceAll('words', 'naming').replace('key: [code]', 'key: [code], references: [{column: code, catalog: words, key: code}]'),
  ]))};
  const results = await Promise.allSettled([publish(going), service.publish([naming], 'tests')]);
  t.is(results.filter(result => result.status === 'fulfilled').length, 1);
  const words = await life.versionRows('words', results[0]?.status === 'fulfilled' ? '2026.2.0' : '2026.1.0');
  const named = await store.knex('catalog_version').where({catalog_id: 'naming'});
  t.is(words.rows.find(row => row['code'] === 'b')?.['status'] === 'active', named.length === 1);
  await close();
});

import test from 'ava';
import {wordsCatalog} from '../sample-service.js';
import {author, placed, ref, refusal, reviewer, stranger, word, wordsLife} from './setup.js';

const minute = 60_000;
const may = Date.parse('2026-05-01T00:00:00+08:00');

/** `words` 2026.1.0 holds, 2026.2.0 waits for 2026-05-01: a is renamed, c goes, d comes. */
async function scheduledLife() {
  const parts = await wordsLife();
  const set = await parts.publish(await parts.approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, {op: 'offShelf', key: 'c'}, word('d', '丁')), '2026-05-01');
  const withdraw = (version = '2026.2.0', by = reviewer) => parts.life.withdraw(by, {catalogId: 'words', version, reason: '文件有误'});
  const titles = async (at: number) => (await parts.service.rows('words', at)).map(row => `${row['code']} ${row['titleZh']}${row['status'] === 'retired' ? ' -' : ''}`);
  return {...parts, set, withdraw, titles};
}

test('a version is withdrawn before its day: it never holds, stays as history, and its number is not used again', async t => {
  const {life, set, store, withdraw, titles, approved, publish, audit, clock, close} = await scheduledLife();
  t.deepEqual(await titles(may), ['a 甲二', 'b 乙', 'c 丙 -', 'd 丁']);
  t.like(await withdraw(), {version: '2026.2.0', withdrawnAt: clock.now()});
  t.deepEqual(await titles(may), ['a 甲', 'b 乙', 'c 丙']);
  t.deepEqual(audit.slice(-2).map(entry => [entry.action, entry.personId]), [['catalogs.withdraw', 'p-reviewer'], ['catalogs.unpublish', 'p-reviewer']]);
  const opened = await life.open(author, set.id);
  t.is(opened.change.state, 'withdrawn');
  t.like(opened.lines.find(line => line.kind === 'unpublished'), {opinion: '文件有误', personId: 'p-reviewer'});
  t.deepEqual((await life.versionRows('words', '2026.2.0')).rows.length, 4);
  const next = await publish(await approved('words', word('e', '戊')), '2026-04-01');
  t.is(next.publishedVersion, '2026.3.0');
  const {entries} = await life.timeline('words', {limit: 10});
  t.deepEqual(entries.map(entry => [entry.version, entry.state, entry.previous, entry.withdrawn?.reason]), [['2026.3.0', 'scheduled', '2026.1.0', undefined], ['2026.2.0', 'withdrawn', '2026.1.0', '文件有误'], ['2026.1.0', 'holds', null, undefined]]);
  t.is((await store.knex('catalog_version')).length, 3);
  await close();
});

test('withdrawing twice, by who may not, without a reason, or what is none is refused with its code', async t => {
  const {life, withdraw, denied, titles, close} = await scheduledLife();
  t.deepEqual(await refusal(withdraw('2026.2.0', stranger)), ['CATALOG_CHANGE_NOT_YOURS']);
  denied.add('catalogs.publish');
  t.deepEqual(await refusal(withdraw()), ['CATALOG_CHANGE_NOT_YOURS']);
  denied.clear();
  t.deepEqual(await refusal(life.withdraw(reviewer, {catalogId: 'words', version: '2026.2.0', reason: '  '})), ['CATALOG_CHANGE_TEXT_INVALID']);
  t.deepEqual(await refusal(withdraw('2026.9.0')), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  t.deepEqual(await refusal(withdraw('2026.1.0')), ['CATALOG_CHANGE_VERSION_HOLDS']);
  t.deepEqual(await titles(may), ['a 甲二', 'b 乙', 'c 丙 -', 'd 丁']);
  const both = await Promise.allSettled([withdraw(), withdraw()]);
  t.is(both.filter(each => each.status === 'fulfilled').length, 1);
  t.deepEqual(await refusal(withdraw()), ['CATALOG_CHANGE_VERSION_WITHDRAWN']);
  await close();
});

test('a version is withdrawn until a minute before its day, and not at the moment at which it takes effect', async t => {
  const {withdraw, clock, titles, close} = await scheduledLife();
  for (const at of [may + minute, may, may - 1, may - minute + 1]) {
    clock.moveTo(at);
    t.deepEqual(await refusal(withdraw()), ['CATALOG_CHANGE_VERSION_HOLDS'], new Date(at).toISOString());
  }
  clock.moveTo(may - minute);
  await withdraw();
  t.deepEqual(await titles(may), ['a 甲', 'b 乙', 'c 丙']);
  await close();
});

test('of several scheduled versions the newest is withdrawn first; the first of a catalog is not', async t => {
  const {service, approved, publish, withdraw, titles, clock, life, close} = await scheduledLife();
  await publish(await approved('words', word('e', '戊')), '2026-06-01');
  t.deepEqual(await refusal(withdraw()), ['CATALOG_CHANGE_VERSION_NOT_NEWEST']);
  await withdraw('2026.3.0');
  await withdraw();
  t.deepEqual(await titles(may), ['a 甲', 'b 乙', 'c 丙']);
  const alone = wordsCatalog('2026.1.0', '2026-07-01', ['a,甲,A,active']);
  await service.publish([{name: 'alone', files: Object.fromEntries(Object.entries(alone.files).map(([file, text]) => [file.replace('words', 'alone'), text.replaceAll('words', 'alone')]))}], 'tests');
  t.deepEqual(await refusal(life.withdraw(reviewer, {catalogId: 'alone', version: '2026.1.0', reason: '无'})), ['CATALOG_CHANGE_VERSION_ONLY']);
  t.true(clock.now() < may);
  await close();
});

test('a version whose new rows another catalog names already is not withdrawn; the rows are told', async t => {
  const {service, withdraw, titles, close} = await scheduledLife();
  await service.publish([{name: 'naming', files: Object.fromEntries(Object.entries(wordsCatalog('2026.1.0', '2026-05-01', ['d,丁,D,active']).files).map(([file, text]) => [
    file.replace('words', 'naming'), text.replaceAll('words', 'naming').replace('key: [code]', 'key: [code], references: [{column: code, catalog: words, key: code}]'),
  ]))}], 'tests');
  t.deepEqual(await refusal(withdraw()), ['USED_BY_ROW words/words d']);
  t.deepEqual(await titles(may), ['a 甲二', 'b 乙', 'c 丙 -', 'd 丁']);
  await close();
});

test('a correction is published before the scheduled version, holds at once, and that version is made again with it', async t => {
  const {life, approved, publish, titles, at, close} = await scheduledLife();
  const set = await approved('words', {op: 'modify', key: 'b', cells: {titleZh: '乙二'}}, word('e', '戊'));
  t.like(await life.check(author, set.id, '2026-03-03'), {version: '2026.3.0', remade: [{version: '2026.2.0', effectiveAt: may, becomes: '2026.4.0'}]});
  t.is((await publish(set, '2026-03-03')).publishedVersion, '2026.3.0');
  t.deepEqual(await titles(at), ['a 甲', 'b 乙', 'c 丙']);
  t.deepEqual(await titles(at + 2 * 86_400_000), ['a 甲', 'b 乙二', 'c 丙', 'e 戊']);
  t.deepEqual(await titles(may), ['a 甲二', 'b 乙二', 'c 丙 -', 'd 丁', 'e 戊']);
  const {entries} = await life.timeline('words', {limit: 10});
  t.deepEqual(entries.map(entry => [entry.version, entry.state, entry.withdrawn?.supersededBy, entry.changed.added]), [
    ['2026.4.0', 'scheduled', undefined, 1], ['2026.3.0', 'scheduled', undefined, 1], ['2026.2.0', 'withdrawn', '2026.4.0', 1], ['2026.1.0', 'holds', undefined, 3],
  ]);
  t.like(entries[0], {remadeFrom: '2026.2.0', change: {authorName: 'p-author', publishedByName: 'p-reviewer'}});
  await close();
});

test('a correction that contradicts what holds or what is scheduled is refused with the cells, and nothing is published', async t => {
  const {life, store, approved, publish, withdraw, close} = await scheduledLife();
  const set = await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲三'}});
  const error = await t.throwsAsync(publish(set, '2026-03-03'), {code: 'CATALOG_CHANGE_EARLY_CONFLICTS'});
  t.like((error as unknown as {details: object}).details, {version: '2026.1.0', first: '2026-05-01', last: '2026.2.0'});
  t.deepEqual((await life.check(author, set.id, '2026-03-03')).problems.map(placed), ['CONFLICT words/words a titleZh']);
  t.is((await store.knex('catalog_version')).length, 2);
  t.is((await publish(set, '2026-05-01')).publishedVersion, '2026.3.0');
  await withdraw('2026.3.0');
  const opened = await approved('words', {op: 'modify', key: 'd', cells: {titleZh: '丁二'}});
  t.deepEqual(await refusal(publish(opened, '2026-03-03')), ['ROW_UNKNOWN words/words d']);
  await close();
});

test('what was withdrawn is proposed again by going back to it, new rows included', async t => {
  const {life, withdraw, pass, publish, titles, close} = await scheduledLife();
  await withdraw();
  const set = await life.rollBack(author, {catalogId: 'words', version: '2026.2.0', title: '重新提出'});
  t.deepEqual((await life.open(author, set.id)).diff.map(row => [row.key, row.op]), [['a', 'modify'], ['c', 'offShelf'], ['d', 'add']]);
  t.is((await publish(await pass(set), '2026-05-01')).publishedVersion, '2026.3.0');
  t.deepEqual(await titles(may), ['a 甲二', 'b 乙', 'c 丙 -', 'd 丁']);
  await close();
});

test('an open set that was begun on a withdrawn version moves onto the one that stands', async t => {
  const {life, draft, withdraw, pass, publish, titles, close} = await scheduledLife();
  const set = await draft('words', {op: 'modify', key: 'a', cells: {titleEn: 'A3'}});
  await withdraw();
  t.is((await life.open(author, set.id)).newerVersion, '2026.1.0');
  await publish(await pass(await life.rebase(author, ref(set), [])), '2026-03-02');
  t.deepEqual(await titles(may), ['a 甲', 'b 乙', 'c 丙']);
  await close();
});

test('a withdrawn version does not come back from its folder under the same number', async t => {
  const {service, withdraw, approved, publish, close} = await scheduledLife();
  await withdraw();
  const folder = wordsCatalog('2026.2.0', '2026-05-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active']);
  await t.throwsAsync(service.publish([folder], 'tests'), {code: 'CATALOG_VERSION_WITHDRAWN'});
  t.is((await publish(await approved('words', word('e', '戊')))).publishedVersion, '2026.3.0');
  await close();
});

test('the list says which rows wait for their day, with the day and what holds till then', async t => {
  const {life, clock, close} = await scheduledLife();
  const page = await life.rows({catalogId: 'words', filter: {}, limit: 10});
  t.like(page, {version: '2026.2.0', holds: '2026.1.0', scheduled: [{version: '2026.2.0', effectiveAt: may}]});
  t.deepEqual(page.rows.map(row => [row.key, row.state, row.scheduled?.op, row.scheduled?.now?.['titleZh']]), [['a', 'scheduled', 'modify', '甲'], ['b', 'effective', undefined, undefined], ['c', 'scheduled', 'offShelf', '丙'], ['d', 'scheduled', 'add', undefined]]);
  t.deepEqual((await life.rows({catalogId: 'words', filter: {state: 'scheduled'}, limit: 10})).rows.map(row => row.key), ['a', 'c', 'd']);
  clock.moveTo(may);
  const then = await life.rows({catalogId: 'words', filter: {}, limit: 10});
  t.deepEqual([then.holds, then.scheduled.length, then.rows.map(row => row.state).join()], ['2026.2.0', 0, 'effective,effective,retired,effective']);
  await close();
});

import test from 'ava';
import type {LocalizedText} from '@banli/formats';
import {createCatalogSubscriptions, type LifeActor} from '../src/index.js';
import {author, refusal, reviewer, sampleLife, word, wordsLife} from './life/setup.js';

interface Told {readonly personIds: readonly string[]; readonly kind: string; readonly title: LocalizedText; readonly body: LocalizedText; readonly link: string}

/** Subscriptions over a life; `readers` may read, `failing` makes the next notice fail. */
function subscriptionsOver({store, clock}: Awaited<ReturnType<typeof wordsLife>>) {
  const told: Told[] = [];
  const lost = new Set<string>();
  const state = {failing: false};
  const subscriptions = createCatalogSubscriptions({
    store, clock, audit: {record: async () => undefined}, rights: {may: actor => actor.unitId === 'editors'}, references: {uses: async () => []}, onPublished: async () => undefined,
    mayRead: personId => !lost.has(personId), completers: unitId => (unitId === 'city' ? ['p-city'] : []), unitTitle: unitId => ({'zh-CN': unitId, en: `Unit ${unitId}`}),
    notices: {notify: async (tx, notice) => {
      if (state.failing) throw new Error('no notice today');
      await tx('setting').select('name').limit(1);
      tx.onCommit(() => void told.push(notice));
    }},
  });
  return {subscriptions, told, lost, state};
}

const another: LifeActor = {...author, personId: 'p-another'};

test('who follows a catalog is told once of each version, and sees what changed until he says that he has seen it', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  const mine = await subscriptions.add(author, {catalogId: 'words'});
  t.like(mine, {catalogId: 'words', branch: null, seenVersion: '2026.1.0', version: '2026.1.0', changes: {total: 0}});
  t.is((await subscriptions.add(author, {catalogId: 'words'})).id, mine.id);
  t.is(await subscriptions.teller.round(), 0);
  await parts.publish(await parts.approved('words', word('d', '丁'), {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, {op: 'offShelf', key: 'b'}));
  t.is(await subscriptions.teller.round(), 1);
  t.is(await subscriptions.teller.round(), 0);
  t.deepEqual(told.map(({personIds, kind, link}) => [personIds, kind, link]), [[[author.personId], 'catalogs.published', '/catalog-subscriptions']]);
  t.true(told[0]?.body['zh-CN'].endsWith('新增 1 条，修改 1 条，停用 1 条。'), told[0]?.body['zh-CN']);
  const [seen] = await subscriptions.list(author);
  t.like(seen, {seenVersion: '2026.1.0', changes: {added: 1, modified: 1, ended: 1, total: 3}});
  const {diff} = await subscriptions.changes(author, mine.id);
  t.deepEqual(diff.map(({key, op}) => [key, op]), [['a', 'modify'], ['b', 'offShelf'], ['d', 'add']]);
  t.like(await subscriptions.seen(author, mine.id, seen?.version ?? ''), {seenVersion: seen?.version, changes: {total: 0}});
  t.like(await subscriptions.seen(author, mine.id, '2026.1.0'), {seenVersion: seen?.version}, 'going back is ignored');
});

test('a branch is told of what lies in it, also of rows elsewhere in the catalog that name it', async t => {
  const parts = await sampleLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  const branch = await subscriptions.add(author, {catalogId: 'matters', branch: '0101'});
  await subscriptions.add(author, {catalogId: 'matters', branch: '02'});
  t.like(branch, {branch: {key: '0101', title: {'zh-CN': '商品消费'}}, kind: 'tree'});
  await parts.publish(await parts.approved('matters',
    {op: 'modify', key: '010101', cells: {titleZh: '商品质量问题投诉'}}, {table: 'synonyms', op: 'add', cells: {matterCode: '010102', word: '吃坏肚子了', sourceRef: 'own: 试验'}},
    {op: 'modify', key: '010201', cells: {titleEn: 'Dispute with a restaurant or a canteen'}}));
  t.is(await subscriptions.teller.round(), 1);
  t.regex(told[0]?.body['zh-CN'] ?? '', /“商品消费”分支新增 1 条，修改 1 条，停用 0 条/);
  t.deepEqual((await subscriptions.changes(author, branch.id)).diff.map(({table, key}) => [table, key]), [['matters', '010101'], ['synonyms', '010102|吃坏肚子了']]);
});

test('somebody who may not read any more is not told, and a notice that fails is told at the next round', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told, lost, state} = subscriptionsOver(parts);
  await subscriptions.add(author, {catalogId: 'words'});
  await subscriptions.add(another, {catalogId: 'words'});
  lost.add(another.personId);
  await parts.publish(await parts.approved('words', word('d', '丁')));
  state.failing = true;
  await t.throwsAsync(subscriptions.teller.round(), {message: 'no notice today'});
  state.failing = false;
  t.is(await subscriptions.teller.round(), 1);
  t.deepEqual(told.map(notice => notice.personIds), [[author.personId]]);
});

test('a version that is withdrawn before its day is told once, and seeing what stands ends the difference', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  const {id} = await subscriptions.add(author, {catalogId: 'words'});
  await parts.publish(await parts.approved('words', word('d', '丁')), '2026-05-01');
  await subscriptions.teller.round();
  await subscriptions.seen(author, id, '2026.2.0');
  await parts.life.withdraw(reviewer, {catalogId: 'words', version: '2026.2.0', reason: '文件有误'});
  t.is(await subscriptions.teller.round(), 1);
  t.is(await subscriptions.teller.round(), 0);
  t.regex(told.at(-1)?.title['zh-CN'] ?? '', /2026\.2\.0 版已撤回/);
  const {subscription} = await subscriptions.changes(author, id);
  t.like(subscription, {version: '2026.1.0', seenVersion: '2026.2.0', changes: {ended: 1, total: 1}});
  t.is((await subscriptions.seen(author, id, '2026.1.0')).changes.total, 0);
});

test('of a correction before a scheduled version subscribers are told the day from which it holds', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  await subscriptions.add(author, {catalogId: 'words'});
  await parts.publish(await parts.approved('words', word('d', '丁')), '2026-05-01');
  await subscriptions.teller.round();
  parts.clock.moveTo(parts.clock.now() + 1_000);
  await parts.publish(await parts.approved('words', word('e', '戊')), '2026-03-04');
  t.is(await subscriptions.teller.round(), 1);
  t.regex(told.at(-1)?.body['zh-CN'] ?? '', /^自 2026-03-04 起有效。新增 1 条，/);
});

test('what cannot be told of one subscription keeps nobody else from being told', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  await subscriptions.add(author, {catalogId: 'words'});
  await parts.store.knex('catalog_subscription').insert({id: '0-broken', person_id: another.personId, catalog_id: 'words', branch: 'x', seen_version_id: 'gone', told_version_id: 'a-gone', created_at: 1});
  await parts.publish(await parts.approved('words', word('d', '丁')));
  t.deepEqual(await refusal(subscriptions.teller.round()), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  t.deepEqual(told.map(notice => notice.personIds), [[author.personId]]);
});

test('two servers that tell at once tell once', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  await subscriptions.add(author, {catalogId: 'words'});
  await parts.publish(await parts.approved('words', word('d', '丁')));
  await Promise.all([subscriptions.teller.round(), subscriptions.teller.round()]);
  t.is(told.length, 1);
});

test('only own subscriptions exist; unknown branches and catalogs, and the hundred-and-first are refused', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions} = subscriptionsOver(parts);
  const mine = await subscriptions.add(author, {catalogId: 'words'});
  t.deepEqual(await subscriptions.list(another), []);
  t.deepEqual(await refusal(subscriptions.changes(another, mine.id)), ['CATALOG_SUBSCRIPTION_UNKNOWN']);
  t.deepEqual(await refusal(subscriptions.seen(another, mine.id, '2026.1.0')), ['CATALOG_SUBSCRIPTION_UNKNOWN']);
  await subscriptions.remove(another, mine.id);
  t.is((await subscriptions.list(author)).length, 1);
  t.deepEqual(await refusal(subscriptions.add(author, {catalogId: 'words', branch: 'a'})), ['CATALOG_SUBSCRIPTION_BRANCH_UNKNOWN']);
  t.deepEqual(await refusal(subscriptions.add(author, {catalogId: 'nothing'})), ['CATALOG_UNKNOWN']);
  t.deepEqual(await refusal(subscriptions.seen(author, mine.id, '9.9.9')), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  const row = {person_id: author.personId, catalog_id: 'other', seen_version_id: 'v', told_version_id: 'v', created_at: 1};
  await parts.store.knex('catalog_subscription').insert(Array.from({length: 100}, (_, index) => ({...row, id: `s${index}`, branch: `b${index}`})));
  await subscriptions.remove(author, mine.id);
  await subscriptions.remove(author, mine.id);
  t.deepEqual(await refusal(subscriptions.add(author, {catalogId: 'words'})), ['CATALOG_SUBSCRIPTION_TOO_MANY']);
});

test('the same subscription made twice at once is one', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions} = subscriptionsOver(parts);
  const made = await Promise.all([1, 2, 3].map(() => subscriptions.add(author, {catalogId: 'words'})));
  t.is(new Set(made.map(each => each.id)).size, 1);
});

test('a unit is told once of an issue that waits for it, and of none that was taken back before', async t => {
  const parts = await wordsLife();
  t.teardown(parts.close);
  const {subscriptions, told} = subscriptionsOver(parts);
  const base = {catalog_id: 'words', from_unit_id: 'province', area_code: '650100', base_version_id: 'v', base_name: '2026.1.0', lock_version: 1, created_at: 1, updated_at: 1, issued_by: 'p', issued_by_name: 'p'};
  await parts.store.knex('catalog_issue').insert([{...base, id: 'i1', to_unit_id: 'city', state: 'issued', open_slot: '1'}, {...base, id: 'i2', to_unit_id: 'city', state: 'takenBack', open_slot: null}, {...base, id: 'i3', to_unit_id: 'empty', state: 'issued', open_slot: '3'}]);
  t.is(await subscriptions.teller.round(), 1);
  t.is(await subscriptions.teller.round(), 0);
  t.deepEqual(told.map(({personIds, link, kind}) => [personIds, link, kind]), [[['p-city'], '/catalog-issues/i1', 'catalogs.issued']]);
  t.deepEqual([told[0]?.body['zh-CN'], told[0]?.body.en], ['province下发了 2026.1.0 版，请核验、完善后确认。', 'Unit province issued version 2026.1.0: check it, complete it, confirm it.']);
  t.is((await parts.store.knex('catalog_issue').whereNull('told_at')).length, 0);
});

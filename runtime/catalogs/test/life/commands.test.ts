import test from 'ava';
import {author, ref, refusal, reviewer, stranger, word, wordsLife} from './setup.js';

test('A1: a new row is 待提交审核 and stands in the list at once', async t => {
  const {life, draft, close} = await wordsLife();
  const change = await draft('words', word('d', '丁'));
  t.is(change.state, 'editing');
  const {rows} = await life.rows({catalogId: 'words', filter: {}, limit: 10});
  t.deepEqual(rows.map(row => [row.key, row.state]), [['a', 'effective'], ['b', 'effective'], ['c', 'effective'], ['d', 'editing']]);
  t.is((await life.rows({catalogId: 'words', filter: {state: 'editing'}, limit: 10})).rows[0]?.pending[0]?.changeId, change.id);
  await close();
});

test('A3: a set under review shows what changes, cell by cell', async t => {
  const {life, draft, close} = await wordsLife();
  const change = await life.submit(author, ref(await draft('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, {op: 'offShelf', key: 'b'})));
  const {diff, lines, problems} = await life.open(reviewer, change.id);
  t.deepEqual(diff.map(({key, op, cells}) => [key, op, cells]), [
    ['a', 'modify', [{column: 'titleZh', before: '甲', after: '甲二'}]],
    ['b', 'offShelf', [{column: 'status', before: 'active', after: 'retired'}]],
  ]);
  t.deepEqual([problems, lines.map(line => line.kind).sort()], [[], ['created', 'submitted']]);
  await close();
});

test('A4: a set 待提交审核 is deleted for good, a failed one leaves the flow and stays as history', async t => {
  const {life, draft, audit, close} = await wordsLife();
  const gone = await draft('words', word('d', '丁'));
  await life.delete(author, ref(gone));
  t.deepEqual(await refusal(life.open(author, gone.id)), ['CATALOG_CHANGE_UNKNOWN']);
  const failed = await life.decide(reviewer, ref(await life.submit(author, ref(await draft('words', word('e', '戊'))))), {result: 'fail', opinion: '重复'});
  t.like(failed, {state: 'failed', opinion: '重复', decidedBy: reviewer.personId});
  t.deepEqual(await refusal(life.delete(author, ref(failed))), ['CATALOG_CHANGE_STATE']);
  const revoked = await life.revoke(author, ref(failed));
  t.is(revoked.state, 'revoked');
  t.deepEqual(await refusal(life.revoke(author, ref(revoked))), ['CATALOG_CHANGE_STATE']);
  t.is((await life.rows({catalogId: 'words', filter: {}, limit: 10})).rows.length, 3);
  t.deepEqual(audit.map(entry => entry.action), ['catalogs.create', 'catalogs.put', 'catalogs.delete', 'catalogs.create', 'catalogs.put', 'catalogs.submit', 'catalogs.fail', 'catalogs.revoke']);
  await close();
});

test('an author deletes his own set that was never submitted, others need a right of their own; the audit row stays', async t => {
  const {life, draft, denied, audit, close} = await wordsLife();
  denied.add('catalogs.delete');
  const change = await draft('words', word('d', '丁'));
  t.deepEqual(await refusal(life.delete(reviewer, ref(change))), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.delete(author, {...ref(change), lockVersion: change.lockVersion - 1})), ['CATALOG_CHANGE_STALE']);
  await life.delete(author, ref(change));
  t.deepEqual(await refusal(life.delete(author, ref(change))), ['CATALOG_CHANGE_UNKNOWN']);
  t.like(audit.at(-1), {action: 'catalogs.delete', subject: change.id, data: {rows: ['add words d']}});
  await close();
});

test('a set that was once submitted is deleted by a right of its own; whoever writes takes it out of the flow, and it stays as history', async t => {
  const {life, draft, denied, close} = await wordsLife();
  denied.add('catalogs.delete');
  const failed = await life.decide(reviewer, ref(await life.submit(author, ref(await draft('words', word('d', '丁'))))), {result: 'fail', opinion: '重复'});
  const change = await life.put(author, ref(failed), word('d', '丁二'));
  t.is(change.state, 'editing');
  t.deepEqual(await refusal(life.delete(author, ref(change))), ['CATALOG_CHANGE_NOT_YOURS']);
  const revoked = await life.revoke(author, ref(change));
  t.is(revoked.state, 'revoked');
  t.is((await life.open(author, change.id)).diff.length, 1);
  denied.clear();
  t.deepEqual(await refusal(life.delete(author, ref(revoked))), ['CATALOG_CHANGE_STATE']);
  await close();
});

test('what was effective is never deleted', async t => {
  const {life, approved, publish, close} = await wordsLife();
  const change = await publish(await approved('words', word('d', '丁')));
  t.deepEqual(await refusal(life.delete(author, ref(change))), ['CATALOG_CHANGE_EFFECTIVE']);
  await close();
});

test('a failed set that is worked on again waits for its submission', async t => {
  const {life, draft, put, close} = await wordsLife();
  const failed = await life.decide(reviewer, ref(await life.submit(author, ref(await draft('words', word('d', '丁'))))), {result: 'fail', opinion: '改名'});
  t.is((await put(failed, {op: 'modify', key: 'd', cells: {titleZh: '丁二'}})).state, 'editing');
  t.is((await life.open(author, failed.id)).diff[0]?.op, 'add');
  await close();
});

test('a reviewer needs an opinion to refuse, and reviews nothing of his own', async t => {
  const {life, draft, close} = await wordsLife();
  const first = await life.submit(author, ref(await draft('words', word('d', '丁'))));
  t.deepEqual(await refusal(life.decide(author, ref(first), {result: 'pass', opinion: ''})), ['CATALOG_CHANGE_OWN_REVIEW']);
  t.deepEqual(await refusal(life.decide(reviewer, ref(first), {result: 'fail', opinion: '  '})), ['CATALOG_CHANGE_OPINION_MISSING']);
  t.is((await life.decide(reviewer, ref(first), {result: 'pass', opinion: ''})).state, 'approved');
  const helped = await life.put(reviewer, ref(await draft('words')), word('e', '戊'));
  t.deepEqual(await refusal(life.decide(reviewer, ref(await life.submit(author, ref(helped))), {result: 'pass', opinion: ''})), ['CATALOG_CHANGE_OWN_REVIEW']);
  await close();
});

test('nobody does anything in a catalog that his post does not cover, and each right is its own', async t => {
  const {life, draft, approved, denied, audit, close} = await wordsLife();
  const change = await draft('words', word('d', '丁'));
  const ready = await approved('words', word('e', '戊'));
  const before = audit.length;
  const here = ref(change);
  const attempts: ReadonlyArray<() => Promise<unknown>> = [
    () => life.create(stranger, {catalogId: 'words', title: 'x'}), () => life.put(stranger, here, word('x', 'x')), () => life.remove(stranger, here, {table: 'words', key: 'd'}),
    () => life.submit(stranger, here), () => life.delete(stranger, here), () => life.rebase(stranger, here, []), () => life.open(stranger, change.id),
    () => life.changes(stranger, {catalogId: 'words', limit: 5}), () => life.rollBack(stranger, {catalogId: 'words', version: '2026.1.0', title: 'x'}),
    () => life.publish(stranger, {...ref(ready), effectiveFrom: '2026-03-02'}), () => life.revoke(stranger, ref(ready)),
  ];
  for (const attempt of attempts) t.deepEqual(await refusal(attempt()), ['CATALOG_CHANGE_NOT_YOURS']);
  denied.add('catalogs.publish').add('catalogs.review');
  t.deepEqual(await refusal(life.publish(reviewer, {...ref(ready), effectiveFrom: '2026-03-02'})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.decide(reviewer, ref(await life.submit(author, here)), {result: 'pass', opinion: ''})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.is(audit.length, before + 1);
  await close();
});

test('of two administrators who change the same set, the second is told to load it again', async t => {
  const {life, draft, close} = await wordsLife();
  const seen = await draft('words', word('d', '丁'));
  const both = await Promise.allSettled([life.put(author, ref(seen), word('e', '戊')), life.put(reviewer, ref(seen), word('f', '己'))]);
  t.deepEqual(both.map(result => result.status).sort(), ['fulfilled', 'rejected']);
  t.deepEqual(await refusal(life.submit(author, ref(seen))), ['CATALOG_CHANGE_STALE']);
  t.is((await life.open(author, seen.id)).diff.length, 2);
  await close();
});

test('a command that comes twice does its work once', async t => {
  const {life, draft, close} = await wordsLife();
  const seen = ref(await draft('words', word('d', '丁')));
  const results = await Promise.allSettled([life.submit(author, seen), life.submit(author, seen)]);
  t.is(results.filter(result => result.status === 'fulfilled').length, 1);
  t.deepEqual(await refusal(life.submit(author, seen)), ['CATALOG_CHANGE_STATE']);
  const gone = ref(await draft('words'));
  const deleted = await Promise.allSettled([life.delete(author, gone), life.delete(author, gone)]);
  t.deepEqual(deleted.flatMap(result => (result.status === 'rejected' ? [(result.reason as {code?: string}).code] : [])), ['CATALOG_CHANGE_UNKNOWN']);
  await close();
});

test('bad input is refused with table, row and column', async t => {
  const {life, draft, put, close} = await wordsLife();
  const change = await draft('words');
  t.deepEqual(await refusal(life.submit(author, ref(change))), ['CATALOG_CHANGE_EMPTY']);
  t.deepEqual(await refusal(put(change, {op: 'add', cells: {code: 'x', titleZh: '甲 ', titleEn: 'X'}})), ['FILE_ROW_INVALID words/words x titleZh', 'FILE_ROW_INVALID words/words x sourceRef']);
  t.deepEqual(await refusal(put(change, word('x', '一\n二'))), ['TEXT_INVALID words/words x titleZh', 'TEXT_INVALID words/words x titleEn']);
  t.deepEqual(await refusal(put(change, {op: 'add', cells: {colour: 'red'}})), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  t.deepEqual(await refusal(put(change, {op: 'modify', table: 'constructor', key: 'a', cells: {}})), ['CATALOG_CHANGE_TABLE_UNKNOWN']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'nobody', cells: {titleZh: 'x'}})), ['CATALOG_CHANGE_ROW_UNKNOWN']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'a', cells: {titleZh: '甲'}})), ['CATALOG_CHANGE_CHANGED_NOTHING']);
  t.deepEqual(await refusal(put(change, {op: 'restore', key: 'a'})), ['ROW_STATUS words/words a']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'a', cells: {status: 'retired'}})), ['STATUS_BY_OP words/words a status']);
  t.deepEqual(await refusal(life.create(author, {catalogId: 'words', title: ' \n'})), ['CATALOG_CHANGE_TEXT_INVALID']);
  t.deepEqual(await refusal(life.create(author, {catalogId: 'nothing', title: 'x'})), ['CATALOG_UNKNOWN']);
  t.deepEqual(await refusal(life.remove(author, ref(change), {table: 'words', key: 'a'})), ['CATALOG_CHANGE_ROW_UNKNOWN']);
  await close();
});

test('a set that begins with rows is there with them, or not at all when one is refused', async t => {
  const {life, audit, close} = await wordsLife();
  const made = await life.create(author, {catalogId: 'words', title: '两行', rows: [word('d', '丁'), {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}]});
  t.deepEqual((await life.open(author, made.id)).diff.map(({key, op}) => [key, op]), [['a', 'modify'], ['d', 'add']]);
  t.is((await life.submit(author, ref(made))).state, 'inReview');
  const before = audit.length;
  for (const rows of [[word('e', '戊'), {op: 'modify' as const, key: 'a', cells: {titleZh: ' '}}], [word('a', '甲')], [{op: 'modify' as const, key: 'x', cells: {}}], [{op: 'modify' as const, key: 'a', cells: {}}]]) {
    t.is((await refusal(life.create(author, {catalogId: 'words', title: '不成', rows}))).length, 1);
  }
  t.deepEqual(await refusal(life.create(stranger, {catalogId: 'words', title: '不成', rows: [word('f', '己')]})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual((await life.changes(author, {catalogId: 'words', limit: 10})).map(change => change.id), [made.id]);
  t.is(audit.length, before);
  await close();
});

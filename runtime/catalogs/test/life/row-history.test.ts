import test from 'ava';
import {wordsCatalog} from '../sample-service.js';
import {city, county, issueWorld, normal, region, ref as issueRef, shorter} from '../issue/setup.js';
import {author, ref, refusal, reviewer, word, wordsLife} from './setup.js';

const day = 86_400_000;

/** The word b: there from the first version, renamed, voided, brought back by going back to the first version. */
async function livedRow() {
  const parts = await wordsLife();
  const {clock, life, approved, pass, publish} = parts;
  clock.moveBy(day);
  await publish(await approved('words', {op: 'modify', key: 'b', cells: {titleZh: '乙二'}}, word('d', '丁')), '2026-03-03');
  clock.moveBy(day);
  await publish(await approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}), '2026-03-04');
  clock.moveBy(day);
  await publish(await approved('words', {op: 'void', key: 'b'}), '2026-03-05');
  clock.moveBy(day);
  await publish(await pass(await life.rollBack(author, {catalogId: 'words', version: '2026.1.0', title: '恢复到最初'})), '2026-03-20');
  return parts;
}

test('the history of a row tells every version in which it changed: who, from which day, out of which set, which cells', async t => {
  const {life, close} = await livedRow();
  const {entries, nextCursor} = await life.rowHistory({catalogId: 'words', key: 'b', limit: 10});
  t.is(nextCursor, null);
  t.deepEqual(entries.map(({version, state, cause, publishedBy, diff}) => [version, state, cause.kind, cause.origin, cause.title, publishedBy, diff.op]), [
    ['2026.5.0', 'scheduled', 'set', 'rollback', '恢复到最初', 'p-reviewer', 'restore'],
    ['2026.4.0', 'holds', 'set', 'manual', '变更', 'p-reviewer', 'void'],
    ['2026.2.0', 'past', 'set', 'manual', '变更', 'p-reviewer', 'modify'],
    ['2026.1.0', 'past', 'folder', null, null, 'tests', 'add'],
  ]);
  t.deepEqual(entries[2]?.diff.cells, [{column: 'titleZh', before: '乙', after: '乙二'}]);
  t.like(entries[2]?.cause, {authorName: 'p-author', decidedByName: 'p-reviewer', reason: '同意'});
  t.deepEqual((await life.rowHistory({catalogId: 'words', key: 'd', limit: 10})).entries.map(entry => entry.diff.op), ['offShelf', 'add']);
  await close();
});

test('a version that was withdrawn stays in the history as that; what followed is told against what held', async t => {
  const {life, approved, publish, close} = await livedRow();
  await life.withdraw(reviewer, {catalogId: 'words', version: '2026.5.0', reason: '不回退了'});
  await publish(await approved('words', {op: 'restore', key: 'b'}), '2026-03-21');
  const {entries} = await life.rowHistory({catalogId: 'words', key: 'b', limit: 3});
  t.deepEqual(entries.map(({version, state, diff}) => [version, state, diff.op, diff.cells.length]), [['2026.6.0', 'scheduled', 'restore', 1], ['2026.5.0', 'withdrawn', 'restore', 2], ['2026.4.0', 'holds', 'void', 1]]);
  await close();
});

test('pages follow each other without gap or double over 300 versions, of which every third changed the row', async t => {
  const {life, service, close} = await wordsLife();
  for (let number = 2; number <= 300; number += 1) await service.publish([wordsCatalog(`2026.${number}.0`, '2026-01-01', [`a,甲${Math.floor(number / 3)},A,active`, `b,乙,B,active`, `c,丙${number},C,active`])], 'tests');
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await life.rowHistory({catalogId: 'words', key: 'a', limit: 30, ...(before === undefined ? {} : {before})});
    seen.push(...page.entries.map(entry => entry.version));
    before = page.nextCursor ?? undefined;
  } while (before !== undefined);
  // 甲 → 甲0 at 2, then each number that three divides.
  t.deepEqual(seen, [...Array.from({length: 100}, (_, index) => `2026.${300 - 3 * index}.0`), '2026.2.0', '2026.1.0']);
  t.is((await life.rowHistory({catalogId: 'words', key: 'b', limit: 30})).entries.length, 1);
  await close();
});

test('columns have a history as rows have; what nobody knows is refused', async t => {
  const {life, approved, publish, draft, close} = await wordsLife();
  await publish(await approved('words', {table: '.fields', op: 'add', cells: {table: 'words', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text'}}));
  const {entries} = await life.rowHistory({catalogId: 'words', table: '.fields', key: 'words|note', limit: 10});
  t.deepEqual(entries.map(entry => [entry.version, entry.diff.op]), [['2026.2.0', 'add']]);
  t.deepEqual(await refusal(life.rowHistory({catalogId: 'words', key: 'zz', limit: 10})), ['CATALOG_CHANGE_ROW_UNKNOWN']);
  t.deepEqual(await refusal(life.rowHistory({catalogId: 'words', table: 'nothing', key: 'a', limit: 10})), ['CATALOG_CHANGE_TABLE_UNKNOWN']);
  t.deepEqual(await refusal(life.rowHistory({catalogId: 'words', key: 'a', before: '1999.1.0', limit: 10})), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  t.deepEqual(await refusal(life.rowHistory({catalogId: 'nothing', key: 'a', limit: 10})), ['CATALOG_UNKNOWN']);
  const proposed = await draft('words', word('n', '新'));
  t.deepEqual(await life.rowHistory({catalogId: 'words', key: 'n', limit: 10}), {entries: [], nextCursor: null});
  await life.revoke(author, ref(proposed));
  await close();
});

test('what units make of a row stands in its history with the unit: confirmed, gone back from, taken back', async t => {
  const {life, issues, given, confirm, publish, clock, close} = await issueWorld();
  const first = await confirm(city, await issues.put(city, issueRef(await given(region, city)), shorter));
  clock.moveBy(1_000);
  await publish('limits', '2026.9.0', csv => csv);
  clock.moveBy(1_000);
  await confirm(city, await issues.put(city, issueRef(await given(region, city)), {table: 'limits', key: normal, cells: {value: '1'}}));
  clock.moveBy(1_000);
  const below = await confirm(county, await given(city, county));
  clock.moveBy(1_000);
  await issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '基层来不及'});
  const {entries} = await life.rowHistory({catalogId: 'limits', key: normal, limit: 10});
  const ofUnits = entries.filter(entry => entry.unit !== null);
  t.deepEqual(ofUnits.map(({version, unit, cause, state, diff}) => [version, unit?.areaCode, cause.kind, cause.reason, state, diff.cells.find(cell => cell.column === 'value')?.before, diff.cells.find(cell => cell.column === 'value')?.after]), [
    ['2026.9.0+650100.3', '650100', 'undo', '基层来不及', 'holds', '1', '2'],
    ['2026.9.0+650100.2', '650100', 'issue', null, 'past', '2', '1'],
    [`${first.baseName}+650100.1`, '650100', 'issue', null, 'past', '3', '2'],
  ]);
  t.is(ofUnits[2]?.cause.id, first.id);
  t.is(below.state, 'confirmed');
  await close();
});

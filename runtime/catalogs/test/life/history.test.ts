import test from 'ava';
import {author, ref, refusal, sharedLife, word, wordsLife} from './setup.js';

const day = 86_400_000;

/** Three versions of `words`: b goes off the shelf, then a is renamed and d comes. */
async function threeVersions() {
  const parts = await wordsLife();
  const first = parts.at;
  parts.clock.moveTo(first + day);
  await parts.publish(await parts.approved('words', {op: 'offShelf', key: 'b'}), '2026-03-03');
  parts.clock.moveTo(first + 2 * day);
  await parts.publish(await parts.approved('words', {op: 'modify', key: 'a', cells: {titleZh: '甲二'}}, word('d', '丁')), '2026-03-04');
  parts.clock.moveTo(first + 3 * day);
  return {...parts, first};
}

test('A12: the time line names who, when, which version and what changed; any version is shown as it was', async t => {
  const {life, first, close} = await threeVersions();
  const {entries} = await life.timeline('words', {limit: 10});
  t.deepEqual(entries.map(entry => [entry.version, entry.publishedAt - first, entry.changed, entry.change?.authorName, entry.change?.opinion]), [
    ['2026.3.0', 2 * day, {added: 1, modified: 1, offShelf: 0, restored: 0, fields: 0, settings: 0}, 'p-author', '同意'],
    ['2026.2.0', day, {added: 0, modified: 0, offShelf: 1, restored: 0, fields: 0, settings: 0}, 'p-author', '同意'],
    ['2026.1.0', 0, {added: 3, modified: 0, offShelf: 0, restored: 0, fields: 0, settings: 0}, undefined, undefined],
  ]);
  t.deepEqual(entries[0]?.change?.lines.map(line => line.kind).sort(), ['created', 'passed', 'published', 'submitted']);
  const page = await life.timeline('words', {limit: 2});
  t.is(page.nextCursor, '2026.2.0');
  t.deepEqual((await life.timeline('words', {limit: 2, before: page.nextCursor ?? ''})).entries.map(entry => entry.version), ['2026.1.0']);
  t.deepEqual((await life.versionRows('words', '2026.2.0')).rows.map(row => `${row['titleZh']} ${row['status']}`), ['甲 active', '乙 retired', '丙 active']);
  t.deepEqual(await refusal(life.versionRows('words', '2026.9.0')), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  t.deepEqual(await refusal(life.versionRows('words', '2026.1.0', 'nothing')), ['CATALOG_CHANGE_TABLE_UNKNOWN']);
  await close();
});

test('any two versions are compared by row and column, in both directions', async t => {
  const {life, close} = await threeVersions();
  const diff = await life.diff('words', '2026.1.0', '2026.3.0');
  t.deepEqual(diff.map(row => [row.key, row.op]), [['a', 'modify'], ['b', 'offShelf'], ['d', 'add']]);
  t.deepEqual(diff[0]?.cells, [{column: 'titleZh', before: '甲', after: '甲二'}]);
  t.deepEqual((await life.diff('words', '2026.3.0', '2026.1.0')).map(row => [row.key, row.op]), [['a', 'modify'], ['b', 'restore'], ['d', 'gone']]);
  t.deepEqual(await life.diff('words', '2026.2.0', '2026.2.0'), []);
  await close();
});

test('A12: rolling back restores the rows of a version through review and publishing; later rows are retired, not deleted', async t => {
  const {life, service, pass, publish, clock, close} = await threeVersions();
  const set = await life.rollBack(author, {catalogId: 'words', version: '2026.1.0', title: '回退'});
  t.like(set, {state: 'editing', origin: 'rollback', baseVersion: '2026.3.0'});
  t.deepEqual((await life.open(author, set.id)).diff.map(row => [row.key, row.op]), [['a', 'modify'], ['b', 'restore'], ['d', 'offShelf']]);
  await publish(await pass(set), '2026-03-05');
  const rows = await service.rows('words', clock.now());
  t.deepEqual(rows.map(row => `${row['titleZh']} ${row['status']}`), ['甲 active', '乙 active', '丙 active', '丁 retired']);
  t.deepEqual(await refusal(life.rollBack(author, {catalogId: 'words', version: '2026.4.0', title: '回退'})), ['CATALOG_CHANGE_NOTHING_TO_ROLL_BACK']);
  t.deepEqual(await refusal(life.rollBack(author, {catalogId: 'words', version: '1999.1.0', title: '回退'})), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  await close();
});

test('filters of the list combine, and pages follow each other without gap or double', async t => {
  const {life, first, draft, close} = await threeVersions();
  await draft('words', {op: 'modify', key: 'c', cells: {titleZh: '丙二'}});
  const keys = async (filter: Parameters<typeof life.rows>[0]['filter']) => (await life.rows({catalogId: 'words', filter, limit: 10})).rows.map(row => row.key);
  t.deepEqual(await keys({state: 'retired'}), ['b']);
  t.deepEqual(await keys({name: '丙二'}), ['c']);
  t.deepEqual(await keys({from: first + 2 * day}), ['a', 'd']);
  t.deepEqual(await keys({from: first + day, to: first + day}), ['b']);
  t.deepEqual(await keys({name: '甲', state: 'effective', code: 'a'}), ['a']);
  t.deepEqual(await keys({name: '甲', state: 'retired'}), []);
  t.deepEqual(await keys({unit: 'editors'}), ['c']);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: {readonly rows: ReadonlyArray<{readonly key: string}>; readonly nextCursor: string | null} = await life.rows({catalogId: 'words', filter: {}, limit: 1, ...(cursor === undefined ? {} : {cursor})});
    seen.push(...page.rows.map(row => row.key));
    cursor = page.nextCursor;
  }
  t.deepEqual(seen, ['a', 'b', 'c', 'd']);
  await close();
});

test('the list says who had a row made and when, counts what the filters leave on all pages, and filters by both and by any column', async t => {
  const {life, first, draft, close} = await threeVersions();
  await draft('words', word('n', '新'));
  const page = async (filter: Parameters<typeof life.rows>[0]['filter'], limit = 10) => {
    const {rows, total} = await life.rows({catalogId: 'words', filter, limit});
    return [total, ...rows.map(row => row.key)];
  };
  const {rows} = await life.rows({catalogId: 'words', filter: {}, limit: 10});
  t.deepEqual(rows.map(row => [row.key, row.creator.id, (row.createdAt - first) / day, (row.updatedAt - first) / day]), [['a', 'tests', 0, 2], ['b', 'tests', 0, 1], ['c', 'tests', 0, 0], ['d', 'editors', 2, 2], ['n', 'editors', 3, 3]]);
  t.deepEqual(await page({creator: 'editors'}), [2, 'd', 'n']);
  t.deepEqual(await page({createdFrom: first + day, createdTo: first + 2 * day}), [1, 'd']);
  t.deepEqual(await page({cells: {status: 'retired'}}), [1, 'b']);
  t.deepEqual(await page({cells: {status: 'active', titleZh: '丁'}, creator: 'editors'}), [1, 'd']);
  t.deepEqual(await page({}, 2), [5, 'a', 'b']);
  t.is((await life.rows({catalogId: 'words', filter: {}, cursor: 'b', limit: 2})).total, 5);
  t.deepEqual(await refusal(life.rows({catalogId: 'words', filter: {cells: {nothing: 'x'}}, limit: 2})), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  await close();
});

test('a column that names rows of a tree finds what lies below the row asked for, too', async t => {
  const {life, close} = await sharedLife();
  const count = async (cells: Readonly<Record<string, string>>) => (await life.rows({catalogId: 'items', filter: {cells}, limit: 1})).total;
  const all = (await life.rows({catalogId: 'items', filter: {}, limit: 500})).rows;
  const below = (column: string, start: string) => all.filter(row => row.values[column]?.startsWith(start)).length;
  t.true(below('matterCode', '02') > 1 && below('areaCode', '6501') > 1);
  t.is(await count({matterCode: '02'}), below('matterCode', '02'));
  t.is(await count({areaCode: '650100'}), below('areaCode', '6501'));
  t.is(await count({unitId: 'u650103-shijian'}), all.filter(row => row.values['unitId'] === 'u650103-shijian').length);
  await close();
});

test('a directory is listed with level and path, an item with its unit', async t => {
  const {life, close} = await sharedLife();
  const {rows} = await life.rows({catalogId: 'matters', filter: {code: '0101', level: 3}, limit: 1});
  t.like(rows[0], {key: '010101', level: 3, state: 'effective'});
  t.is(rows[0]?.path.length, 2);
  const items = await life.rows({catalogId: 'items', filter: {unit: 'u650103-shijian'}, limit: 200});
  t.true(items.rows.length > 0 && items.rows.every(row => row.unitIds.includes('u650103-shijian')));
  await close();
});

test('sets of a catalog are listed by state, newest first', async t => {
  const {life, draft, clock, at, close} = await wordsLife();
  const first = await draft('words');
  clock.moveTo(at + day);
  const second = await life.submit(author, ref(await draft('words', word('d', '丁'))));
  t.deepEqual((await life.changes(author, {catalogId: 'words', limit: 5})).map(change => change.id), [second.id, first.id]);
  t.deepEqual((await life.changes(author, {catalogId: 'words', states: ['editing'], limit: 5})).map(change => change.id), [first.id]);
  t.deepEqual((await life.changes(author, {catalogId: 'words', cursor: second.id, limit: 5})).map(change => change.id), [first.id]);
  await close();
});

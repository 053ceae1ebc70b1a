import test from 'ava';
import {openXlsx, writeXlsx, type CellValue} from 'hucre/xlsx';
import {isAppError} from '@banli/errors';
import {readSheet, type RowInput} from '../../src/index.js';
import {writeSheet} from '../../src/excel/write-sheet.js';
import {author, ref, sharedLife, stranger, word, wordsLife} from './setup.js';

const header = ['code', 'titleZh', 'titleEn', 'sourceRef'];
const row = (code: string): CellValue[] => [code, `词${code}`, code, 'own:'];

async function workbook(rows: CellValue[][], cells = new Map<string, {formula: string}>()): Promise<Buffer> {
  return Buffer.from(await writeXlsx({sheets: [{name: 'words', rows, cells}]}));
}

/** Code and places (`code@row:column`) of a refused import. */
async function refused(work: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!isAppError(error)) throw error ?? new Error('Nothing was refused.');
  return [error.code, ...error.problems.map(({code, place}) => `${code.replace('CATALOG_', '')}@${place.line ?? ''}:${place.column ?? place.field ?? ''}`)];
}

test('A10: 500 rows become a set 待提交审核, 501 are refused as a whole', async t => {
  const {life, close} = await wordsLife();
  const rows = Array.from({length: 501}, (_, index) => row(`w${1000 + index}`));
  const change = await life.importExcel(author, {catalogId: 'words', title: '导入', bytes: await workbook([header, ...rows.slice(0, 500)])});
  t.like(change, {state: 'editing', origin: 'import'});
  t.is((await life.open(author, change.id)).diff.length, 500);
  t.deepEqual(await refused(life.importExcel(author, {catalogId: 'words', title: '导入', bytes: await workbook([header, ...rows])})), ['CATALOG_EXCEL_TOO_MANY_ROWS', 'EXCEL_TOO_MANY_ROWS@502:']);
  t.is((await life.changes(author, {catalogId: 'words', limit: 5})).length, 1);
  t.is((await life.submit(author, ref(change))).state, 'inReview');
  await close();
});

test('A10: one bad row refuses all of them, each problem with row and column', async t => {
  const {life, close} = await wordsLife();
  const load = async (rows: CellValue[][], cells?: Map<string, {formula: string}>) => refused(life.importExcel(author, {catalogId: 'words', title: '导入', bytes: await workbook(rows, cells)}));
  t.deepEqual(await load([header, row('d'), row('e')], new Map([['2,1', {formula: '1+1'}]])), ['CATALOG_EXCEL_INVALID', 'EXCEL_FORMULA@3:2']);
  t.deepEqual(await load([header, ['d', new Date(0), true, 'own:']]), ['CATALOG_EXCEL_INVALID', 'EXCEL_CELL_TYPE@2:2', 'EXCEL_CELL_TYPE@2:3']);
  t.deepEqual(await load([[...header, 'colour', 'code'], [...row('d'), 'red', 'x']]), ['CATALOG_EXCEL_INVALID', 'EXCEL_COLUMN_UNKNOWN@1:5', 'EXCEL_COLUMN_TWICE@1:6']);
  t.deepEqual(await load([['titleZh'], ['丁']]), ['CATALOG_EXCEL_INVALID', 'EXCEL_COLUMN_MISSING@1:']);
  t.deepEqual(await load([header, row('d'), row('e'), row('d')]), ['CATALOG_EXCEL_INVALID', 'EXCEL_KEY_TWICE@4:1']);
  t.deepEqual(await load([header, row('d'), ['e', ' 戊', 'E', null]]), ['CATALOG_CHANGE_REFUSED', 'FILE_ROW_INVALID@3:2', 'FILE_ROW_INVALID@3:4']);
  t.deepEqual(await load([header]), ['CATALOG_EXCEL_EMPTY']);
  t.deepEqual(await load([header, ['a', '甲', 'A', 'own:']]), ['CATALOG_CHANGE_EMPTY']);
  t.deepEqual(await refused(life.importExcel(stranger, {catalogId: 'words', title: '导入', bytes: Buffer.alloc(0)})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await life.changes(author, {catalogId: 'words', limit: 5}), []);
  await close();
});

test('what is no workbook, or would unpack to too much, is refused', async t => {
  const good = await workbook([header, row('d')]);
  for (const bytes of [Buffer.alloc(0), Buffer.from('code,titleZh\n'), good.subarray(0, good.length / 2), Buffer.concat([good.subarray(0, 40), Buffer.alloc(400, 7), good.subarray(440)])]) {
    t.deepEqual(await refused(readSheet(bytes, header, ['code'])), ['CATALOG_EXCEL_NOT_XLSX']);
  }
  t.deepEqual(await refused(readSheet(Buffer.alloc(2_200_000), header, ['code'])), ['CATALOG_EXCEL_TOO_LARGE']);
  const long = 'y'.repeat(30_000);
  const bomb = Buffer.from(await writeXlsx({sheets: [{name: 'words', rows: Array.from({length: 600}, () => [long, long])}], stringMode: 'inline'}));
  t.true(bomb.length < 2_000_000);
  t.deepEqual(await refused(readSheet(bomb, header, ['code'])), ['CATALOG_EXCEL_TOO_LARGE']);
});

test('what is exported can be changed and imported again: new, changed and retired rows are told apart', async t => {
  const {life, close} = await wordsLife();
  const bytes = await life.exportExcel(author, {catalogId: 'words', filter: {}});
  const sheet = await readSheet(bytes, ['code', 'titleZh', 'titleEn', 'status', 'sourceRef'], ['code']);
  t.deepEqual(sheet.rows.map(each => each.cells['titleZh']), ['甲', '乙', '丙']);
  const rows = sheet.rows.map(each => sheet.columns.map(column => each.cells[column] ?? null));
  const edited = [[...sheet.columns], ['a', '=甲', 'A', 'active', 'own:'], ['b', '乙', 'B', 'retired', 'own:'], rows[2] ?? [], ['d', '丁', 'D', 'active', 'own:']];
  const change = await life.importExcel(author, {catalogId: 'words', title: '导入', bytes: await workbook(edited)});
  t.deepEqual((await life.open(author, change.id)).diff.map(each => [each.key, each.op]), [['a', 'modify'], ['b', 'offShelf'], ['d', 'add']]);
  t.is((await readSheet(await life.exportExcel(author, {catalogId: 'words', filter: {name: '甲'}}), [...sheet.columns], ['code'])).rows.length, 1);
  await close();
});

test('codes keep their zeros through export and import', async t => {
  const {life, close} = await sharedLife();
  const bytes = await life.exportExcel(author, {catalogId: 'matters', codes: true, filter: {code: '0101', level: 3}});
  const {rows} = await readSheet(bytes, ['code', 'parentCode', 'titleZh', 'titleEn', 'groupCode', 'urgencyCode', 'industryCode', 'status', 'sourceRef'], ['code']);
  t.true(rows.length > 1);
  t.is(rows[0]?.cells['code'], '010101');
  t.is(rows[0]?.cells['parentCode'], '0101');
  await close();
});

test('a workbook goes into an open set, fills the columns that the set adds, and says which headers there are', async t => {
  const {life, draft, denied, close} = await wordsLife();
  const note: RowInput = {table: '.fields', op: 'add', cells: {table: 'words', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text', maxLength: '5'}};
  let change = await draft('words', note, word('d', '丁'));
  const load = (rows: CellValue[][], into = ref(change)) => workbook(rows).then(bytes => life.importExcel(author, {catalogId: 'words', bytes, into}));
  const [mixed, filled] = [['code', 'Note', 'titleZh'], [['a', '要紧', '甲'], ['b', null, '乙'], ['d', '新', '丁丁']]] as const;
  t.deepEqual(await refused(life.previewExcel(author, {catalogId: 'words', bytes: await workbook([[...mixed], ...filled.map(each => [...each])])})), ['CATALOG_EXCEL_INVALID', 'EXCEL_COLUMN_UNKNOWN@1:2']);
  const preview = await life.previewExcel(author, {catalogId: 'words', changeId: change.id, bytes: await workbook([[...mixed], ...filled.map(each => [...each])])});
  t.deepEqual([preview.rows, preview.unchanged, preview.problems, preview.others, preview.diff.map(each => `${each.op} ${each.key}`)], [3, 1, [], [], ['modify a', 'add d']]);
  t.deepEqual(await refused(load([['code', '备注'], ['a', '六个字太长了'], ['x', '新']])), ['CATALOG_CHANGE_REFUSED', 'FILE_ROW_INVALID@2:2', 'FILE_ROW_INVALID@3:titleZh', 'FILE_ROW_INVALID@3:titleEn', 'FILE_ROW_INVALID@3:sourceRef']);
  const stale = ref(change);
  change = await load([[...mixed], ...filled.map(each => [...each])]);
  t.deepEqual((await life.open(author, change.id)).diff.map(each => `${each.op} ${each.key}`), ['add words|note', 'modify a', 'add d']);
  t.deepEqual(await refused(load([['code', 'note'], ['a', '别']], stale)), ['CATALOG_CHANGE_STALE']);
  t.deepEqual(await refused(load([[...mixed], ...filled.map(each => [...each])])), ['CATALOG_CHANGE_EMPTY']);
  t.deepEqual(await refused(load([['code', '颜色'], ['a', '红']])), ['CATALOG_EXCEL_INVALID', 'EXCEL_COLUMN_UNKNOWN@1:2']);
  const inReview = await life.submit(author, ref(change));
  t.deepEqual(await refused(load([['code', 'note'], ['a', '别']], ref(inReview))), ['CATALOG_CHANGE_STATE']);
  denied.add('catalogs.edit');
  t.deepEqual(await refused(load([['code', 'note'], ['a', '别']])), ['CATALOG_CHANGE_NOT_YOURS']);
  await close();
});

test('a set goes out with its own columns and rows, in either language, and comes in again unchanged', async t => {
  const {life, draft, close} = await wordsLife();
  const note: RowInput = {table: '.fields', op: 'add', cells: {table: 'words', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text', maxLength: '5'}};
  const change = await draft('words', note, word('d', '丁'), {op: 'modify', key: 'a', cells: {note: '要紧'}});
  await draft('words', word('e', '戊'), {op: 'modify', key: 'a', cells: {titleZh: '假'}});
  const columns = ['code', 'titleZh', 'titleEn', 'status', 'sourceRef'];
  for (const language of ['zh-CN', 'en'] as const) {
    const bytes = await life.exportExcel(author, {catalogId: 'words', filter: {}, changeId: change.id, language});
    const {rows} = await readSheet(bytes, [...columns, 'note'], ['code'], new Map([['note', {'zh-CN': '备注', en: 'Note'}]]));
    t.deepEqual(rows.map(each => [each.cells['titleZh'], each.cells['note']]), [['甲', '要紧'], ['乙', null], ['丙', null], ['丁', null]]);
    t.like(await life.previewExcel(author, {catalogId: 'words', changeId: change.id, bytes}), {unchanged: 4, diff: [], problems: []});
  }
  t.deepEqual(await refused(life.exportExcel(author, {catalogId: 'words', filter: {}, changeId: 'none'})), ['CATALOG_CHANGE_UNKNOWN']);
  await close();
});

test('headers name columns in either language; a title of two columns is none, and letters go beyond Z', async t => {
  const titles = new Map([['a', {'zh-CN': '甲', en: 'First'}], ['b', {'zh-CN': '乙', en: 'First'}]]);
  t.deepEqual((await readSheet(await workbook([['甲', ' 乙 '], ['1', '2']]), ['a', 'b'], ['a'], titles)).columns, ['a', 'b']);
  const wide: CellValue[] = ['甲', ...Array.from({length: 26}, () => null), 'First'];
  const error = await t.throwsAsync(async () => readSheet(await workbook([wide, ['1']]), ['a', 'b'], ['a'], titles));
  t.true(isAppError(error) && error.problems[0]?.details?.['column'] === 'AB' && error.problems[0].message.includes('First'));
});

test('the receivers of rungs leave and come back in one cell; an unknown one is refused at its row and column', async t => {
  const {life, close} = await sharedLife();
  t.teardown(close);
  const load = async (bytes: Buffer) => life.importExcel(author, {catalogId: 'limits', table: 'ladders', title: '导入', bytes});
  t.deepEqual(await refused(load(await life.exportExcel(author, {catalogId: 'limits', table: 'ladders', filter: {}}))), ['CATALOG_CHANGE_EMPTY']);
  const told = async (receivers: string) => writeSheet('ladders', ['ladderCode', 'step', 'receivers'], [{ladderCode: 'supervise', step: '2', receivers}], new Map());
  t.deepEqual(await refused(told('next-level,mayor').then(load)), ['CATALOG_CHANGE_REFUSED', 'FILE_REFERENCE_UNKNOWN@2:3']);
  const change = await load(await told('next-level,supervisor'));
  const {diff} = await life.open(author, change.id);
  t.deepEqual(diff.flatMap(({key, cells}) => cells.map(cell => [key, cell.column, cell.before, cell.after])), [['supervise|2', 'receivers', 'next-level,unit-head,supervising-head', 'next-level,supervisor']]);
  t.is((await life.labels('limits')).cell('ladders', 'receivers', 'next-level,supervisor')?.['zh-CN'], '上一级督办员、受理中心督办员');
});

test('the columns of a workbook are as wide as what stands in them, within reason', async t => {
  const bytes = await writeSheet('t', ['code', 'titleZh', 'help'], [{code: '01', titleZh: '市场监管市场监管', help: '长'.repeat(200)}], new Map([['help', '说明']]));
  const sheet = await openXlsx(bytes);
  const widths = sheet.sheets[0]?.columns?.map(column => Math.round(column.width ?? 0));
  t.deepEqual(widths, [10, 18, 48]);
});

import test from 'ava';
import {writeXlsx, type CellValue} from 'hucre/xlsx';
import {isAppError} from '@banli/errors';
import {readSheet} from '../../src/index.js';
import {author, ref, sharedLife, stranger, wordsLife} from './setup.js';

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
  const bytes = await life.exportExcel({catalogId: 'words', filter: {}});
  const sheet = await readSheet(bytes, ['code', 'titleZh', 'titleEn', 'status', 'sourceRef'], ['code']);
  t.deepEqual(sheet.rows.map(each => each.cells['titleZh']), ['甲', '乙', '丙']);
  const rows = sheet.rows.map(each => sheet.columns.map(column => each.cells[column] ?? null));
  const edited = [[...sheet.columns], ['a', '=甲', 'A', 'active', 'own:'], ['b', '乙', 'B', 'retired', 'own:'], rows[2] ?? [], ['d', '丁', 'D', 'active', 'own:']];
  const change = await life.importExcel(author, {catalogId: 'words', title: '导入', bytes: await workbook(edited)});
  t.deepEqual((await life.open(author, change.id)).diff.map(each => [each.key, each.op]), [['a', 'modify'], ['b', 'offShelf'], ['d', 'add']]);
  t.is((await readSheet(await life.exportExcel({catalogId: 'words', filter: {name: '甲'}}), [...sheet.columns], ['code'])).rows.length, 1);
  await close();
});

test('codes keep their zeros through export and import', async t => {
  const {life, close} = await sharedLife();
  const bytes = await life.exportExcel({catalogId: 'matters', codes: true, filter: {code: '0101', level: 3}});
  const {rows} = await readSheet(bytes, ['code', 'parentCode', 'titleZh', 'titleEn', 'groupCode', 'urgencyCode', 'industryCode', 'status', 'sourceRef'], ['code']);
  t.true(rows.length > 1);
  t.is(rows[0]?.cells['code'], '010101');
  t.is(rows[0]?.cells['parentCode'], '0101');
  await close();
});

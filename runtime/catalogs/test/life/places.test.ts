import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {writeXlsx, type CellValue} from 'hucre/xlsx';
import {isAppError} from '@banli/errors';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {readCatalogFolder, type CatalogSource} from '../../src/index.js';
import {author, wordsLife} from './setup.js';

const columns = ['titleZh', 'titleEn', 'status', 'sourceRef', 'wordCode', 'parentCode', 'code'];

/** A tree whose rows name words; its key stands in no first column. */
function treeCatalog(): CatalogSource {
  const optional = new Set(['parentCode', 'wordCode']);
  return {
    name: 'trees',
    files: {
      'catalog.yaml': 'id: trees\nversion: 2026.1.0\neffectiveFrom: 2026-01-01\nkind: tree\ntitle: {zh-CN: 树, en: Trees}\nowner: tests\ntables:\n  trees: {file: data/trees.csv, schema: schema/trees.json, key: [code], parent: parentCode, references: [{column: wordCode, catalog: words, key: code}]}\n',
      'schema/trees.json': JSON.stringify({type: 'object', required: columns.filter(column => !optional.has(column)), additionalProperties: false, properties: Object.fromEntries(columns.map(column => [column, {type: 'string'}]))}),
      'data/trees.csv': `${columns.join()}\n甲,A,active,own:,a,,t1\n乙,B,active,own:,b,t1,t2\n`,
    },
  };
}

const line = (code: string, parent: string | null, word: string | null): CellValue[] => [`树${code}`, code, 'active', 'own:', word, parent, code];

const sheets: ReadonlyArray<{readonly what: string; readonly rows: readonly CellValue[][]; readonly places: readonly string[]}> = [
  {what: 'a reference to a word that is not there', rows: [line('t3', 't1', 'a'), line('t4', 't1', 'zzz')], places: ['REFERENCE_UNKNOWN 3:5']},
  {what: 'a reference to a word that is retired', rows: [line('t3', 't1', 'c')], places: ['REFERENCE_RETIRED 2:5']},
  {what: 'a circle of parents', rows: [line('t5', 't6', null), line('t6', 't5', null)], places: ['PARENT_UNKNOWN 2:6', 'PARENT_UNKNOWN 3:6']},
  {what: 'a parent that is not there', rows: [line('t7', 'nowhere', null)], places: ['PARENT_UNKNOWN 2:6']},
  {what: 'a parent that would move', rows: [line('t3', 't1', 'a'), ['乙', 'B', 'active', 'own:', 'b', null, 't2']], places: ['FIXED 3:6']},
  {what: 'a key that stands twice', rows: [line('t3', 't1', 'a'), line('t3', 't1', 'b')], places: ['KEY_TWICE 3:7']},
  {what: 'an empty cell that is required', rows: [[null, 'C', 'active', 'own:', null, null, 't3']], places: ['ROW_INVALID 2:1']},
];

for (const {what, rows, places} of sheets) {
  test(`a workbook with ${what} is refused with row and column of the sheet, and nothing is proposed`, async t => {
    const {life, service, approved, publish, close} = await wordsLife();
    t.teardown(close);
    await service.publish([treeCatalog()], 'tests');
    await publish(await approved('words', {op: 'offShelf', key: 'c'}));
    const bytes = Buffer.from(await writeXlsx({sheets: [{name: 'trees', rows: [columns, ...rows]}]}));
    const error: unknown = await life.importExcel(author, {catalogId: 'trees', title: '导入', bytes}).then(() => null, (reason: unknown) => reason);
    if (!isAppError(error)) throw error ?? new Error('Nothing was refused.');
    t.deepEqual(error.problems.map(({code, place}) => `${code.replace(/^CATALOG_(FILE_|CHANGE_|EXCEL_)/, '')} ${place.line}:${place.column}`), places);
    t.deepEqual(await life.changes(author, {catalogId: 'trees', limit: 5}), []);
  });
}

const texts: ReadonlyArray<{readonly what: string; readonly bytes: Buffer; readonly line: number; readonly column: number}> = [
  {what: 'GB 18030 in the third row', bytes: Buffer.concat([Buffer.from('code,titleZh\na,好\nb,'), Buffer.from([0xba, 0xc3]), Buffer.from('\n')]), line: 3, column: 3},
  {what: 'UTF-16 from its first byte', bytes: Buffer.from('\ufeffcode', 'utf16le'), line: 1, column: 1},
  {what: 'a character that is cut at the end', bytes: Buffer.concat([Buffer.from('code\n甲乙'), Buffer.from('丙').subarray(0, 2)]), line: 2, column: 3},
  {what: 'a byte behind a character of four bytes', bytes: Buffer.concat([Buffer.from('𠮷'), Buffer.from([0xff])]), line: 1, column: 2},
];

for (const {what, bytes, line: wantedLine, column} of texts) {
  test(`a file with ${what} is refused with the place of the first bad byte`, async t => {
    const folder = scratchFolder('places', t);
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'words.csv'), bytes);
    const error: unknown = await readCatalogFolder(folder, 'words').then(() => null, (reason: unknown) => reason);
    if (!isAppError(error)) throw error ?? new Error('Nothing was refused.');
    t.is(error.code, 'CATALOG_ENCODING');
    t.like(error.details, {file: 'data/words.csv', line: wantedLine, column});
    t.like(error.problems[0]?.place, {file: 'data/words.csv', line: wantedLine, column});
  });
}

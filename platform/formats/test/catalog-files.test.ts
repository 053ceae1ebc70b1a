import test from 'ava';
import {checkReferences, compareVersions, readCatalog, readCsv, statusByKey, type CatalogFiles} from '../src/catalogs/index.js';

const schema = JSON.stringify({
  type: 'object', required: ['code', 'title', 'status', 'sourceRef'], additionalProperties: false,
  properties: {code: {type: 'string', pattern: '^[a-z]+$'}, parentCode: {type: 'string'}, title: {type: 'string'}, status: {enum: ['active', 'retired']}, sourceRef: {type: 'string', minLength: 1}},
});
const manifest = `id: words
version: 2026.1.0
effectiveFrom: 2026-01-01
kind: tree
title: {zh-CN: 词, en: Words}
owner: somebody
tables:
  words: {file: data/words.csv, schema: schema/word.json, key: [code], parent: parentCode, references: [{column: title, catalog: titles, key: title, except: [none]}]}
`;
const header = 'code,parentCode,title,status,sourceRef\n';

function files(rows: string, more: CatalogFiles = {}): CatalogFiles {
  return {'catalog.yaml': manifest, 'schema/word.json': schema, 'data/words.csv': header + rows, ...more};
}

function codes(input: CatalogFiles): readonly string[] {
  return readCatalog(input).problems.map(problem => `${problem.code.replace('CATALOG_FILE_', '')} ${problem.place.line ?? ''}:${problem.place.column ?? ''}`);
}

test('a good catalog has rows, keys and no problem', t => {
  const {catalog, problems} = readCatalog(files('a,,one,active,own:\nb,a,"two, three",retired,own:\n'));
  t.deepEqual(problems, []);
  t.deepEqual(catalog?.tables['words']?.entries.map(entry => [entry.key, entry.values['title'], entry.line]), [['a', 'one', 2], ['b', 'two, three', 3]]);
});

const refuses = test.macro({
  exec(t, rows: string, expected: readonly string[]) {
    t.deepEqual(codes(files(rows)), expected);
  },
  title: (title = '') => `${title} is refused with its place`,
});

test('a wrong value', refuses, 'A,,one,active,own:\n', ['ROW_INVALID 2:1']);
test('an empty compulsory cell', refuses, 'a,,one,active,\n', ['ROW_INVALID 2:15']);
test('an unknown status', refuses, 'a,,one,gone,own:\n', ['ROW_INVALID 2:8']);
test('a key that stands twice', refuses, 'a,,one,active,own:\na,,two,active,own:\n', ['KEY_TWICE 3:1']);
test('a row out of order', refuses, 'b,,one,active,own:\na,,two,active,own:\n', ['ORDER 3:1']);
test('a parent that does not exist', refuses, 'a,x,one,active,own:\n', ['PARENT_UNKNOWN 2:']);
test('a circle of parents', refuses, 'a,b,one,active,own:\nb,a,two,active,own:\n', ['PARENT_UNKNOWN 2:', 'PARENT_UNKNOWN 3:']);
test('a missing cell', refuses, 'a,,one,active\n', ['CELLS 2:1']);
test('a missing last line end', refuses, 'a,,one,active,own:', ['FORMAT 2:']);
test('a carriage return', refuses, 'a,,one,active,own:\r\n', ['FORMAT 2:']);
test('a needless quote', refuses, 'a,,"one",active,own:\n', ['FORMAT 2:']);
test('an open quote', refuses, 'a,,"one,active,own:\n', ['FORMAT 2:4', 'CELLS 2:1']);
test('a blank at the end of a cell', refuses, 'a,,one ,active,own:\n', ['ROW_INVALID 2:4']);

test('all problems of a file come at once', t => {
  t.is(codes(files('B,,one,active,own:\na,,two,gone,\n')).length, 3);
});

test('columns in another order are refused', t => {
  t.deepEqual(codes({...files(''), 'data/words.csv': 'code,title\n'}), ['HEADER 1:1']);
});

test('a byte order mark is refused', t => {
  t.is(readCsv('x.csv', '\uFEFFa\n').problems.length, 1);
});

test('a manifest with unknown keys, broken text or missing files is refused', t => {
  t.deepEqual(codes({...files(''), 'catalog.yaml': `${manifest}colour: red\n`}), ['MANIFEST_INVALID :']);
  t.deepEqual(codes({...files(''), 'catalog.yaml': 'id: [\n'}).slice(0, 1), ['MANIFEST_INVALID 2:1']);
  t.deepEqual(codes({'catalog.yaml': manifest}), ['FILE_MISSING :', 'FILE_MISSING :']);
  t.deepEqual(codes({}), ['FILE_MISSING :']);
  t.deepEqual(codes({...files(''), 'catalog.yaml': manifest.replace('words.csv', '../words.csv')}), ['MANIFEST_INVALID :']);
});

test('a schema that takes anything is refused', t => {
  t.deepEqual(codes({...files(''), 'schema/word.json': '{"type":"object","properties":{"code":{}}}'}), ['SCHEMA_INVALID :']);
  t.deepEqual(codes({...files(''), 'schema/word.json': '{'}), ['SCHEMA_INVALID :']);
});

test('references are looked up, named values pass, retired ones are refused for active rows', t => {
  const {catalog} = readCatalog(files('a,,one,active,own:\nb,,none,active,own:\nc,,two,active,own:\nd,,old,active,own:\ne,,old,retired,own:\n'));
  t.truthy(catalog);
  if (!catalog) return;
  const problems = checkReferences(catalog, () => new Map([['one', 'active'], ['old', 'retired']]));
  t.deepEqual(problems.map(problem => [problem.code, problem.place.line]), [['CATALOG_FILE_REFERENCE_UNKNOWN', 4], ['CATALOG_FILE_REFERENCE_RETIRED', 5]]);
  t.is(checkReferences(catalog, () => null).length, 1);
  t.is(statusByKey(catalog.tables['words']!).get('e'), 'retired');
});

test('versions are ordered by number', t => {
  t.true(compareVersions('2026.10.0', '2026.9.1') > 0);
  t.is(compareVersions('2026.1.0', '2026.1.0'), 0);
});

import test from 'ava';
import type {CatalogSource} from '../src/index.js';
import {diffVersions, renewSchemaWords, versionOfFiles} from '../src/index.js';
import {emptyService, wordsCatalog} from './sample-service.js';

const rows = ['a,甲,A,active'];

/** The words with one more column, and a cell in it. */
function withColumn(version: string, column: string, json: Readonly<Record<string, unknown>>, cell = ''): CatalogSource {
  const {name, files} = wordsCatalog(version, '2026-01-01', rows);
  const schema = JSON.parse(files['schema/words.json'] ?? '') as {properties: Record<string, unknown>};
  return {name, files: {...files, 'schema/words.json': JSON.stringify({...schema, properties: {...schema.properties, [column]: json}}), 'data/words.csv': `code,titleZh,titleEn,status,sourceRef,${column}\na,甲,A,active,own:,${cell}\n`}};
}

const note = {type: 'string', own: true, columnType: 'text', maxLength: 20, titles: {'zh-CN': '备注', en: 'Note'}};
const refused = async (work: Promise<unknown>) => (await work.then(() => [], (error: {readonly problems: ReadonlyArray<{readonly code: string}>}) => error.problems)).map(problem => problem.code);

test('a folder drops no column that was published and changes no type of an own one; it may retire it', async t => {
  const {service, close} = await emptyService();
  await service.publish([withColumn('2026.1.0', 'note', note)], 'tests');
  t.deepEqual(await refused(service.publish([wordsCatalog('2026.2.0', '2026-01-01', rows)], 'tests')), ['CATALOG_COLUMN_GONE']);
  t.deepEqual(await refused(service.publish([withColumn('2026.2.0', 'note', {...note, columnType: 'number'})], 'tests')), ['CATALOG_COLUMN_TYPE']);
  await t.notThrowsAsync(service.publish([withColumn('2026.2.0', 'note', {...note, retired: true})], 'tests'));
  await close();
});

test('folders are compared column by column', t => {
  const diff = diffVersions(versionOfFiles(wordsCatalog('2026.1.0', '2026-01-01', rows).files), versionOfFiles(withColumn('2026.2.0', 'note', note).files));
  t.deepEqual(diff.map(row => `${row.op} ${row.table} ${row.key}`), ['add .fields words|note']);
});

test('a schema names no column that there is not', async t => {
  const {service, close} = await emptyService();
  const source = withColumn('2026.1.0', 'note', note);
  const schema = JSON.parse(source.files['schema/words.json'] ?? '') as Record<string, unknown>;
  t.deepEqual(await refused(service.publish([{...source, files: {...source.files, 'schema/words.json': JSON.stringify({...schema, requiredInUse: ['nowhere']})}}], 'tests')), ['CATALOG_FILE_SCHEMA_INVALID']);
  t.deepEqual(await refused(service.publish([{...source, files: {...source.files, 'schema/words.json': JSON.stringify({...schema, requiredInUse: ['note']})}}], 'tests')), ['CATALOG_FILE_ROW_INVALID']);
  await close();
});

test('titles that a version has are not renewed by the words of a folder', async t => {
  const {service, store, close} = await emptyService();
  await service.publish([withColumn('2026.1.0', 'note', {...note, titles: {'zh-CN': '说明', en: 'Remark'}})], 'tests');
  await renewSchemaWords(store, [withColumn('2026.1.0', 'note', note)]);
  const [version] = await store.knex('catalog_version').select<Array<{row_schemas: string}>>('row_schemas');
  t.true(version?.row_schemas.includes('说明'));
  await close();
});

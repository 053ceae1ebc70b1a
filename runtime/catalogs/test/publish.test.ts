import test from 'ava';
import {isAppError} from '@banli/errors';
import {parseMoment} from '@banli/time';
import {createCatalogService, type CatalogSource} from '../src/index.js';
import {catalogRoot, changedSample, emptyService, sampleService, wordsCatalog} from './sample-service.js';

test('the sample catalogs are published once; a second time changes nothing', async t => {
  const {service, at, close} = await sampleService();
  const again = await service.publishFolders(catalogRoot, 'tests');
  t.true(again.length >= 10);
  t.true(again.every(result => !result.published));
  const list = await service.list(at);
  t.true(list.some(catalog => catalog.id === 'matters' && catalog.version === '2026.3.4' && catalog.rows > 1500));
  await close();
});

test('a new version holds from its day on, and old moments keep the old one', async t => {
  const {service, close} = await emptyService();
  await service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active'])], 'tests');
  await service.publish([wordsCatalog('2026.2.0', '2026-04-01', ['a,甲二,A2,active', 'b,乙,B,active'])], 'tests');
  t.is(await service.title('words', 'a', parseMoment('2026-03-31 23:59')), '甲');
  t.is(await service.title('words', 'a', parseMoment('2026-04-01 00:00')), '甲二');
  await t.throwsAsync(service.row('words', 'b', parseMoment('2026-03-02 10:00')), {code: 'CATALOG_ROW_UNKNOWN'});
  await t.throwsAsync(service.rows('words', parseMoment('2025-12-31 23:59')), {code: 'CATALOG_NOT_EFFECTIVE'});
  await t.throwsAsync(service.rows('nothing', parseMoment('2026-03-02 10:00')), {code: 'CATALOG_UNKNOWN'});
  await close();
});

const refuses = test.macro({
  async exec(t, next: CatalogSource, code: string) {
    const {service, close, at} = await emptyService();
    await service.publish([wordsCatalog('2026.2.0', '2026-02-01', ['a,甲,A,active'])], 'tests');
    const error: unknown = await service.publish([next], 'tests').then(() => null, (reason: unknown) => reason);
    t.true(isAppError(error));
    if (isAppError(error)) t.true(error.code === code || error.problems.some(problem => problem.code === code), `${error.code} ${error.problems.map(problem => problem.code).join()}`);
    t.is((await service.row('words', 'a', at)).version, '2026.2.0');
    await close();
  },
  title: (title = '') => `${title} is refused and nothing changes`,
});

test('the same version with other content', refuses, wordsCatalog('2026.2.0', '2026-02-01', ['a,别,A,active']), 'CATALOG_VERSION_TAKEN');
test('an older version', refuses, wordsCatalog('2026.1.9', '2026-02-01', ['a,甲,A,active']), 'CATALOG_VERSION_OLD');
test('a version that begins before the last one', refuses, wordsCatalog('2026.3.0', '2026-01-01', ['a,甲,A,active']), 'CATALOG_EFFECTIVE_EARLIER');
test('a version that drops a row', refuses, wordsCatalog('2026.3.0', '2026-03-01', ['b,乙,B,active']), 'CATALOG_ROW_GONE');
test('a version with a row twice', refuses, wordsCatalog('2026.3.0', '2026-03-01', ['a,甲,A,active', 'a,甲,A,active']), 'CATALOG_FILE_KEY_TWICE');

test('all problems of all catalogs come at once, with their folder, and the good ones are not published either', async t => {
  const {service, close, at} = await emptyService();
  const bad = wordsCatalog('2026.1.0', '2026-01-01', ['b,乙,B,active', 'a,甲,A,active']);
  const good: CatalogSource = {name: 'good', files: Object.fromEntries(Object.entries(wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active']).files).map(([file, text]) => [file.replace('words', 'good'), text.replaceAll('words', 'good')]))};
  const error: unknown = await service.publish([good, bad, {name: 'empty', files: {}}], 'tests').then(() => null, (reason: unknown) => reason);
  t.true(isAppError(error, 'CATALOG_INVALID'));
  if (isAppError(error)) t.deepEqual(error.problems.map(problem => [problem.place.file, problem.code]), [['words/data/words.csv', 'CATALOG_FILE_ORDER'], ['empty/catalog.yaml', 'CATALOG_FILE_FILE_MISSING']]);
  await t.throwsAsync(service.rows('good', at), {code: 'CATALOG_UNKNOWN'});
  await close();
});

test('what another process publishes is seen without a restart', async t => {
  const {service, store, clock, close, at} = await emptyService();
  const other = createCatalogService(store, clock, {freshMs: 0});
  await other.start();
  await service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active'])], 'tests');
  await other.title('words', 'a', at);
  await other.close();
  t.is(await other.title('words', 'a', at), '甲');
  await other.close();
  await close();
});

test('the first query after a quiet time sees what another process published meanwhile', async t => {
  const {service, store, clock, close, at} = await emptyService();
  const other = createCatalogService(store, clock, {freshMs: 0, staleMs: 0});
  await other.start();
  await service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active'])], 'tests');
  t.is(await other.title('words', 'a', at), '甲');
  await other.close();
  await close();
});

test('a query inside a transaction does not wait for the database', async t => {
  const {service, store, close, at} = await sampleService();
  const found = await store.tx(tx => service.limit({matterCode: '010101', urgency: 'normal', kind: 'resolve', at}, tx));
  t.is(found.text['zh-CN'], '5 个工作日');
  await close();
});

test('a large catalog is read page by page, whole and in order; who searches while it is published has an answer', async t => {
  const {service, store, clock, at, close} = await emptyService();
  t.teardown(close);
  await service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active'])], 'tests');
  const codes = Array.from({length: 2_999}, (_, index) => `b${String(index).padStart(4, '0')}`);
  const publishing = service.publish([wordsCatalog('2026.2.0', '2026-01-01', ['a,甲,A,active', ...codes.map(code => `${code},词,W,active`)])], 'tests');
  t.is((await service.rows('words', at)).length, 1);
  await publishing;
  t.deepEqual((await service.rows('words', at)).map(row => row['code']), ['a', ...codes]);
  const other = createCatalogService(store, clock);
  t.deepEqual((await other.rows('words', at)).map(row => row['code']), ['a', ...codes]);
  t.false((await service.publish([wordsCatalog('2026.2.0', '2026-01-01', ['a,甲,A,active', ...codes.map(code => `${code},词,W,active`)])], 'tests'))[0]?.published);
  await other.close();
});

test('files require nothing that a layout hides: refused with file, line and layout, and nothing of them is published', async t => {
  const {service, at, close} = await sampleService();
  const uses = (await service.elements('elements', at))?.uses ?? [];
  const [required, free] = [uses.find(row => row['required'] === 'yes'), uses.find(row => row['required'] === 'no')];
  const hidden = async () => [{code: free?.['elementCode'] ?? '', layout: 'trial/forms/layouts/hami.layout.json'}, {code: required?.['elementCode'] ?? '', layout: 'trial/forms/layouts/hami.layout.json'}];
  const row = `${free?.['matterCode'] ?? ''},${free?.['elementCode'] ?? ''},`;
  const source = await changedSample('elements', '2026.9.0', csv => csv);
  const sourceWith = (cell: string) => ({...source, files: {...source.files, 'data/uses.csv': (source.files['data/uses.csv'] ?? '').replace(`\n${row}no`, `\n${row}${cell}`)}});
  const error: unknown = await service.publish([sourceWith('yes')], 'tests', {hiddenElements: hidden}).then(() => null, (reason: unknown) => reason);
  t.true(isAppError(error, 'CATALOG_INVALID'));
  const line = (source.files['data/uses.csv'] ?? '').split('\n').findIndex(text => text.startsWith(`${row}no`)) + 1;
  if (isAppError(error)) t.deepEqual(error.problems.filter(problem => problem.severity !== 'warning').map(({code, place, message}) => [code, place.file, place.line, place.field, message.includes('hami')]), [['CATALOG_ELEMENT_HIDDEN', 'elements/data/uses.csv', line, 'required', true]]);
  t.false((await service.list(at)).some(catalog => catalog.version === '2026.9.0'));
  // What was required before a layout hid it is no news of this version.
  t.true((await service.publish([sourceWith('no')], 'tests', {hiddenElements: hidden}))[0]?.published);
  await close();
});

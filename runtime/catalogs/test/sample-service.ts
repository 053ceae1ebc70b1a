import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createTestClock, parseMoment} from '@banli/time';
import type {Store} from '@banli/store';
import {filledTestStore, openTestStore} from '@banli/store/testing';
import {createCatalogService, readCatalogFolder, type CatalogSource} from '../src/index.js';

export const catalogRoot = fileURLToPath(new URL('../../../catalogs/', import.meta.url));

const startsAt = parseMoment('2026-03-02 10:00');

/** Publishes the sample catalogs, at the moment at which the clocks of tests begin. */
export async function publishSamples(store: Store): Promise<void> {
  const service = createCatalogService(store, createTestClock(startsAt));
  await service.publishFolders(catalogRoot, 'tests');
  await service.close();
}

/** The version of a catalog that ships: content gets a new one with every change, and what a test asserts of it does not. */
export function shippedVersion(name: string): string {
  const version = /^version: (\S+)$/m.exec(readFileSync(`${catalogRoot}${name}/catalog.yaml`, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`The catalog ${name} has no version.`);
  return version;
}

const openSampleStore = filledTestStore(publishSamples);

/** A service with the sample catalogs published, on a clock that stands at 2026-03-02 10:00. */
export async function sampleService() {
  const parts = await serviceOn(openSampleStore);
  await parts.service.start();
  return parts;
}

/** As `sampleService`, with nothing published: for tests that bring their own catalogs. */
export function emptyService() {
  return serviceOn(openTestStore);
}

async function serviceOn(open: typeof openTestStore) {
  const clock = createTestClock(startsAt);
  const store = await open({clock});
  const service = createCatalogService(store, clock);
  return {
    clock, store, service, at: clock.now(),
    close: async () => {
      await service.close();
      await store.close();
    },
  };
}

/** A small catalog of its own: rows are `code,titleZh,titleEn,status`. */
export function wordsCatalog(version: string, effectiveFrom: string, rows: readonly string[]): CatalogSource {
  const columns = ['code', 'titleZh', 'titleEn', 'status', 'sourceRef'];
  return {
    name: 'words',
    files: {
      'catalog.yaml': `id: words\nversion: ${version}\neffectiveFrom: ${effectiveFrom}\nkind: list\ntitle: {zh-CN: 词, en: Words}\nowner: tests\ntables:\n  words: {file: data/words.csv, schema: schema/words.json, key: [code]}\n`,
      'schema/words.json': JSON.stringify({type: 'object', required: columns, additionalProperties: false, properties: Object.fromEntries(columns.map(column => [column, {type: 'string'}]))}),
      'data/words.csv': [columns.join(), ...rows.map(row => `${row},own:`)].join('\n') + '\n',
    },
  };
}

/** The sample source of one catalog, with its main table changed. */
export async function changedSample(name: string, version: string, change: (csv: string) => string): Promise<CatalogSource> {
  const source = await readCatalogFolder(`${catalogRoot}${name}`, name);
  const file = `data/${name}.csv`;
  return {name, files: {...source.files, [file]: change(source.files[file] ?? ''), 'catalog.yaml': (source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, `version: ${version}`)}};
}

/** The sample source of one catalog with every row that begins with a code retired, in all its tables. */
export async function retiring(name: string, code: string): Promise<CatalogSource> {
  const source = await changedSample(name, '2026.9.0', csv => csv);
  const rows = new RegExp(`^(${code},.*),active,`, 'gm');
  return {name, files: Object.fromEntries(Object.entries(source.files).map(([file, text]) => [file, file.endsWith('.csv') ? text.replace(rows, '$1,retired,') : text]))};
}

let shared: ReturnType<typeof sampleService> | undefined;

test.after.always('the shared service is closed', async () => {
  await (await shared)?.close();
});

/** One service for all tests of a file that only read; `close` leaves it open until the file is through. */
export async function readOnlyService() {
  shared ??= sampleService();
  return {...(await shared), close: () => Promise.resolve()};
}

import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createCatalogService, readCatalogFolder, type CatalogService, type CatalogSource} from '@banli/catalogs';
import {createStore} from '@banli/store';
import {createTestClock, parseMoment, sleep} from '@banli/time';
import {catalogsFolder} from '../deadlines/calendars.js';
import {quantile, verdict, type Print} from '../measure.js';

const rows = 20_000;

/** Publishes matters with 20,000 more rows while somebody keeps searching: how long it takes, how long readers wait, when the rows are found. SQLite in a file. */
export async function benchPublishing(print: Print): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'banli-bench-'));
  const clock = createTestClock(parseMoment('2026-06-01 10:00'));
  const store = createStore(`sqlite:${join(folder, 'bench.sqlite')}`, {clock});
  try {
    await store.migrate();
    const catalogs = createCatalogService(store, clock);
    await catalogs.publishFolders(catalogsFolder, 'bench');
    const source = await larger();
    const reading = new AbortController();
    const waits = readOn(catalogs, clock.now(), reading.signal);
    const from = performance.now();
    const times = await publishAndFind(catalogs, source, clock.now()).finally(() => reading.abort());
    const worst = await waits;
    const {published, visible} = times;
    const took = (published - from) / 1_000;
    const slowest = Math.max(...worst);
    const met = took <= 5 && visible <= 1_000 && slowest <= 100;
    print(`\npublishing ${rows} rows: ${took.toFixed(2)} s (≤ 5), found ${visible.toFixed(0)} ms later (≤ 1000); ${worst.length} searches meanwhile, the slowest waited ${slowest.toFixed(0)} ms (≤ 100), p95 ${quantile(worst, 0.95).toFixed(0)} ms · ${verdict(met)}`);
    await catalogs.close();
    return met;
  } finally {
    await store.close();
    await rm(folder, {recursive: true});
  }
}

async function publishAndFind(catalogs: CatalogService, source: CatalogSource, at: number): Promise<{readonly published: number; readonly visible: number}> {
  await catalogs.publish([source], 'bench');
  const published = performance.now();
  while ((await catalogs.searchMatters('测试事项19999', at, 1)).length === 0) await sleep(5);
  return {published, visible: performance.now() - published};
}

/** The shipped matters with a branch of their own for the rows of the bench. */
async function larger(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'matters'), 'matters');
  const added = ['99,,测试分类,Bench,,,,active,own:', ...Array.from({length: rows}, (_, index) => `99${String(index).padStart(6, '0')},99,测试事项${index},Bench ${index},general,normal,,active,own:`)];
  const schema = (source.files['schema/matters.schema.json'] ?? '').replaceAll('([0-9]{2}){1,3}', '[0-9]{2,8}');
  const files = {...source.files, 'schema/matters.schema.json': schema, 'data/matters.csv': `${source.files['data/matters.csv']}${added.join('\n')}\n`, 'catalog.yaml': (source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, 'version: 2026.99.0')};
  return {name: 'matters', files};
}

/** A search every few milliseconds until the signal; answers how long each took beyond its pause. */
async function readOn(catalogs: CatalogService, at: number, signal: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = [];
  while (!signal.aborted) {
    const from = performance.now();
    await sleep(2);
    await catalogs.searchMatters('占道经营', at, 10);
    waits.push(performance.now() - from - 2);
  }
  return waits;
}

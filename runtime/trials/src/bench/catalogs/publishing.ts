import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createCatalogService, readCatalogFolder, type CatalogService, type CatalogSource} from '@banli/catalogs';
import {createStore, ensureSchema} from '@banli/store';
import {createTestClock, parseMoment, sleep} from '@banli/time';
import {catalogsFolder} from '../deadlines/calendars.js';
import {cpuMs, quantile, verdict, type BenchGround, type Print} from '../measure.js';
import {keptWithin, stretchOf, stretchText, type Stretch} from '../stretch.js';
import {layEverywhere} from './layers.js';

const rows = 20_000;

/**
 * Publishes matters with 20,000 more rows, while layers of every prefecture and county hold and somebody keeps searching: how long it takes, how long readers wait, when the rows are found.
 *
 * @returns Whether publishing kept within 5 s and the rows were found within a second (`keptWithin`), and no reader waited behind more than 100 ms of this process' work.
 */
export async function benchPublishing(print: Print, ground: BenchGround = {label: 'SQLite'}): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'banli-bench-'));
  const clock = createTestClock(parseMoment('2026-06-01 10:00'));
  if (ground.url) await ensureSchema(ground.url);
  const store = createStore(ground.url ?? `sqlite:${join(folder, 'bench.sqlite')}`, {clock});
  try {
    await store.migrate();
    const catalogs = createCatalogService(store, clock);
    await catalogs.publishFolders(catalogsFolder, 'bench');
    const layers = await layEverywhere(store, catalogs, clock.now());
    const source = await larger();
    const reading = new AbortController();
    const reads = readOn(catalogs, clock.now(), reading.signal);
    const {published, visible} = await publishAndFind(catalogs, source, clock.now()).finally(() => reading.abort());
    const waits = await reads;
    const [soon, seen] = [keptWithin(5, published), keptWithin(1, visible)];
    const [busiest, slowest] = [Math.max(...waits.map(wait => wait.cpu)), Math.max(...waits.map(wait => wait.wall))];
    const free = busiest <= 100;
    print(`\npublishing ${rows} rows on ${ground.label} beside ${layers} layers: ${stretchText(published, 2)}, searches included (≤ 5) · ${soon.text}; found ${(visible.wall * 1_000).toFixed(0)} ms later (≤ 1000) · ${seen.text}`);
    print(`  ${waits.length} searches meanwhile; the slowest had ${busiest.toFixed(0)} ms of work before it (≤ 100) · ${verdict(free)}; by the clock ${slowest.toFixed(0)} ms, p95 ${quantile(waits.map(wait => wait.wall), 0.95).toFixed(0)} ms`);
    await catalogs.close();
    return soon.met && seen.met && free;
  } finally {
    await store.close();
    await rm(folder, {recursive: true});
  }
}

async function publishAndFind(catalogs: CatalogService, source: CatalogSource, at: number): Promise<{readonly published: Stretch<unknown>; readonly visible: Stretch<unknown>}> {
  const published = await stretchOf(() => catalogs.publish([source], 'bench'));
  const visible = await stretchOf(async () => {
    while ((await catalogs.searchMatters('测试事项19999', at, 1)).length === 0) await sleep(5);
  });
  return {published, visible};
}

/** The shipped matters with a branch of their own for the rows of the bench. */
async function larger(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'matters'), 'matters');
  const added = ['99,,测试分类,Bench,,,,active,own:', ...Array.from({length: rows}, (_, index) => `99${String(index).padStart(6, '0')},99,测试事项${index},Bench ${index},general,normal,,active,own:`)];
  const schema = (source.files['schema/matters.schema.json'] ?? '').replaceAll('([0-9]{2}){1,3}', '[0-9]{2,8}');
  const files = {...source.files, 'schema/matters.schema.json': schema, 'data/matters.csv': `${source.files['data/matters.csv']}${added.join('\n')}\n`, 'catalog.yaml': (source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, 'version: 2026.99.0')};
  return {name: 'matters', files};
}

interface Wait {
  readonly wall: number;
  /** CPU that this process used meanwhile: what the search stood behind, and its own. */
  readonly cpu: number;
}

/** A search every few milliseconds until the signal; answers what each took beyond its pause, in milliseconds. */
async function readOn(catalogs: CatalogService, at: number, signal: AbortSignal): Promise<readonly Wait[]> {
  const waits: Wait[] = [];
  while (!signal.aborted) {
    const [from, used] = [performance.now(), cpuMs()];
    await sleep(2);
    await catalogs.searchMatters('占道经营', at, 10);
    waits.push({wall: performance.now() - from - 2, cpu: cpuMs() - used});
  }
  return waits;
}

import MiniSearch from 'minisearch';
import {MatterIndex, type SearchEntry} from '@banli/catalogs';
import {alternate, bestRatio, cpuMs, median, quantile, ratios, spread, verdict, type Contender, type Print} from '../measure.js';
import {makeEntries, makeQueries, type Queries} from './entries.js';

const wanted = 10;

/** What the gain of every kind of query has to be at 100,000 entries, by the best round of each. */
const leastGain = {mini: 20, scan: 10} as const;

/** What the slowest of a hundred searches may take: at a million entries, and at fewer. */
const mostMs = {million: 15, less: 3} as const;

/** How many queries of each kind a round asks, and whether MiniSearch takes part. */
export interface SearchSize {
  readonly entries: number;
  readonly each: number;
  readonly peer: boolean;
}

/** The index against MiniSearch over pairs of characters, and against a scan of all titles; targets hold at 100,000 and 1,000,000. @returns Whether they were met. */
export function benchSearch({entries: count, each, peer}: SearchSize, rounds: number, print: Print): boolean {
  const entries = makeEntries(count);
  const from = performance.now();
  const index = new MatterIndex(entries);
  const built = performance.now() - from;
  print(`\n${count} entries: index built in ${built.toFixed(0)} ms, ${(index.bytes / count).toFixed(0)} bytes an entry`);
  const queries = makeQueries(entries, each);
  const missed = queries.filter(kind => kind.substring).reduce((sum, kind) => sum + notFound(index, entries, kind), 0);
  print(`  recall against the scan: ${missed} missed · ${verdict(missed === 0)}`);
  const mini = peer ? miniSearch(entries) : null;
  const slow: string[] = [];
  for (const kind of queries) {
    const [own = [], scan = [], other = []] = alternate(contenders(index, entries, mini, kind), rounds);
    const toScan = ratios(scan, own);
    const toMini = ratios(other, own);
    const [scanGain, miniGain] = [bestRatio(scan, own), bestRatio(other, own)];
    if (scanGain < leastGain.scan || (mini && miniGain < leastGain.mini)) slow.push(kind.kind);
    const told = (name: string, times: readonly number[], best: number, gains: readonly number[]) => `; ${name} ${(median(times) / 1_000).toFixed(0)} µs, gain ${best.toFixed(0)} by the best rounds, ${spread(gains, 0)}`;
    print(`  ${kind.kind.padEnd(12)} ${(median(own) / 1_000).toFixed(1)} µs${told('scan', scan, scanGain, toScan)}${mini ? told('MiniSearch', other, miniGain, toMini) : ''}`);
  }
  const {cpu, wall} = latencies(index, queries);
  const p99 = quantile(cpu, 0.99);
  const most = count >= 1_000_000 ? mostMs.million : mostMs.less;
  print(`  p99 over all kinds ${p99.toFixed(2)} ms of CPU (≤ ${most}), by the clock ${quantile(wall, 0.99).toFixed(2)} ms, the slowest ${Math.max(...cpu).toFixed(2)} and ${Math.max(...wall).toFixed(2)} ms · ${verdict(p99 <= most)}`);
  const fast = count !== 100_000 || slow.length === 0;
  if (count === 100_000) print(`  every kind ≥ ${leastGain.mini} × MiniSearch and ≥ ${leastGain.scan} × the scan${fast ? '' : `, not: ${slow.join(', ')}`} · ${verdict(fast)}`);
  return missed === 0 && fast && p99 <= most;
}

function contenders(index: MatterIndex, entries: readonly SearchEntry[], peer: Peer | null, {kind, texts}: Queries): readonly Contender[] {
  const mini = kind === 'letters' ? peer?.letters : peer?.titles;
  const ask = (search: (text: string) => number) => () => texts.reduce((sum, text) => sum + search(text), 0);
  return [
    {name: 'index', calls: texts.length, run: ask(text => index.search(text, wanted).length)},
    {name: 'scan', calls: texts.length, run: ask(text => entries.filter(entry => (kind === 'code' ? entry.key.startsWith(text) : kind === 'letters' ? entry.initials.includes(text) : entry.title.includes(text))).slice(0, wanted).length)},
    ...(mini ? [{name: 'MiniSearch', calls: texts.length, run: ask(text => mini.search(text, {combineWith: kind === 'slip' ? 'OR' : 'AND', prefix: kind === 'code'}).slice(0, wanted).length)}] : []),
  ];
}

/** MiniSearch over codes and titles, and one over the first letters of pinyin: together they would make each other slower. */
interface Peer {
  readonly titles: MiniSearch<SearchEntry>;
  readonly letters: MiniSearch<SearchEntry>;
}

function miniSearch(entries: readonly SearchEntry[]): Peer {
  return {titles: miniSearchOver(entries, ['key', 'title']), letters: miniSearchOver(entries, ['initials'])};
}

function miniSearchOver(entries: readonly SearchEntry[], fields: string[]): MiniSearch<SearchEntry> {
  const mini = new MiniSearch<SearchEntry>({idField: 'key', fields, tokenize: text => (/^\d+$/.test(text) ? [text] : Array.from({length: Math.max(1, text.length - 1)}, (_, at) => text.slice(at, at + 2)))});
  mini.addAll(entries);
  return mini;
}

function notFound(index: MatterIndex, entries: readonly SearchEntry[], {texts}: Queries): number {
  return texts.slice(0, 20).reduce((sum, text) => {
    const found = new Set(index.search(text, entries.length).map(hit => hit.id));
    return sum + entries.filter((entry, id) => entry.title.includes(text) && !found.has(id)).length;
  }, 0);
}

/** Milliseconds of each search, by the clock and of CPU: on a busy machine the clock also tells who else had the core. */
function latencies(index: MatterIndex, queries: readonly Queries[]): {readonly cpu: readonly number[]; readonly wall: readonly number[]} {
  const [cpu, wall]: [number[], number[]] = [[], []];
  for (const text of Array.from({length: 5}, () => queries.flatMap(({texts}) => texts)).flat()) {
    const [from, used] = [performance.now(), cpuMs()];
    index.search(text, wanted);
    cpu.push(cpuMs() - used);
    wall.push(performance.now() - from);
  }
  return {cpu, wall};
}

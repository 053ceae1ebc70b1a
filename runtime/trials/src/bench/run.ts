import {cpus, totalmem} from 'node:os';
import {sumCpu} from './cpu.js';
import {benchCatalogs} from './catalogs/index.js';
import {benchDeadlines} from './deadlines/index.js';
import {benchMainJob, type BenchLine, type Figures} from './main-job.js';
import {verdict, type BenchGround} from './measure.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

type Option = (key: string, otherwise: string) => string;

/** The benches by name; each answers with the exit code, 1 where a target was not met. */
const benches: Readonly<Record<string, (option: Option) => Promise<number>>> = {
  'main-job': runMainJob,
  catalogs: option => onGrounds(option, grounds => benchCatalogs({rounds: Number(option('rounds', '3')), sizes: option('sizes', '10000,100000,1000000').split(',').map(Number), grounds}, print)),
  deadlines: option => onGrounds(option, grounds => benchDeadlines({rounds: Number(option('rounds', '7')), cases: Number(option('cases', '100000')), grounds}, print)),
};

/**
 * Runs a bench by name: `main-job`, `catalogs` or `deadlines`.
 *
 * @returns The exit code: 0 when it ran and met its targets, 1 when it missed one, 2 when the name is unknown.
 */
export async function runBench(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  const bench = name === undefined ? undefined : benches[name];
  if (!bench) {
    print('npm run bench -- main-job [--orders 300] [--rounds 5] [--clients 1,8] [--database sqlite|mysql|both]');
    print('npm run bench -- catalogs [--rounds 3] [--sizes 10000,100000,1000000] [--database sqlite|mysql|both]');
    print('npm run bench -- deadlines [--rounds 7] [--cases 100000] [--database sqlite|mysql|both]');
    return 2;
  }
  return bench((key, otherwise) => {
    const at = rest.indexOf(`--${key}`);
    return at === -1 ? otherwise : (rest[at + 1] ?? otherwise);
  });
}

/** Full orders with `--orders N --rounds N --clients 1,8`; on SQLite + H2, and on MariaDB when `BANLI_TEST_MYSQL_URL` names a server or Debian's MariaDB is there. */
async function runMainJob(option: Option): Promise<number> {
  const common = {orders: Number(option('orders', '300')), rounds: Number(option('rounds', '5')), clients: option('clients', '1,8').split(',').map(Number)};
  const database = option('database', 'both');
  print(`bench main-job: ${common.orders} orders × ${common.rounds} rounds, alternating, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`);
  const lines: BenchLine[] = [];
  if (database !== 'mysql') lines.push(...(await benchMainJob({...common, label: 'SQLite + H2'}, print)));
  if (database !== 'sqlite') lines.push(...(await withMariadb(url => benchMainJob({...common, label: 'MariaDB', databaseUrl: url}, print))));
  for (const line of lines) printLine(line);
  const busy = lines.filter(line => line.clients >= 8);
  const met = busy.every(line => line.ratio.median >= leastRatio);
  if (busy.length > 0) print(`\ngoal at 8 clients: ratio ≥ ${leastRatio} · ${verdict(met)}`);
  return Number(!met);
}

/** Banli's orders per second against the naive way on the same engine. */
const leastRatio = 0.7;

/** A bench that stands on SQLite by itself, with `--database` on MariaDB instead, or on both. */
async function onGrounds(option: Option, bench: (grounds: readonly BenchGround[]) => Promise<boolean>): Promise<number> {
  const database = option('database', 'sqlite');
  const own: readonly BenchGround[] = database === 'mysql' ? [] : [{label: 'SQLite'}];
  return Number(!(database === 'sqlite' ? await bench(own) : await withMariadb(url => bench([...own, {label: 'MariaDB', url}]))));
}

async function withMariadb<T>(work: (url: string) => Promise<T>): Promise<T> {
  const {startMariadb} = await import('@banli/tooling/mariadb');
  const server = await startMariadb();
  try {
    return await work(`${server.url}/banli_bench_${process.pid}`);
  } finally {
    await server.stop();
  }
}

function printLine(line: BenchLine): void {
  const {banli, naive, ratio} = line;
  print(`\n${line.label}, ${line.clients} client(s)`);
  print(`  Banli   ${banli.perSecond.toFixed(1)} orders/s · ${cpuText(banli)} · ${banli.callsPerOrder.toFixed(2)} engine calls/order (1 + 7 steps = 8) · ${banli.polls.toFixed(2)} polls/order`);
  print(`  naive   ${naive.perSecond.toFixed(1)} orders/s · ${cpuText(naive)} · ${naive.callsPerOrder.toFixed(2)} engine calls/order`);
  print(`  ratio   ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} – ${ratio.most.toFixed(2)})`);
  print(`  limit   Banli: ${limitOf(banli, line.clients)}; naive: ${limitOf(naive, line.clients)}`);
}

function cpuText({cpu}: Figures): string {
  const parts = Object.entries(cpu).map(([part, seconds]) => `${part} ${(Number(seconds) * 1_000).toFixed(0)}`);
  return `${sumCpu(cpu).toFixed(3)} CPU-s/order (ms: ${parts.join(', ')})`;
}

/** With the cores nearly always busy it is the CPU, and the part that used most of it; else the time each step waits for the one before. */
function limitOf(figures: Figures, clients: number): string {
  const busy = `${Math.round(figures.busy * 100)} % of the CPU busy`;
  if (figures.busy < 0.8) return `${busy}: waiting, ${((clients / figures.perSecond) * 1_000).toFixed(0)} ms from start to end of an order`;
  const [part] = Object.entries(figures.cpu).sort(([, left], [, right]) => Number(right) - Number(left))[0] ?? ['?'];
  return `${busy}: CPU, most of it ${part}`;
}

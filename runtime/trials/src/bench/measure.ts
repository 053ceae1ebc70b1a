import {cpus, loadavg, totalmem} from 'node:os';

/** Writes one line of a bench's result. */
export type Print = (line: string) => void;

/** Where the rows of a bench stand: a file of SQLite, or a schema of a MariaDB server. */
export interface BenchGround {
  readonly label: string;
  /** Address of the database; a file of its own without one. */
  readonly url?: string;
}

/** What a bench ran on: machine, Node version and how busy the machine was when it began. */
export function conditions(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
}

/** The middle of numbers, the lower one of two; `NaN` of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** The value below which a share of the numbers lies, such as 0.99. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One piece of work, done `calls` times by one call of `run`; `run` answers with a sum so that nothing is left out. */
export interface Contender {
  readonly name: string;
  readonly calls: number;
  run(): number;
}

/** Milliseconds of CPU that this process has used so far: what stands in a bench is not how busy others keep the machine. */
export function cpuMs(): number {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A round takes at least this much CPU: what takes less is done again. */
const leastRoundMs = 20;
const mostRuns = 1_000;
/** What is not counted at first: code that the compiler has not seen often takes several times as long, and a call of a µs needs tens of thousands to be seen. */
const leastWarmMs = 100;
/** Where one round of all takes less than this, there are so many times more of them: of short pieces of work every disturbance shows. */
const shortRoundsMs = 200;
const moreRounds = 3;

/**
 * Measures contenders side by side: one round of each in turn, after some work that is not counted.
 * @returns Nanoseconds of CPU per call, by contender and round.
 */
export function alternate(contenders: readonly Contender[], rounds: number): ReadonlyArray<readonly number[]> {
  const warm = contenders.map(warmUp);
  const runs = warm.map(ms => Math.min(mostRuns, Math.ceil(leastRoundMs / ms)));
  const roundMs = warm.reduce((sum, ms, index) => sum + ms * (runs[index] ?? 1), 0);
  const figures = contenders.map((): number[] => []);
  for (let round = 0; round < (roundMs < shortRoundsMs ? rounds * moreRounds : rounds); round += 1) {
    contenders.forEach((contender, index) => {
      const times = runs[index] ?? 1;
      const from = cpuMs();
      for (let run = 0; run < times; run += 1) contender.run();
      figures[index]?.push(((cpuMs() - from) * 1e6) / contender.calls / times);
    });
  }
  return figures;
}

/** Runs a contender until the compiler knows it. @returns Milliseconds of CPU of one run, the best that was seen. */
function warmUp(contender: Contender): number {
  const from = cpuMs();
  let best = Number.POSITIVE_INFINITY;
  for (let used = from; used - from < leastWarmMs; ) {
    contender.run();
    const now = cpuMs();
    best = Math.min(best, now - used);
    used = now;
  }
  return Math.max(best, leastRoundMs / mostRuns);
}

/** How many times faster the second was, by the best round of each: what a call takes when nobody disturbs it. Others at work empty the caches, and of a call of a µs that shows first. */
export function bestRatio(slow: readonly number[], fast: readonly number[]): number {
  return Math.min(...slow) / Math.min(...fast);
}

/** Ratios of the same rounds: how many times faster the second was. */
export function ratios(slow: readonly number[] = [], fast: readonly number[] = []): readonly number[] {
  return slow.map((value, index) => value / (fast[index] ?? Number.NaN));
}

/** `12.3 (11.0 – 14.2)`: median, least and most. */
export function spread(values: readonly number[], digits = 1): string {
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} – ${Math.max(...values).toFixed(digits)})`;
}

/** `ok` or `NOT MET`, for a target and what was reached. */
export function verdict(met: boolean): string {
  return met ? 'ok' : 'NOT MET';
}

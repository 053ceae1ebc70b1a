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

/**
 * Measures contenders side by side: one round of each in turn, after one that is not counted.
 * @returns Nanoseconds of CPU per call, by contender and round.
 */
export function alternate(contenders: readonly Contender[], rounds: number): ReadonlyArray<readonly number[]> {
  const runs = contenders.map(contender => {
    contender.run();
    const from = cpuMs();
    contender.run();
    return Math.min(mostRuns, Math.ceil(leastRoundMs / Math.max(cpuMs() - from, leastRoundMs / mostRuns)));
  });
  const figures = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    contenders.forEach((contender, index) => {
      const times = runs[index] ?? 1;
      const from = cpuMs();
      for (let run = 0; run < times; run += 1) contender.run();
      figures[index]?.push(((cpuMs() - from) * 1e6) / contender.calls / times);
    });
  }
  return figures;
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

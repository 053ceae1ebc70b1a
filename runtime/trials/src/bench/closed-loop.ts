/** How a round went. */
export interface Round {
  readonly orders: number;
  readonly seconds: number;
  readonly perSecond: number;
}

/**
 * Runs `total` jobs with `clients` of them under way at any moment (closed loop), and times them from the first start to the last end.
 *
 * @throws whatever a job throws: a bench with a failed order is no bench.
 */
export async function runClosedLoop(total: number, clients: number, job: (index: number) => Promise<void>): Promise<Round> {
  let next = 0;
  const started = process.hrtime.bigint();
  await Promise.all(Array.from({length: clients}, async () => {
    while (next < total) {
      const index = next;
      next += 1;
      await job(index);
    }
  }));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return {orders: total, seconds, perSecond: total / seconds};
}

/** Median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

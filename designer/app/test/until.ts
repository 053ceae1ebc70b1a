import {sleep} from '@banli/time';

/** Reads until something holds of what is read, 30 seconds at most; gives what was read last, for the test to judge: what a page shows may come a moment after the click. */
export async function until<T>(holds: (found: T) => boolean, read: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + 30_000; ; await sleep(100)) {
    const found = await read();
    if (holds(found) || performance.now() > end) return found;
  }
}

/** The same, for a question that is answered with yes. */
export async function holds(ask: () => Promise<boolean> | boolean): Promise<boolean> {
  return until(found => found, async () => ask());
}

/** Rows between two pauses of reading. */
export const rowsPerStep = 100;

/** Runs work that pauses by itself without a pause. */
export function withoutPause<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

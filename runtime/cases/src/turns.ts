/** Runs things with the same key one after the other, things with different keys side by side. */
export interface Turns {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Makes turns for one process; other processes are held off by sequence numbers and lock versions. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.then(noop, noop);
      last.set(key, settled);
      void settled.then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
      return mine;
    },
  };
}

function noop(): void {
  // Whoever asked for the turn gets its error; the next in line only waits for its end.
}

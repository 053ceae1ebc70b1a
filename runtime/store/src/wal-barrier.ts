import {open, type FileHandle} from 'node:fs/promises';

/** Waits until everything that was committed before is on the disk. */
export interface Barrier {
  /** Resolves when every commit that ended before the call survives a power failure. @throws Error when the disk refuses. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** For databases that do it by themselves. */
export const noBarrier: Barrier = {flush: () => Promise.resolve(), close: () => Promise.resolve()};

/**
 * Makes the barrier of an SQLite file in WAL mode with `synchronous = NORMAL`.
 *
 * SQLite would wait for the disk inside every commit, one after the other, with the whole process standing still. Here the commit only
 * writes its frames; the write-ahead log is then synchronised off the main thread, once for all commits that wait at that moment.
 * A log is only ever lost from its end, so what was committed earlier is safe whenever something later is.
 *
 * @param filename - The database; its log lies beside it as `<filename>-wal`.
 * @see Source: SQLite documentation, pragma synchronous and write-ahead logging: NORMAL keeps the file whole and delays durability.
 */
export function createWalBarrier(filename: string): Barrier {
  let log: FileHandle | null = null;
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;

  const sync = async (): Promise<void> => {
    try {
      log ??= await open(`${filename}-wal`, 'r');
      await log.datasync();
    } catch (error) {
      // Without a log everything was moved into the database file, which SQLite synchronises itself.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  };
  const start = (): Promise<void> => {
    const mine = sync().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
  return {
    flush() {
      if (running === null) return start();
      // The one under way may have begun before our commit: all who come meanwhile share the next one.
      waiting ??= running.then(settled, settled).then(() => {
        waiting = null;
        return start();
      });
      return waiting;
    },
    async close() {
      await running;
      await log?.close();
      log = null;
    },
  };
}

function settled(): void {
  // Whoever waited for that one has its error; the next one tries for itself.
}

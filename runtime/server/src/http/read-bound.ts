import {storeErrors} from '@banli/store';
import {within} from './within.js';

/** How reads are bounded, in milliseconds. */
export interface ReadBoundOptions {
  /** How long a read goes on before the database is asked whether it still answers, and again each time. Default 1 s. */
  readonly askAfterMs?: number;
  /** How long the database may take for that. Default 2 s. */
  readonly answerWithinMs?: number;
}

/** Holds reads while the database answers. */
export interface ReadBound {
  /** Answers what the read answers, however long it takes, unless the database stops answering meanwhile; then the read goes on unheard. @throws AppError `STORE_DOWN` */
  hold<T>(read: Promise<T>): Promise<T>;
}

/**
 * Makes the bound: a database that hangs is told after five seconds, and an export or an explanation that takes long because it has much to do is left alone. All reads share one question.
 */
export function createReadBound(ping: () => Promise<void>, {askAfterMs = 1_000, answerWithinMs = 2_000}: ReadBoundOptions = {}): ReadBound {
  let asking: Promise<boolean> | null = null;
  const isAlive = (): Promise<boolean> => (asking ??= within(answerWithinMs, ping().then(() => true, () => false), () => false).finally(() => {
    asking = null;
  }));
  return {
    async hold(read) {
      for (;;) {
        const ended = await within(askAfterMs, read.then(value => ({value})), () => null);
        if (ended) return ended.value;
        // Asked twice: a machine that is out of breath for a moment is not taken for a database that is gone.
        const alive = await Promise.race([isAlive().then(once => once || isAlive()), read.then(() => true)]);
        if (!alive) throw storeErrors.DOWN();
      }
    },
  };
}

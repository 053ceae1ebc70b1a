import type {Knex} from 'knex';
import {systemClock, type Clock} from '@banli/time';
import {openKnex, type Dialect, type OpenedKnex, type StoreLog} from './open-knex.js';
import {runRetried} from './retry.js';
import {migrateStore} from './migrate.js';
import {runTransaction, type Tx} from './transaction.js';
import {noBarrier, type Barrier} from './wal-barrier.js';

/** The platform's database: one knex, one way to run a unit of work. */
export interface Store {
  readonly knex: Knex;
  readonly dialect: Dialect;
  /**
   * Runs one unit of work; deadlocks and busy answers are retried with jitter, so `work` may run several times and must do
   * nothing outside the transaction. Never call HTTP in it.
   *
   * When it resolves, the work survives a power failure. With `durable: false` it does so a moment later, and never without everything
   * committed before it: for work that is done again from other rows if it is missing, or whose caller waits for `flush` before he tells anybody.
   * @throws AppError `STORE_BUSY` when it lost too often, `STORE_DOWN` when there is no database.
   */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: {readonly durable?: boolean}): Promise<T>;
  /** Resolves when everything that was committed before the call survives a power failure. @throws Error when the disk refuses. */
  flush(): Promise<void>;
  /** Brings the tables up to date; answers the names of the migrations it ran. */
  migrate(): Promise<readonly string[]>;
  /** Resolves when the database answers, also while all connections are at work. @throws AppError `STORE_DOWN`; on MariaDB within two seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the platform's database.
 *
 * @param url - `sqlite:/path/to/file` (`sqlite::memory:` in tests) or `mysql://user:password@host:port/schema`.
 * @param options.log - Told what the database layer cannot tell a caller; Node's own warnings without it.
 * @throws AppError `STORE_URL_UNKNOWN`
 */
export function createStore(url: string, options: {clock?: Clock; poolMax?: number; log?: StoreLog} = {}): Store {
  return storeOver(openKnex(url, options.poolMax ?? 10, options.log), options.clock ?? systemClock);
}

/**
 * Does something while the disk takes what was committed before; ends when both are over.
 *
 * @throws what the work throws, else Error when the disk refuses.
 */
export async function whileFlushing<T>(store: Pick<Store, 'flush'>, work: () => Promise<T>): Promise<T> {
  const [disk, done] = await Promise.allSettled([store.flush(), work()]);
  if (done.status === 'rejected') throw done.reason;
  if (disk.status === 'rejected') throw disk.reason;
  return done.value;
}

/** The store over an open knex; tests open theirs over a copy of a migrated database. */
export function storeOver({knex, ground, dialect, barrier, probe}: OpenedKnex, clock: Clock): Store {
  if (barrier !== noBarrier) flushSingleWrites(knex, barrier);
  return {
    knex,
    dialect,
    async tx(work, {durable = true} = {}) {
      const result = await runRetried(() => runTransaction(ground, work));
      if (durable) await barrier.flush();
      return result;
    },
    flush: () => barrier.flush(),
    migrate: () => migrateStore(knex, clock),
    ping: probe,
    async close() {
      await Promise.all([...new Set([knex, ground.pool])].map(each => each.destroy()));
      await barrier.close();
    },
  };
}

/** Statements outside of `tx` are their own transactions; the disk gets them in the background, and the next `tx` tells if it could not. */
function flushSingleWrites(knex: Knex, barrier: Barrier): void {
  knex.on('query-response', (_: unknown, query: {readonly method?: string}, builder: {readonly _connection?: unknown}) => {
    const writes = query.method === 'insert' || query.method === 'update' || query.method === 'del';
    if (writes && builder._connection === undefined) barrier.flush().then(done, done);
  });
}

function done(): void {
  // A disk that refuses now refuses the next unit of work, too, and that one reports it.
}

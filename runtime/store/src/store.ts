import type {Knex} from 'knex';
import {systemClock, type Clock} from '@banli/time';
import {openKnex, type Dialect} from './open-knex.js';
import {runRetried} from './retry.js';
import {migrateStore} from './migrate.js';

/** A running transaction; every query of a unit of work goes through it. */
export type Tx = Knex.Transaction;

/** The platform's database: one knex, one way to run a unit of work. */
export interface Store {
  readonly knex: Knex;
  readonly dialect: Dialect;
  /**
   * Runs one unit of work; deadlocks and busy answers are retried with jitter, so `work` may run several times and must do
   * nothing outside the transaction. Never call HTTP in it.
   * @throws AppError `STORE_BUSY` when it lost too often, `STORE_DOWN` when there is no database.
   */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Brings the tables up to date; answers the names of the migrations it ran. */
  migrate(): Promise<readonly string[]>;
  /** One trivial query: resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the platform's database.
 *
 * @param url - `sqlite:/path/to/file` (`sqlite::memory:` in tests) or `mysql://user:password@host:port/schema`.
 * @throws AppError `STORE_URL_UNKNOWN`
 */
export function createStore(url: string, options: {clock?: Clock; poolMax?: number} = {}): Store {
  const {knex, dialect} = openKnex(url, options.poolMax ?? 10);
  const clock = options.clock ?? systemClock;
  return {
    knex,
    dialect,
    tx: work => runRetried(() => knex.transaction(work, dialect === 'mysql' ? {isolationLevel: 'read committed'} : {})),
    migrate: () => migrateStore(knex, clock),
    ping: async () => {
      await runRetried(() => knex.raw('select 1'));
    },
    close: () => knex.destroy(),
  };
}

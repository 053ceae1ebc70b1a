import type {Knex} from 'knex';
import {ask, type Connection, type ConnectionPool} from './connection.js';

/**
 * A running transaction; every query of a unit of work goes through it. It builds queries as knex does, on its own connection, and is
 * nothing more: knex's own transaction object is a whole knex made anew each time, which costs more than the work of a small transaction.
 */
export interface Tx {
  (table: string): Knex.QueryBuilder;
  raw(sql: string, values?: readonly Knex.RawBinding[]): Knex.Raw;
  /** Calls the listener right after the commit, or never. */
  onCommit(listener: () => void): void;
  /** Calls the listener after a rollback; never where the answer to COMMIT was an error, as nobody knows then. */
  onRollback(listener: () => void): void;
}

interface Running {
  readonly connection: Connection;
  ended: boolean;
}

interface Listeners {
  readonly commit: Array<() => void>;
  readonly rollback: Array<() => void>;
}

const running = new WeakMap<object, Running>();

/** Whether this is a transaction: its statements go one after the other. */
export function isTx(on: Knex | Tx): on is Tx {
  return running.has(on);
}

/** The connection of a transaction; `null` for what is none. @throws Error after the end of the transaction. */
export function connectionOf(on: Knex | Tx): Connection | null {
  const state = running.get(on);
  if (!state) return null;
  if (state.ended) throw new Error('The transaction has ended; a statement of it was not awaited.');
  return state.connection;
}

/** Where transactions run: `knex` builds their queries, `pool` has their connections, which open a transaction with their first statement if `implicit`. */
export interface TransactionGround {
  readonly knex: Knex;
  readonly pool: Knex;
  readonly implicit: boolean;
}

/** Runs `work` in a transaction that ends with COMMIT; whatever it throws rolls back. */
export async function runTransaction<T>({knex, pool: from, implicit}: TransactionGround, work: (tx: Tx) => Promise<T>): Promise<T> {
  const pool: ConnectionPool = from.client;
  const connection = await pool.acquireConnection();
  const state: Running = {connection, ended: false};
  const listeners: Listeners = {commit: [], rollback: []};
  let asked = false;
  const tx = makeTx(knex, state, listeners);
  try {
    if (!implicit) await ask(connection, 'BEGIN', []);
    const result = await work(tx);
    state.ended = true;
    asked = true;
    await ask(connection, 'COMMIT', []);
    for (const listener of listeners.commit) listener();
    return result;
  } catch (error) {
    state.ended = true;
    await rollBack(connection);
    if (!asked) for (const listener of listeners.rollback) listener();
    throw error;
  } finally {
    await pool.releaseConnection(connection);
  }
}

/** A connection that cannot even roll back is not used again; the database ends its transaction with it. */
async function rollBack(connection: Connection): Promise<void> {
  try {
    await ask(connection, 'ROLLBACK', []);
  } catch (error) {
    // SQLite ends some failed transactions by itself, and says so.
    if (error instanceof Error && /no transaction is active/.test(error.message)) return;
    connection.__knex__disposed = error;
  }
}

function makeTx(knex: Knex, state: Running, listeners: Listeners): Tx {
  // Before the query as well as when it is built: a builder may be awaited late.
  const check = (): void => {
    if (state.ended) throw new Error('The transaction has ended; a statement of it was not awaited.');
  };
  const bound = <B extends {connection(connection: Connection): unknown; on(event: string, listener: () => void): unknown}>(builder: B): B => {
    check();
    builder.connection(state.connection);
    builder.on('start', check);
    return builder;
  };
  const tx = Object.assign((table: string) => bound(knex(table)), {
    raw: (sql: string, values: readonly Knex.RawBinding[] = []) => bound(knex.raw(sql, values)),
    onCommit: (listener: () => void) => void listeners.commit.push(listener),
    onRollback: (listener: () => void) => void listeners.rollback.push(listener),
  });
  running.set(tx, state);
  return tx;
}

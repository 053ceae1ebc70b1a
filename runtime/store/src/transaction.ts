import type {Knex} from 'knex';
import {ask, askTogether, isSqlite, type Connection, type ConnectionPool, type Statement} from './connection.js';
import {checked, isMissed, type Expected} from './expected.js';

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
  /** A change that has to find its row and waits for company on its way. */
  expected: Expected | null;
  /** One that went on its way, and whether it found its row. */
  sent: Promise<void>;
  /** What is written on the way to the COMMIT. */
  readonly last: Statement[];
  ended: boolean;
  /** The COMMIT was sent, and what became of it is not known. */
  inDoubt: boolean;
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
  checkRunning(state);
  return state.connection;
}

/** Sends what waits before another statement goes. @throws what a change that found no row wanted thrown. */
export function sendExpected(on: Knex | Tx): Promise<void> | null {
  const state = running.get(on);
  if (!state || (state.expected === null && state.sent === nothingSent)) return null;
  send(state);
  return state.sent;
}

/**
 * Puts a change that has to find its row on its way: on MariaDB together with the COMMIT where nothing else is asked in between, else right before the next statement.
 * Where it finds none the transaction is given up with what `lost` makes.
 */
export async function runExpected(tx: Tx, expected: Expected): Promise<void> {
  const state = running.get(tx);
  if (!state) throw new Error('Not a transaction.');
  checkRunning(state);
  if (!isSqlite(state.connection)) {
    send(state);
    state.expected = expected;
    return;
  }
  const {changes} = await ask(state.connection, expected.statement.sql, expected.statement.values);
  if (changes === 0) throw expected.lost();
}

/** The connection runs what it is given in order, so nobody has to wait for this before the next statement goes. */
function send(state: Running): void {
  const {expected, connection, sent} = state;
  if (expected === null) return;
  state.expected = null;
  const answer = ask(connection, expected.statement.sql, expected.statement.values);
  state.sent = Promise.all([sent, answer]).then(([, {changes}]) => {
    if (changes === 0) throw expected.lost();
  });
  // Awaited at the latest before the COMMIT, where its failure is told.
  void Promise.allSettled([state.sent]);
}

const nothingSent = Promise.resolve();

function checkRunning(state: Running): void {
  if (state.ended) throw new Error('The transaction has ended; a statement of it was not awaited.');
}

/** Puts a statement at the end of a transaction: it runs right before the COMMIT, and on MariaDB in the same trip. Its failure rolls back as any other. */
export function runLast(tx: Tx, statement: Statement): void {
  const state = running.get(tx);
  if (!state || state.ended) throw new Error('The transaction has ended.');
  state.last.push(statement);
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
  const state: Running = {connection, expected: null, sent: nothingSent, last: [], ended: false, inDoubt: false};
  const listeners: Listeners = {commit: [], rollback: []};
  const tx = makeTx(knex, state, listeners);
  try {
    if (!implicit) await ask(connection, 'BEGIN', []);
    const result = await work(tx);
    state.ended = true;
    await end(state);
    for (const listener of listeners.commit) listener();
    return result;
  } catch (error) {
    state.ended = true;
    const lost = await state.sent.then(() => null, (reason: unknown) => ({reason}));
    await rollBack(connection);
    if (!state.inDoubt) for (const listener of listeners.rollback) listener();
    // What came after a change that found no row stood on nothing: its own failure says less.
    throw lost ? lost.reason : error;
  } finally {
    await pool.releaseConnection(connection);
  }
}

/** Runs what was put last, then COMMIT. A server that refuses one of several statements says so before it comes to the COMMIT, unless it is the COMMIT that failed. */
async function end(state: Running): Promise<void> {
  const {connection, expected} = state;
  await state.sent;
  const last = expected === null ? state.last : [...checked(expected.statement), ...state.last];
  if (isSqlite(connection)) await askTogether(connection, last);
  state.inDoubt = true;
  try {
    await askTogether(connection, isSqlite(connection) ? [commit] : [...last, commit]);
  } catch (error) {
    state.inDoubt = last.length === 0 || !isRefusal(error);
    throw expected !== null && isMissed(error) ? expected.lost() : error;
  }
}

const commit: Statement = {sql: 'COMMIT', values: []};

/** Whether an error is the server's answer to a statement; a connection that broke is fatal to the driver. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'sqlState' in error && !('fatal' in error && error.fatal === true) && !('code' in error && error.code === 'ER_ERROR_DURING_COMMIT');
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
  const check = (): void => checkRunning(state);
  const bound = <B extends {connection(connection: Connection): unknown; on(event: string, listener: () => void): unknown}>(builder: B): B => {
    check();
    builder.connection(state.connection);
    builder.on('start', () => {
      check();
      send(state);
    });
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

import {mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import knexModule, {type Knex} from 'knex';
import {storeErrors} from './errors.js';
import {createMysqlProbe} from './mysql-probe.js';
import {runRetried} from './retry.js';
import {keepStatements, type Preparing, type Statement} from './statement-cache.js';
import type {TransactionGround} from './transaction.js';
import {createWalBarrier, noBarrier, type Barrier} from './wal-barrier.js';

export type Dialect = 'sqlite' | 'mysql';

/** An open database: a knex, where its transactions run, what it speaks, and how it waits for the disk. */
export interface OpenedKnex {
  readonly knex: Knex;
  readonly ground: TransactionGround;
  readonly dialect: Dialect;
  readonly barrier: Barrier;
  /** Resolves when the database answers, also while all connections are at work. @throws AppError `STORE_DOWN` */
  readonly probe: () => Promise<void>;
}

/** Where the database layer says what it cannot tell a caller, such as a connection that was lost while nobody used it. One line each, without values of rows. */
export interface StoreLog {
  warn(event: string, data: {readonly reason: string}): void;
}

/** For whoever has no log: Node's own warnings, on the error output. */
const nodeWarnings: StoreLog = {warn: (event, {reason}) => process.emitWarning(`${event}: ${reason}`)};

/**
 * Opens knex on the address; see `createStore`. On MariaDB transactions have a pool of their own whose connections never commit by themselves:
 * that saves the round trip of a BEGIN, and take several statements at once: what a transaction writes last goes with its COMMIT.
 */
export function openKnex(url: string, poolMax: number, storeLog: StoreLog = nodeWarnings): OpenedKnex {
  const log = knexLog(storeLog);
  if (url.startsWith('sqlite:')) {
    const filename = url.slice('sqlite:'.length);
    return onSqlite(openSqlite(filename, log), filename === ':memory:' ? noBarrier : createWalBarrier(filename));
  }
  if (url.startsWith('mysql:')) {
    const knex = openMysql(url, {poolMax, autocommit: 1, log});
    return {knex, ground: {knex, pool: openMysql(url, {poolMax, autocommit: 0, log}), implicit: true}, dialect: 'mysql', barrier: noBarrier, probe: createMysqlProbe(addressOf(url))};
  }
  throw storeErrors.URL_UNKNOWN({scheme: url.split(':')[0] ?? ''});
}

/** Opens knex on a copy in memory of a whole SQLite database. */
export function openCopy(image: Buffer): OpenedKnex {
  return onSqlite(openSqlite(image, knexLog(nodeWarnings)), noBarrier);
}

type KnexLog = NonNullable<Knex.Config['log']>;

/** Knex's own lines go to stdout, with stacks: here they are events, and of each the first line. */
function knexLog(log: StoreLog): KnexLog {
  const tell = (event: string) => (message: unknown) => log.warn(event, {reason: String(message).split('\n', 1)[0]?.slice(0, 300) ?? ''});
  return {warn: tell('store.connection.warned'), error: tell('store.connection.failed'), deprecate: tell('store.call.deprecated'), debug: () => undefined};
}

function onSqlite(knex: Knex, barrier: Barrier): OpenedKnex {
  const probe = async () => {
    await runRetried(() => knex.raw('select 1'));
  };
  return {knex, ground: {knex, pool: knex, implicit: false}, dialect: 'sqlite', barrier, probe};
}

interface SqliteConnection extends Preparing<Statement> {
  pragma(source: string): unknown;
}

/**
 * One connection: SQLite has one writer, and a second process (the worker host) waits by busy_timeout. `synchronous = NORMAL`, because
 * the store waits for the disk itself, see `createWalBarrier`.
 */
function openSqlite(source: string | Buffer, log: KnexLog): Knex {
  if (typeof source === 'string' && source !== ':memory:') mkdirSync(dirname(source), {recursive: true});
  return knexModule({
    client: 'better-sqlite3',
    log,
    // The driver takes a whole database for a file name; knex's types know only names.
    connection: {filename: source as string},
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null, connection: SqliteConnection) => void) => {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = NORMAL');
        connection.pragma('busy_timeout = 5000');
        connection.pragma('foreign_keys = ON');
        // A checkpoint stops the process that commits until the disk has it, and copies a page once however often it was written:
        // with SQLite's 1,000 pages one came every nine cases and took two thirds of the time of all commits.
        connection.pragma('wal_autocheckpoint = 10000');
        connection.pragma('cache_size = -65536');
        keepStatements(connection);
        done(null, connection);
      },
    },
  });
}

/** Where MariaDB is, and as whom. */
function addressOf(url: string): {readonly host: string; readonly port: number; readonly user: string; readonly password: string; readonly database: string} {
  const address = new URL(url);
  return {
    host: address.hostname, port: address.port ? Number(address.port) : 3306, user: decodeURIComponent(address.username), password: decodeURIComponent(address.password), database: address.pathname.slice(1),
  };
}

interface MysqlConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

/**
 * Pool min 0, UTC, and never several statements in one call but for transactions, whose texts all come from code. The charset is not named: mysql2's own default is utf8mb4, and knex would
 * write a name given here into every table without its collation.
 */
function openMysql(url: string, {poolMax, autocommit, log}: {readonly poolMax: number; readonly autocommit: 0 | 1; readonly log: KnexLog}): Knex {
  return knexModule({
    client: 'mysql2',
    log,
    connection: {
      ...addressOf(url),
      timezone: 'Z',
      supportBigNumbers: true,
      multipleStatements: autocommit === 0,
    },
    pool: {
      min: 0,
      max: poolMax,
      afterCreate: (connection: MysqlConnection, done: (error: Error | null, connection: MysqlConnection) => void) => {
        // Once for the connection: with every transaction it would be one more round trip.
        connection.query('set session transaction isolation level read committed', error => {
          if (error) done(error, connection);
          else connection.query(`set session autocommit = ${autocommit}`, failed => done(failed, connection));
        });
      },
    },
  });
}

import {mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import knexModule, {type Knex} from 'knex';
import {storeErrors} from './errors.js';

export type Dialect = 'sqlite' | 'mysql';

/** Opens knex on the address; see `createStore`. */
export function openKnex(url: string, poolMax: number): {knex: Knex; dialect: Dialect} {
  if (url.startsWith('sqlite:')) return {knex: openSqlite(url.slice('sqlite:'.length)), dialect: 'sqlite'};
  if (url.startsWith('mysql:')) return {knex: openMysql(url, poolMax), dialect: 'mysql'};
  throw storeErrors.URL_UNKNOWN({scheme: url.split(':')[0] ?? ''});
}

interface SqliteConnection {
  pragma(source: string): unknown;
}

/** One connection: SQLite has one writer, and a second process (the worker host) waits by busy_timeout. */
function openSqlite(filename: string): Knex {
  if (filename !== ':memory:') mkdirSync(dirname(filename), {recursive: true});
  return knexModule({
    client: 'better-sqlite3',
    connection: {filename},
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null, connection: SqliteConnection) => void) => {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = FULL');
        connection.pragma('busy_timeout = 5000');
        connection.pragma('foreign_keys = ON');
        done(null, connection);
      },
    },
  });
}

/**
 * Pool min 0, UTC, and never several statements in one call. The charset is not named: mysql2's own default is utf8mb4, and knex would
 * write a name given here into every table without its collation.
 */
function openMysql(url: string, poolMax: number): Knex {
  const address = new URL(url);
  return knexModule({
    client: 'mysql2',
    connection: {
      host: address.hostname,
      port: address.port ? Number(address.port) : 3306,
      user: decodeURIComponent(address.username),
      password: decodeURIComponent(address.password),
      database: address.pathname.slice(1),
      timezone: 'Z',
      supportBigNumbers: true,
      multipleStatements: false,
    },
    pool: {min: 0, max: poolMax},
  });
}

import {join} from 'node:path';
import {createConnection, type Connection} from 'mysql2/promise';
import {engineHostErrors} from './errors.js';

/** What the JVM needs to reach its database. `schema` is null for the embedded one. */
export interface EngineDatabase {
  readonly jdbcUrl: string;
  readonly user: string;
  readonly password: string;
  readonly schema: string | null;
}

/** The database server answers after at most this, in milliseconds. */
const connectTimeoutMs = 10_000;

/**
 * Works out the engine's database from `BANLI_DATABASE_URL`; without one it is an H2 file below `folder`.
 * On MariaDB and MySQL the engine has a schema of its own: the platform's name plus `_engine`.
 *
 * `WRITE_DELAY=0` keeps answered work through kill -9, `nullDatabaseMeansCurrent` keeps the engine from taking the tables of another
 * schema for its own.
 * @throws AppError `ENGINE_DATABASE_URL`
 */
export function engineDatabase(folder: string, databaseUrl: string | undefined): EngineDatabase {
  if (databaseUrl === undefined || databaseUrl === '') {
    return {jdbcUrl: `jdbc:h2:file:${join(folder, 'engine')};DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=10000`, user: 'sa', password: '', schema: null};
  }
  const url = parseUrl(databaseUrl);
  const schema = `${url.pathname.slice(1)}_engine`;
  const options = 'nullDatabaseMeansCurrent=true&useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSize=500&tcpKeepAlive=true';
  return {
    jdbcUrl: `jdbc:mariadb://${url.hostname}:${url.port === '' ? '3306' : url.port}/${schema}?${options}`,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    schema,
  };
}

/**
 * Makes the engine's schema if it is missing and the account may.
 *
 * @throws AppError `ENGINE_SCHEMA_MISSING` with the statements for an administrator, `ENGINE_DATABASE_DOWN`.
 */
export async function prepareSchema(databaseUrl: string): Promise<void> {
  const url = parseUrl(databaseUrl);
  const {user, password, schema} = engineDatabase('', databaseUrl);
  const connection = await connect(url, user, password);
  try {
    const [rows] = await connection.query('SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?', [schema]);
    if (Array.isArray(rows) && rows.length > 0) return;
    await connection.query(`CREATE DATABASE IF NOT EXISTS \`${schema}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  } catch (error) {
    if (isDenied(error)) throw engineHostErrors.SCHEMA_MISSING({schema: schema ?? '', user}, {cause: error});
    throw error;
  } finally {
    await connection.end();
  }
}

async function connect(url: URL, user: string, password: string): Promise<Connection> {
  const port = url.port === '' ? 3306 : Number(url.port);
  try {
    return await createConnection({host: url.hostname, port, user, password, connectTimeout: connectTimeoutMs});
  } catch (error) {
    throw engineHostErrors.DATABASE_DOWN({host: `${url.hostname}:${port}`, reason: error instanceof Error ? error.message : String(error)}, {cause: error});
  }
}

/** A schema name goes into a statement, so it holds nothing but letters, digits and underscores. */
function parseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw engineHostErrors.DATABASE_URL({}, {cause});
  }
  if (!['mysql:', 'mariadb:'].includes(url.protocol) || !/^\/\w{1,56}$/.test(url.pathname)) throw engineHostErrors.DATABASE_URL();
  return url;
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ER_DBACCESS_DENIED_ERROR' || error.code === 'ER_ACCESS_DENIED_ERROR' || error.code === 'ER_SPECIFIC_ACCESS_DENIED_ERROR');
}

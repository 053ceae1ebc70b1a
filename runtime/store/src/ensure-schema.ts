import knexModule from 'knex';
import {storeErrors} from './errors.js';

const denied = new Set(['ER_DBACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_ERROR', 'ER_SPECIFIC_ACCESS_DENIED_ERROR']);

/**
 * Makes the schema of a MariaDB or MySQL address where it is missing and the account may; an SQLite file is made by itself.
 *
 * @param url - As for `createStore`.
 * @throws AppError `STORE_SCHEMA_MISSING` with the statements for an administrator, `STORE_SCHEMA_NAME`, `STORE_DOWN`.
 */
export async function ensureSchema(url: string): Promise<void> {
  if (!url.startsWith('mysql:')) return;
  const address = new URL(url);
  const schema = address.pathname.slice(1);
  if (!/^\w{1,56}$/.test(schema)) throw storeErrors.SCHEMA_NAME({schema});
  const user = decodeURIComponent(address.username);
  const connection = {host: address.hostname, port: Number(address.port || 3306), user, password: decodeURIComponent(address.password)};
  const knex = knexModule({client: 'mysql2', connection, pool: {min: 0, max: 1}, log: {warn: () => undefined}});
  try {
    const known: unknown[] = await knex('information_schema.schemata').where({schema_name: schema}).select('schema_name');
    if (known.length === 0) await knex.raw('create database if not exists ?? character set utf8mb4 collate utf8mb4_bin', [schema]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (denied.has(code)) throw storeErrors.SCHEMA_MISSING({schema, user}, {cause: error});
    throw storeErrors.DOWN({}, {cause: error});
  } finally {
    await knex.destroy();
  }
}

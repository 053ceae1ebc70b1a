import {randomBytes} from 'node:crypto';
import knexModule from 'knex';
import {systemClock, type Clock} from '@banli/time';
import {openCopy} from './open-knex.js';
import {createStore, storeOver, type Store} from './store.js';

/**
 * Opens an empty, migrated database for one test: SQLite in memory, or, with `BANLI_TEST_DATABASE=mysql`, a schema of its own on
 * the server of `BANLI_TEST_MYSQL_URL`, dropped on close. So every database test runs on both.
 *
 * @throws Error when MariaDB is asked for and no address is given: nothing is skipped silently.
 */
export async function openTestStore(options: {clock?: Clock} = {}): Promise<Store> {
  if (process.env['BANLI_TEST_DATABASE'] !== 'mysql') return openMemoryStore(options);
  const {url, drop} = await createTestSchema();
  const store = createStore(url, options);
  await store.migrate();
  return {
    ...store,
    close: async () => {
      await store.close();
      await drop();
    },
  };
}

let migrated: Promise<Buffer> | undefined;

/**
 * Opens an empty, migrated SQLite database in memory for one test, whatever database the run is for. The first one of a process runs the
 * migrations, the others are copies of what came out of them.
 */
export async function openMemoryStore(options: {clock?: Clock} = {}): Promise<Store> {
  migrated ??= migrateOnce();
  return storeOver(openCopy(await migrated), options.clock ?? systemClock);
}

async function migrateOnce(): Promise<Buffer> {
  const store = createStore('sqlite::memory:');
  try {
    await store.migrate();
    const connection = (await store.knex.client.acquireConnection()) as {serialize(): Buffer};
    const image = connection.serialize();
    await store.knex.client.releaseConnection(connection);
    return image;
  } finally {
    await store.close();
  }
}

/** Makes an empty schema on the MariaDB of the tests; `drop` removes it. */
export async function createTestSchema(): Promise<{readonly url: string; drop(): Promise<void>}> {
  const server = process.env['BANLI_TEST_MYSQL_URL'];
  if (!server) throw new Error('BANLI_TEST_MYSQL_URL is not set: run the tests with npm test, or give the address of a MariaDB.');
  const schema = `banli_t_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const knex = knexModule({client: 'mysql2', connection: server, pool: {min: 0, max: 1}});
    await knex.raw(sql).finally(() => knex.destroy());
  };
  await run(`create database ${schema} character set utf8mb4 collate utf8mb4_bin`);
  return {url: `${server}/${schema}`, drop: () => run(`drop database ${schema}`)};
}

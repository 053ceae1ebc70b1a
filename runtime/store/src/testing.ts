import {randomBytes} from 'node:crypto';
import {join} from 'node:path';
import knexModule from 'knex';
import {systemClock, type Clock} from '@banli/time';
import {openCopy} from './open-knex.js';
import {createStore, storeOver, type Store} from './store.js';
import {lendSchema, makeTemplate} from './test-schemas.js';

/**
 * Opens an empty, migrated database for one test: SQLite in memory, or, with `BANLI_TEST_DATABASE=mysql`, a schema that is its own till
 * it is closed, on the server of `BANLI_TEST_MYSQL_URL`. So every database test runs on both.
 *
 * @throws Error when MariaDB is asked for and no address is given: nothing is skipped silently.
 */
export async function openTestStore(options: {clock?: Clock} = {}): Promise<Store> {
  if (process.env['BANLI_TEST_DATABASE'] !== 'mysql') return openMemoryStore(options);
  return openLent(options);
}

/**
 * As `openTestStore`, but where an installation in a folder has its database: a SQLite file there, or a schema that is its own. `env` tells a program that is
 * given the folder where that is.
 */
export async function openTestStoreIn(folder: string): Promise<{readonly store: Store; readonly env: Readonly<Record<string, string>>}> {
  if (process.env['BANLI_TEST_DATABASE'] === 'mysql') {
    const {url, giveBack} = await lendSchema(testServer());
    return {store: closingWith(createStore(url), giveBack), env: {BANLI_DATABASE_URL: url}};
  }
  const store = createStore(`sqlite:${join(folder, 'platform.sqlite')}`);
  await store.migrate();
  return {store, env: {}};
}

async function openLent(options: {clock?: Clock}, template?: string): Promise<Store> {
  const {url, giveBack} = await lendSchema(testServer(), template);
  return closingWith(createStore(url, options), giveBack);
}

function closingWith(store: Store, giveBack: () => Promise<void>): Store {
  return {
    ...store,
    close: async () => {
      await store.close();
      await giveBack();
    },
  };
}

function testServer(): string {
  const server = process.env['BANLI_TEST_MYSQL_URL'];
  if (!server) throw new Error('BANLI_TEST_MYSQL_URL is not set: run the tests with npm test, or give the address of a MariaDB.');
  return server;
}

/**
 * Opens an empty, migrated SQLite database in memory for one test, whatever database the run is for. The first one of a process runs the
 * migrations, the others are copies of what came out of them.
 */
export const openMemoryStore = memoryCopies(async store => void (await store.migrate()));

/**
 * As `openMemoryStore`, but what a test finds was put there by `fill`, which runs once a process: for what many tests begin with and that takes a while.
 *
 * @param fill - Fills a database that is migrated; what it does outside of that database happens once, too.
 */
export function filledMemoryStore(fill: (store: Store) => Promise<void>): (options?: {clock?: Clock}) => Promise<Store> {
  return memoryCopies(async store => {
    await store.migrate();
    await fill(store);
  });
}

/** As `filledMemoryStore`, on the database that the run is for: on MariaDB the rows of one filled schema are copied. */
export function filledTestStore(fill: (store: Store) => Promise<void>): (options?: {clock?: Clock}) => Promise<Store> {
  const copy = filledMemoryStore(fill);
  let template: Promise<string> | undefined;
  return async (options = {}) => (process.env['BANLI_TEST_DATABASE'] === 'mysql' ? openLent(options, await (template ??= makeTemplate(testServer(), fill))) : copy(options));
}

/** Opens copies in memory of a database that is made when the first one is asked for. */
function memoryCopies(make: (store: Store) => Promise<void>): (options?: {clock?: Clock}) => Promise<Store> {
  let image: Promise<Buffer> | undefined;
  return async (options = {}) => storeOver(openCopy(await (image ??= imageOf(make))), options.clock ?? systemClock);
}

async function imageOf(make: (store: Store) => Promise<void>): Promise<Buffer> {
  const store = createStore('sqlite::memory:');
  try {
    await make(store);
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
  const server = testServer();
  const schema = `banli_t_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const knex = knexModule({client: 'mysql2', connection: server, pool: {min: 0, max: 1}});
    await knex.raw(sql).finally(() => knex.destroy());
  };
  await run(`create database ${schema} character set utf8mb4 collate utf8mb4_bin`);
  return {url: `${server}/${schema}`, drop: () => run(`drop database ${schema}`)};
}

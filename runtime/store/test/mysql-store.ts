import {createStore, newId, type Store} from '../src/index.js';

/** Two servers' stores in one schema. */
export interface MysqlStores {
  readonly store: Store;
  readonly second: Store;
  close(): Promise<void>;
}

/** Opens a store in a fresh, migrated schema of the test database. @throws as `openEmptyMysql` */
export async function openMysqlStore(): Promise<MysqlStores> {
  const stores = await openEmptyMysql();
  await stores.store.migrate();
  return stores;
}

/**
 * Opens a store in a fresh, empty schema of the test database.
 *
 * @throws Error without `BANLI_TEST_MYSQL_URL`: a test that could not run must fail loudly.
 */
export async function openEmptyMysql(): Promise<MysqlStores> {
  const address = process.env['BANLI_TEST_MYSQL_URL'];
  if (!address) throw new Error('Set BANLI_TEST_MYSQL_URL=mysql://user:password@host:port to run tests on MariaDB.');
  const schema = `banli_test_${newId().slice(0, 18)}`;
  const admin = createStore(`${address}/information_schema`, {poolMax: 1});
  await admin.knex.raw(`create database ${schema} character set utf8mb4 collate utf8mb4_bin`);
  const [store, second] = [createStore(`${address}/${schema}`), createStore(`${address}/${schema}`)];
  return {
    store,
    second,
    async close() {
      await store.close();
      await second.close();
      await admin.knex.raw(`drop database ${schema}`);
      await admin.close();
    },
  };
}

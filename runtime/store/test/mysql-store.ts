import {createStore, newId, type Store} from '../src/index.js';

/**
 * Opens a store in a fresh schema of the test database.
 *
 * @throws Error without `BANLI_TEST_MYSQL_URL`: a test that could not run must fail loudly.
 */
export async function openMysqlStore(): Promise<{readonly store: Store; readonly second: Store; close(): Promise<void>}> {
  const address = process.env['BANLI_TEST_MYSQL_URL'];
  if (!address) throw new Error('Set BANLI_TEST_MYSQL_URL=mysql://user:password@host:port to run tests on MariaDB.');
  const schema = `banli_test_${newId().slice(0, 18)}`;
  const admin = createStore(`${address}/information_schema`, {poolMax: 1});
  await admin.knex.raw(`create database ${schema} character set utf8mb4 collate utf8mb4_bin`);
  const [store, second] = [createStore(`${address}/${schema}`), createStore(`${address}/${schema}`)];
  await store.migrate();
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

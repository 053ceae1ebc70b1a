import {createStore} from '@banli/store';
import {createTestSchema} from '@banli/store/testing';

/** Where an instance under test keeps its data; `url` is `undefined` for the embedded databases in its home. */
export interface TestDatabase {
  readonly url: string | undefined;
  drop(): Promise<void>;
}

/** The embedded databases, or with `BANLI_TEST_DATABASE=mysql` schemas of its own on the server of `BANLI_TEST_MYSQL_URL`, the engine's among them. */
export async function openTestDatabase(): Promise<TestDatabase> {
  if (process.env['BANLI_TEST_DATABASE'] !== 'mysql') return {url: undefined, drop: async () => undefined};
  const {url, drop} = await createTestSchema();
  return {
    url,
    async drop() {
      const store = createStore(url);
      await store.knex.raw(`drop database if exists ${new URL(url).pathname.slice(1)}_engine`).finally(() => store.close());
      await drop();
    },
  };
}

import test from 'ava';
import {migration as casePause} from '../src/migrations/0142-case-pause.js';
import {migration as rowKeys} from '../src/migrations/0132-catalog-row-key.js';
import {migration as limitBoard} from '../src/migrations/0150-limit-board.js';
import {openTestStore} from '../src/testing.js';

test('a migration whose server died before it was noted comes again, and what it had done is left as it is', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  for (const {name, up} of [rowKeys, casePause, limitBoard]) {
    await t.notThrowsAsync(up(store.knex), name);
    await t.notThrowsAsync(up(store.knex), name);
  }
});

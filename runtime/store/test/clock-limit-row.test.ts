import test from 'ava';
import {migration} from '../src/migrations/0107-clock-limit-row.js';
import {insertRows} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

test('clocks begun before the row of their limit stood beside the facts get it', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  const clock = (id: string, facts: unknown) => ({
    id, case_id: 'case-1', clock: 'resolve', round: 1, status: 'running', started_at: 0, stopped_at: null, due_at: 1, warn_at: null, critical_at: null, warned_due_at: null, critical_due_at: null, fire_at: null, revision: 1, facts: JSON.stringify(facts),
  });
  await store.tx(tx => insertRows(tx, 'case_clock', [clock('clock-1', {origin: {catalog: 'limits', row: 'J|*|normal|“办结”'}}), clock('clock-2', {origin: null}), clock('clock-3', {})]));
  await store.knex.schema.alterTable('case_clock', table => {
    table.dropIndex(['limit_row', 'status'], 'case_clock_limit_row');
    table.dropColumn('limit_row');
  });
  await migration.up(store.knex);
  t.deepEqual(await store.knex('case_clock').orderBy('id').pluck('limit_row'), ['J|*|normal|“办结”', null, null]);
});

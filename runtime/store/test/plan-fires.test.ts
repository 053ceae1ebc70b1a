import test from 'ava';
import {migration} from '../src/migrations/0156-plan-fires.js';
import {insertRows} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

test('plans that wait for approval, or were being listed, are listed anew; decided ones keep what they list', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  await store.knex.schema.alterTable('clock_plan_item', table => {
    table.dropIndex(['plan_id', 'fires_at', 'case_id'], 'clock_plan_item_fires');
    table.dropColumn('fires_at');
  });
  const states = ['open', 'listing', 'applied', 'rejected'];
  const plan = (status: string) => ({id: `plan-${status}`, catalog_id: 'limits', version: status, attempt: 1, effective_at: 1, status, last_case: 'case-7', applied_case: '', looked_at: 9, listed: 1, kept: 0, older: 2, with_older: 0, applied: 0, moved_on: 0, made_at: 1});
  const item = (status: string) => ({plan_id: `plan-${status}`, case_id: 'case-1', clock_id: 'clock-1', clock: 'resolve', status: 'listed', standing: 0, lapses: 0, why: '{}'});
  await store.tx(async tx => {
    await insertRows(tx, 'clock_plan', states.map(plan));
    await insertRows(tx, 'clock_plan_item', states.map(item));
  });
  await migration.up(store.knex);
  const plans: ReadonlyArray<{version: string; status: string; last_case: string; listed: number; older: number}> = await store.knex('clock_plan').orderBy('version').select('version', 'status', 'last_case', 'listed', 'older');
  t.deepEqual(plans.map(row => [row.version, row.status, row.last_case, row.listed, row.older]), [
    ['applied', 'applied', 'case-7', 1, 2], ['listing', 'listing', '', 0, 0], ['open', 'listing', '', 0, 0], ['rejected', 'rejected', 'case-7', 1, 2],
  ]);
  t.deepEqual(await store.knex('clock_plan_item').orderBy('plan_id').pluck('plan_id'), ['plan-applied', 'plan-rejected']);
});

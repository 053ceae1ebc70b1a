import test from 'ava';
import {migration} from '../src/migrations/0148-clock-calendar.js';
import {insertRows} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

test('clocks begun before their calendar stood beside the facts get it, and their facts lose it', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  await store.knex.schema.alterTable('case_clock', table => void table.dropColumns('calendar_version', 'calendar_at'));
  const clock = (id: string, facts: unknown) => ({id, case_id: 'case-1', clock: 'resolve', round: 1, status: 'running', started_at: 0, revision: 1, facts: JSON.stringify(facts)});
  await store.tx(tx => insertRows(tx, 'case_clock', [
    clock('clock-1', {title: {'zh-CN': '“办结”'}, calendarVersion: '2020.1.0+650100.2', calendarAt: 1_900_000_000_001, lapsed: false}),
    clock('clock-2', {calendarVersion: null, calendarAt: 5}),
    clock('clock-3', {lapsed: false}),
  ]));
  await migration.up(store.knex);
  const rows: ReadonlyArray<{calendar_version: string | null; calendar_at: number; facts: string}> = await store.knex('case_clock').orderBy('id').select('calendar_version', 'calendar_at', 'facts');
  t.deepEqual(rows.map(row => [row.calendar_version, row.calendar_at, JSON.parse(row.facts)]), [['2020.1.0+650100.2', 1_900_000_000_001, {title: {'zh-CN': '“办结”'}, lapsed: false}], [null, 5, {}], [null, 0, {lapsed: false}]]);
});

test('every clock gets it, however many there are', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  await store.knex.schema.alterTable('case_clock', table => void table.dropColumns('calendar_version', 'calendar_at'));
  const facts = JSON.stringify({calendarVersion: '2020.1.0', calendarAt: 7});
  const clocks = (from: number, count: number) => Array.from({length: count}, (_, index) => ({id: `clock-${String(from + index).padStart(6, '0')}`, case_id: 'case-1', clock: 'resolve', round: 1, status: 'running', started_at: 0, revision: 1, facts}));
  await store.tx(tx => insertRows(tx, 'case_clock', clocks(0, 10_001)));
  await migration.up(store.knex);
  const told = async () => Number((await store.knex('case_clock').where({calendar_version: '2020.1.0', calendar_at: 7, facts: '{}'}).count<Array<{count: number}>>({count: '*'}))[0]?.count);
  t.is(await told(), 10_001);
});

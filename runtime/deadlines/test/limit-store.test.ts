import test from 'ava';
import type {Limit} from '@banli/time';
import {keepLimits, limitOf, readLimits} from '../src/limit-store.js';
import {readClocks} from '../src/clock-store.js';
import {approver, plansWorld} from './plans-world.js';

const days = (value: number): Limit => ({value, unit: 'workingDay'});

interface Stored {
  readonly case_id: string;
  readonly facts: string;
  readonly limit_id: string | null;
  readonly limit_row: string | null;
  readonly revision: number;
}

async function worldOf() {
  const world = await plansWorld('2020-03-02 10:00');
  const {knex} = world.store;
  const rows = async (): Promise<readonly Stored[]> => knex('case_clock').orderBy('case_id').select('case_id', 'facts', 'limit_id', 'limit_row', 'revision');
  const limits = async (): Promise<ReadonlyArray<{readonly id: string; readonly facts: string}>> => knex('clock_limit').select('id', 'facts');
  const change = async (value: number) => {
    world.publish('limits', '2020.2.0', '2019-01-01 00:00', days(value));
    await world.plans.round();
    await world.plans.approve((await world.newest('limits')).id, approver, '');
    await world.plans.round();
  };
  return {...world, rows, limits, change};
}

test('clocks under the same limit share its row, and another limit leaves the text of their facts alone', async t => {
  const world = await worldOf();
  t.teardown(world.close);
  for (const caseId of ['case-1', 'case-2', 'case-3']) await world.happens(caseId, 'started');
  const before = await world.rows();
  t.is((await world.limits()).length, 1);
  t.is(new Set(before.map(row => row.limit_id)).size, 1);
  t.false(before[0]?.facts.includes('"origin"'));
  await world.change(3);
  const after = await world.rows();
  t.deepEqual(after.map(row => row.facts), before.map(row => row.facts));
  t.is((await world.limits()).length, 2, 'the one of before stays for whoever asks later');
  t.notDeepEqual(after.map(row => row.limit_id), before.map(row => row.limit_id));
  t.deepEqual(after.map(row => row.revision), before.map(row => row.revision + 1));
  for (const caseId of ['case-1', 'case-2', 'case-3']) t.is(await world.due(caseId), '2020-03-05 17:30');
});

test('a clock that keeps its limit in its facts goes on as it is, and is written apart once a plan moves it', async t => {
  const world = await worldOf();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const [row] = await world.rows();
  const [limit] = await world.limits();
  const whole = {...(JSON.parse(row?.facts ?? '') as object), ...(JSON.parse(limit?.facts ?? '') as object)};
  await world.store.knex('case_clock').update({facts: JSON.stringify(whole), limit_id: null});
  t.is((await world.clocks.explain((await world.view('case-1'))?.id ?? ''))?.limit?.row, 'general|normal|resolve');
  await world.change(3);
  const [moved] = await world.rows();
  t.is(await world.due('case-1'), '2020-03-05 17:30');
  t.false(moved?.facts.includes('"origin"'));
  t.is((await world.limits()).filter(({id}) => id === moved?.limit_id).length, 1);
});

test('a command that is undone puts a clock back on the limit of before', async t => {
  const world = await worldOf();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const [before] = await world.rows();
  const kept = await world.store.tx(tx => world.clocks.snapshot(tx, {caseId: 'case-1'}));
  await world.change(3);
  await world.store.tx(tx => world.clocks.restore(tx, 'case-1', JSON.parse(JSON.stringify(kept)) as typeof kept));
  const [after] = await world.rows();
  t.deepEqual([after?.limit_id, after?.limit_row, JSON.parse(after?.facts ?? '')], [before?.limit_id, before?.limit_row, JSON.parse(before?.facts ?? '')]);
});

test('a transaction knows the limits it keeps at its end, nobody else does before, and one that is given up leaves none', async t => {
  const world = await worldOf();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const [clock] = await readClocks(world.store.knex, 'case-1');
  if (!clock) return t.fail();
  const other = limitOf({...clock.facts, warnBeforeMs: 123_456_789});
  const asked = [{limit_id: other.id}];
  await t.throwsAsync(world.store.tx(async tx => {
    await keepLimits(tx, world.store, [other]);
    t.deepEqual((await readLimits(tx, asked)).get(other.id), other.of);
    throw new Error('given up');
  }), {message: 'given up'});
  t.is((await readLimits(world.store.knex, asked)).size, 0);
  await world.store.tx(tx => keepLimits(tx, world.store, [other]));
  t.is(JSON.stringify((await readLimits(world.store.knex, asked)).get(other.id)), other.text);
});

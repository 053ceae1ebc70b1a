import test from 'ava';
import {breathe} from '@banli/time';
import {createClockPlans} from '../src/index.js';
import {runBatches, type BatchTurn} from '../src/plans/plan-batches.js';
import {ClockMoved} from '../src/settle.js';
import {approver, plansWorld} from './plans-world.js';

const always = async (): Promise<boolean> => true;

/** Batches over `cases` numbers, one each, that tell what happens; `fails` answers the error of a try. */
function batches(cases: number, fails: (number: number, attempt: number) => Error | null = () => null) {
  const told: string[] = [];
  const committed: number[] = [];
  const tries = new Map<number, number>();
  const step = async ({after, before, hasRead}: BatchTurn): Promise<boolean> => {
    const own = after === null ? committed.length : Number(after) + 1;
    await breathe();
    if (own >= cases) {
      await before;
      return false;
    }
    told.push(`reads ${own}`);
    hasRead(String(own));
    for (let turn = 0; turn < 4; turn += 1) await breathe();
    const attempt = (tries.get(own) ?? 0) + 1;
    tries.set(own, attempt);
    const error = fails(own, attempt);
    if (error) throw error;
    await before;
    committed.push(own);
    told.push(`wrote ${own}`);
    return true;
  };
  return {step, told, committed};
}

test('a batch reads while the one before is written, not two further ones, and they commit in their order', async t => {
  const {step, told, committed} = batches(4);
  t.true(await runBatches(step, {ahead: 1, between: always}));
  t.deepEqual(committed, [0, 1, 2, 3]);
  t.true(told.indexOf('reads 1') < told.indexOf('wrote 0'));
  for (const number of [2, 3]) t.true(told.indexOf(`reads ${number}`) > told.indexOf(`wrote ${number - 2}`), `batch ${number} waits for the turn of ${number - 2}`);
});

test('more of them read ahead where that is asked for, and no more', async t => {
  const {step, told, committed} = batches(6);
  t.true(await runBatches(step, {ahead: 2, between: always}));
  t.deepEqual(committed, [0, 1, 2, 3, 4, 5]);
  t.true(told.indexOf('reads 2') < told.indexOf('wrote 0'));
  for (const number of [3, 4, 5]) t.true(told.indexOf(`reads ${number}`) > told.indexOf(`wrote ${number - 3}`), `batch ${number} waits for the turn of ${number - 3}`);
});

test('with a single connection they go one after the other', async t => {
  const {step, told} = batches(3);
  t.true(await runBatches(step, {ahead: 0, between: always}));
  t.deepEqual(told, ['reads 0', 'wrote 0', 'reads 1', 'wrote 1', 'reads 2', 'wrote 2']);
});

test('a batch whose clock was changed is tried again, and with it those behind it, which never commit before it', async t => {
  for (const ahead of [1, 2, 3]) {
    const {step, committed} = batches(6, (number, attempt) => (number === 1 && attempt < 3 ? new ClockMoved('changed') : null));
    t.true(await runBatches(step, {ahead, between: always}));
    t.deepEqual(committed, [0, 1, 2, 3, 4, 5], `${ahead} ahead`);
  }
});

test('an error ends the run after the batch behind it is given up, too', async t => {
  for (const ahead of [1, 2]) {
    const {step, told, committed} = batches(6, number => (number === 1 ? new Error('the process died') : null));
    await t.throwsAsync(runBatches(step, {ahead, between: always}), {message: 'the process died'});
    t.deepEqual(committed, [0]);
    const ended = told.length;
    for (let turn = 0; turn < 9; turn += 1) await breathe();
    t.is(told.length, ended, 'nothing goes on behind the back of the caller');
  }
});

test('who loses the turn stops, and what was begun is finished first', async t => {
  const {step, committed} = batches(9);
  let left = 2;
  t.false(await runBatches(step, {ahead: 1, between: async () => (left -= 1) > 0}));
  const there = [...committed];
  await breathe();
  t.deepEqual(committed, there);
});

test('a plan that another process moved on meanwhile is read anew: no case is moved twice', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  for (const name of ['case-1', 'case-2']) await world.happens(name, 'started');
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  await world.plans.approve(id, approver, '');
  let isFirst = true;
  const overtaken = createClockPlans({...world.deps, timeline: {noteAll: async (tx, notes) => {
    // As if the other one had just committed the first case; this batch has to be given up.
    if (isFirst) tx.onRollback(() => void (isFirst = false));
    if (isFirst) await tx('clock_plan').where({id}).update({applied_case: 'case-1'});
    await world.deps.timeline.noteAll(tx, notes);
  }}});
  await overtaken.round();
  t.false(isFirst);
  t.like(await world.plans.plan(id), {status: 'applied', applied: 2});
  t.deepEqual(world.audited.filter(line => line.action === 'clocks.recompute').map(line => line.subject), ['case-1', 'case-2']);
});

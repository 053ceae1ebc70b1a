import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {isAppError} from '@banli/errors';
import {propertySeed} from '@banli/testing/property-seed';
import {recount} from '../src/index.js';
import {ordinary, person, setup, work, type World} from './support/world.js';

const persons = ['anna', 'bela', 'carl', 'dora', 'emil', 'finn'] as const;
const outcomes = ['hand', 'close', 'finish', 'back', 'down', 'up', 'answer', 'archive', 'again', 'agree', 'deny', 'seen', 'broken'] as const;
const actions = ['askTime', 'askPause', 'askResume'] as const;

type Step =
  | {readonly do: 'start' | 'work' | 'moveByItself' | 'feed' | 'loop' | 'reconcile' | 'down' | 'up' | 'lose' | 'refuse' | 'backup' | 'restore' | 'signal' | 'resumed'; readonly pick: number}
  | {readonly do: 'complete' | 'claim' | 'release' | 'request' | 'cancel' | 'draft'; readonly by: (typeof persons)[number]; readonly pick: number; readonly outcome: (typeof outcomes)[number]; readonly action: (typeof actions)[number]; readonly unit: string};

const plain = fc.record({do: fc.constantFrom('start', 'work', 'moveByItself', 'feed', 'loop', 'reconcile', 'down', 'up', 'lose', 'refuse', 'backup', 'restore', 'signal', 'resumed', 'start', 'work', 'work', 'up', 'loop'), pick: fc.nat(20)}) as fc.Arbitrary<Step>;
const personal = fc.record({do: fc.constantFrom('complete', 'complete', 'complete', 'complete', 'claim', 'release', 'request', 'cancel', 'draft'), by: fc.constantFrom(...persons), pick: fc.nat(20), outcome: fc.constantFrom(...outcomes), action: fc.constantFrom(...actions), unit: fc.constantFrom('roads', 'street', 'nowhere')}) as fc.Arbitrary<Step>;

async function run(world: World, memory: {backup: string}, step: Step): Promise<void> {
  const {engine, cases} = world;
  const rows = await world.store.knex('case_record').orderBy('id').select<Array<{id: string}>>('id');
  const caseId = rows[step.pick % Math.max(1, rows.length)]?.id ?? '';
  switch (step.do) {
    case 'start': return void (await cases.start(person('anna'), {bundleId: 'matter', items: [{values: {...ordinary, helpers: step.pick % 2 === 0 ? ['street', 'roads'] : []}}]}));
    case 'work': return engine.faults.down ? undefined : work(world, caseId);
    case 'moveByItself': return engine.moveByItself(caseId, 'assist');
    case 'feed': return void (await world.feed.round());
    case 'loop': return void (await world.loop.round());
    case 'reconcile': return void (await world.reconciler.pass());
    case 'down': return void (engine.faults.down = true);
    case 'up': return void (engine.faults.down = false);
    case 'lose': return void (engine.faults.lostAnswers += 1);
    case 'refuse': return void (engine.faults.refuse = step.pick % 2 === 0 ? null : () => engine.calls.apply % 2 === 0);
    case 'backup': return void (memory.backup = engine.snapshot());
    case 'restore': return engine.restore(memory.backup);
    case 'signal': return world.store.tx(tx => world.signals.signal(tx, caseId, 'clock.resolve', {clockId: 'c', clock: 'resolve', at: world.clock.now()}));
    case 'resumed': return world.store.tx(tx => world.signals.resumed(tx, caseId, world.clock.now()));
    case 'cancel': return cases.cancel(person(step.by), {caseId, reason: '重复', caseVersion: 99});
    default: return runTask(world, step);
  }
}

async function runTask(world: World, step: Extract<Step, {outcome: string}>): Promise<void> {
  const actor = person(step.by);
  const page = await world.cases.inbox(actor, {box: 'todo'});
  const row = page.rows[step.pick % Math.max(1, page.rows.length)];
  if (!row?.taskId) return;
  const values = {unit: step.unit, why: '原因', result: '结果', reply: '答复', opinion: '意见', days: 3};
  if (step.do === 'claim') await world.cases.claim(actor, row.taskId);
  if (step.do === 'release') await world.cases.release(actor, row.taskId);
  if (step.do === 'draft') await world.cases.drafts.saveForTask(actor, row.taskId, {why: '草稿'});
  if (step.do === 'request') await world.cases.request(actor, {taskId: row.taskId, actionId: step.action, values: {days: 2, why: '原因'}, caseVersion: 99});
  if (step.do === 'complete') await world.cases.complete(actor, {taskId: row.taskId, outcome: step.outcome, values, caseVersion: 99});
}

/** Lets everything come to rest: engine up, nothing refused, loops until nothing is left to do. */
async function settle(world: World): Promise<void> {
  Object.assign(world.engine.faults, {down: false, lostAnswers: 0, refuse: null});
  for (let round = 0; round < 6; round += 1) {
    world.clock.moveBy(10_000);
    while ((await world.loop.round()) > 0) world.clock.moveBy(1_000);
    await world.feed.round();
    await world.reconciler.pass();
  }
}

/** Throws where the two sides differ: an assertion of ava would end the test before fast-check can tell the seed and the shortest sequence. */
async function assertAgreement(world: World): Promise<void> {
  assert.deepEqual(await recount(world.store), []);
  assert.equal((await world.store.knex('case_outbox').where({status: 'pending'})).length, 0, 'nothing is left over');
  for (const record of await world.store.knex('case_record').select<Array<{id: string; status: string; seq: number; acked_seq: number; revision: number}>>('*')) {
    const state = await world.engine.state(record.id);
    // A case that has ended needs no engine any more: one that forgot it wholly has nothing to be told.
    if (record.status === 'failed' || (record.status !== 'open' && state === null)) continue;
    const tasks = await world.store.knex('case_task').where({case_id: record.id, status: 'open'}).select<Array<{step_id: string; engine_id: string}>>('step_id', 'engine_id');
    assert.equal(record.status !== 'open', state?.ended === true, `${record.id} ended`);
    assert.equal(record.acked_seq, state?.seq ?? -1);
    assert.deepEqual(tasks.map(task => task.engine_id).sort(), (state?.tasks ?? []).map(task => task.id).sort());
    const seqs = (await world.store.knex('case_outbox').where({case_id: record.id}).select<Array<{seq: number}>>('seq')).map(row => row.seq).sort((one, other) => one - other);
    assert.deepEqual(seqs, seqs.map((_, index) => (seqs[0] ?? 1) + index), 'no number is used twice or left out');
  }
}

test('after any sequence of commands and faults both sides agree and counters equal a recount', async t => {
  t.timeout(300_000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(plain, personal, personal), {minLength: 10, maxLength: 60}), async steps => {
      const world = await setup(t);
      const memory = {backup: world.engine.snapshot()};
      for (const step of [{do: 'start', pick: 2} as const, ...steps]) {
        await run(world, memory, step).catch((error: unknown) => {
          if (!isAppError(error) && !(error instanceof Error && error.message === 'no work is open')) throw error;
        });
        world.clock.moveBy(700);
      }
      await settle(world);
      await assertAgreement(world);
      assert.deepEqual(world.logged.filter(line => line.includes('Error')), []);
    }),
    {numRuns: Number(process.env['BANLI_PROPERTY_RUNS'] ?? 30), seed: propertySeed, includeErrorInReport: true},
  );
  t.log(`seed ${propertySeed}`);
  t.pass();
});

test('many people at once never break the counters', async t => {
  const world = await setup(t);
  const started = await Promise.all(Array.from({length: 12}, () => world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: ordinary}]})));
  t.is(new Set(started.flat().map(each => each.number)).size, 12);
  const step = (by: (typeof persons)[number], pick: number): Step => ({do: pick % 3 === 0 ? 'claim' : 'complete', by, pick, outcome: 'hand', action: 'askTime', unit: 'roads'});
  const memory = {backup: ''};
  const results = await Promise.allSettled(Array.from({length: 60}, (_, index) => run(world, memory, step(index % 2 === 0 ? 'anna' : 'bela', index))));
  t.true(results.every(result => result.status === 'fulfilled' || isAppError(result.reason)));
  await settle(world);
  await assertAgreement(world);
});

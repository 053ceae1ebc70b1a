import test, {type ExecutionContext} from 'ava';
import {AppError} from '@banli/errors';
import {recount, type ReconcileReport, type Reconciler} from '../src/index.js';
import {createReconciler} from '../src/reconciler.js';
import {act, openSteps, person, setup, startOne, work, type World} from './support/world.js';

test('what the engine moved by itself is written down from its feed', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
  await work(world, caseId);
  world.engine.moveByItself(caseId, 'assist');
  t.is(await world.feed.round(), 1);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
  t.is((await world.cases.counts(person('finn'))).todo, 0);
  t.is(await world.feed.round(), 0);
});

test('a change that the feed missed is found by the reconciler', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
  await work(world, caseId);
  world.engine.moveByItself(caseId, 'assist');
  t.like(await world.reconciler.pass(), {refreshed: [caseId]});
  t.deepEqual(await openSteps(world, caseId), ['handle']);
  t.like(await world.reconciler.pass(), {refreshed: [], replayed: [], lost: [], ahead: []});
});

test('commands that the engine lost are sent again, and tasks keep who had them', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const backup = world.engine.snapshot();
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  const task = (await world.cases.view(person('emil'), caseId)).tasks[0];
  await world.cases.claim(person('emil'), task?.id ?? '');
  world.engine.restore(backup);
  t.like(await world.reconciler.pass(), {replayed: [{caseId, rows: 2}]});
  await world.loop.round();
  const view = await world.cases.view(person('emil'), caseId);
  t.is(view.pending, null);
  t.deepEqual(view.tasks.map(each => [each.id, each.assignee?.id]), [[task?.id, 'emil']]);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.deepEqual(await openSteps(world, caseId), ['confirm']);
  t.deepEqual(await recount(world.store), []);
});

test('a case that the engine lost wholly is started again; ended ones, too, if the engine believes they run', async t => {
  const world = await setup(t);
  const empty = world.engine.snapshot();
  const {caseId} = await startOne(world);
  const begun = world.engine.snapshot();
  await act(world, 'anna', caseId, 'check', 'close', {reply: '答复'});
  t.true((await world.cases.view(person('anna'), caseId)).ended);
  world.engine.restore(begun);
  await world.reconciler.pass();
  await world.loop.round();
  t.true((await world.cases.view(person('anna'), caseId)).ended);
  t.is((await world.engine.state(caseId))?.ended, true);
  const other = await startOne(world);
  world.engine.restore(empty);
  t.like(await world.reconciler.pass(), {replayed: [{caseId: other.caseId, rows: 1}]});
  await world.loop.round();
  t.deepEqual(await openSteps(world, other.caseId), ['check']);
});

for (const stateKnown of [true, false]) {
  test(`a command that the engine refuses when it is sent again leaves a case that people can go on with, ${stateKnown ? 'at once' : 'at the latest after the next look'}`, async t => {
    const world = await setup(t);
    const empty = world.engine.snapshot();
    const {caseId} = await startOne(world);
    await act(world, 'anna', caseId, 'check', 'hand', {helpers: []});
    world.engine.restore(empty);
    world.engine.faults.refuse = operations => operations.every(operation => operation.kind !== 'start');
    await world.reconciler.pass();
    const {state} = world.engine;
    if (!stateKnown) world.engine.state = id => (world.engine.calls.apply < 4 ? state(id) : Promise.reject(new AppError('ENGINE_DOWN', 503, 'down')));
    world.clock.moveBy(10_000);
    await world.loop.round();
    world.engine.state = state;
    if (!stateKnown) {
      t.deepEqual(await openSteps(world, caseId), []);
      t.like(await world.reconciler.pass(), {refreshed: [caseId]});
    }
    t.deepEqual(await openSteps(world, caseId), ['check']);
    t.is((await world.store.knex('case_alarm').where({kind: 'lost', case_id: caseId})).length, 1);
    world.engine.faults.refuse = null;
    await act(world, 'anna', caseId, 'check', 'close', {reply: '答复'});
    t.deepEqual(await openSteps(world, caseId), []);
  });
}

for (const commands of [0, 1]) {
  test(`a lost case that the engine refuses to start again is settled once, ${commands === 0 ? 'also when nobody had worked on it' : 'with all its commands'}, and never sent again`, async t => {
    const world = await setup(t);
    const empty = world.engine.snapshot();
    const {caseId} = await startOne(world);
    if (commands > 0) await act(world, 'anna', caseId, 'check', 'hand', {helpers: []});
    const told = world.notices.length;
    world.engine.restore(empty);
    world.engine.faults.refuse = () => true;
    t.like(await world.reconciler.pass(), {replayed: [{caseId, rows: commands + 1}]});
    await world.loop.round();
    const sent = world.engine.calls.apply;
    world.engine.faults.refuse = null;
    for (let pass = 0; pass < 3; pass += 1) {
      t.like(await world.reconciler.pass(), {replayed: [], lost: [], refreshed: [], ahead: [], counters: []});
      world.clock.moveBy(30_000);
      await world.loop.round();
    }
    t.is(world.engine.calls.apply, sent);
    t.deepEqual(await openSteps(world, caseId), []);
    const view = await world.cases.view(person('anna'), caseId);
    t.is(view.head.state.id, 'failed');
    t.is(view.pending, null);
    t.deepEqual((await world.store.knex('case_outbox').where({case_id: caseId}).whereNot({status: 'compensated'})), []);
    t.deepEqual((await world.store.knex('case_alarm').where({case_id: caseId}).select<Array<{kind: string}>>('kind')).map(alarm => alarm.kind), ['compensated']);
    t.deepEqual((await world.cases.inbox(person('anna'), {box: 'drafts'})).rows.map(row => row.title), ['路灯不亮']);
    t.true(world.notices.slice(told).some(notice => notice.kind === 'case.compensated' && notice.personIds.includes('anna')));
    t.is(world.audit.filter(entry => entry.result === 'compensated').length, 1);
    t.deepEqual(await recount(world.store), []);
  });
}

test('rows that both sides agree on are forgotten later, and a loss after that is alarmed once', async t => {
  const world = await setup(t);
  const empty = world.engine.snapshot();
  const {caseId} = await startOne(world);
  t.like(await world.reconciler.pass(), {forgotten: 0});
  world.clock.moveBy(120_000);
  t.like(await world.reconciler.pass(), {forgotten: 1});
  world.engine.restore(empty);
  t.like(await world.reconciler.pass(), {lost: [caseId]});
  await world.reconciler.pass();
  t.is((await world.store.knex('case_alarm').where({kind: 'lost'})).length, 1);
});

test('a database older than the engine does not swallow new commands', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const task = await world.store.knex('case_task').where({case_id: caseId});
  await act(world, 'anna', caseId, 'check', 'hand');
  await world.store.knex('case_record').where({id: caseId}).update({seq: 1, acked_seq: 1, revision: 1});
  await world.store.knex('case_outbox').where({case_id: caseId, seq: 2}).delete();
  await world.store.knex('case_task').where({case_id: caseId}).delete();
  await world.store.knex('case_task').insert(task);
  t.like(await world.reconciler.pass(), {ahead: [caseId]});
  await work(world, caseId);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('counters that differ from a recount are mended and told', async t => {
  const world = await setup(t);
  await startOne(world);
  await world.store.knex('case_queue').update({open_count: 7});
  await world.store.knex('case_queue').insert({queue: 'ghost@city', unit_id: 'city', open_count: 2});
  const report = await world.reconciler.pass();
  t.deepEqual(report?.counters.map(fault => [fault.queue, fault.kept, fault.counted]).sort(), [['chief,clerk@city', 7, 1], ['ghost@city', 2, 0]]);
  t.is((await world.cases.counts(person('anna'))).todo, 1);
  t.deepEqual(await recount(world.store), []);
});

test('only one server reconciles at a time', async t => {
  const world = await setup(t);
  t.not(await world.reconciler.pass(), null);
  t.is(await createReconciler(world.deps).pass(), null);
});

/** Four cases that the engine moved by itself; `held` runs whenever the first server looks at one of them. */
async function longPass(t: ExecutionContext, held: (world: World, other: Reconciler) => Promise<void>) {
  const world = await setup(t);
  const moved: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    const {caseId} = await startOne(world);
    await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
    await work(world, caseId);
    world.engine.moveByItself(caseId, 'assist');
    moved.push(caseId);
  }
  const {state} = world.engine;
  const other = createReconciler({...world.deps, engine: {...world.engine, state}});
  world.engine.state = async caseId => {
    if (moved.includes(caseId)) await held(world, other);
    return state(caseId);
  };
  return {world, moved, other};
}

test('a pass that lasts longer than a turn keeps it: nobody else reconciles meanwhile', async t => {
  const others: Array<ReconcileReport | null> = [];
  const {world, moved} = await longPass(t, async ({clock}, other) => {
    clock.moveBy(25_000);
    others.push(await other.pass());
  });
  t.like(await world.reconciler.pass(), {refreshed: [...moved].sort(), turnLost: false});
  t.true(others.length >= moved.length && others.every(each => each === null));
});

test('a server that was held up longer than its turn stops: another one did the rest, and nothing is found twice', async t => {
  const others: Array<ReconcileReport | null> = [];
  const {world, moved} = await longPass(t, async ({clock}, other) => {
    if (others.length > 0) return;
    clock.moveBy(61_000);
    others.push(await other.pass());
  });
  const first = await world.reconciler.pass();
  t.like(first, {turnLost: true, refreshed: [], forgotten: 0, counters: []});
  t.is(others.length, 1);
  t.like(others[0], {refreshed: [...moved].sort(), turnLost: false});
  t.true(world.logged.includes('cases.reconciler.turnLost'));
});

test('a start with a definition that the engine lost is sent again with the release deployed anew, by whichever process has the old id', async t => {
  const world = await setup(t);
  world.engine.faults.definitionId = 'matter:2';
  const {ensureDeployed} = world.deps.releases;
  Object.assign(world.deps.releases, {ensureDeployed: async () => 'matter:2'});
  const {caseId} = await startOne(world);
  t.deepEqual(await openSteps(world, caseId), ['check']);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {linkedCases: [{relation: 'redo', values: {title: '重办', phone: '13800001234'}}]});
  await world.loop.round();
  const [redo] = (await world.cases.view(person('anna'), caseId)).related;
  t.deepEqual(await openSteps(world, redo?.caseId ?? ''), ['check']);
  t.deepEqual((await world.store.knex('case_outbox').whereNot({status: 'acked'})), []);
  t.is((await world.store.knex('case_alarm')).length, 0);
  Object.assign(world.deps.releases, {ensureDeployed});
});

test('a start whose release cannot be deployed anew waits, and is not undone', async t => {
  const world = await setup(t);
  world.engine.faults.definitionId = 'matter:2';
  const {caseId} = await startOne(world);
  t.deepEqual(await openSteps(world, caseId), []);
  t.like(await world.store.knex('case_outbox').first(), {status: 'pending', last_error: 'ENGINE_TRY_AGAIN'});
  world.engine.faults.definitionId = null;
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['check']);
});

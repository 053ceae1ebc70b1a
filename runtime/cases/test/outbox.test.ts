import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {act, openSteps, person, setup, startOne, work, type World} from './support/world.js';

async function outbox(world: World, caseId: string) {
  return world.store.knex('case_outbox').where({case_id: caseId}).orderBy('seq').select<Array<{seq: number; kind: string; status: string}>>('seq', 'kind', 'status');
}

test('while the engine is down a command is accepted once, a second one is refused, reading goes on', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.down = true;
  const view = await act(world, 'anna', caseId, 'check', 'hand');
  t.not(view.pending, null);
  t.deepEqual(view.head.marks, ['pending']);
  const taskId = view.tasks[0]?.id ?? '';
  await t.throwsAsync(world.cases.complete(person('anna'), {taskId, outcome: 'hand', values: {}, caseVersion: 9}), {code: 'CASE_PENDING'});
  t.is((await world.cases.inbox(person('anna'), {box: 'todo'})).rows.length, 1);
  t.is((await world.cases.diagram(person('anna'), caseId)).marks.find(mark => mark.elementId === 'check')?.status, 'current');
  world.engine.faults.down = false;
  world.clock.moveBy(60_000);
  t.is(await world.loop.round(), 1);
  t.is((await world.cases.view(person('anna'), caseId)).pending, null);
  t.deepEqual((await outbox(world, caseId)).map(row => row.status), ['acked', 'acked']);
  t.is(world.engine.calls.apply, 2);
});

test('a case started while the engine is down begins when it is back', async t => {
  const world = await setup(t);
  world.engine.faults.down = true;
  const {caseId, number} = await startOne(world);
  t.is(number, '650100-20260212-000001');
  t.is((await world.cases.view(person('anna'), caseId)).head.state.id, 'checking');
  world.engine.faults.down = false;
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['check']);
});

test('what waits with a long pause is tried at once when the engine reports that it is back', async t => {
  const world = await setup(t);
  world.engine.faults.down = true;
  const {caseId} = await startOne(world);
  for (let tries = 0; tries < 4; tries += 1) {
    world.clock.moveBy(60_000);
    await world.loop.round();
  }
  world.engine.faults.down = false;
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), []);
  await world.loop.retryNow();
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['check']);
});

test('an answer that got lost is asked again and has its effect once', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.lostAnswers = 1;
  const view = await act(world, 'anna', caseId, 'check', 'hand');
  t.not(view.pending, null);
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.deepEqual((await world.engine.state(caseId))?.externalTasks.map(task => task.stepId), ['prepare']);
  t.is((await world.cases.view(person('anna'), caseId)).pending, null);
});

test('two servers deliver the same row without harm', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.down = true;
  await act(world, 'anna', caseId, 'check', 'hand');
  world.engine.faults.down = false;
  const {createRelay} = await import('../src/relay.js');
  const other = createRelay(world.deps);
  await Promise.all([world.relay.deliver(caseId), other.deliver(caseId), world.relay.deliver(caseId)]);
  t.deepEqual((await outbox(world, caseId)).map(row => row.status), ['acked', 'acked']);
  t.is((await world.store.knex('case_task').where({case_id: caseId, status: 'done'})).length, 1);
});

test('a command that the engine refuses is undone, told and alarmed, and blocks nothing', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.refuse = operations => operations.some(operation => operation.kind === 'complete');
  const view = await act(world, 'anna', caseId, 'check', 'hand', {result: '试一试', unit: 'street'});
  t.is(view.pending, null);
  t.deepEqual(view.tasks.map(task => [task.stepId, task.mine]), [['check', true]]);
  t.is(view.form.values['unit'], 'roads');
  t.is(view.form.values['result'], undefined);
  t.is(view.head.leadUnitName, null);
  t.deepEqual((await world.cases.timeline(person('anna'), caseId)).map(line => line.kind), ['started', 'completed', 'compensated']);
  t.is((await world.store.knex('case_alarm').where({case_id: caseId, kind: 'compensated'})).length, 1);
  t.deepEqual(world.notices.map(notice => notice.personIds), [['anna']]);
  t.deepEqual(world.audit.map(entry => entry.result), ['done', 'done', 'compensated']);
  world.engine.faults.refuse = null;
  await act(world, 'anna', caseId, 'check', 'hand');
  t.deepEqual((await outbox(world, caseId)).map(row => row.status), ['acked', 'compensated', 'acked']);
});

test('a refused completion gives the clocks back', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  world.engine.faults.refuse = () => true;
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.deepEqual(world.clocks.log.slice(-2), ['handle.finish', 'restored']);
});

test('a start that the engine refuses becomes a draft again', async t => {
  const world = await setup(t);
  world.engine.faults.refuse = () => true;
  const {caseId} = await startOne(world);
  const drafts = await world.cases.inbox(person('anna'), {box: 'drafts'});
  t.deepEqual(drafts.rows.map(row => row.title), ['路灯不亮']);
  t.is((await world.cases.view(person('anna'), caseId)).head.state.id, 'failed');
});

test('a lapse sends its message through the outbox, in the transaction of the clock', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  const cause = {clockId: 'c1', clock: 'resolve', at: world.clock.now()};
  await t.throwsAsync(world.store.tx(async tx => {
    await world.signals.signal(tx, caseId, 'clock.resolve', cause);
    throw new Error('the clock failed');
  }));
  t.is((await outbox(world, caseId)).length, 2);
  await world.store.tx(tx => world.signals.signal(tx, caseId, 'clock.resolve', cause));
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['oversee']);
  const record = await world.cases.view(person('dora'), caseId);
  t.is(record.form.values['lapseNumber'], 'DB650100-20260212-000001');
  await world.store.tx(tx => world.signals.signal(tx, 'no-such-case', 'clock.resolve', cause));
});

test('a clock that is drawn at a step sends the message that the step waits for', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await world.store.tx(tx => world.signals.signal(tx, caseId, 'clock.respond', {clockId: 'c1', clock: 'respond', at: world.clock.now()}));
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['check', 'oversee']);
});

test('a signal that comes while a command is written is not lost', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const cause = {clockId: 'c1', clock: 'resolve', at: world.clock.now()};
  // A signal that is first makes the case wait, and the command with it: then it is given again.
  const hand = async (): Promise<unknown> => act(world, 'anna', caseId, 'check', 'hand').catch(async () => {
    await world.loop.round();
    return act(world, 'anna', caseId, 'check', 'hand');
  });
  await Promise.all([hand(), ...[1, 2, 3].map(() => world.store.tx(tx => world.signals.signal(tx, caseId, 'clock.resolve', cause)))]);
  await world.loop.round();
  const rows = await outbox(world, caseId);
  t.deepEqual(rows.map(row => row.seq), [1, 2, 3, 4, 5]);
  t.true(rows.every(row => row.status === 'acked'));
  t.is((await openSteps(world, caseId)).filter(step => step === 'oversee').length, 3);
});

test('the engine is asked while the disk writes, and nobody is answered before the disk has it', async t => {
  const world = await setup(t);
  const disk = {write: () => undefined as void};
  world.store.flush = () => new Promise<void>(resolve => (disk.write = resolve));
  const answered: string[] = [];
  const starting = startOne(world).then(({caseId}) => answered.push(caseId));
  while (world.engine.calls.apply === 0) await setImmediate();
  const [record] = await world.store.knex('case_record').select<Array<{id: string; seq: number; acked_seq: number}>>('id', 'seq', 'acked_seq');
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  t.deepEqual([answered, record?.seq], [[], 1]);
  disk.write();
  await starting;
  t.deepEqual(answered, [record?.id]);
});

test('a disk that refuses is told to whoever gave the command, which may have happened all the same', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.store.flush = () => Promise.reject(new Error('EIO'));
  await t.throwsAsync(act(world, 'anna', caseId, 'check', 'hand'), {message: 'EIO'});
  await t.throwsAsync(startOne(world), {message: 'EIO'});
  t.deepEqual((await outbox(world, caseId)).map(row => row.status), ['acked', 'acked']);
});

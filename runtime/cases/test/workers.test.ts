import test from 'ava';
import {act, openSteps, ordinary, person, setup, startOne, work, type World} from './support/world.js';

test('a worker gets the case in clear with its inputs, and its effects happen with the completion', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  const task = (await world.engine.state(caseId))?.externalTasks[0];
  const key = {caseId, externalTaskId: task?.id ?? '', stepId: 'prepare'};
  const loaded = await world.workerCases.load(key);
  t.like(loaded, {case: {values: {phone: '13800001234'}, acceptingUnitId: 'city', areaCode: '650100'}, inputs: {about: '路灯不亮'}});
  await work(world, caseId, {fields: {reply: '拟答复', place: ''}, variables: {short: true}, notes: [{text: {'zh-CN': '已拟答复'}}], notices: [{roles: ['handler'], unitId: 'roads', kind: 'x', title: {'zh-CN': 'x'}, body: {'zh-CN': 'x'}}]});
  const view = await world.cases.view(person('anna'), caseId);
  t.is(view.form.values['reply'], '拟答复');
  t.is(view.form.values['place'], undefined);
  t.deepEqual(world.notices.at(-1)?.personIds, ['dora', 'emil']);
  t.true((await world.cases.timeline(person('anna'), caseId)).some(line => line.text['zh-CN'] === '已拟答复'));
  t.is(await world.workerCases.load(key), null);
  await t.throwsAsync(world.store.tx(tx => world.workerCases.finish(tx, {...key, at: 1, end: {kind: 'complete'}, effects: {fields: {}, variables: {}, notices: [], linkedCases: [], notes: []}})), {code: 'CASE_WORK_GONE'});
  await t.throwsAsync(world.workerCases.load({...key, caseId: 'no-such-case'}), {code: 'CASE_UNKNOWN'});
});

test('a worker opens a linked case that starts by itself and refers to its origin', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {linkedCases: [{relation: 'redo', values: {title: '重办', phone: '13800001234'}}]});
  await world.loop.round();
  const related = (await world.cases.view(person('anna'), caseId)).related;
  t.deepEqual(related.map(each => [each.relation['zh-CN'], each.title, each.number]), [['重办单', '重办', '650100-20260212-000002']]);
  const redo = await world.cases.view(person('anna'), related[0]?.caseId ?? '');
  t.is(redo.form.values['redoOf'], number);
  t.deepEqual(redo.head.marks, ['redo']);
  t.deepEqual(await openSteps(world, related[0]?.caseId ?? ''), ['check']);
});

test('an undeclared variable of a worker is refused and nothing is written', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await t.throwsAsync(work(world, caseId, {variables: {unheardOf: 1}, fields: {reply: '不应写入'}}), {code: 'CASE_EFFECT_FAILED'});
  t.is((await world.cases.view(person('anna'), caseId)).form.values['reply'], undefined);
  await work(world, caseId);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('a worker that gave up leaves a line and an alarm', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await world.workerCases.failed({caseId, externalTaskId: 'x', stepId: 'prepare'}, {topic: 'test.prepare', code: 'TEST_BROKEN', message: 'broken', at: world.clock.now()});
  t.true((await world.cases.timeline(person('anna'), caseId)).some(line => line.kind === 'work.failed'));
  t.is((await world.store.knex('case_alarm').where({kind: 'incident'})).length, 1);
});

test('a worker that is faster than our own note of its task may finish', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.lostAnswers = 1;
  await act(world, 'anna', caseId, 'check', 'hand');
  t.not(await world.workerCases.load({caseId, externalTaskId: 'engine-9', stepId: 'prepare'}), null);
  await work(world, caseId, {fields: {reply: '好'}});
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('a worker that is faster than our own note of its task waits for it a moment, so that neither writes in between', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.lostAnswers = 1;
  await act(world, 'anna', caseId, 'check', 'hand');
  const order: string[] = [];
  const loading = world.workerCases.load({caseId, externalTaskId: 'engine-9', stepId: 'prepare'}).then(() => order.push('loaded'));
  world.clock.moveBy(60_000);
  await world.loop.round();
  order.push('written down');
  await loading;
  t.deepEqual(order, ['written down', 'loaded']);
});

test('a completion that the engine refuses counts as never made: values go back, the opened case is cancelled, the task stops and an alarm shows it', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  const externalTaskId = (await world.engine.state(caseId))?.externalTasks[0]?.id ?? '';
  world.engine.faults.refuse = operations => operations.some(operation => operation.kind === 'completeExternal');
  await work(world, caseId, {fields: {reply: '不应留下'}, linkedCases: [{relation: 'redo', values: {title: '重办', phone: '13800001234'}}]});
  const view = await world.cases.view(person('anna'), caseId);
  t.is(view.form.values['reply'], undefined);
  t.deepEqual(world.forgotten, [externalTaskId]);
  t.like((await world.engine.state(caseId))?.externalTasks[0], {id: externalTaskId, retries: 0});
  await world.loop.round();
  await world.feed.round();
  const redo = view.related[0]?.caseId ?? '';
  t.is((await world.store.knex('case_record').where({id: redo}).first<{status: string}>())?.status, 'cancelled');
  t.deepEqual(await openSteps(world, redo), []);
  const alarms = await world.store.knex('case_alarm').where({case_id: caseId}).orderBy('kind').select<Array<{kind: string}>>('kind');
  t.deepEqual(alarms.map(alarm => alarm.kind), ['compensated', 'incident']);

  world.engine.faults.refuse = null;
  await world.engine.setRetries(externalTaskId, 3);
  t.not(await world.workerCases.load({caseId, externalTaskId, stepId: 'prepare'}), null, 'the step is still open');
  await work(world, caseId, {fields: {reply: '好'}});
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('where the engine cannot be told to stop a refused task, the command is undone all the same', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  world.engine.faults.refuse = () => true;
  world.engine.setRetries = async () => Promise.reject(new Error('down'));
  await work(world, caseId, {fields: {reply: '不应留下'}});
  t.is((await world.cases.view(person('anna'), caseId)).pending, null);
  t.true(world.logged.includes('cases.work.not-stopped'));
});

test('the engine gets the variables that its process reads, from start, people and workers; the case keeps all', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const atEngine = (): unknown => (JSON.parse(world.engine.snapshot()) as {cases: Record<string, {variables: unknown}>}).cases[caseId]?.variables;
  const begun = {checkOutcome: '', handleOutcome: '', confirmOutcome: '', settleOutcome: '', assistCount: 0};
  t.deepEqual(atEngine(), begun);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {variables: {short: true}});
  t.like(atEngine(), {...begun, checkOutcome: 'hand'});
  t.false(Object.hasOwn(atEngine() as object, 'short'));
  const row = await world.store.knex('case_record').where({id: caseId}).first<{routing: string}>();
  t.like(JSON.parse(row.routing), {variables: {short: true}});
});

/** Writes a completion as the host does, without bringing it to the engine. */
async function finish(world: World, caseId: string, fields: Readonly<Record<string, unknown>>) {
  const task = (await world.engine.state(caseId))?.externalTasks[0];
  return world.store.tx(tx => world.workerCases.finish(tx, {caseId, externalTaskId: task?.id ?? '', stepId: 'prepare', at: world.clock.now(), end: {kind: 'complete'}, effects: {fields, variables: {}, notices: [], linkedCases: [], notes: []}}));
}

test('a completion that was just written is brought to the engine without being read again', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  const finished = await finish(world, caseId, {reply: '好'});
  await world.store.knex('case_outbox').where({id: finished.row.id}).update({operations: 'not read'});
  await world.workerCases.relay(caseId, finished);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
  const [row] = await world.store.knex('case_outbox').where({id: finished.row.id}).select<Array<{status: string}>>('status');
  t.is(row?.status, 'acked');
  t.like(await world.cases.view(person('anna'), caseId), {pending: null, form: {values: {reply: '好'}}});
  await world.workerCases.relay(caseId, finished);
  t.deepEqual(await openSteps(world, caseId), ['handle'], 'brought twice, it happens once');
});

test('a completion is brought also where the case moved since it was written, and where a command before it is still on its way', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  const moved = await finish(world, caseId, {reply: '好'});
  await world.cases.append(person('anna'), caseId, '又打来一次');
  await world.workerCases.relay(caseId, moved);
  t.deepEqual(await openSteps(world, caseId), ['handle']);

  const other = await startOne(world, {...ordinary, title: '路灯又不亮'});
  world.engine.faults.lostAnswers = 1;
  await act(world, 'anna', other.caseId, 'check', 'hand');
  const early = await finish(world, other.caseId, {reply: '好'});
  t.is(early.loaded.record.ackedSeq, early.row.seq - 2);
  world.clock.moveBy(60_000);
  await world.workerCases.relay(other.caseId, early);
  t.deepEqual(await openSteps(world, other.caseId), ['handle']);
});

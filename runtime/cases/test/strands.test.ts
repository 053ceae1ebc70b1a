import test from 'ava';
import {recount} from '../src/counters.js';
import {act, openSteps, person, setup, startOne, work, type World} from './support/world.js';

const lapse = async (world: World, caseId: string): Promise<void> => {
  await world.store.tx(tx => world.signals.signal(tx, caseId, 'clock.resolve', {clockId: 'c1', clock: 'resolve', at: world.clock.now()}));
  await world.loop.round();
};

async function handled(world: World): Promise<string> {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  return caseId;
}

/** The task of the strand with this number, for someone. */
async function taskOf(world: World, by: string, caseId: string, number: string) {
  const view = await world.cases.view(person(by), caseId);
  const task = view.tasks.find(each => each.strand?.number === number);
  if (!task) throw new Error(`no task of ${number}: ${JSON.stringify(view.tasks.map(each => [each.stepId, each.strand]))}`);
  return {view, task};
}

async function finish(world: World, by: string, caseId: string, number: string, outcome: string, values: Readonly<Record<string, unknown>> = {}) {
  const {view, task} = await taskOf(world, by, caseId, number);
  return world.cases.complete(person(by), {taskId: task.id, outcome, values, caseVersion: view.version});
}

const first = 'DB650100-20260212-000001';
const second = 'DB650100-20260212-000002';

test('two strands at once have their own number, fields, state and clock events', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await lapse(world, caseId);
  world.clock.moveBy(60_000);
  await lapse(world, caseId);
  t.deepEqual(await openSteps(world, caseId), ['handle', 'oversee', 'oversee']);
  await finish(world, 'dora', caseId, second, 'seen', {lapseAnswer: '第二次的答复'});
  t.deepEqual(await openSteps(world, caseId), ['handle', 'oversee', 'settle']);
  t.is((await taskOf(world, 'dora', caseId, first)).task.values?.['lapseAnswer'], null, 'the other one is still unanswered');
  t.is((await taskOf(world, 'carl', caseId, second)).task.values?.['lapseAnswer'], '第二次的答复');
  await finish(world, 'dora', caseId, first, 'seen', {lapseAnswer: '第一次的答复'});
  const {strands} = await world.cases.view(person('carl'), caseId);
  t.deepEqual(strands.map(strand => [strand.number, strand.fields.map(field => field.value)]), [[second, ['lapsed', '第二次的答复']], [first, ['lapsed', '第一次的答复']]], 'the latest on top');
  await finish(world, 'carl', caseId, second, 'close');
  const after = (await world.cases.view(person('carl'), caseId)).strands;
  t.deepEqual(after.map(strand => [strand.number, strand.endedAt === null]), [[first, true], [second, false]], 'what goes on stands first');
});

test('an open task of a step that follows goes along when the case is handed on, and both sides are told', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await lapse(world, caseId);
  await world.cases.claim(person('dora'), (await taskOf(world, 'dora', caseId, first)).task.id);
  await act(world, 'emil', caseId, 'handle', 'back', {why: '不属本单位'});
  t.is((await taskOf(world, 'dora', caseId, first)).task.assignee?.id, 'dora', 'as long as the rule names no unit it stays');
  world.notices.length = 0;
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'city'});
  const {task} = await taskOf(world, 'carl', caseId, first);
  t.like(task, {unitId: 'city', assignee: null, mine: true});
  t.deepEqual(world.notices.filter(notice => notice.kind === 'task.moved').map(notice => [notice.personIds, notice.title['zh-CN'].slice(-3)]), [[['dora'], '已移交'], [['carl'], '待办理']]);
  t.true((await world.cases.timeline(person('carl'), caseId)).some(line => line.kind === 'task.moved' && line.text['zh-CN'] === '“oversee”随办件移交市中心'));
  t.deepEqual(await recount(world.store), [], 'the counters of both queues are right');
  await t.throwsAsync(world.cases.complete(person('dora'), {taskId: task.id, outcome: 'seen', values: {}, caseVersion: 99}), {code: 'CASE_TASK_UNKNOWN'});
  await finish(world, 'carl', caseId, first, 'seen', {lapseAnswer: '答复'});
});

test('a strand that is asked again stays the same one, and what begins it is fixed then', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await lapse(world, caseId);
  await finish(world, 'dora', caseId, first, 'seen', {lapseAnswer: '答复'});
  await finish(world, 'carl', caseId, first, 'again');
  const {task} = await taskOf(world, 'dora', caseId, first);
  t.deepEqual([task.stepId, task.values?.['lapseDemand'], task.values?.['lapseAnswer']], ['oversee', 'again', '答复'], 'an effect wrote into the strand');
  await act(world, 'emil', caseId, 'handle', 'back', {why: '退回'});
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'back', {why: '再退'});
  t.is((await taskOf(world, 'carl', caseId, second)).task.values?.['lapseDemand'], 'returned', 'a step began this one');
  t.is((await taskOf(world, 'dora', caseId, first)).task.values?.['lapseDemand'], 'again');
});

test('clocks are told of which strand a step was entered, left and done; lines name the strand', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  const told: Array<readonly [string, string | undefined]> = [];
  const {apply} = world.clocks;
  world.clocks.apply = async (tx, subject, events) => {
    told.push(...events.map(event => [event.event, event.strand] as const));
    await apply(tx, subject, events);
  };
  await lapse(world, caseId);
  await lapse(world, caseId);
  await finish(world, 'dora', caseId, first, 'seen', {lapseAnswer: '一'});
  const ids = new Map((await world.cases.view(person('carl'), caseId)).strands.map(strand => [strand.number, strand.id]));
  t.deepEqual(told.filter(([event]) => event.startsWith('oversee.')), [['oversee.entered', ids.get(first)], ['oversee.entered', ids.get(second)], ['oversee.seen', ids.get(first)], ['oversee.left', ids.get(first)]]);
  const lines = (await world.cases.timeline(person('carl'), caseId)).map(line => line.text['zh-CN']).filter(text => text.includes('DB'));
  t.deepEqual(lines, [`督办开始（${first}）`, `督办开始（${second}）`, `oversee：seen（${first}）`]);
});

test('a refused command leaves its strand as it was, and the other one too', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await lapse(world, caseId);
  await lapse(world, caseId);
  await finish(world, 'dora', caseId, second, 'seen', {lapseAnswer: '二'});
  world.engine.faults.refuse = operations => operations.some(each => each.kind === 'complete');
  await finish(world, 'dora', caseId, first, 'seen', {lapseAnswer: '不算数'});
  world.engine.faults.refuse = null;
  t.is((await taskOf(world, 'dora', caseId, first)).task.values?.['lapseAnswer'], null);
  t.is((await taskOf(world, 'carl', caseId, second)).task.values?.['lapseAnswer'], '二');
  await finish(world, 'dora', caseId, first, 'seen', {lapseAnswer: '算数'});
  t.is((await taskOf(world, 'carl', caseId, first)).task.values?.['lapseAnswer'], '算数');
});

test('fields of a strand are written by its own tasks only, and end with the case', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await lapse(world, caseId);
  const problem = await t.throwsAsync(act(world, 'emil', caseId, 'handle', 'finish', {result: '好', lapseAnswer: '越权'}), {code: 'CASE_INPUT'});
  t.like(problem, {problems: [{code: 'FORMS_FIELD_FORBIDDEN', place: {field: 'lapseAnswer'}}]});
  t.is((await world.cases.view(person('emil'), caseId)).form.access['lapseAnswer'], 'hidden');
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  await act(world, 'bela', caseId, 'confirm', 'archive');
  t.deepEqual((await world.cases.view(person('carl'), caseId)).strands.map(strand => [strand.number, strand.endedAt !== null, strand.steps]), [[first, true, []]]);
});

import test from 'ava';
import {loadCase} from '../src/case-store.js';
import {createCases, type ClockView} from '../src/index.js';
import {act, openSteps, person, setup, startOne, work, type World} from './support/world.js';

async function handled(world: World): Promise<string> {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  return caseId;
}

async function loaded(world: World, caseId: string) {
  const found = await loadCase(world.deps, caseId);
  if (!found) throw new Error('no such case');
  return found;
}

async function ask(world: World, caseId: string, actionId: string, values: Record<string, unknown>) {
  const view = await world.cases.view(person('emil'), caseId);
  const task = view.tasks.find(each => each.stepId === 'handle');
  return world.cases.request(person('emil'), {taskId: task?.id ?? '', actionId, values, caseVersion: view.version});
}

test('an extension is asked, reviewed and granted with the moment it was filed', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askTime', {days: 3, why: '等材料'});
  t.deepEqual(await openSteps(world, caseId), ['handle', 'judge']);
  await t.throwsAsync(ask(world, caseId, 'askTime', {days: 3, why: '等材料'}), {code: 'CASE_REQUEST_OPEN'});
  const view = await world.cases.view(person('emil'), caseId);
  t.truthy(view.tasks.find(task => task.mine)?.actions.find(action => action.id === 'askTime')?.disabledReason);
  await act(world, 'carl', caseId, 'judge', 'agree');
  t.true(world.clocks.log.includes('extend 3'));
  const told = world.notices.filter(notice => notice.kind === 'request.decided');
  t.deepEqual(told.map(notice => notice.personIds), [['emil']]);
  t.regex(told[0]?.title['zh-CN'] ?? '', /延期申请已同意$/);
  t.regex(told[0]?.body['zh-CN'] ?? '', /审核意见见办件表单$/, 'the timeline shows reviews to reviewers only');
  t.regex(told[0]?.body.en ?? '', /the opinion stands in the form of the case$/);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('an extension that no reviewer could grant is refused at once', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  t.like(await t.throwsAsync(ask(world, caseId, 'askTime', {days: 11, why: '等材料'}), {code: 'DEADLINE_EXTENSION_TOO_LONG'}), {problems: [{code: 'DEADLINE_EXTENSION_TOO_LONG', place: {field: 'days'}}]});
  t.like(await t.throwsAsync(ask(world, caseId, 'askTime', {days: 3}), {code: 'CASE_INPUT'}), {problems: [{place: {field: 'why'}, details: {title: 'why'}}]});
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('an extension that cannot be granted any more is not offered, and says why; what was extended in an earlier clock counts for nothing', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  const now = world.deps.clock.now();
  const clock: ClockView = {id: 'c', clock: 'resolve', title: {'zh-CN': '办结时限'}, round: 1, status: 'running', startedAt: 0, dueAt: now + 1000, warnAt: null, criticalAt: null, stoppedAt: null, breachedAt: null, breachCorrected: false, provisional: false};
  const reasonWith = async (...of: readonly ClockView[]) => {
    const {cases} = createCases({...world.deps, clocks: {...world.clocks, of: async () => of}});
    return (await cases.view(person('emil'), caseId)).tasks.find(task => task.mine)?.actions.find(action => action.id === 'askTime')?.disabledReason?.['zh-CN'];
  };
  t.is(await reasonWith(clock), undefined);
  t.is(await reasonWith({...clock, extended: true}), '已延期过一次，不能再次延期');
  t.is(await reasonWith({...clock, extended: true, status: 'stopped'}, {...clock, id: 'd', round: 2}), undefined);
  t.is(await reasonWith({...clock, dueAt: now - 1}), '已超过到期时间，不能再申请延期');
});

test('a refused request changes nothing', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askPause', {why: '等第三方'});
  await act(world, 'carl', caseId, 'judge', 'deny', {opinion: '理由不足'});
  const view = await world.cases.view(person('emil'), caseId);
  t.deepEqual(view.head.marks, []);
  t.false(world.clocks.log.includes('pause'));
  t.regex(world.notices.find(notice => notice.kind === 'request.decided')?.title['zh-CN'] ?? '', /挂起申请被驳回$/);
});

test('a paused case stands still until it is resumed by review', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askPause', {why: '等第三方', until: '2026-03-01'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  const paused = await world.cases.view(person('emil'), caseId);
  t.is(paused.head.state.id, 'paused');
  t.deepEqual(paused.head.marks, ['paused']);
  t.deepEqual(paused.tasks.find(task => task.mine)?.outcomes, []);
  await t.throwsAsync(act(world, 'emil', caseId, 'handle', 'finish', {result: '好'}), {code: 'CASE_PAUSED'});
  await t.throwsAsync(ask(world, caseId, 'askPause', {why: '又'}), {code: 'CASE_ALREADY_PAUSED'});
  await ask(world, caseId, 'askResume', {});
  await act(world, 'carl', caseId, 'judge', 'agree');
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.deepEqual(world.clocks.log.filter(what => what === 'pause' || what === 'resume'), ['pause', 'resume']);
});

test('a promised date that nobody confirms resumes the case', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await t.throwsAsync(ask(world, caseId, 'askResume', {}), {code: 'CASE_NOT_PAUSED'});
  await ask(world, caseId, 'askPause', {why: '承诺', until: '2026-03-01'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  await world.store.tx(tx => world.signals.resumed(tx, caseId, world.clock.now()));
  t.like((await world.cases.view(person('emil'), caseId)).head, {marks: [], state: {id: 'working'}});
  t.deepEqual(world.notices.filter(notice => notice.kind === 'case.resumed').map(notice => [...notice.personIds].sort()), [['dora', 'emil']], 'whoever has the task learns that its clock runs again');
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
});

test('a promised date of a case that has ended meanwhile says nothing', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askPause', {why: '承诺', until: '2026-03-01'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  await world.store.knex('case_record').where({id: caseId}).update({status: 'ended'});
  await world.store.tx(tx => world.signals.resumed(tx, caseId, world.clock.now()));
  t.deepEqual(world.notices.filter(notice => notice.kind === 'case.resumed'), []);
  t.false((await world.cases.timeline(person('anna'), caseId)).some(line => line.kind === 'resumed'));
});

test('whoever has the paused task is asked to confirm before the promised date, and nobody once the pause has ended', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  const reminded = () => world.store.tx(tx => world.signals.pauseEnds(tx, caseId, {at: world.clock.now(), until: Date.parse('2026-03-02T00:00:00+08:00')}));
  t.deepEqual(await reminded(), [], 'nothing is paused');
  await ask(world, caseId, 'askPause', {why: '承诺', until: '2026-03-02'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  t.deepEqual([...(await reminded())].sort(), ['dora', 'emil']);
  const notice = world.notices.find(each => each.kind === 'case.pauseEnds');
  t.regex(notice?.body['zh-CN'] ?? '', /承诺期至 2026-03-02，请确认进展/);
  const lines = (await world.cases.timeline(person('emil'), caseId)).filter(line => line.kind === 'pauseEnds');
  t.deepEqual(lines.map(line => line.text['zh-CN']), ['承诺期将于 2026-03-02 届满，已提醒确认进展']);
  await ask(world, caseId, 'askResume', {why: '已具备条件'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  t.deepEqual(await reminded(), []);
  t.is(world.notices.filter(each => each.kind === 'case.pauseEnds').length, 1);
});

test('a request still open when the unit finishes is dropped with its review', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askTime', {days: 3, why: '等材料'});
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.deepEqual(await openSteps(world, caseId), ['confirm']);
  const row = await world.store.knex('case_record').where({id: caseId}).first<{routing: string}>();
  t.deepEqual((JSON.parse(row.routing) as {requests: Array<{status: string}>}).requests.map(request => request.status), ['dropped']);
});

test('returns exclude the unit, are counted, and the second one raises an alarm', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await t.throwsAsync(act(world, 'emil', caseId, 'handle', 'back'), {code: 'CASE_INPUT'});
  await act(world, 'emil', caseId, 'handle', 'back', {why: '不属本辖区'});
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'street'});
  await work(world, caseId);
  await act(world, 'finn', caseId, 'handle', 'back', {why: '不属本辖区'});
  t.deepEqual(await openSteps(world, caseId), ['check', 'oversee']);
});

test('a pause ends when the case is handed on: the next unit finds it running', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askPause', {why: '等第三方'});
  await act(world, 'carl', caseId, 'judge', 'agree');
  const {record} = await loaded(world, caseId);
  const paused = record.routing.paused;
  t.truthy(paused);
  // The task that paused cannot be completed; another one of the case that takes it away can.
  await world.store.knex('case_record').where({id: caseId}).update({routing: JSON.stringify({...record.routing, paused: {...paused, taskId: 'another'}})});
  await act(world, 'emil', caseId, 'handle', 'back', {why: '不属本单位'});
  const view = await world.cases.view(person('anna'), caseId);
  t.deepEqual(view.head.marks, []);
  t.not(view.head.state.id, 'paused');
  t.true((await world.cases.timeline(person('anna'), caseId)).some(line => line.kind === 'resumed' && /挂起随之结束/.test(line.text['zh-CN'])));
  t.deepEqual(world.clocks.log.filter(what => what === 'pause' || what === 'resume'), ['pause', 'resume']);
});

test('a pause is not granted once whoever asked has handed the case on; the reviewer refuses it', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await ask(world, caseId, 'askPause', {why: '等第三方'});
  await act(world, 'emil', caseId, 'handle', 'down', {unit: 'street'});
  await t.throwsAsync(act(world, 'carl', caseId, 'judge', 'agree'), {code: 'CASE_REQUEST_OVERTAKEN'});
  await act(world, 'carl', caseId, 'judge', 'deny', {opinion: '已下派'});
  t.deepEqual((await world.cases.view(person('anna'), caseId)).head.marks, []);
  t.false(world.clocks.log.includes('pause'));
});

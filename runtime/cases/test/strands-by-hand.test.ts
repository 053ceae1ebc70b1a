import test from 'ava';
import {act, openSteps, person, setup, startOne, work, type World} from './support/world.js';

async function handled(world: World): Promise<string> {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  return caseId;
}

const number = 'DB650100-20260212-000001';
const begin = (world: World, by: string, caseId: string, values: Readonly<Record<string, unknown>>, kind = 'overseeing') => world.cases.beginStrand(person(by), {caseId, kind, values});

test('whoever has the role begins a strand with his own words, without a task; line and audit row say who', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  t.deepEqual((await world.cases.view(person('dora'), caseId)).begins, [{kind: 'overseeing', title: {'zh-CN': '督办', en: 'Supervise'}, access: {lapseDemand: 'required'}}]);
  const view = await begin(world, 'dora', caseId, {lapseDemand: '请明确牵头单位'});
  t.deepEqual(view.strands.map(strand => [strand.number, strand.fields.map(field => field.value)]), [[number, ['请明确牵头单位']]]);
  t.deepEqual(await openSteps(world, caseId), ['handle', 'oversee'], 'the case goes on meanwhile');
  const line = (await world.cases.timeline(person('dora'), caseId)).find(each => each.kind === 'strand.begun');
  t.like(line, {actorName: world.deps.people.person('dora')?.name, text: {'zh-CN': `督办开始（${number}）`}});
  t.is(world.audit.filter(row => row.action === 'case.strand' && row.subject === caseId).length, 1);
});

test('others are neither offered nor allowed it, and an empty demand begins nothing', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  t.deepEqual((await world.cases.view(person('emil'), caseId)).begins, []);
  await t.throwsAsync(begin(world, 'emil', caseId, {lapseDemand: '越权'}), {code: 'CASE_STRAND_FORBIDDEN'});
  await t.throwsAsync(begin(world, 'dora', caseId, {lapseDemand: '不存在'}, 'other'), {code: 'CASE_STRAND_FORBIDDEN'});
  const empty = await t.throwsAsync(begin(world, 'dora', caseId, {}), {code: 'CASE_INPUT'});
  t.like(empty, {problems: [{place: {field: 'lapseDemand'}}]});
  const forged = await t.throwsAsync(begin(world, 'dora', caseId, {lapseDemand: '要求', lapseAnswer: '替人答复'}), {code: 'CASE_INPUT'});
  t.like(forged, {problems: [{code: 'FORMS_FIELD_FORBIDDEN', place: {field: 'lapseAnswer'}}]});
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('what the engine refuses leaves no strand and tells whoever began it; it begins when tried again', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  world.engine.faults.refuse = operations => operations.some(each => each.kind === 'message');
  t.deepEqual((await begin(world, 'dora', caseId, {lapseDemand: '第一次'})).strands, []);
  t.true(world.notices.some(notice => notice.kind === 'case.compensated' && notice.personIds.includes('dora')));
  world.engine.faults.refuse = null;
  t.deepEqual((await begin(world, 'dora', caseId, {lapseDemand: '第二次'})).strands.map(strand => strand.fields[0]?.value), ['第二次']);
});

test('while the engine is away it is accepted once and begins when the engine is back', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  world.engine.faults.down = true;
  const view = await begin(world, 'dora', caseId, {lapseDemand: '请反馈'});
  t.not(view.pending, null);
  await t.throwsAsync(begin(world, 'dora', caseId, {lapseDemand: '再一次'}), {code: 'CASE_PENDING'});
  world.engine.faults.down = false;
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.deepEqual((await world.cases.view(person('dora'), caseId)).strands.map(strand => strand.fields[0]?.value), ['请反馈']);
});

test('an ended case is not supervised any more', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  await act(world, 'bela', caseId, 'confirm', 'archive');
  t.deepEqual((await world.cases.view(person('carl'), caseId)).begins, []);
  await t.throwsAsync(begin(world, 'carl', caseId, {lapseDemand: '迟了'}), {code: 'CASE_ENDED'});
});

test('what is sent again with its key, after a lost answer or by a second click, begins nothing more; another person’s key is his own', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  const beginKey = 'begin-0000000000001';
  const send = (by: string, key: string) => world.cases.beginStrand(person(by), {caseId, kind: 'overseeing', beginKey: key, values: {lapseDemand: '请反馈'}});
  t.is((await send('dora', beginKey)).strands.length, 1);
  t.is((await send('dora', beginKey)).strands.length, 1);
  t.is(world.audit.filter(row => row.action === 'case.strand').length, 1);
  world.engine.faults.down = true;
  t.not((await send('dora', 'begin-0000000000002')).pending, null);
  await t.throwsAsync(send('dora', 'begin-0000000000002'), {code: 'CASE_PENDING'});
  world.engine.faults.down = false;
  world.clock.moveBy(60_000);
  await world.loop.round();
  t.is((await send('dora', 'begin-0000000000002')).strands.length, 2);
  await t.throwsAsync(send('emil', beginKey), {code: 'CASE_STRAND_FORBIDDEN'});
});

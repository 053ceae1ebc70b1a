import {rmSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {startTestEngine, testProducts, type TestEngine} from '@banli/engine/testing';
import {createProcessEngine} from '@banli/processes';
import {loadCase} from '../src/case-store.js';
import {recount} from '../src/index.js';
import {play, samplesOf, setupHotline, type HotlineWorld, type Sample} from './support/hotline.js';

const [product = 'camunda'] = testProducts();
let bench: TestEngine;

test.before(async () => {
  bench = await startTestEngine(product);
});
test.after.always(async () => bench?.remove());

test.serial('every sample of the hotline runs through cases, with one engine call per command and the path on the diagram', async t => {
  t.timeout(300_000);
  const engine = createProcessEngine({endpoint: () => bench.handle});
  const world = await setupHotline(t, engine);
  for (const [name, sample] of Object.entries(samplesOf(world.release))) {
    const before = engine.calls().apply;
    const caseId = await play(world, sample);
    const rows = await world.store.knex('case_outbox').where({case_id: caseId}).select<Array<{status: string}>>('status');
    t.true(rows.every(row => row.status === 'acked'), name);
    t.is(engine.calls().apply - before, rows.length, `${name}: one call per command`);
    await compare(t, world, name, sample, caseId);
  }
  t.deepEqual(await recount(world.store), []);
  t.is((await world.store.knex('case_timeline').where({kind: 'assignment.fallback'})).length, 0);
  t.deepEqual(await alarmsOf(world), []);
  await engine.close();
});

/** What samples note of returns: the unit, who had handed the case down to it, the reason, and whether that says that the unit was the wrong one. */
const returned: Readonly<Record<string, ReadonlyArray<readonly [string, string | null, string, boolean]>>> = {
  'wrong-unit': ['u650102-chengguan', 'u650102-centre', 'u650102004'].map(unitId => [unitId, null, 'not-our-duty', true]),
  'unclear-return': [['u650102-chengguan', null, 'content-unclear', false]],
  delegation: [['u650102004003', 'u650102004', 'content-unclear', false]],
};

/** Holds a played case against what its sample expects. */
async function compare(t: ExecutionContext, world: HotlineWorld, name: string, sample: Sample, caseId: string): Promise<void> {
  const reader = {personId: 'start|clerk|u650100', personName: '', unitId: 'u650100', roles: ['clerk'], requestId: '', address: ''};
  const {expect} = sample;
  const loaded = await loadCase(world.deps, caseId);
  if (!loaded) throw new Error(`${name} is gone`);
  const {status, round, values, routing} = loaded.record;
  t.is(status, 'ended', `${name} ends`);
  t.deepEqual(loaded.tasks, [], `${name} leaves no task`);
  if (expect.round !== undefined) t.is(round, expect.round, name);
  if (expect.returnCount !== undefined) t.is(routing.returnCount, expect.returnCount, name);
  if (expect.depth !== undefined) t.is(routing.holding.length - 1, expect.depth, name);
  if (expect.excludedUnits !== undefined) t.deepEqual(routing.excludedUnits, expect.excludedUnits, name);
  t.deepEqual(routing.returns.map(({unitId, senderId, reason, isWrongUnit}) => [unitId, senderId, reason, isWrongUnit]), returned[name] ?? [], `${name}: returns`);
  for (const [field, value] of Object.entries(expect.fields ?? {})) t.deepEqual(values[field], value, `${name}: ${field}`);
  const {marks, flows} = await world.cases.diagram(reader, caseId);
  const done = new Set(marks.filter(mark => mark.status === 'done').map(mark => mark.elementId));
  t.deepEqual((expect.path ?? []).filter(id => !done.has(id)), [], `${name}: path on the diagram`);
  t.true(flows.length > 0);
}

test.serial('an engine that lost its whole database gets releases and open cases back', async t => {
  t.timeout(300_000);
  const first = createProcessEngine({endpoint: () => bench.handle});
  const world = await setupHotline(t, first);
  const plain = samplesOf(world.release)['plain'];
  if (!plain) throw new Error('the sample is gone');
  const caseId = await play(world, {...plain, answers: plain.answers.slice(0, 2)});
  const open = async () => (await world.store.knex('case_task').where({case_id: caseId, status: 'open'}).orderBy('id').select<Array<{id: string; step_id: string}>>('id', 'step_id'));
  const before = await open();
  await first.close();
  await bench.remove();
  rmSync(join(bench.home, 'engine'), {recursive: true, force: true});
  bench = await startTestEngine(product);
  const second = createProcessEngine({endpoint: () => bench.handle});
  const again = {...world.deps, engine: second};
  const {createReleases, createCases} = await import('../src/index.js');
  const releases = createReleases({store: world.store, engine: second, clock: world.clock, log: world.deps.log, audit: world.deps.audit});
  const parts = createCases({...again, releases});
  t.like(await parts.reconciler.pass(), {replayed: [{caseId}], lost: []});
  await parts.loop.round();
  t.deepEqual(await open(), before, 'the same tasks are open, under their own ids');
  const state = await second.state(caseId);
  t.deepEqual(state?.tasks.map(task => task.stepId).sort(), before.map(task => task.step_id).sort());
  t.deepEqual(await alarmsOf(world), []);
  // Another process still knows the definition by its old id, as the worker host does.
  const worker = createCases({...world.deps, engine: second});
  const stale = {...world, ...worker, engine: second};
  t.not((await world.releases.byHash(world.release.hash))?.definitionId, (await releases.byHash(world.release.hash))?.definitionId);
  const started = await play(stale, {...plain, answers: plain.answers.slice(0, 1)});
  t.deepEqual((await world.store.knex('case_outbox').where({case_id: started}).whereNot({status: 'acked'})), []);
  t.true((await second.state(started))?.tasks.some(task => task.stepId === 'signCase'));
  t.is((await world.releases.byHash(world.release.hash))?.definitionId, (await releases.byHash(world.release.hash))?.definitionId);
  t.deepEqual(await alarmsOf(world), []);
  await second.close();
});

/** A process that no start gets through: its only way out has a condition over a variable that is not there. */
const hopeless = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="banli">
  <bpmn:process id="hopeless" isExecutable="true" camunda:historyTimeToLive="P30D">
    <bpmn:startEvent id="begin"/>
    <bpmn:exclusiveGateway id="which"/>
    <bpmn:endEvent id="done"/>
    <bpmn:sequenceFlow id="one" sourceRef="begin" targetRef="which"/>
    <bpmn:sequenceFlow id="two" sourceRef="which" targetRef="done"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${nowhere}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="three" sourceRef="which" targetRef="done"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${nowhere}</bpmn:conditionExpression></bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>`;

test.serial('a lost case that the engine refuses to start again is settled once and never sent again', async t => {
  t.timeout(300_000);
  const first = createProcessEngine({endpoint: () => bench.handle});
  const world = await setupHotline(t, first);
  const plain = samplesOf(world.release)['plain'];
  if (!plain) throw new Error('the sample is gone');
  const caseId = await play(world, {...plain, answers: plain.answers.slice(0, 2)});
  await first.close();
  await bench.remove();
  rmSync(join(bench.home, 'engine'), {recursive: true, force: true});
  bench = await startTestEngine(product);
  const engine = createProcessEngine({endpoint: () => bench.handle});
  const {definitions} = await engine.deploy('hopeless', [{fileName: 'hopeless.bpmn', xml: hopeless}]);
  const {createCases} = await import('../src/index.js');
  const parts = createCases({...world.deps, engine, releases: {...world.releases, ensureDeployed: async () => definitions['hopeless'] ?? ''}});
  t.like(await parts.reconciler.pass(), {replayed: [{caseId}]});
  await parts.loop.round();
  const sent = engine.calls().apply;
  t.true(sent > 0);
  for (let pass = 0; pass < 3; pass += 1) {
    t.like(await parts.reconciler.pass(), {replayed: [], lost: [], refreshed: [], ahead: []});
    world.clock.moveBy(30_000);
    await parts.loop.round();
  }
  t.is(engine.calls().apply, sent);
  t.is((await loadCase(world.deps, caseId))?.record.status, 'failed');
  t.deepEqual((await loadCase(world.deps, caseId))?.tasks, []);
  t.is((await alarmsOf(world)).filter(alarm => alarm.case_id === caseId).length, 1);
  t.is((await world.store.knex('case_outbox').where({case_id: caseId}).whereNot({status: 'compensated'})).length, 0);
  t.is(await engine.state(caseId), null);
  await engine.close();
});

/** Alarms of faults; in the few units of these tests some steps have nobody, and that is said, too. */
async function alarmsOf(world: HotlineWorld): Promise<ReadonlyArray<{readonly kind: string; readonly case_id: string | null}>> {
  return world.store.knex('case_alarm').whereNot({kind: 'nobody'}).select('kind', 'case_id');
}

import anyTest, {type TestFn} from 'ava';
import {startTestEngine, testProducts, type TestEngine} from '@banli/engine/testing';
import {createProcessEngine, type ProcessEngine} from '@banli/processes';
import type {CompiledBundle} from '@banli/formats';
import {newId, type Store} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {systemClock} from '@banli/time';
import {createWorkerHost, createWorkerRegistry, type WorkerCases, type WorkerHost} from '../src/index.js';
import {until, worker, type Run} from './setup.js';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <bpmn:process id="twoWorks" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="begin" /><bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="first" />
    <bpmn:serviceTask id="first" camunda:type="external" camunda:topic="test.work" /><bpmn:sequenceFlow id="f2" sourceRef="first" targetRef="second" />
    <bpmn:serviceTask id="second" camunda:type="external" camunda:topic="test.work" /><bpmn:sequenceFlow id="f3" sourceRef="second" targetRef="done" />
    <bpmn:endEvent id="done" />
  </bpmn:process>
</bpmn:definitions>`;

const test = anyTest as TestFn<{bench: TestEngine; engine: ProcessEngine; definitionId: string}>;

test.before(async t => {
  t.timeout(180_000);
  const [product = 'camunda'] = testProducts();
  const bench = await startTestEngine(product);
  const engine = createProcessEngine({endpoint: () => bench.handle});
  const {definitions} = await engine.deploy('workers-test', [{fileName: 'two-works.bpmn', xml}]);
  t.context = {bench, engine, definitionId: definitions['twoWorks'] ?? ''};
});

test.after.always(async t => {
  await t.context.engine.close();
  await t.context.bench.remove();
});

/** Cases as the outbox does it: a row in our database, brought to the engine afterwards, again and again until it takes it. */
function outboxCases(store: Store, engine: ProcessEngine, failures: string[]): WorkerCases {
  const rows = new Map<string, Array<{seq: number; externalTaskId: string}>>();
  return {
    load: async ({caseId}) => ({
      case: {caseId, number: caseId, bundleId: 'test', round: 1, acceptingUnitId: 'u', areaCode: '650100', values: {}, excludedUnitIds: [], acceptedAt: 0},
      release: {hash: 'h'} as CompiledBundle, inputs: {}, caughtErrors: [],
    }),
    finish: async (tx, {caseId, externalTaskId, stepId}) => {
      const done = await tx('worker_run').where({case_id: caseId}).count({n: '*'});
      rows.set(caseId, [...(rows.get(caseId) ?? []).filter(row => row.externalTaskId !== externalTaskId), {seq: 1 + Number(done[0]?.['n']), externalTaskId}]);
      await tx('setting').insert({name: `effect:${caseId}:${stepId}`, value: '1'});
    },
    relay: async caseId => {
      for (const row of rows.get(caseId) ?? []) {
        await engine.apply({caseId, seq: row.seq, operations: [{kind: 'completeExternal', externalTaskId: row.externalTaskId, variables: {}}]}).catch((error: unknown) => void failures.push(String(error)));
      }
    },
    failed: async (_key, {code}) => void failures.push(code),
  };
}

async function setup(t: {context: {bench: TestEngine; engine: ProcessEngine; definitionId: string}; teardown(fn: () => Promise<void>): void}, run: Run): Promise<{store: Store; host: WorkerHost; failures: string[]; begin(): Promise<string>; effects(): Promise<number>}> {
  const {bench, engine, definitionId} = t.context;
  const store = await openTestStore();
  const registry = createWorkerRegistry();
  registry.handle(worker(run, {maxAttempts: 2}));
  const failures: string[] = [];
  const host = createWorkerHost({
    store, registry, clock: systemClock, endpoint: () => bench.handle, cases: outboxCases(store, engine, failures),
    documents: {render: async () => Promise.reject(new Error('no documents here')), store: async () => undefined},
    messages: {send: async () => undefined},
    log: {info: () => undefined, warn: () => undefined, error: () => undefined},
    settings: {pollWaitMs: 2_000, lockMs: 4_000, firstPauseMs: 50, longestPauseMs: 500},
  });
  t.teardown(async () => {
    await host.stop();
    await store.close();
  });
  return {
    store, host, failures,
    begin: async () => {
      const caseId = newId();
      await engine.apply({caseId, seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]});
      return caseId;
    },
    effects: async () => Number((await store.knex('setting').where('name', 'like', 'effect:%').count({n: '*'}))[0]?.['n']),
  };
}

test.serial('ten cases run through two worker steps each, every effect once', async t => {
  const {host, begin, effects} = await setup(t, async () => undefined);
  host.start();
  const cases = await Promise.all(Array.from({length: 10}, begin));
  await until(t, async () => (await Promise.all(cases.map(caseId => t.context.engine.state(caseId)))).every(state => state?.ended));
  t.is(await effects(), 20);
  t.is(host.status().failed, 0);
});

test.serial('an engine killed while work runs takes up where it was; nothing is done twice', async t => {
  const {host, begin, effects} = await setup(t, async () => undefined);
  const cases = await Promise.all(Array.from({length: 6}, begin));
  host.start();
  await until(t, async () => (await effects()) >= 3);
  t.timeout(180_000);
  t.context.bench.handle.kill9();
  await until(t, () => t.context.bench.handle.status().state !== 'up');
  await until(t, () => t.context.bench.handle.status().state === 'up', 90);
  await until(t, async () => {
    const states = await Promise.all(cases.map(caseId => t.context.engine.state(caseId).catch(() => null)));
    return states.every(state => state?.ended);
  }, 60);
  t.is(await effects(), 12);
});

test.serial('a worker that always fails ends as an incident after its attempts', async t => {
  const {host, failures, begin} = await setup(t, async () => {
    throw new Error('never');
  });
  const caseId = await begin();
  host.start();
  await until(t, () => failures.includes('WORKERS_CRASHED'));
  const state = await t.context.engine.state(caseId);
  t.is(state?.ended, false);
  t.is(state?.incidents.length, 1);
  t.regex(state?.externalTasks[0]?.errorMessage ?? '', /^WORKERS_CRASHED/);
  await t.context.engine.apply({caseId, seq: 2, operations: [{kind: 'cancel', reason: 'test over'}]});
});

test.serial('a stopped host leaves no locked task behind', async t => {
  const first = await setup(t, async () => undefined);
  first.host.start();
  await until(t, () => first.host.status().engine === 'up');
  await first.host.stop();
  const second = await setup(t, async () => undefined);
  const caseId = await second.begin();
  second.host.start();
  await until(t, async () => (await t.context.engine.state(caseId))?.ended === true);
});

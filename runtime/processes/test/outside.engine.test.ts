import test from 'ava';
import {Client} from 'camunda-external-task-client-js';
import {refusalClass} from '../src/engine-errors.js';
import type {EngineChange} from '../src/port.js';
import {bpmn, chain, end, external, lineXml, start, user} from './helpers/bpmn.js';
import {onEachEngine, type Bench, type TestCase} from './helpers/engines.js';

const asyncXml = bpmn(`${start()}${user('first')}<bpmn:userTask id="later" camunda:asyncBefore="true"/>${end()}${chain('begin', 'first', 'later', 'done')}`);
const topicXml = (topic: string, boundary = ''): string => bpmn(`${start()}${external('work', topic)}${user('after')}${end()}${chain('begin', 'work', 'after', 'done')}${boundary}`);
const errorBoundary = `<bpmn:boundaryEvent id="caught" attachedToRef="work"><bpmn:errorEventDefinition errorRef="known"/></bpmn:boundaryEvent>${user('repair')}${end('repaired')}${chain('caught', 'repair', 'repaired')}`;

/** All changes of one case so far; the feed is read from its beginning in small pages. */
async function changesOf(bench: Bench, caseId: string): Promise<readonly EngineChange[]> {
  const all: EngineChange[] = [];
  for (let cursor = 0; ; cursor = all.at(-1)?.cursor ?? 0) {
    const page = await bench.engine.changes(cursor, 5);
    if (page.length === 0) return all.filter(change => change.caseId === caseId);
    all.push(...page);
  }
}

/** Asks until it is so: what the engine does by itself has no answer to wait for. */
async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let left = 200; ; left -= 1) {
    const value = await ask();
    if (good(value) || left === 0) return value;
    await new Promise(done => setTimeout(done, 50));
  }
}

async function fetchOne(bench: Bench, topic: string): Promise<string> {
  const locked = await bench.rest('POST', '/external-task/fetchAndLock', {workerId: 'tester', maxTasks: 1, topics: [{topicName: topic, lockDuration: 60_000}]});
  return (locked.body as ReadonlyArray<{readonly id: string}>)[0]?.id ?? '';
}

onEachEngine((bench, title) => {
  test.serial(title('the worker client fetches a task by long polling, and apply completes it whoever holds the lock'), async t => {
    const {baseUrl, token} = bench().running.handle;
    const topic = `client.${bench().product}`;
    const order: {current: TestCase | null} = {current: null};
    const client = new Client({
      baseUrl: `${baseUrl}/engine-rest`, workerId: `tester-${bench().product}`, interval: 0, asyncResponseTimeout: 10_000, maxTasks: 1, maxParallelExecutions: 1, lockDuration: 60_000, autoPoll: true,
      interceptors: options => ({...options, headers: {...(options['headers'] ?? {}), authorization: `Bearer ${token}`}}),
    });
    const seen = new Promise<string>(resolve => client.subscribe(topic, {lockDuration: 60_000}, async ({task}) => resolve(task.id)));
    order.current = await bench().start(topicXml(topic), {});
    const id = await seen;
    client.stop();
    t.is(order.current.last().state.externalTasks[0]?.id, id);
    const answer = await order.current.apply({kind: 'completeExternal', externalTaskId: id, variables: {lead: 'u1'}});
    t.deepEqual(answer.state.tasks.map(task => task.stepId), ['after']);
    t.is(refusalClass(await t.throwsAsync(order.current.apply({kind: 'completeExternal', externalTaskId: id, variables: {}}))), 'gone');
  });

  test.serial(title('fetching and locking a task is no change of the case'), async t => {
    const order = await bench().start(topicXml(`lock.${bench().product}`));
    await fetchOne(bench(), `lock.${bench().product}`);
    t.deepEqual(await changesOf(bench(), order.caseId), []);
    t.is((await bench().engine.state(order.caseId))?.revision, 1);
  });

  test.serial(title('a BPMN error that the model catches takes its way; one that nothing catches is refused and the case is kept'), async t => {
    const errors = '<bpmn:error id="known" errorCode="KNOWN"/>';
    const order = await bench().start(topicXml(`error.${bench().product}`, errorBoundary).replace('<bpmn:process ', `${errors}<bpmn:process `));
    const externalTaskId = order.last().state.externalTasks[0]?.id ?? '';
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'bpmnError', externalTaskId, errorCode: 'UNKNOWN', variables: {}}))), 'refused');
    t.is((await bench().engine.state(order.caseId))?.externalTasks[0]?.id, externalTaskId);
    await order.apply({kind: 'bpmnError', externalTaskId, errorCode: 'KNOWN', variables: {}});
    t.deepEqual(order.steps(), ['repair']);
  });

  test.serial(title('a failed external task shows retries, message and incident, and each failure is a change with a higher revision'), async t => {
    const topic = `fail.${bench().product}`;
    const order = await bench().start(topicXml(topic));
    const id = await fetchOne(bench(), topic);
    const fail = (retries: number): Promise<unknown> => bench().rest('POST', `/external-task/${id}/failure`, {workerId: 'tester', errorMessage: 'no paper', retries, retryTimeout: 0});
    await fail(1);
    t.like((await bench().engine.state(order.caseId))?.externalTasks[0], {retries: 1, errorMessage: 'no paper'});
    await fetchOne(bench(), topic);
    await fail(0);
    const state = await bench().engine.state(order.caseId);
    t.deepEqual(state?.incidents, [{activityId: 'work', type: 'failedExternalTask', message: 'no paper'}]);
    const changes = await changesOf(bench(), order.caseId);
    t.deepEqual(changes.map(change => change.revision), [2, 3]);
    t.is(state?.revision, 3);
    for (let twice = 0; twice < 2; twice += 1) await bench().engine.setRetries(id, 3);
    t.deepEqual((await bench().engine.state(order.caseId))?.incidents, []);
    t.is((await order.apply({kind: 'completeExternal', externalTaskId: id, variables: {}})).state.revision, 5);
  });

  test.serial(title('what others do through the REST interface is in the feed, with the end of the case'), async t => {
    const order = await bench().start(lineXml);
    const task = order.last().state.tasks[0]?.id ?? '';
    t.is((await bench().rest('POST', `/task/${task}/complete`, {})).status, 204);
    t.like(await bench().engine.state(order.caseId), {revision: 2, seq: 1});
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'complete', taskId: task, variables: {}}))), 'gone');
    await fetch(`${bench().running.handle.baseUrl}/engine-rest/process-instance/${order.last().state.instanceId}`, {method: 'DELETE', headers: {authorization: `Bearer ${bench().running.handle.token}`}});
    t.like(await bench().engine.state(order.caseId), {ended: true, endActivityId: null, tasks: [], revision: 3});
    t.deepEqual((await changesOf(bench(), order.caseId)).map(change => change.revision), [2, 3]);
    t.false((await bench().engine.runningCases('', 1_000)).some(row => row.caseId === order.caseId));
  });

  test.serial(title('what the engine does by itself is in the feed'), async t => {
    const order = await bench().start(asyncXml);
    const waiting = await order.complete('first');
    t.deepEqual(waiting.state.tree?.children.map(node => node.activityId), ['later']);
    const state = await until(() => bench().engine.state(order.caseId), found => found?.tasks.length === 1);
    t.like(state?.tasks[0], {stepId: 'later'});
    const changes = await changesOf(bench(), order.caseId);
    t.is(changes.length, 1);
    t.is(state?.revision, 3);
  });

  test.serial(title('what apply does is not in the feed, as its answer tells it'), async t => {
    const order = await bench().start(lineXml);
    await order.complete('first');
    t.deepEqual(await changesOf(bench(), order.caseId), []);
  });

  test.serial(title('the feed forgets what lies ten thousand changes behind its reader, and nothing newer'), async t => {
    const [old, kept] = [await bench().start(lineXml), await bench().start(lineXml)];
    for (const order of [old, kept]) await bench().rest('POST', `/task/${order.last().state.tasks[0]?.id}/complete`, {});
    const cursor = (await changesOf(bench(), old.caseId)).at(-1)?.cursor ?? 0;
    t.true(cursor > 0);
    t.deepEqual(await bench().engine.changes(cursor + 10_000, 1), []);
    t.deepEqual(await changesOf(bench(), old.caseId), []);
    t.is((await changesOf(bench(), kept.caseId)).length, 1);
  });

  test.serial(title('the feed skips nothing while many write at once'), async t => {
    const orders = await Promise.all(Array.from({length: 12}, () => bench().start(lineXml)));
    const seen = new Map<number, string>();
    let cursor = (await bench().engine.changes(0, 1_000)).at(-1)?.cursor ?? 0;
    let open = true;
    const writing = Promise.all(orders.map(order => bench().rest('POST', `/task/${order.last().state.tasks[0]?.id}/complete`, {}))).then(() => {
      open = false;
    });
    while (open) {
      for (const change of await bench().engine.changes(cursor, 3)) {
        t.true(change.cursor > cursor);
        cursor = change.cursor;
        seen.set(cursor, change.caseId);
      }
    }
    await writing;
    await until(async () => {
      const rest = await bench().engine.changes(cursor, 1_000);
      cursor = rest.at(-1)?.cursor ?? cursor;
      rest.forEach(change => seen.set(change.cursor, change.caseId));
      return rest.length;
    }, length => length === 0);
    t.deepEqual(orders.filter(order => ![...seen.values()].includes(order.caseId)), []);
  });

  test.serial(title('apply and a call of someone else at the same task: one of them wins, the other is told'), async t => {
    for (let round = 0; round < 6; round += 1) {
      const order = await bench().start(lineXml);
      const task = order.last().state.tasks[0]?.id ?? '';
      const [mine, theirs] = await Promise.all([
        order.apply({kind: 'complete', taskId: task, variables: {}}).then(() => 'done', (error: unknown) => refusalClass(error)),
        bench().rest('POST', `/task/${task}/complete`, {}).then(answer => answer.status),
      ]);
      t.true((mine === 'done' && theirs !== 204) || (mine === 'gone' && theirs === 204), `${mine} ${theirs}`);
      const state = await bench().engine.state(order.caseId);
      t.deepEqual(state?.tasks.map(each => each.stepId), ['second']);
      t.is(state?.revision, 2);
    }
  });
});

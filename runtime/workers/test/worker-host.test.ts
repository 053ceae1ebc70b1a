import test from 'ava';
import {AppError} from '@banli/errors';
import {sleep} from '@banli/time';
import {forgetRun} from '../src/index.js';
import {pending, setup, until, worker} from './setup.js';

test('a task is carried out: effects, messages and papers in one transaction, then the outbox is relayed', async t => {
  const {host, engine, told, store} = await setup(t, [worker(async ({effects, input}) => {
    effects.setFields({a: 1});
    effects.setFields({b: input});
    effects.setVariables({route: 'x'});
    effects.send({channel: 'sms', kind: 'accepted', recipient: '13899990001', title: {'zh-CN': '告知'}, text: {documentId: 'notice', data: {n: 1}}});
    effects.send({channel: 'sms', kind: 'accepted', recipient: '13899990001', title: {'zh-CN': '告知'}, text: {body: '原文'}});
    effects.storeDocument({documentId: 'reply', data: {n: 2}});
    effects.note({'zh-CN': '好'});
  })]);
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.relayed.length > 0);
  t.is(told.finished.length, 1);
  t.deepEqual(told.finished[0], {externalTaskId: 't1', caseId: 'case-1', stepId: 'work', at: 1000, end: {kind: 'complete'}, effects: {fields: {a: 1, b: {}}, variables: {route: 'x'}, notices: [], linkedCases: [], notes: [{text: {'zh-CN': '好'}}]}});
  t.deepEqual(told.messages.map(message => [message.key, message.body]), [['t1:0', 'notice:{"n":1}'], ['t1:1', '原文']]);
  t.deepEqual(told.papers, ['reply:{"n":2}']);
  t.is((await store.knex('worker_run').where({external_task_id: 't1'})).length, 1);
});

test('a task that comes again has its effects once, and the relay is asked again', async t => {
  let runs = 0;
  const {host, engine, told} = await setup(t, [worker(async () => void (runs += 1))]);
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => host.status().done === 1);
  const [task] = engine.tasks;
  if (task) task.lockedBy = null;
  await until(t, () => host.status().repeated === 1);
  t.deepEqual([runs, told.finished.length, told.relayed.length], [1, 1, 2]);
});

test('a completion that the engine refused is a failure without attempts left, and a later attempt runs anew', async t => {
  let runs = 0;
  const {host, engine, told, behaviour, store} = await setup(t, [worker(async () => void (runs += 1))]);
  behaviour.onRelay = () => store.tx(tx => forgetRun(tx, 't1'));
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.failed.length === 1);
  t.is(told.failed[0]?.code, 'WORKERS_REFUSED');
  t.deepEqual(engine.pathsOf('/failure').map(body => body['retries']), [0]);
  t.is(runs, 1);
  behaviour.onRelay = async () => undefined;
  const [task] = engine.tasks;
  if (task) task.retries = 1;
  await until(t, () => told.relayed.length === 2);
  t.is(runs, 2);
  t.is((await store.knex('worker_run')).length, 1);
});

test('an unexpected error is a failure with fewer retries each time, at last the case is told', async t => {
  const {host, engine, told} = await setup(t, [worker(async () => {
    throw new Error('secret of the citizen');
  })]);
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.failed.length > 0);
  t.deepEqual(engine.pathsOf('/failure').map(body => [body['retries'], body['retryTimeout']]), [[2, 10], [1, 20], [0, 40]]);
  t.false(JSON.stringify([engine.pathsOf('/failure'), told.failed]).includes('secret'));
  t.is(told.finished.length, 0);
});

test('a code that the drawing catches is a BPMN error without effects; another code is a failure', async t => {
  const {host, engine, told, behaviour} = await setup(t, [worker(async ({effects}) => {
    effects.setFields({lost: true});
    throw new AppError('TEST_NO_UNIT', 422, 'no unit');
  })]);
  behaviour.caught = ['TEST_NO_UNIT'];
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.finished.length === 1);
  t.deepEqual(told.finished[0]?.end, {kind: 'bpmnError', errorCode: 'TEST_NO_UNIT'});
  t.deepEqual(told.finished[0]?.effects.fields, {});
  behaviour.caught = [];
  engine.add({id: 't2', topicName: 'test.work'});
  await until(t, () => engine.pathsOf('/t2/failure').length > 0);
  t.is(told.finished.length, 1);
});

test('inputs that do not fit fail at once for good', async t => {
  const {host, engine, told, behaviour} = await setup(t, [worker(async () => undefined, {inputSchema: {type: 'object', required: ['matter'], properties: {matter: {type: 'string'}}}})]);
  behaviour.inputs = {matter: 5};
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.failed.length > 0);
  t.is(engine.pathsOf('/failure').length, 1);
  t.is(told.failed[0]?.code, 'WORKERS_INPUT_INVALID');
});

test('a case that waits for the engine is tried again within the run', async t => {
  const {host, engine, told, behaviour} = await setup(t, [worker(async () => undefined)]);
  behaviour.finishErrors = [pending(), pending()];
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.finished.length === 1);
  t.is(engine.pathsOf('/failure').length, 0);
});

test('a failed transaction leaves no row behind, so that the next attempt has its effects', async t => {
  const {host, engine, told, behaviour, store} = await setup(t, [worker(async () => undefined)]);
  behaviour.finishErrors = [new Error('disk full')];
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => host.status().done === 1);
  t.deepEqual([told.finished.length, engine.pathsOf('/failure').length], [1, 1]);
  t.is((await store.knex('worker_run')).length, 1);
});

test('the engine is told of a completion while the disk writes it; a disk that refuses is a failure, and the next attempt tells it again', async t => {
  const {host, engine, told, store} = await setup(t, [worker(async () => undefined)]);
  const refusals = [new Error('EIO')];
  store.flush = () => {
    const refusal = refusals.pop();
    return refusal ? Promise.reject(refusal) : Promise.resolve();
  };
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => host.status().repeated === 1);
  t.deepEqual([told.finished.length, told.relayed.length, engine.pathsOf('/failure').length], [1, 2, 1]);
});

test('a step that is over needs nothing', async t => {
  const {host, engine, told, behaviour} = await setup(t, [worker(async () => t.fail())]);
  behaviour.over = true;
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => host.status().repeated === 1);
  t.is(told.finished.length, 0);
  t.is(engine.pathsOf('/failure').length, 0);
});

test('a long run extends its lock; a lost lock stops it and nothing is written or reported', async t => {
  let aborted = false;
  const {host, engine, told} = await setup(t, [worker(async ({signal}) => {
    await sleep(60_000, signal);
    aborted = signal.aborted;
  })]);
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => engine.pathsOf('/extendLock').length >= 2);
  engine.refuseExtension = true;
  await until(t, () => aborted && host.status().running === 0);
  t.is(told.finished.length, 0);
  t.is(engine.pathsOf('/failure').length, 0);
});

test('stopping waits for what runs and gives the rest back', async t => {
  const order: string[] = [];
  const work = {end: () => undefined as void};
  const {host, engine, told} = await setup(t, [worker(async () => {
    await new Promise<void>(resolve => (work.end = resolve));
    order.push('finished');
  })], {parallel: 1, drainMs: 60_000});
  engine.add({id: 't1', topicName: 'test.work'});
  engine.add({id: 't2', topicName: 'test.other', lockedBy: host.status().workerId});
  host.start();
  await until(t, () => host.status().running === 1);
  const stopping = host.stop().then(() => order.push('stopped'));
  await sleep(50);
  t.deepEqual(order, []);
  work.end();
  await stopping;
  t.deepEqual(order, ['finished', 'stopped']);
  t.is(told.finished.length, 1);
  t.true(engine.pathsOf('/t2/unlock').length === 1);
  const {length} = engine.calls;
  await sleep(100);
  t.is(engine.calls.length, length, 'nothing is asked after the stop');
});

test('a run that does not end in time is stopped, not waited for', async t => {
  const {host, engine, told} = await setup(t, [worker(async ({signal}) => sleep(60_000, signal))], {drainMs: 50});
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => host.status().running === 1);
  await host.stop();
  t.is(told.finished.length, 0);
});

import test from 'ava';
import {sleep} from '@banli/time';
import {setup, until, worker} from './setup.js';
import {startFakeEngine} from './fake-engine.js';

test('with everything busy the engine is not asked again and again', async t => {
  let running = 0;
  let most = 0;
  const {host, engine, told} = await setup(t, [worker(async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(60);
    running -= 1;
  })], {parallel: 2});
  for (let index = 0; index < 9; index += 1) engine.add({id: `t${index}`, topicName: 'test.work'});
  host.start();
  await until(t, () => told.finished.length === 9);
  t.is(most, 2);
  await sleep(200);
  const before = engine.pathsOf('fetchAndLock').length;
  await sleep(300);
  const polls = engine.pathsOf('fetchAndLock').length - before;
  t.true(polls <= 20, `one poll loop of 20 ms each, saw ${polls}`);
});

test('an engine that is down is asked again until it is back, with one line in the log', async t => {
  const {host, engine, told} = await setup(t, [worker(async () => undefined)], {firstPauseMs: 20, longestPauseMs: 80});
  engine.mood = 'broken';
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => engine.pathsOf('fetchAndLock').length >= 4);
  t.is(host.status().engine, 'down');
  engine.mood = 'well';
  await until(t, () => told.finished.length === 1);
  t.is(host.status().engine, 'up');
  t.is(told.log.filter(line => line.startsWith('workers.engine.down')).length, 1, 'one line, not one for each try');
});

test('an engine that comes back elsewhere with another token is found', async t => {
  const {host, engine, told, endpoint} = await setup(t, [worker(async () => undefined)]);
  host.start();
  await until(t, () => host.status().engine === 'up');
  const second = await startFakeEngine();
  t.teardown(() => second.close());
  second.token = 'second';
  second.add({id: 't9', topicName: 'test.work'});
  await engine.close();
  await until(t, () => host.status().engine === 'down');
  Object.assign(endpoint, {baseUrl: second.baseUrl, token: 'second'});
  await until(t, () => told.finished.length === 1);
});

test('a token that changed is used from the next request', async t => {
  const {host, engine, told, endpoint} = await setup(t, [worker(async () => undefined)]);
  host.start();
  await until(t, () => host.status().engine === 'up');
  engine.token = 'next';
  await until(t, () => host.status().engine === 'down');
  endpoint.token = 'next';
  engine.add({id: 't1', topicName: 'test.work'});
  await until(t, () => told.finished.length === 1);
});

test('an answer with a charset is read as JSON', async t => {
  const {host, engine, told} = await setup(t, [worker(async () => undefined)]);
  engine.mood = 'charset';
  engine.add({id: 't1', topicName: 'test.work'});
  host.start();
  await until(t, () => told.finished.length === 1);
});

test('stopping does not wait for an engine that never answers', async t => {
  const {host, engine} = await setup(t, [worker(async () => undefined)], {pollWaitMs: 60_000});
  engine.mood = 'silent';
  host.start();
  await until(t, () => engine.calls.length > 0);
  await host.stop();
  t.pass();
});

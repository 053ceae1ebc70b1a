import test from 'ava';
import {atOnce, createAlarm, createTestClock, every, inSteps, sleep} from '../src/index.js';

test('a sleep of many weeks does not end at once', async t => {
  const stop = new AbortController();
  let ended = false;
  const long = sleep(40 * 86_400_000, stop.signal).then(() => {
    ended = true;
  });
  await sleep(20);
  t.false(ended);
  stop.abort();
  await long;
  t.true(ended);
});

test('a sleep with a signal that has been given ends at once', async t => {
  await sleep(60_000, AbortSignal.abort());
  t.pass();
});

test('rounds never overlap and the loop ends after the running round', async t => {
  const stop = new AbortController();
  let running = 0;
  let rounds = 0;
  await every(0, async () => {
    running += 1;
    t.is(running, 1);
    await sleep(1);
    running -= 1;
    rounds += 1;
    if (rounds === 3) stop.abort();
  }, {signal: stop.signal});
  t.is(rounds, 3);
  t.is(running, 0);
});

test('a failing round is reported and the next one comes', async t => {
  const stop = new AbortController();
  const errors: unknown[] = [];
  let rounds = 0;
  await every(0, () => {
    rounds += 1;
    if (rounds === 2) stop.abort();
    throw new Error(`round ${rounds}`);
  }, {signal: stop.signal, onError: error => errors.push(error)});
  t.is(errors.length, 2);
});

test('a failing round without a handler ends the loop with the error', async t => {
  await t.throwsAsync(every(0, () => Promise.reject(new Error('broken')), {signal: new AbortController().signal}), {message: 'broken'});
});

test('an alarm rings once when its clock is moved past the moment', async t => {
  const clock = createTestClock(1000);
  let rings = 0;
  const alarm = createAlarm({clock, onRing: () => {
    rings += 1;
  }, lookEveryMs: 1});
  alarm.setTo(2000);
  await sleep(10);
  t.is(rings, 0);
  clock.moveTo(2000);
  while (rings === 0) await sleep(1);
  await sleep(10);
  t.is(rings, 1);
  alarm.setTo(1);
  alarm.stop();
  await sleep(5);
  t.is(rings, 1);
});

test('long work in steps gives others a turn and answers with its result; what it throws is thrown', async t => {
  const done: string[] = [];
  const work = function* (): Generator<void, number> {
    for (let step = 0; step < 3; step += 1) {
      for (const from = performance.now(); performance.now() - from < 10;);
      yield;
    }
    done.push('work');
    return 3;
  };
  setImmediate(() => done.push('other'));
  t.is(await inSteps(work()), 3);
  t.deepEqual(done, ['other', 'work']);
  t.is(atOnce(work()), 3);
  await t.throwsAsync(inSteps((function* (): Generator<void, number> {
    yield;
    throw new Error('half-way');
  })()), {message: 'half-way'});
});

import test from 'ava';
import {createTestClock} from '@banli/time';
import {createCountedOnce} from '../src/lists/counted-once.js';

/** Counts that end when the test says so. */
function setup() {
  const clock = createTestClock(1_000);
  const once = createCountedOnce<number>(clock, 5_000);
  const ends: Array<{readonly give: (value: number) => void; readonly fail: (error: Error) => void}> = [];
  const count = () => new Promise<number>((give, fail) => {
    ends.push({give, fail});
  });
  return {clock, ends, ask: (key: string) => once.ask(key, count)};
}

test('whoever asks the same while a count is under way, however long, and a few seconds after it began gets that one, with its moment; then it is counted anew', async t => {
  const {clock, ends, ask} = setup();
  const first = ask('a');
  clock.moveTo(60_000);
  const second = ask('a');
  t.is(ends.length, 1);
  ends[0]?.give(7);
  t.deepEqual(await Promise.all([first, second]), [{at: 1_000, answer: 7}, {at: 1_000, answer: 7}]);
  const third = ask('a');
  t.is(ends.length, 2, 'it took longer than it may be told');
  ends[1]?.give(8);
  t.deepEqual(await third, {at: 60_000, answer: 8});
  clock.moveTo(64_999);
  t.deepEqual(await ask('a'), {at: 60_000, answer: 8});
  clock.moveTo(65_000);
  void ask('a');
  t.is(ends.length, 3);
});

test('another question is counted for itself; what failed is told to all who waited and counted anew for the next', async t => {
  const {ends, ask} = setup();
  const waiting = [ask('a'), ask('a'), ask('b')] as const;
  t.is(ends.length, 2);
  ends[0]?.fail(new Error('down'));
  ends[1]?.give(2);
  await t.throwsAsync(waiting[0], {message: 'down'});
  await t.throwsAsync(waiting[1], {message: 'down'});
  t.is((await waiting[2]).answer, 2);
  const again = ask('a');
  ends[2]?.give(3);
  t.is((await again).answer, 3);
});

test('a clock that was put back does not keep a count from the future', async t => {
  const {clock, ends, ask} = setup();
  const first = ask('a');
  ends[0]?.give(1);
  await first;
  clock.moveTo(500);
  void ask('a');
  t.is(ends.length, 2);
});

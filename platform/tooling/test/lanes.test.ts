import test from 'ava';
import {dealOut, runLanes} from '../src/setup/lanes.mjs';

test('a lane keeps its order; one that is done takes the last job of the longest other one', async t => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const turn = () => new Promise(resolve => setImmediate(resolve));
  const end = async (job: string) => {
    ends.get(job)?.();
    await turn();
  };
  const done = runLanes([['a1', 'a2'], ['b1', 'b2', 'b3']], job => new Promise(resolve => {
    begun.push(job);
    ends.set(job, resolve);
  }));
  await turn();
  t.deepEqual(begun, ['a1', 'b1']);
  await end('a1');
  await end('a2');
  t.deepEqual(begun, ['a1', 'b1', 'a2', 'b3']);
  await end('b3');
  t.deepEqual(begun, ['a1', 'b1', 'a2', 'b3', 'b2']);
  await end('b1');
  await end('b2');
  await done;
  t.is(begun.length, 5);
});

test('a failed job is told', async t => {
  await t.throwsAsync(runLanes([['a']], () => Promise.reject(new Error('away'))), {message: 'away'});
});

test('files are dealt out once each, to no empty list', t => {
  t.deepEqual(dealOut(['a', 'b', 'c', 'd', 'e'], 2), [['a', 'c', 'e'], ['b', 'd']]);
  t.deepEqual(dealOut(['a'], 3), [['a']]);
  t.deepEqual(dealOut([], 3), []);
});

import test from 'ava';
import {dropLease, takeLease} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

async function setup() {
  const store = await openTestStore();
  return {store, take: (holder: string, now: number) => takeLease(store, {name: 'clocks', holder, now, forMs: 1000})};
}

test('only one holder has a lease, and he may prolong it', async t => {
  const {store, take} = await setup();
  t.deepEqual((await Promise.all([take('a', 0), take('b', 0)])).filter(Boolean), [true]);
  const holder = (await take('a', 500)) ? 'a' : 'b';
  const other = holder === 'a' ? 'b' : 'a';
  t.true(await take(holder, 900));
  t.false(await take(other, 1900));
  t.true(await take(other, 1901));
  t.false(await take(holder, 1902));
  await store.close();
});

test('a lease that was given back is free at once, and nobody gives back what he does not hold', async t => {
  const {store, take} = await setup();
  t.true(await take('a', 0));
  await dropLease(store, 'clocks', 'b');
  t.false(await take('b', 1));
  await dropLease(store, 'clocks', 'a');
  t.true(await take('b', 2));
  await store.close();
});

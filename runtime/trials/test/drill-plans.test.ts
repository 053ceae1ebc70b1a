import test from 'ava';
import {createRandom} from '../src/drill/kill.js';
import {dealPlans, hotlineAccounts, hotlinePlans, stranger} from '../src/drill/hotline-plans.js';

test('each plan is dealt once before one comes again, in an order that the seed alone decides', t => {
  const names = (seed: number) => dealPlans(2 * hotlinePlans.length + 3, createRandom(seed)).map(plan => plan.name);
  const all = hotlinePlans.map(plan => plan.name).sort();
  const dealt = names(7);
  t.deepEqual([dealt.slice(0, all.length).sort(), dealt.slice(all.length, 2 * all.length).sort()], [all, all]);
  t.is(dealt.length, 2 * all.length + 3);
  t.deepEqual(names(7), dealt);
  t.notDeepEqual(names(8), dealt);
});

test('whoever a plan leaves a task with is asked for it, and the stranger has nothing to do with any order', t => {
  const left = hotlinePlans.flatMap(plan => plan.leaves?.open.flatMap(task => task.accounts) ?? []);
  t.true(left.length > 0);
  t.deepEqual(left.filter(account => !hotlineAccounts.includes(account)), []);
  t.false(hotlineAccounts.includes(stranger));
});

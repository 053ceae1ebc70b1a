import test from 'ava';
import {parseMoment} from '@banli/time';
import {approver, plansWorld} from './plans-world.js';

const days = (value: number) => ({value, unit: 'workingDay' as const});

/** Five working days become three: on Thursday at 9:00 one case is late by that, one past its warning, one neither; one is before the effective day. */
async function threeDays() {
  const world = await plansWorld('2020-02-27 10:00');
  await world.happens('case-0', 'started');
  await world.happens('case-1', 'started', '2020-02-28 10:00');
  await world.happens('case-2', 'started', '2020-03-02 10:00');
  await world.happens('case-3', 'started', '2020-03-04 10:00');
  world.clock.moveTo(parseMoment('2020-03-05 08:59'));
  world.publish('limits', '2020.2.0', '2020-02-28 00:00', days(3));
  await world.plans.round();
  const {id} = await world.newest('limits');
  const listed = async (atOnce: boolean) => (await world.plans.items(id, {after: '', limit: 10, atOnce})).map(item => [item.caseId, item.status, item.atOnce]);
  return {...world, id, listed};
}

test('the preview says for how many cases a warning or a lapse comes at once after approval, and which they are', async t => {
  const world = await threeDays();
  t.teardown(world.close);
  t.deepEqual(await world.listed(false), [['case-0', 'older', 'lapse'], ['case-1', 'listed', 'lapse'], ['case-2', 'listed', 'warning'], ['case-3', 'listed', null]]);
  t.deepEqual(await world.listed(true), [['case-0', 'older', 'lapse'], ['case-1', 'listed', 'lapse'], ['case-2', 'listed', 'warning']]);
  t.deepEqual(await world.plans.atOnce(world.id), {listed: {warning: 1, lapse: 1}, older: {warning: 0, lapse: 1}});
  const [first] = await world.plans.items(world.id, {after: '', limit: 1, atOnce: true});
  t.is((await world.plans.items(world.id, {after: `${first?.caseId}.${first?.clockId}`, limit: 1, atOnce: true}))[0]?.caseId, 'case-1', 'page by page');
});

test('it goes by the moment it is looked at, not by the one the plan was listed at; of a decided plan nothing is said', async t => {
  const world = await threeDays();
  t.teardown(world.close);
  world.clock.moveTo(parseMoment('2020-03-08 18:00'));
  t.deepEqual(await world.plans.atOnce(world.id), {listed: {warning: 1, lapse: 1}, older: {warning: 0, lapse: 0}}, 'two have lapsed meanwhile under the old limit and stay');
  await world.plans.approve(world.id, approver, '');
  await world.plans.round();
  t.is(await world.plans.atOnce(world.id), null);
  t.deepEqual((await world.listed(false)).map(([, , atOnce]) => atOnce), [null, null, null, null]);
  t.like(await world.plans.plan(world.id), {applied: 2, movedOn: 1});
  const due = await world.store.knex('case_clock').where('fire_at', '<=', world.clock.now()).whereIn('case_id', ['case-2', 'case-3']);
  t.is(due.length, 2, 'and these come at once');
});

test('a clock that stands, that has warned already, or that has lapsed does nothing at once', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  for (const caseId of ['case-1', 'case-2', 'case-3']) await world.happens(caseId, 'started');
  await world.happens('case-1', 'asked', '2020-03-03 10:00');
  await world.store.knex('case_clock').where({case_id: 'case-2'}).update({warned_due_at: parseMoment('2020-03-09 17:30'), critical_due_at: parseMoment('2020-03-09 17:30')});
  world.clock.moveTo(parseMoment('2020-03-09 16:00'));
  world.told.set('2020.2.0', {warnReceivers: ['chief']});
  world.publish('limits', '2020.2.0');
  await world.plans.round();
  const {id} = await world.newest('limits');
  t.deepEqual((await world.plans.items(id, {after: '', limit: 10})).map(item => [item.caseId, item.atOnce]), [['case-1', null], ['case-2', null], ['case-3', 'warning']]);
});

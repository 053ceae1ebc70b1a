import test from 'ava';
import {loadCase} from '../src/case-store.js';
import {listReturned} from '../src/index.js';
import {act, setup, startOne, work, type World} from './support/world.js';

async function handled(world: World): Promise<string> {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  return caseId;
}

async function routingOf(world: World, caseId: string) {
  const loaded = await loadCase(world.deps, caseId);
  if (!loaded) throw new Error('the case is gone');
  return loaded.record.routing;
}

test('a return whose reason says that the unit was the wrong one excludes it; another one is counted and excludes nobody', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await t.throwsAsync(act(world, 'emil', caseId, 'handle', 'reject'), {code: 'CASE_INPUT'});
  t.deepEqual((await routingOf(world, caseId)).returns, []);
  await act(world, 'emil', caseId, 'handle', 'reject', {cause: 'unclear'});
  const at = world.clock.now();
  t.like(await routingOf(world, caseId), {excludedUnits: [], returnCount: 1});
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'roads'});
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'reject', {cause: 'wrong'});
  const {returns, excludedUnits, returnCount} = await routingOf(world, caseId);
  t.deepEqual([excludedUnits, returnCount], [['roads'], 2]);
  t.deepEqual(returns[0], {unitId: 'roads', senderId: null, reason: 'unclear', isWrongUnit: false, matter: '0101', areaCode: '650100', at});
  t.like(returns[1], {unitId: 'roads', senderId: null, reason: 'wrong', isWrongUnit: true});
});

test('a reason that nobody knows blames nobody, and a drawing without a column excludes as it says', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await act(world, 'emil', caseId, 'handle', 'reject', {cause: 'never-published'});
  t.like(await routingOf(world, caseId), {excludedUnits: [], returns: [{reason: 'never-published', isWrongUnit: false}]});
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'roads'});
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'back', {why: '不属本辖区'});
  const {returns, excludedUnits} = await routingOf(world, caseId);
  t.deepEqual(excludedUnits, ['roads']);
  t.like(returns[1], {unitId: 'roads', reason: null, isWrongUnit: true});
});

test('a return below a delegation is noted against the unit that delegated', async t => {
  const world = await setup(t);
  const caseId = await handled(world);
  await act(world, 'emil', caseId, 'handle', 'down', {unit: 'street'});
  await act(world, 'finn', caseId, 'handle', 'giveUp', {cause: 'wrong'});
  t.like(await routingOf(world, caseId), {holding: ['roads'], excludedUnits: [], returnCount: 0, returns: [{unitId: 'street', senderId: 'roads', reason: 'wrong', isWrongUnit: true}]});
});

test('returns are listed with what the case was about when it came back', async t => {
  const world = await setup(t);
  t.deepEqual(await listReturned(world.store, 10), []);
  const caseId = await handled(world);
  await act(world, 'emil', caseId, 'handle', 'down', {unit: 'street'});
  await act(world, 'finn', caseId, 'handle', 'giveUp', {cause: 'unclear'});
  await act(world, 'emil', caseId, 'handle', 'reject', {cause: 'wrong'});
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'street', matter: '0202'});
  world.clock.moveBy(1_000);
  await handled(world);
  const place = {caseId, matterCode: '0101', areaCode: '650100', attributes: {}};
  t.deepEqual(await listReturned(world.store, 10), [
    {...place, unitId: 'street', senderId: 'roads', reason: 'unclear', isWrongUnit: false, finalUnitId: null},
    {...place, unitId: 'roads', senderId: null, reason: 'wrong', isWrongUnit: true, finalUnitId: 'street'},
  ]);
  t.deepEqual(await listReturned(world.store, 1), []);
  t.deepEqual([(await listReturned(world.store, 10, '650000')).length, (await listReturned(world.store, 10, '650100')).length, (await listReturned(world.store, 10, '650200')).length], [2, 2, 0]);
});

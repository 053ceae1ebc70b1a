import test from 'ava';
import {AppError} from '@banli/errors';
import {loadCase} from '../src/case-store.js';
import {act, openSteps, setup, startOne, type World} from './support/world.js';

const linesOf = async (world: World, caseId: string) => world.store.knex('case_timeline').where({case_id: caseId, kind: 'completed'}).orderBy('id').select<Array<{data: string}>>('data');

test('a unit without the right is refused, and the same command passes right after it was given', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.entitled.only = ['street'];
  const refused = await t.throwsAsync(act(world, 'anna', caseId, 'check', 'entrust', {unit: 'roads'}), {code: 'CASE_UNIT_NO_RIGHT'});
  t.deepEqual((refused as AppError).details, {unit: '市政科'});
  t.deepEqual(await openSteps(world, caseId), ['check']);
  t.deepEqual((await loadCase(world.deps, caseId))?.record.routing.holding, []);
  world.entitled.only = ['street', 'roads'];
  await act(world, 'anna', caseId, 'check', 'entrust', {unit: 'roads'});
  t.deepEqual((await loadCase(world.deps, caseId))?.record.routing.holding, ['roads']);
  t.false(String((await linesOf(world, caseId)).at(-1)?.data).includes('unentitled'));
});

test('a unit without the right gets the case for a reason, which the history and the audit keep', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.entitled.only = [];
  const refused = await t.throwsAsync(act(world, 'anna', caseId, 'check', 'propose', {unit: 'roads'}), {code: 'CASE_INPUT'});
  t.like((refused as AppError).problems[0], {code: 'CASE_UNIT_NO_RIGHT_REASON', place: {field: 'why'}});
  await t.throwsAsync(act(world, 'anna', caseId, 'check', 'propose', {unit: 'roads', why: ''}), {code: 'CASE_INPUT'});
  await act(world, 'anna', caseId, 'check', 'propose', {unit: 'roads', why: '临时代管'});
  t.deepEqual((await loadCase(world.deps, caseId))?.record.routing.holding, ['roads']);
  t.like(JSON.parse(String((await linesOf(world, caseId)).at(-1)?.data)), {outcome: 'propose', unentitled: ['roads']});
  t.true(JSON.stringify(world.audit.at(-1)).includes('unentitled'));
});

test('whoever has the right needs no reason; a case without a matter and a step that declares nothing are asked nothing', async t => {
  const world = await setup(t);
  world.entitled.only = ['roads'];
  const first = await startOne(world);
  await act(world, 'anna', first.caseId, 'check', 'propose', {unit: 'roads'});
  const second = await startOne(world);
  await act(world, 'anna', second.caseId, 'check', 'hand', {unit: 'street'});
  const third = await startOne(world, {title: '路灯不亮', phone: '13800001234', place: '解放路'});
  await act(world, 'anna', third.caseId, 'check', 'entrust', {unit: 'street'});
  for (const {caseId} of [first, second, third]) t.deepEqual(await openSteps(world, caseId), []);
});

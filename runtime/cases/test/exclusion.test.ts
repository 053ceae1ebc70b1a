import test, {type ExecutionContext} from 'ava';
import type {CompiledBundle} from '@banli/formats';
import type {Actor} from '../src/index.js';
import {release} from './support/bundle.js';
import {act, person, setup, startOne, work, type World} from './support/world.js';

/** Gita is a clerk of the city and a handler of the roads office. */
const gita: Readonly<Record<'city' | 'roads', Actor>> = {
  city: {...person('anna'), personId: 'gita', personName: 'gita'},
  roads: {...person('emil'), personId: 'gita', personName: 'gita'},
};

/** A world in which whoever gave one of these outcomes last does not look the case through. */
async function excluding(t: ExecutionContext, exclude: readonly string[]): Promise<World> {
  const world = await setup(t);
  const {check} = release.steps;
  if (!check?.assignment) throw new Error('The step is gone.');
  const drawn: CompiledBundle = {...release, steps: {...release.steps, check: {...check, assignment: {...check.assignment, exclude}}}};
  const found = async () => ({release: drawn, definitionId: 'matter:1'});
  const {person: find, queuesOf} = world.deps.people;
  Object.assign(world.deps.releases, {current: found, byHash: found});
  Object.assign(world.deps.people, {person: (id: string) => (id === 'gita' ? {id, name: id} : find(id)), queuesOf: (id: string) => (id === 'gita' ? ['clerk@city', 'handler@roads'] : queuesOf(id))});
  return world;
}

/** Hands the case to the roads office, and gives it back from there. */
async function handAndReturn(world: World, caseId: string, by: Actor): Promise<void> {
  await act(world, 'anna', caseId, 'check', 'hand', {unit: 'roads'});
  await work(world, caseId);
  const view = await world.cases.view(by, caseId);
  const task = view.tasks.find(each => each.stepId === 'handle' && each.mine);
  await world.cases.complete(by, {taskId: task?.id ?? '', outcome: 'back', values: {why: '不属本辖区'}, caseVersion: view.version});
}

test('whoever gave one of the named outcomes last is left out, also in another post; who gave it before, and whoever did the step otherwise, is not', async t => {
  const world = await excluding(t, ['handle.back', 'handle.reject']);
  const {caseId} = await startOne(world);
  const openCheck = async () => (await world.store.knex('case_task').where({case_id: caseId, step_id: 'check', status: 'open'}).first<{id: string} | undefined>())?.id ?? '';
  const has = async (actor: Actor) => (await world.cases.inbox(actor, {box: 'todo'})).rows.some(row => row.caseId === caseId);
  t.true(await has(gita.city));
  await handAndReturn(world, caseId, gita.roads);
  t.deepEqual([await has(gita.city), await has(person('anna'))], [false, true]);
  const taskId = await openCheck();
  for (const attempt of [() => world.cases.claim(gita.city, taskId), () => world.cases.complete(gita.city, {taskId, outcome: 'hand', values: {unit: 'roads'}, caseVersion: 1_000})]) {
    t.regex((await t.throwsAsync<Error & {code: string}>(attempt()))?.code ?? '', /^CASE_/);
  }
  await handAndReturn(world, caseId, person('emil'));
  t.true(await has(gita.city), 'this time another asked');
});

test('a step that is named alone leaves out everybody who did it', async t => {
  const world = await excluding(t, ['handle']);
  const {caseId} = await startOne(world);
  await handAndReturn(world, caseId, gita.roads);
  await handAndReturn(world, caseId, person('emil'));
  t.false((await world.cases.inbox(gita.city, {box: 'todo'})).rows.some(row => row.caseId === caseId));
});

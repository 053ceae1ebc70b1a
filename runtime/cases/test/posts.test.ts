import test, {type ExecutionContext} from 'ava';
import type {Actor} from '../src/index.js';
import {act, person, setup, startOne, work, type World} from './support/world.js';

/** Gita is a clerk of the city and a handler of the roads office. */
const posts: Readonly<Record<'city' | 'roads', Actor>> = {
  city: {...person('anna'), personId: 'gita', personName: 'gita'},
  roads: {...person('emil'), personId: 'gita', personName: 'gita'},
};

async function twoPosts(t: ExecutionContext) {
  const world = await setup(t);
  const held = {queues: ['clerk@city', 'handler@roads']};
  const {person: find, queuesOf} = world.deps.people;
  Object.assign(world.deps.people, {person: (id: string) => (id === 'gita' ? {id, name: id} : find(id)), queuesOf: (id: string) => (id === 'gita' ? held.queues : queuesOf(id))});
  const {caseId} = await startOne(world);
  const task = await world.store.knex('case_task').where({case_id: caseId}).first<{id: string}>();
  return {world, held, caseId, taskId: task.id};
}

async function seenBy({cases}: World, actor: Actor, caseId: string) {
  const [inbox, counts, found, mine] = await Promise.all([
    cases.inbox(actor, {box: 'todo'}), cases.counts(actor), cases.search(actor, {q: '路灯'}),
    cases.view(actor, caseId).then(view => view.tasks.filter(task => task.mine).length, (error: {code: string}) => error.code),
  ]);
  return {listed: inbox.rows.length, counted: counts.todo, found: found.rows.length, mine};
}

test('a task is listed, found, read, taken and finished in the post whose queue it stands in, and in no other', async t => {
  const {world, caseId, taskId} = await twoPosts(t);
  t.deepEqual(await seenBy(world, posts.city, caseId), {listed: 1, counted: 1, found: 1, mine: 1});
  t.deepEqual(await seenBy(world, posts.roads, caseId), {listed: 0, counted: 0, found: 0, mine: 'CASE_UNKNOWN'});
  const refused = async () => {
    const {cases} = world;
    await t.throwsAsync(cases.claim(posts.roads, taskId), {code: 'CASE_TASK_UNKNOWN'});
    await t.throwsAsync(cases.drafts.saveForTask(posts.roads, taskId, {reply: '答复'}), {code: 'CASE_TASK_UNKNOWN'});
    await t.throwsAsync(cases.complete(posts.roads, {taskId, outcome: 'close', values: {reply: '答复'}, caseVersion: 1}), {code: 'CASE_TASK_UNKNOWN'});
    await t.throwsAsync(cases.release(posts.roads, taskId), {code: 'CASE_TASK_UNKNOWN'});
  };
  await refused();
  await world.cases.claim(posts.city, taskId);
  t.deepEqual(await seenBy(world, posts.city, caseId), {listed: 1, counted: 1, found: 1, mine: 1});
  t.deepEqual(await seenBy(world, posts.roads, caseId), {listed: 0, counted: 0, found: 0, mine: 'CASE_UNKNOWN'});
  await refused();
  const view = await world.cases.view(posts.city, caseId);
  await world.cases.complete(posts.city, {taskId, outcome: 'hand', values: {}, caseVersion: view.version});
  await work(world, caseId);
  t.like(await seenBy(world, posts.roads, caseId), {listed: 1, counted: 1, mine: 1});
  t.like(await seenBy(world, posts.city, caseId), {listed: 0, counted: 0});
});

test('what was taken in a post that is gone is not lost: it is in each post that is left', async t => {
  const {world, held, caseId, taskId} = await twoPosts(t);
  await world.cases.claim(posts.city, taskId);
  held.queues = ['handler@roads'];
  t.deepEqual(await seenBy(world, posts.roads, caseId), {listed: 1, counted: 1, found: 1, mine: 1});
  await world.cases.release(posts.roads, taskId);
  t.deepEqual(await seenBy(world, posts.roads, caseId), {listed: 0, counted: 0, found: 0, mine: 'CASE_UNKNOWN'});
  await act(world, 'anna', caseId, 'check', 'hand');
});

test('tasks that an exclusion bars are counted out in the post where they stand alone', async t => {
  const {world, caseId, taskId} = await twoPosts(t);
  await world.store.knex('case_exclusion').insert({task_id: taskId, person_id: 'gita'});
  await world.store.knex('case_task').where({id: taskId}).update({has_exclusion: 1});
  t.like(await seenBy(world, posts.city, caseId), {listed: 0, counted: 0});
  t.like(await seenBy(world, posts.roads, caseId), {listed: 0, counted: 0});
});

import test from 'ava';
import {act, openSteps, ordinary, person, setup, startOne, work} from './support/world.js';

test('a case runs from registration to the archive', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  t.is(number, '650100-20260212-000001');
  await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
  await work(world, caseId, {fields: {reply: '已受理'}});
  t.deepEqual(await openSteps(world, caseId), ['assist', 'handle']);
  const view = await act(world, 'emil', caseId, 'handle', 'finish', {result: '已修复'});
  t.is(view.head.state.id, 'checking');
  t.deepEqual(await openSteps(world, caseId), ['confirm']);
  await act(world, 'bela', caseId, 'confirm', 'archive');
  const ended = await world.cases.view(person('anna'), caseId);
  t.true(ended.ended);
  t.is(ended.head.state.id, 'archived');
  t.deepEqual(ended.tasks, []);
  t.is(world.engine.calls.apply, 5);
  t.deepEqual(world.logged, []);
});

test('several matters of one call share the caller and are all or nothing', async t => {
  const world = await setup(t);
  const second = {title: '噪声', matter: '0202', place: '和平路', unit: 'roads', phone: 'ignored'};
  const started = await world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: ordinary}, {values: second}]});
  t.deepEqual(started.map(each => each.number), ['650100-20260212-000001', '650100-20260212-000002']);
  const view = await world.cases.view(person('anna'), started[1]?.caseId ?? '');
  t.is(view.form.values['phone'], '13800001234');
  t.deepEqual(view.related.map(each => each.number), ['650100-20260212-000001']);
  const error = await t.throwsAsync(world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: ordinary}, {values: {...second, matter: 'retired'}}]}), {code: 'CASE_INPUT'});
  t.like(error, {problems: [{code: 'CATALOG_ROW_RETIRED', place: {field: 'matter', element: 'items.1'}}]});
  t.is((await world.store.knex('case_record')).length, 2);
});

test('a row that a unit added for its area is chosen there, and by nobody else', async t => {
  const world = await setup(t);
  const start = (area: string) => world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: {...ordinary, matter: `own ${area}`}}]});
  t.like(await t.throwsAsync(start('650200'), {code: 'CASE_INPUT'}), {problems: [{code: 'CATALOG_ROW_RETIRED', place: {field: 'matter'}}]});
  t.is((await start('650100')).length, 1);
});

test('the phone is not readable in the database and found by exact match only', async t => {
  const world = await setup(t);
  await startOne(world);
  const dump = JSON.stringify(await Promise.all(['case_record', 'case_outbox', 'case_timeline', 'case_draft'].map(table => world.store.knex(table))));
  t.false(dump.includes('13800001234'));
  t.is((await world.cases.search(person('anna'), {q: '138 0000 1234'})).rows.length, 1);
  t.is((await world.cases.search(person('anna'), {q: '1380000123'})).rows.length, 0);
});

test('who may not start, is told so', async t => {
  const world = await setup(t);
  await t.throwsAsync(startOne(world, ordinary, 'emil'), {code: 'CASE_START_FORBIDDEN'});
  await t.throwsAsync(world.cases.start(person('anna'), {bundleId: 'unknown', items: [{values: {}}]}), {code: 'CASE_APP_UNKNOWN'});
});

test('a second submit of the same task is refused and nothing happens twice', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const view = await world.cases.view(person('anna'), caseId);
  const input = {taskId: view.tasks[0]?.id ?? '', outcome: 'hand', values: {}, caseVersion: view.version};
  const results = await Promise.allSettled([world.cases.complete(person('anna'), input), world.cases.complete(person('anna'), input), world.cases.complete(person('bela'), input)]);
  t.is(results.filter(result => result.status === 'fulfilled').length, 1);
  const codes = results.flatMap(result => (result.status === 'rejected' ? [(result.reason as {code: string}).code] : []));
  t.true(codes.every(code => code === 'CASE_TASK_DONE' || code === 'CASE_PENDING'), codes.join());
  t.is((await world.store.knex('case_outbox').where({kind: 'complete'})).length, 1);
});

test('a task taken by one person is refused to the other, and can be given back', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const taskId = (await world.cases.view(person('anna'), caseId)).tasks[0]?.id ?? '';
  await world.cases.claim(person('anna'), taskId);
  await world.cases.claim(person('anna'), taskId);
  t.is((await world.cases.counts(person('bela'))).todo, 0);
  t.is((await world.cases.counts(person('anna'))).todo, 1);
  await t.throwsAsync(world.cases.claim(person('bela'), taskId), {code: 'CASE_TASK_TAKEN'});
  await t.throwsAsync(world.cases.complete(person('bela'), {taskId, outcome: 'hand', values: {}, caseVersion: 1}), {code: 'CASE_TASK_TAKEN'});
  await t.throwsAsync(world.cases.release(person('bela'), taskId), {code: 'CASE_TASK_TAKEN'});
  await world.cases.release(person('anna'), taskId);
  await t.throwsAsync(world.cases.release(person('anna'), taskId), {code: 'CASE_TASK_FREE'});
  t.is((await world.cases.counts(person('bela'))).todo, 1);
});

test('tasks of others are unknown, forged fields are named, unknown outcomes refused', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const taskId = (await world.cases.view(person('anna'), caseId)).tasks[0]?.id ?? '';
  const complete = (by: string, outcome: string, values: Record<string, unknown>, caseVersion = 9) => world.cases.complete(person(by), {taskId, outcome, values, caseVersion});
  await t.throwsAsync(complete('emil', 'hand', {}), {code: 'CASE_TASK_UNKNOWN'});
  await t.throwsAsync(complete('anna', 'nonsense', {}), {code: 'CASE_OUTCOME_UNKNOWN'});
  t.like(await t.throwsAsync(complete('anna', 'hand', {forged: 1}), {code: 'CASE_INPUT'}), {problems: [{place: {field: 'forged'}}]});
  t.like(await t.throwsAsync(complete('anna', 'close', {}), {code: 'CASE_INPUT'}), {problems: [{place: {field: 'reply'}}]});
  await t.throwsAsync(complete('anna', 'hand', {unit: 'nowhere'}), {code: 'CASE_UNIT_UNKNOWN'});
  await t.throwsAsync(complete('anna', 'hand', {unit: ''}), {code: 'CASE_HOLDER_MISSING'});
  await t.throwsAsync(complete('anna', 'hand', {}, 0), {code: 'CASE_CHANGED'});
  t.is((await world.store.knex('case_outbox').where({kind: 'complete'})).length, 0);
});

test('nobody checks a case that he handled', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.is((await world.cases.counts(person('anna'))).todo, 0);
  t.is((await world.cases.inbox(person('anna'), {box: 'todo'})).rows.length, 0);
  t.is((await world.cases.counts(person('bela'))).todo, 1);
  const task = (await world.cases.view(person('bela'), caseId)).tasks[0];
  await t.throwsAsync(world.cases.complete(person('anna'), {taskId: task?.id ?? '', outcome: 'archive', values: {}, caseVersion: 9}), {code: 'CASE_TASK_EXCLUDED'});
});

test('delegation goes down and comes back up, with every unit on the stack', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'down', {unit: 'street'});
  const below = await world.cases.view(person('finn'), caseId);
  t.deepEqual(below.parties.map(party => party.unitName), ['市中心', '市政科', '街道']);
  t.is(below.head.leadUnitName, '市政科');
  await act(world, 'finn', caseId, 'handle', 'up');
  const above = await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.is(above.head.state.id, 'checking');
});

test('a case is cancelled before a unit holds it, and not after', async t => {
  const world = await setup(t);
  const {caseId, number, queryCode} = await startOne(world);
  await t.throwsAsync(world.cases.cancel(person('emil'), {caseId, reason: '重复', caseVersion: 1}), {code: 'CASE_CANCEL_FORBIDDEN'});
  await world.cases.cancel(person('bela'), {caseId, reason: '重复', caseVersion: 1});
  const view = await world.cases.view(person('anna'), caseId);
  t.is(view.head.state.title['zh-CN'], '已撤销');
  t.like(await world.cases.citizenView(number, queryCode), {state: {'zh-CN': '已撤销'}, reply: null, closedAt: world.clock.now()}, 'the caller sees it, too');
  await t.throwsAsync(world.cases.cancel(person('bela'), {caseId, reason: '重复', caseVersion: 1}), {code: 'CASE_ENDED'});
  const other = await startOne(world);
  await act(world, 'anna', other.caseId, 'check', 'hand');
  await t.throwsAsync(world.cases.cancel(person('anna'), {caseId: other.caseId, reason: '重复', caseVersion: 9}), {code: 'CASE_CANCEL_LATE'});
});

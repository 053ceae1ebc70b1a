import test, {type ExecutionContext} from 'ava';
import {mostInBatch, type BatchResultView} from '@banli/api';
import {caseErrors, type Cases} from '@banli/cases';
import {bindTaskBatchRoutes} from '../../src/routes/task-batch.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

/** A server whose cases refuse some tasks and break at one. */
async function setup(t: ExecutionContext) {
  const asked: unknown[] = [];
  const run = (what: string) => async (_actor: unknown, input: string | {taskId: string}): Promise<never> => {
    const taskId = typeof input === 'string' ? input : input.taskId;
    asked.push([what, input]);
    if (taskId === 'taken') throw caseErrors.TASK_TAKEN({name: '王芳'});
    if (taskId === 'broken') throw new Error('no connection to 10.0.0.1');
    return undefined as never;
  };
  const cases: Pick<Cases, 'claim' | 'release' | 'complete'> = {claim: run('claim'), release: run('release'), complete: run('complete')};
  const server = await setupServer(t, {routes: parts => [...ownRoutes(parts), ...bindTaskBatchRoutes({cases, refusals: parts.refusals, log: {error: () => undefined}})]});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (body: object) => server.call('/api/tasks/batch', {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
  };
  return {...server, asked, as};
}

const tasks = (...ids: readonly string[]) => ids.map(taskId => ({taskId, caseVersion: 1}));

test('each task is a command of its own: one that is taken and one that breaks fail alone, and each says why', async t => {
  const {as, asked, store} = await setup(t);
  const batch = await as('ts.chengguan');
  const {results} = (await (await batch({command: 'complete', outcome: 'sign', tasks: tasks('one', 'taken', 'broken', 'two', 'one')})).json()) as {results: readonly BatchResultView[]};
  t.deepEqual(results.map(({taskId, error}) => [taskId, error?.code ?? null]), [['one', null], ['taken', 'CASE_TASK_TAKEN'], ['broken', 'HTTP_INTERNAL'], ['two', null]]);
  t.true(results[1]?.error?.messageZh.includes('王芳'));
  t.false(JSON.stringify(results).includes('10.0.0.1'));
  t.deepEqual(asked[0], ['complete', {taskId: 'one', outcome: 'sign', caseVersion: 1, values: {}, isBatch: true}]);
  t.is(asked.length, 4, 'a task that is named twice runs once');
  const rows = await store.knex('audit_entry').where({action: 'tasks.batch'});
  t.deepEqual(rows.map(row => [row.subject, row.result]), [['taken', 'refused']]);
});

test('a batch takes and gives back tasks, too', async t => {
  const {as, asked} = await setup(t);
  const batch = await as('ts.chengguan');
  for (const command of ['claim', 'release']) t.is((await batch({command, tasks: tasks('one')})).status, 200);
  t.deepEqual(asked, [['claim', 'one'], ['release', 'one']]);
});

test('too many, none, an unknown command, no outcome, and whoever may not work on tasks are refused', async t => {
  const {as, asked} = await setup(t);
  const batch = await as('ts.chengguan');
  const many = tasks(...Array.from({length: mostInBatch + 1}, (_, index) => `t${index}`));
  for (const body of [{command: 'claim', tasks: many}, {command: 'claim', tasks: []}, {command: 'delete', tasks: tasks('one')}, {command: 'complete', tasks: tasks('one')}, {command: 'claim', tasks: [{taskId: 'one'}]}]) t.is(await codeOf(await batch(body)), 'HTTP_INPUT_WRONG');
  t.is((await (await as('qu.xitong'))({command: 'claim', tasks: tasks('one')})).status, 403);
  t.deepEqual(asked, []);
});

import {ApiError, caseRoutes, inboxRoutes, taskRoutes, type CaseViewJson} from '@banli/api';
import type {ProcessEngine} from '@banli/processes';
import type {Store} from '@banli/store';
import type {Checks} from '../checks.js';
import type {Person} from '../person.js';
import type {DrivenHotline, PersonOf} from './drive-hotline.js';
import {hotlineAccounts, stranger, type Remains} from './hotline-plans.js';

/** An order with where it was left. */
interface LeftOrder extends DrivenHotline {
  readonly leaves: Remains;
}

function leftOf(hotline: readonly DrivenHotline[]): readonly LeftOrder[] {
  return hotline.flatMap(order => (order.plan.leaves ? [{...order, leaves: order.plan.leaves}] : []));
}

/** Compares the open tasks of orders that were left open with their plans and, one by one, with those of the engine. */
export async function checkOpenOrders(engine: ProcessEngine, store: Store, hotline: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const apart: unknown[] = [];
  for (const {number, caseId, leaves} of leftOf(hotline)) {
    const state = await engine.state(caseId);
    const rows = (await store.knex('case_task').where({case_id: caseId, status: 'open'}).select('engine_id', 'step_id')) as ReadonlyArray<{engine_id: string; step_id: string}>;
    const wanted = leaves.open.map(task => task.step).sort();
    const ours = rows.map(row => `${row.step_id} ${row.engine_id}`).sort();
    const theirs = (state?.tasks ?? []).map(task => `${task.stepId} ${task.id}`).sort();
    const waiting = [...(state?.externalTasks ?? []), ...(state?.incidents ?? [])];
    if (!same(rows.map(row => row.step_id).sort(), wanted) || !same(ours, theirs) || waiting.length > 0) apart.push({number, wanted, ours, theirs, waiting});
  }
  checks.check('the open tasks of each open order are those of its plan, and of the engine', apart.length === 0, apart.slice(0, 2));
}

/** Asks as each person of the drill: whoever an open task belongs to has it, in the order and in the inbox; nobody else does, nor may finish it. */
export async function checkRights(personOf: PersonOf, hotline: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const left = leftOf(hotline);
  const inboxes = new Map<string, readonly string[]>();
  for (const account of hotlineAccounts) inboxes.set(account, await todoOf(personOf(account)));
  const apart: unknown[] = [];
  const open: string[] = [];
  for (const {number, caseId, leaves} of left) {
    const seen = await everybodys(personOf, caseId);
    const wanted = leaves.open.flatMap(task => task.accounts.map(account => `${task.step} ${account}`)).sort();
    const mine = seen.flatMap(({account, view}) => view.tasks.filter(task => task.state === 'open' && task.mine).map(task => ({account, step: task.stepId, id: task.id})));
    const shown = mine.filter(task => (inboxes.get(task.account) ?? []).filter(id => id === task.id).length === 1);
    const words = (tasks: typeof mine) => tasks.map(task => `${task.step} ${task.account}`).sort();
    if (!same(words(mine), wanted) || !same(words(shown), wanted)) apart.push({number, wanted, mine: words(mine), shown: words(shown)});
    const reached = await reachedBy(personOf, mine.map(task => task.id), caseId);
    if (reached.length > 0) open.push(`${number} ${reached.join()}`);
  }
  checks.check('each open task is with whom it belongs to, in the order and once in the inbox, and with nobody else', apart.length === 0, apart.slice(0, 2));
  checks.check('nobody else may finish it, and a unit without the order does not see it', open.length === 0, open.slice(0, 3));
}

/** Ids of all tasks in the inbox. */
async function todoOf(person: Person): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: {readonly rows: ReadonlyArray<{readonly taskId: string | null}>; readonly nextCursor: string | null} = await person.call(inboxRoutes.list, {params: {box: 'todo'}, query: {limit: 100, ...(cursor === undefined ? {} : {cursor})}});
    ids.push(...page.rows.flatMap(row => (row.taskId === null ? [] : [row.taskId])));
    cursor = page.nextCursor;
  }
  return ids;
}

/** The order as each person of the drill sees it who may. */
async function everybodys(personOf: PersonOf, caseId: string): Promise<ReadonlyArray<{readonly account: string; readonly view: CaseViewJson}>> {
  const seen: Array<{account: string; view: CaseViewJson}> = [];
  for (const account of hotlineAccounts) {
    try {
      seen.push({account, view: await personOf(account).call(caseRoutes.view, {params: {caseId}})});
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return seen;
}

/** What went through that must not: the clerk, who reads the order, finishes a task; a unit that has nothing to do with it looks, and finishes one. */
async function reachedBy(personOf: PersonOf, taskIds: readonly string[], caseId: string): Promise<readonly string[]> {
  const attempts: Array<readonly [string, () => Promise<unknown>]> = [[`${stranger} looks`, () => personOf(stranger).call(caseRoutes.view, {params: {caseId}})]];
  for (const taskId of taskIds) for (const account of ['shi.shouli', stranger]) attempts.push([`${account} finishes ${taskId}`, () => personOf(account).call(taskRoutes.complete, {params: {taskId}, body: {outcome: 'submit', values: {}, caseVersion: 1_000_000}})]);
  const through: string[] = [];
  for (const [words, attempt] of attempts) {
    try {
      await attempt();
      through.push(words);
    } catch (error) {
      if (!isRefusal(error)) through.push(`${words}: ${String(error)}`);
    }
  }
  return through;
}

/** May not, or must not even know of it. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && [403, 404].includes(error.status);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

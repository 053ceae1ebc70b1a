import {join} from 'node:path';
import {operationRoutes} from '@banli/api';
import {createProcessEngine} from '@banli/processes';
import {createStore, type Store} from '@banli/store';
import type {Checks} from '../checks.js';
import type {Instance} from '../instance.js';
import {checkClocks} from './clock-invariants.js';
import type {Driven} from './drive-all.js';
import type {DrivenHotline, PersonOf} from './drive-hotline.js';
import type {DrivenOrder} from './drive-order.js';
import {checkHotline} from './hotline-invariants.js';
import {hotlinePlans} from './hotline-plans.js';
import {checkOpenOrders, checkRights} from './open-orders.js';

interface Evidence {
  readonly instance: Instance;
  readonly personOf: PersonOf;
  readonly driven: Driven;
  readonly checks: Checks;
  readonly databaseUrl?: string;
}

/** Looks into both databases after a drill: nothing lost, nothing doubled, both sides agree, counters equal a recount. */
export async function checkInvariants({instance, personOf, driven, checks, databaseUrl}: Evidence): Promise<void> {
  const store = createStore(databaseUrl ?? `sqlite:${join(instance.home, 'platform.sqlite')}`);
  const hotline = driven.hotline.flatMap(order => (order.opened ? [order, order.opened] : [order]));
  try {
    checkPlans(driven.hotline, checks);
    await checkRights(personOf, hotline, checks);
    await checkCases(store, [...driven.bench, ...hotline], hotline, checks);
    await checkEffects(store, driven.bench, checks);
    await checkHotline(store, hotline, checks);
    await checkClocks(store, hotline, checks);
    await checkCounters(store, checks);
    await checkEngine(instance, store, hotline, checks);
    const health = await personOf('shi.shouli').call(operationRoutes.engine);
    checks.check('no command is pending', health.pendingCommands === 0, health.pendingCommands);
    const chain = await personOf('qu.shenji').call(operationRoutes.verifyAudit);
    checks.check(`the audit chain of ${chain.checked} rows verifies`, chain.good && chain.checked > 0, chain.faults.slice(0, 3));
  } finally {
    await store.close();
  }
}

/** Each plan was gone through, at least by one order. */
function checkPlans(hotline: readonly DrivenHotline[], checks: Checks): void {
  for (const plan of hotlinePlans) {
    const acts = plan.acts.length + (plan.afterLapse?.length ?? 0);
    const through = hotline.filter(order => order.plan === plan && order.arrived && order.commands.length === acts);
    checks.check(`plan ${plan.name}: ${through.length} orders`, through.length > 0, 'it never ran');
  }
}

async function checkCases(store: Store, driven: readonly DrivenOrder[], hotline: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const rows = (await store.knex('case_record').select('id', 'title', 'number', 'status')) as Array<{id: string; title: string; number: string; status: string}>;
  checks.check(`no case is lost: ${driven.length} orders, ${rows.length} cases`, driven.every(order => rows.some(row => row.id === order.caseId && row.number === order.number)));
  const titles = (all: ReadonlyArray<{readonly title: string}>) => all.map(one => one.title).sort();
  checks.check('no case is doubled', JSON.stringify(titles(rows)) === JSON.stringify(titles(driven)), {rows: rows.length, titles: new Set(titles(rows)).size});
  checks.check('no number is given twice', new Set(rows.map(row => row.number)).size === rows.length);
  const left = new Set(hotline.filter(order => order.plan.leaves).map(order => order.caseId));
  const wrong = rows.filter(row => (row.status === 'open') !== left.has(row.id)).map(row => row.number);
  checks.check(`every case has ended, but the ${left.size} that were left open`, wrong.length === 0, wrong.slice(0, 3));
}

/** Bench orders: each of the six steps was left once, with one outbox row; the worker's effect exists once. */
async function checkEffects(store: Store, driven: readonly DrivenOrder[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const tasks = (await store.knex('case_task').select('case_id', 'step_id').whereIn('case_id', ids).where({status: 'done'})) as Array<{case_id: string; step_id: string}>;
  const userTasks = tasks.filter(task => /^step\d$/.test(task.step_id));
  const keys = userTasks.map(task => `${task.case_id} ${task.step_id}`);
  checks.check(`each transition's effect is there exactly once: ${keys.length} of ${driven.length * 6}`, new Set(keys).size === keys.length && keys.length === driven.length * 6, {keys: keys.length, once: new Set(keys).size});
  const runs = (await store.knex('worker_run').select('case_id').whereIn('case_id', ids)) as Array<{case_id: string}>;
  checks.check('each worker task has its effect exactly once', runs.length === driven.length && new Set(runs.map(run => run.case_id)).size === runs.length, runs.length);
  const [open] = (await store.knex('case_outbox').whereNotIn('status', ['acked', 'reconciled']).count({count: '*'})) as Array<{count: number | string}>;
  checks.check('every outbox row is acknowledged', Number(open?.count ?? 0) === 0, open);
}

async function checkCounters(store: Store, checks: Checks): Promise<void> {
  const counted = (await store.knex('case_task').where({status: 'open'}).groupBy('queue').select('queue').count({count: '*'})) as Array<{queue: string; count: number | string}>;
  const kept = (await store.knex('case_queue').select('queue', 'open_count')) as Array<{queue: string; open_count: number}>;
  const wrong = kept.filter(row => Number(row.open_count) !== Number(counted.find(one => one.queue === row.queue)?.count ?? 0));
  checks.check('inbox counters equal a recount', wrong.length === 0, wrong);
}

/** Asks the engine itself, past the platform: what was left open runs there, nothing else does, and each case has had every command. */
async function checkEngine(instance: Instance, store: Store, hotline: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const endpoint = instance.ready().engine;
  if (!endpoint) throw new Error('The instance has no engine of its own.');
  const engine = createProcessEngine({endpoint});
  try {
    const left = hotline.filter(order => order.plan.leaves);
    const running = (await engine.runningCases('', 1000)).map(one => one.caseId).sort();
    checks.check(`no instance is left running in the engine, but those of the ${left.length} open orders`, JSON.stringify(running) === JSON.stringify(left.map(order => order.caseId).sort()), running.slice(0, 3));
    const rows = (await store.knex('case_record').select('id', 'seq', 'status')) as Array<{id: string; seq: number; status: string}>;
    const apart: string[] = [];
    for (const row of rows) {
      const state = await engine.state(row.id);
      if (!state || state.ended === (row.status === 'open') || state.seq !== Number(row.seq)) apart.push(row.id);
    }
    checks.check('both sides agree on every case', apart.length === 0, apart.slice(0, 3));
    await checkOpenOrders(engine, store, left, checks);
  } finally {
    await engine.close();
  }
}

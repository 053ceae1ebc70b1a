import type {Actor} from '@banli/cases';
import {dropLease, takeLease, type Tx} from '@banli/store';
import {every} from '@banli/time';
import {deadlineErrors} from '../errors.js';
import {applyBatch} from './apply-plan.js';
import {listBatch} from './list-clocks.js';
import type {AtOnce, AtOnceCounts, ClockPlan, PlanCatalog, PlanDeps, PlanItem} from './model.js';
import {runBatches} from './plan-batches.js';
import {atOnceOf, countAtOnce, insertPlan, needPlan, plansIn, readItems, readPlans, updatePlan} from './plan-store.js';
import {planSources} from './recompute.js';

const leaseName = 'deadlines.plans';
const leaseMs = 60_000;
const catalogIds: readonly PlanCatalog[] = ['calendars', 'limits', 'matters'];

/** Plans to work running clocks out again after a calendar, limits or matters were published: listed, decided, applied in batches. */
export interface ClockPlans {
  list(limit: number): Promise<readonly ClockPlan[]>;
  /** @throws AppError `DEADLINE_PLAN_UNKNOWN` */
  plan(planId: string): Promise<ClockPlan>;
  /**
   * Items in the order of their cases; `after` is empty or `caseId.clockId` of the last one seen. With `atOnce` only clocks for which something comes at once after approval, as of now.
   * @throws AppError `DEADLINE_PLAN_UNKNOWN`
   */
  items(planId: string, page: {readonly after: string; readonly limit: number; readonly atOnce?: boolean}): Promise<ReadonlyArray<PlanItem & {readonly caseNumber: string | null; readonly atOnce: AtOnce | null}>>;
  /** For how many cases a warning or a lapse comes at once if the plan is approved now; `null` for a plan that nobody can approve. @throws AppError `DEADLINE_PLAN_UNKNOWN` */
  atOnce(planId: string): Promise<AtOnceCounts | null>;
  /**
   * Approves an open plan; the loop applies it. `withOlder` takes the clocks along that began before the version held; a plan that would move no others is approved with it alone.
   * A second time changes nothing. @throws AppError `DEADLINE_PLAN_UNKNOWN`, `DEADLINE_PLAN_NOT_OPEN`
   */
  approve(planId: string, actor: Actor, reason: string, options?: {readonly withOlder?: boolean}): Promise<ClockPlan>;
  /** Rejects an open plan: its clocks stay. A second time changes nothing. @throws AppError `DEADLINE_PLAN_UNKNOWN`, `DEADLINE_PLAN_NOT_OPEN` */
  reject(planId: string, actor: Actor, reason: string): Promise<ClockPlan>;
  /** Lists again what a decided or outdated plan of the newest version would move now. @throws AppError `DEADLINE_PLAN_UNKNOWN`, `DEADLINE_PLAN_NOT_OPEN` */
  again(planId: string, actor: Actor): Promise<ClockPlan>;
  /** Makes plans for versions that hold and have none, lists, applies: everything there is to do now. `held` is false when another process has the turn, or the signal ended it between two batches. */
  round(signal?: AbortSignal): Promise<{readonly held: boolean}>;
  /** Runs rounds until the signal. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Makes the plans.
 *
 * @param options.everyMs - Milliseconds between rounds, default 2000. `onError` hears of a round that failed; the next one goes on where it stopped.
 */
export function createClockPlans(deps: PlanDeps, options: {readonly everyMs?: number; readonly onError?: (error: unknown) => void} = {}): ClockPlans {
  const {store} = deps;
  const plans: ClockPlans = {
    list: limit => readPlans(store.knex, limit),
    plan: planId => needPlan(store.knex, planId),
    async items(planId, page) {
      const [plan, now] = [await needPlan(store.knex, planId), deps.clock.now()];
      const items = await readItems(store.knex, plan, {after: page.after, limit: page.limit, ...(page.atOnce ? {atOnceBy: now} : {})});
      return items.map(item => ({...item, atOnce: isUndecided(plan) ? atOnceOf(item, now) : null}));
    },
    async atOnce(planId) {
      return isUndecided(await needPlan(store.knex, planId)) ? countAtOnce(store.knex, planId, deps.clock.now()) : null;
    },
    approve: (planId, actor, reason, {withOlder = false} = {}) => decide(deps, planId, actor, {reason, from: ['applying', 'applied'], to: 'applying', action: 'clocks.plan.approve', withOlder}),
    reject: (planId, actor, reason) => decide(deps, planId, actor, {reason, from: ['rejected'], to: 'rejected', action: 'clocks.plan.reject', withOlder: false}),
    again: (planId, actor) => makeAgain(deps, planId, actor),
    round: signal => runRound(deps, signal),
    async run(signal) {
      await every(options.everyMs ?? 2_000, async () => void (await plans.round(signal)), {signal, onError: error => options.onError?.(error)});
      await dropLease(store, leaseName, deps.holder);
    },
  };
  return plans;
}

function isUndecided({status, older}: ClockPlan): boolean {
  return status === 'open' || (status === 'empty' && older > 0);
}

/** Batches that are worked out while one is written, where the database has several connections. */
const batchesAhead = 2;

interface Decision {
  readonly reason: string;
  /** States in which the same decision was made before. */
  readonly from: readonly ClockPlan['status'][];
  readonly to: 'applying' | 'rejected';
  readonly action: string;
  readonly withOlder: boolean;
}

function decide(deps: PlanDeps, planId: string, actor: Actor, decision: Decision): Promise<ClockPlan> {
  return deps.store.tx(async tx => {
    const plan = await needPlan(tx, planId, true);
    if (decision.from.includes(plan.status)) return plan;
    const {older} = plan;
    const withOlder = decision.withOlder && older > 0;
    if (plan.status !== 'open' && !(withOlder && plan.status === 'empty' && (await isHeld(deps, plan, tx)))) throw notOpen(plan);
    const now = deps.clock.now();
    await updatePlan(tx, planId, {
      status: decision.to, decidedAt: now, decidedBy: actor, reason: decision.reason, ...(decision.to === 'rejected' ? {finishedAt: now} : {}), ...(withOlder ? {withOlder, listed: plan.listed + older} : {}),
    });
    await audit(deps, tx, plan, actor, decision.action, {reason: decision.reason, ...(withOlder ? {withOlder, older} : {})});
    return needPlan(tx, planId);
  });
}

function makeAgain(deps: PlanDeps, planId: string, actor: Actor): Promise<ClockPlan> {
  return deps.store.tx(async tx => {
    const plan = await needPlan(tx, planId, true);
    const held = await isHeld(deps, plan, tx);
    const attempts = (await readPlans(tx, 1_000)).filter(other => other.catalogId === plan.catalogId && other.version === plan.version);
    const last = attempts.reduce((best, other) => (other.attempt > best.attempt ? other : best), plan);
    if (!held || ['listing', 'open', 'applying'].includes(last.status)) throw notOpen(last);
    const now = deps.clock.now();
    const id = await insertPlan(tx, {catalogId: plan.catalogId, version: plan.version, attempt: last.attempt + 1, effectiveAt: plan.effectiveAt, madeAt: now});
    await audit(deps, tx, plan, actor, 'clocks.plan.again', {plan: id});
    return needPlan(tx, id);
  });
}

async function isHeld(deps: PlanDeps, {catalogId, version}: ClockPlan, tx: Tx): Promise<boolean> {
  return (await heldNow(deps, catalogId, tx)).some(held => held.version === version);
}

/** What the states of a plan are called in Chinese. */
const statusZh: Readonly<Record<ClockPlan['status'], string>> = {listing: '正在列出', open: '待批准', applying: '正在执行', applied: '已执行', rejected: '已驳回', superseded: '已被新版替代', empty: '没有变动'};

function notOpen(plan: ClockPlan) {
  return deadlineErrors.PLAN_NOT_OPEN({catalog: plan.catalogId, version: plan.version, status: plan.status, statusZh: statusZh[plan.status]});
}

async function audit(deps: PlanDeps, tx: Tx, plan: ClockPlan, actor: Actor, action: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  await deps.audit.recordAll(tx, [{actor, action, subject: plan.id, result: 'done', at: deps.clock.now(), data: {catalog: plan.catalogId, version: plan.version, ...data}}]);
}

async function runRound(deps: PlanDeps, signal: AbortSignal | undefined): Promise<{held: boolean}> {
  const turn = () => takeLease(deps.store, {name: leaseName, holder: deps.holder, now: deps.clock.now(), forMs: leaseMs});
  if (!(await turn())) return {held: false};
  for (const catalogId of catalogIds) await noticeVersions(deps, catalogId);
  for (const plan of await plansIn(deps.store.knex, ['listing', 'applying'])) {
    const step = plan.status === 'listing' ? listBatch : applyBatch;
    const sources = planSources(deps);
    let renewedAt = performance.now();
    const between = async (): Promise<boolean> => {
      if (signal?.aborted) return false;
      if (performance.now() - renewedAt < leaseMs / 6) return true;
      renewedAt = performance.now();
      return turn();
    };
    if (signal?.aborted || !(await runBatches(place => step(deps, plan.id, place, sources), {ahead: deps.store.dialect === 'mysql' ? batchesAhead : 0, between}))) return {held: false};
  }
  return {held: true};
}

/** What holds of a catalog at a moment, each with the names that it makes out of date: the owner's newest version, and the newest layer of every area that has any. */
interface Held {
  readonly version: string;
  readonly effectiveAt: number;
  readonly before: readonly string[];
}

async function heldNow(deps: PlanDeps, catalogId: PlanCatalog, tx?: Tx): Promise<readonly Held[]> {
  const now = deps.clock.now();
  const heldOf = (line: ReadonlyArray<{readonly version: string; readonly effectiveAt: number}>): readonly Held[] => {
    const head = line.findLast(candidate => candidate.effectiveAt <= now);
    return head ? [{...head, before: line.map(({version}) => version).filter(version => version !== head.version)}] : [];
  };
  const layers = catalogId === 'limits' ? ((await deps.catalogs.layersOf?.(catalogId, tx)) ?? []) : [];
  const areas = new Map<string, Array<{version: string; effectiveAt: number}>>();
  for (const {name, areaCode, effectiveAt} of layers) areas.set(areaCode, [...(areas.get(areaCode) ?? []), {version: name, effectiveAt}]);
  return [await deps.catalogs.versionsOf(catalogId, tx), ...areas.values()].flatMap(heldOf);
}

/** What holds and has no plan gets one; plans of what held before, that nobody decided on, are out of date. */
async function noticeVersions(deps: PlanDeps, catalogId: PlanCatalog): Promise<void> {
  const held = await heldNow(deps, catalogId);
  if (held.length === 0) return;
  const known: ReadonlyArray<{version: string}> = await deps.store.knex('clock_plan').where({catalog_id: catalogId}).whereIn('version', held.map(({version}) => version)).select('version');
  const planned = new Set(known.map(({version}) => version));
  for (const {version, effectiveAt, before} of held) {
    if (planned.has(version)) continue;
    await deps.store.tx(async tx => {
      const finishedAt = deps.clock.now();
      for (let start = 0; start < before.length; start += 100) {
        await tx('clock_plan').where({catalog_id: catalogId}).whereIn('version', before.slice(start, start + 100)).whereIn('status', ['listing', 'open']).update({status: 'superseded', finished_at: finishedAt});
      }
      await insertPlan(tx, {catalogId, version, attempt: 1, effectiveAt, madeAt: deps.clock.now()});
    });
  }
}

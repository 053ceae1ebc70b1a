import {limitRoutes, type AnswerOf} from '@banli/api';
import type {CatalogService} from '@banli/catalogs';
import {deadlineErrors, type ClockPlan, type ClockPlans} from '@banli/deadlines';
import type {People} from '@banli/people';
import type {PermissionActor, Permissions} from '@banli/permissions';
import {explainDue, parseMoment, type Clock, type LimitUnit} from '@banli/time';
import {daysJson, dueTimes, type DueCatalogs} from '../due-times.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of limits stand on. */
export interface LimitRouteDeps {
  readonly catalogs: DueCatalogs & Pick<CatalogService, 'list' | 'layersOf'>;
  readonly clockPlans: ClockPlans;
  readonly people: Pick<People, 'unit'>;
  readonly permissions: Pick<Permissions, 'canWith'>;
  readonly clock: Clock;
}

type PlanJson = AnswerOf<typeof limitRoutes.approvePlan>;
type ItemJson = AnswerOf<typeof limitRoutes.planItems>['items'][number];

/** Plans shown in the list, and those looked through for them. */
const mostPlans = 50;
const mostLookedAt = 1_000;

/** What a published calendar or limit would change in open cases, and when a limit runs out. */
export function bindLimitRoutes(deps: LimitRouteDeps): readonly BoundRoute[] {
  const {clockPlans} = deps;
  const owned = async (actor: PermissionActor, planId: string): Promise<string> => {
    const plan = await clockPlans.plan(planId);
    const unitId = (await planOwners(deps))(plan);
    if (!mayPublish(deps, actor, unitId)) throw deadlineErrors.PLAN_NOT_YOURS({catalog: plan.catalogId, version: plan.version, unit: deps.people.unit(unitId)?.name ?? unitId});
    return planId;
  };
  return [
    bindRoute(limitRoutes.plans, async ({actor}) => ({plans: (await ownPlans(deps, actor)).map(planJson)})),
    bindRoute(limitRoutes.planItems, async ({params, query, actor}) => {
      const limit = query.limit ?? 50;
      const planId = await owned(actor, params.planId);
      const items = await clockPlans.items(planId, {after: query.cursor ?? '', limit: limit + 1, atOnce: query.only === 'atOnce'});
      const page = items.slice(0, limit);
      const last = page.at(-1);
      return {items: page.map(itemJson), nextCursor: items.length > limit && last ? `${last.caseId}.${last.clockId}` : null, atOnce: query.cursor === undefined ? await clockPlans.atOnce(planId) : null};
    }),
    bindRoute(limitRoutes.approvePlan, async ({params, body, actor}) => planJson(await clockPlans.approve(await owned(actor, params.planId), actor, body.reason, {withOlder: body.withOlder ?? false}))),
    bindRoute(limitRoutes.rejectPlan, async ({params, body, actor}) => planJson(await clockPlans.reject(await owned(actor, params.planId), actor, body.reason))),
    bindRoute(limitRoutes.repeatPlan, async ({params, actor}) => planJson(await clockPlans.again(await owned(actor, params.planId), actor))),
    bindRoute(limitRoutes.due, ({query}) => dueOn(deps, query)),
    bindRoute(limitRoutes.dueTimes, ({query, machine}) => dueTimes(deps, query, machine?.areaCode ?? null)),
  ];
}

/** Whose version or layer a plan is about. */
async function planOwners({catalogs, clock}: LimitRouteDeps): Promise<(plan: Pick<ClockPlan, 'catalogId' | 'version'>) => string> {
  const owners = new Map((await catalogs.list(clock.now())).map(catalog => [catalog.id, catalog.owner]));
  const layers = new Map((await catalogs.layersOf('limits')).map(layer => [layer.name, layer.unitId]));
  return ({catalogId, version}) => (catalogId === 'limits' ? layers.get(version) : undefined) ?? owners.get(catalogId) ?? '';
}

function mayPublish({permissions}: LimitRouteDeps, actor: PermissionActor, unitId: string): boolean {
  return permissions.canWith(actor, 'catalogs.publish', {unitIds: [unitId], personIds: []});
}

/** The plans that somebody may decide on, newest first: they move cases of all below the unit whose version it is. */
async function ownPlans(deps: LimitRouteDeps, actor: PermissionActor): Promise<readonly ClockPlan[]> {
  const ownerOf = await planOwners(deps);
  return (await deps.clockPlans.list(mostLookedAt)).filter(plan => mayPublish(deps, actor, ownerOf(plan))).slice(0, mostPlans);
}

interface DueQuery {
  readonly area: string;
  readonly start: string;
  readonly value: number;
  readonly unit: LimitUnit;
  readonly knownOn?: string;
}

async function dueOn({catalogs, clock}: LimitRouteDeps, query: DueQuery): Promise<AnswerOf<typeof limitRoutes.due>> {
  const at = clock.now();
  const {calendar, version} = await (query.knownOn === undefined ? catalogs.calendar(query.area, at) : catalogs.calendarKnownOn(query.area, query.knownOn, at));
  const due = explainDue({startAt: parseMoment(query.start), limit: {value: query.value, unit: query.unit}}, calendar);
  return {
    dueAt: due.dueAt, version, provisional: due.provisional, text: {'zh-CN': due.zh, en: due.en},
    days: daysJson(due),
  };
}

function planJson(plan: ClockPlan): PlanJson {
  const {id, catalogId, version, attempt, status, lookedAt, listed, kept, older, withOlder, applied, movedOn, madeAt, decidedAt, reason, finishedAt} = plan;
  return {id, catalogId, version, attempt, status, lookedAt, listed, kept, older, withOlder, applied, movedOn, madeAt, decidedAt, decidedByName: plan.decidedBy?.personName ?? null, reason, finishedAt};
}

function itemJson({caseId, caseNumber, clockId, clock, status, beforeAt, afterAt, standing, lapses, why, atOnce}: Awaited<ReturnType<ClockPlans['items']>>[number]): ItemJson {
  return {caseId, caseNumber, clockId, clock, title: why.title, status, beforeAt, afterAt, standing, lapses, why: why.text, atOnce};
}

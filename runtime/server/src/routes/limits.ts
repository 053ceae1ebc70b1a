import {limitRoutes, type AnswerOf} from '@banli/api';
import type {CatalogService} from '@banli/catalogs';
import type {ClockPlan, ClockPlans, PlanItem} from '@banli/deadlines';
import {describeDay, explainDue, parseMoment, type Clock, type LimitUnit} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of limits stand on. */
export interface LimitRouteDeps {
  readonly catalogs: Pick<CatalogService, 'calendar' | 'calendarKnownOn'>;
  readonly clockPlans: ClockPlans;
  readonly clock: Clock;
}

type PlanJson = AnswerOf<typeof limitRoutes.approvePlan>;
type ItemJson = AnswerOf<typeof limitRoutes.planItems>['items'][number];

/** Plans shown in the list. */
const mostPlans = 50;

/** What a published calendar or limit would change in open cases, and when a limit runs out. */
export function bindLimitRoutes(deps: LimitRouteDeps): readonly BoundRoute[] {
  const {clockPlans} = deps;
  return [
    bindRoute(limitRoutes.plans, async () => ({plans: (await clockPlans.list(mostPlans)).map(planJson)})),
    bindRoute(limitRoutes.planItems, async ({params, query}) => {
      const limit = query.limit ?? 50;
      const items = await clockPlans.items(params.planId, {after: query.cursor ?? '', limit: limit + 1});
      const page = items.slice(0, limit);
      const last = page.at(-1);
      return {items: page.map(itemJson), nextCursor: items.length > limit && last ? `${last.caseId}.${last.clockId}` : null};
    }),
    bindRoute(limitRoutes.approvePlan, async ({params, body, actor}) => planJson(await clockPlans.approve(params.planId, actor, body.reason, {withOlder: body.withOlder ?? false}))),
    bindRoute(limitRoutes.rejectPlan, async ({params, body, actor}) => planJson(await clockPlans.reject(params.planId, actor, body.reason))),
    bindRoute(limitRoutes.repeatPlan, async ({params, actor}) => planJson(await clockPlans.again(params.planId, actor))),
    bindRoute(limitRoutes.due, ({query}) => dueOn(deps, query)),
  ];
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
    days: due.days.map(day => ({date: day.date, counted: day.counted, why: day.why, text: {'zh-CN': describeDay(day, 'zh-CN'), en: describeDay(day, 'en')}})),
  };
}

function planJson(plan: ClockPlan): PlanJson {
  const {id, catalogId, version, attempt, status, lookedAt, listed, kept, older, withOlder, applied, movedOn, madeAt, decidedAt, reason, finishedAt} = plan;
  return {id, catalogId, version, attempt, status, lookedAt, listed, kept, older, withOlder, applied, movedOn, madeAt, decidedAt, decidedByName: plan.decidedBy?.personName ?? null, reason, finishedAt};
}

function itemJson({caseId, caseNumber, clockId, clock, status, beforeAt, afterAt, standing, lapses, why}: PlanItem & {readonly caseNumber: string | null}): ItemJson {
  return {caseId, caseNumber, clockId, clock, title: why.title, status, beforeAt, afterAt, standing, lapses, why: why.text};
}

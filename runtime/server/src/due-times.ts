import type {AnswerOf, limitRoutes, QueryOf} from '@banli/api';
import type {CatalogService, FoundLimit, LimitRequest} from '@banli/catalogs';
import {isAppError} from '@banli/errors';
import {peopleErrors} from '@banli/people';
import {dayMs, describeDay, explainDue, formatMoment, parseDate, parseZonedMoment, startOfDay, type Clock, type DueExplanation, type WorkingCalendar} from '@banli/time';
import {dueErrors} from './due-errors.js';

/** What due times are worked out with: the same answers that clocks get. */
export type DueCatalogs = Pick<CatalogService, 'calendar' | 'calendarKnownOn' | 'limit' | 'row' | 'branches'>;

type Query = QueryOf<typeof limitRoutes.dueTimes>;
type Answer = AnswerOf<typeof limitRoutes.dueTimes>;

interface Dated {
  readonly calendar: WorkingCalendar;
  readonly version: string;
}

/**
 * Answers when a matter would be due that begins at a moment: limits of the day it begins, by the calendar that holds now, as a clock does; with `asOf` limits, matters and calendar of that day,
 * without the notices announced later.
 *
 * @param own - The area to which a token is bound; `null` for whoever reads everywhere.
 * @throws AppError `LIMIT_DUE_UNKNOWN`, `PEOPLE_TOKEN_AREA`, `CATALOG_LIMIT_MISSING`, `CATALOG_NOT_EFFECTIVE`, `TIME_DATE_INVALID`, `TIME_HOUR_INVALID`, `TIME_CALENDAR_NOT_PUBLISHED`
 */
export async function dueTimes({catalogs, clock}: {readonly catalogs: DueCatalogs; readonly clock: Clock}, query: Query, own: string | null): Promise<Answer> {
  const startAt = parseZonedMoment(query.start);
  const asked = query.asOf === undefined ? null : startOfDay(parseDate(query.asOf)) + dayMs - 1;
  const at = asked ?? startAt;
  if (own !== null && query.area !== own && !(await catalogs.branches('areas', query.area, clock.now())).includes(own)) throw peopleErrors.TOKEN_AREA({own, area: query.area});
  const matter = await knownMatter(catalogs, query, at);
  const dated = asked === null || query.asOf === undefined ? await catalogs.calendar(query.area, clock.now()) : await catalogs.calendarKnownOn(query.area, query.asOf, asked);
  const request = {matterCode: query.matter, urgency: query.urgency, areaCode: query.area, at, ...(query.industry === undefined ? {} : {industryCode: query.industry})};
  const [respond, resolve] = [await limitOrNull(catalogs, {...request, kind: 'respond'}), await limitOrNull(catalogs, {...request, kind: 'resolve'})];
  if (respond.missing && resolve.missing) throw resolve.missing;
  const dueOf = ({found}: LimitOrMissing) => (found ? dueJson(found, startAt, dated) : null);
  return {matter, area: query.area, urgency: query.urgency, startAt, asOf: query.asOf ?? null, respond: dueOf(respond), resolve: dueOf(resolve)};
}

/** Each day between start and due time, in words. */
export function daysJson(due: DueExplanation): NonNullable<Answer['resolve']>['days'] {
  return due.days.map(day => ({date: day.date, counted: day.counted, why: day.why, text: {'zh-CN': describeDay(day, 'zh-CN'), en: describeDay(day, 'en')}}));
}

/** The matter in words, once all codes of the question are known. @throws AppError `LIMIT_DUE_UNKNOWN` with each one that is not */
async function knownMatter(catalogs: DueCatalogs, {matter, area, urgency, industry}: Query, at: number): Promise<Answer['matter']> {
  const named = [['matter', 'matters', matter], ['area', 'areas', area], ['urgency', 'urgency', urgency], ['industry', 'industries', industry]] as const;
  const unknown: Array<{readonly field: string; readonly catalog: string; readonly value: string}> = [];
  for (const [field, catalog, value] of named) {
    if (value !== undefined && !(await isKnown(catalogs, catalog, value, at))) unknown.push({field, catalog, value});
  }
  if (unknown.length > 0) {
    const problems = unknown.map(({field, catalog, value}) => {
      const {code, message, details} = dueErrors.CODE_UNKNOWN({catalog, value});
      return {code, message, details, place: {field: `query.${field}`}};
    });
    throw dueErrors.UNKNOWN({count: problems.length}, {problems});
  }
  const {title, version} = await catalogs.row('matters', matter, at);
  return {code: matter, title, version};
}

async function isKnown(catalogs: DueCatalogs, catalog: string, key: string, at: number): Promise<boolean> {
  try {
    await catalogs.row(catalog, key, at);
    return true;
  } catch (error) {
    if (!isAppError(error, 'CATALOG_ROW_UNKNOWN')) throw error;
    return false;
  }
}

interface LimitOrMissing {
  readonly found?: FoundLimit;
  readonly missing?: Error;
}

async function limitOrNull(catalogs: DueCatalogs, request: LimitRequest): Promise<LimitOrMissing> {
  try {
    return {found: await catalogs.limit(request)};
  } catch (error) {
    if (!isAppError(error, 'CATALOG_LIMIT_MISSING')) throw error;
    return {missing: error};
  }
}

function dueJson({limit, text, row, version, source, reason}: FoundLimit, startAt: number, dated: Dated): NonNullable<Answer['resolve']> {
  const due = explainDue({startAt, limit}, dated.calendar);
  // Nothing pauses here, so there is always a due time.
  const dueAt = due.dueAt ?? startAt;
  return {
    dueAt, due: `${formatMoment(dueAt, true).replace(' ', 'T')}+08:00`, limit: {...limit, text}, row, version, source, reason: reason ?? null,
    startRule: due.startRule, text: {'zh-CN': due.zh, en: due.en}, calendarVersion: dated.version, provisional: due.provisional, days: daysJson(due),
  };
}

import type {CatalogRow} from '@banli/formats/catalogs';
import {describeDuration, formatLimit, isDuration, isSurelyNotLonger, nominalMs, parseDuration, type Limit} from '@banli/time';
import {limitOf} from '../issue/fields.js';
import {contentErrors} from './errors.js';
import {inUse, newOnly, type ContentFinding, type ContentWorld} from './model.js';

/** A limit of either table; `scope` is what it is for besides urgency and kind. */
interface ListedLimit {
  readonly table: string;
  readonly key: string;
  readonly row: CatalogRow;
  readonly scope: string;
  readonly limit: Limit;
}

const tables = ['limits', 'matrix'] as const;

const durations: Readonly<Record<string, string>> = {limits: 'warnBefore', matrix: 'warnBefore', ladders: 'after'};

/** Durations that can be read. */
export function limitRowRule(table: string, key: string, row: CatalogRow): readonly ContentFinding[] {
  const field = Object.hasOwn(durations, table) ? durations[table] : undefined;
  const value = field === undefined ? undefined : row[field];
  if (field === undefined || value === undefined || row['status'] === 'retired' || isDuration(value)) return [];
  return [{error: contentErrors.DURATION({key, value}), table, key, field}];
}

/** Every ladder that a limit names is there. */
export function ladderRule(world: ContentWorld): readonly ContentFinding[] {
  const known = new Set([...inUse(world.rows('ladders'))].map(([, row]) => row['ladderCode']));
  return tables.flatMap(table => [...inUse(world.rows(table))].flatMap(([key, row]): readonly ContentFinding[] => {
    const ladder = row['ladderCode'];
    return ladder === undefined || known.has(ladder) ? [] : [{error: contentErrors.LADDER_UNKNOWN({key, ladder}), table, key, field: 'ladderCode'}];
  }));
}

/**
 * Limits held against each other; only what a change brings is told, and whoever publishes decides: respond within resolve, the more urgent not later, a warning within its limit.
 * @see Source: own rules; that a warning as long as its limit comes at a quarter of it stands in `runtime/deadlines`.
 */
export const comparedLimits = newOnly(world => {
  const listed = tables.flatMap(table => [...inUse(world.rows(table))].flatMap(([key, row]) => asListed(table, key, row)));
  const byScope = new Map<string, ListedLimit[]>();
  for (const each of listed) byScope.set(each.scope, [...(byScope.get(each.scope) ?? []), each]);
  const ranks = new Map([...inUse(world.rows('urgency', 'urgency'))].map(([key, row]) => [key, Number(row['rank'])]));
  return [...listed.flatMap(leadProblems), ...[...byScope.values()].flatMap(group => [...respondProblems(group), ...rankProblems(group, ranks)])];
});

function asListed(table: string, key: string, row: CatalogRow): readonly ListedLimit[] {
  const limit = limitOf(row['value'], row['unit']);
  const scope = table === 'limits' ? row['groupCode'] : `${row['industryCode'] ?? ''} ${row['level'] ?? ''}`;
  return limit ? [{table, key, row, scope: `${table} ${scope ?? ''}`, limit}] : [];
}

/** Longer whatever the days and the office hours are. */
export function isSurelyLonger(limit: Limit, than: Limit): boolean {
  return isSurelyNotLonger(than, limit) && !isSurelyNotLonger(limit, than);
}

function leadProblems({table, key, row, limit}: ListedLimit): readonly ContentFinding[] {
  const lead = row['warnBefore'];
  if (lead === undefined || !isDuration(lead) || parseDuration(lead) <= nominalMs(limit)) return [];
  return [{error: contentErrors.LEAD_LONGER({key, lead: describeDuration(parseDuration(lead), 'en'), leadZh: describeDuration(parseDuration(lead), 'zh-CN'), limit: words(limit), limitZh: wordsZh(limit)}), table, key, field: 'warnBefore', severity: 'warning'}];
}

function respondProblems(group: readonly ListedLimit[]): readonly ContentFinding[] {
  return group.filter(each => each.row['kind'] === 'respond').flatMap(respond => {
    const resolve = group.find(each => each.row['kind'] === 'resolve' && each.row['urgencyCode'] === respond.row['urgencyCode']);
    if (!resolve || !isSurelyLonger(respond.limit, resolve.limit)) return [];
    return [compared(contentErrors.RESPOND_LONGER, respond, resolve)];
  });
}

function rankProblems(group: readonly ListedLimit[], ranks: ReadonlyMap<string, number>): readonly ContentFinding[] {
  const rank = ({row}: ListedLimit): number => ranks.get(row['urgencyCode'] ?? '') ?? Number.NaN;
  return group.flatMap(urgent => group
    .filter(other => other.row['kind'] === urgent.row['kind'] && rank(urgent) > rank(other) && isSurelyLonger(urgent.limit, other.limit))
    .map(other => compared(contentErrors.URGENT_LONGER, urgent, other)));
}

function compared(error: typeof contentErrors.RESPOND_LONGER, own: ListedLimit, other: ListedLimit): ContentFinding {
  const details = {key: own.key, other: other.key, own: words(own.limit), ownZh: wordsZh(own.limit), theirs: words(other.limit), theirsZh: wordsZh(other.limit)};
  return {error: error(details), table: own.table, key: own.key, field: 'value', severity: 'warning'};
}

function words(limit: Limit): string {
  return formatLimit(limit, 'en');
}

function wordsZh(limit: Limit): string {
  return formatLimit(limit, 'zh-CN');
}

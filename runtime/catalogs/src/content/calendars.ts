import type {CatalogRow} from '@banli/formats/catalogs';
import {isDate, parseHour} from '@banli/time';
import {contentErrors} from './errors.js';
import {circlesOf, inUse, type ContentFinding, type ContentRows, type ContentWorld} from './model.js';

const catalog = 'calendars';
const dated: Readonly<Record<string, readonly string[]>> = {'days': ['date'], 'superseded-days': ['date'], 'notices': ['issuedOn', 'announcedOn']};

/** Days that exist, sessions that close after they open, and nothing that names itself. */
export function calendarRowRule(table: string, key: string, row: CatalogRow): readonly ContentFinding[] {
  if (row['status'] === 'retired') return [];
  const found: ContentFinding[] = (dated[table] ?? []).flatMap(field => {
    const value = row[field];
    return value === undefined || isDate(value) ? [] : [{error: contentErrors.DATE({key, value}), table, key, field}];
  });
  if (table === 'office-hours') found.push(...hoursProblems(key, row));
  if (table === 'calendars' && row['baseCode'] === key) found.push({error: contentErrors.CALENDAR_CIRCLE({key, path: key}), table, key, field: 'baseCode'});
  if (table === 'notices' && row['amends'] === key) found.push({error: contentErrors.NOTICE_CIRCLE({key, path: key}), table, key, field: 'amends'});
  return found;
}

function hoursProblems(key: string, row: CatalogRow): readonly ContentFinding[] {
  const {seasonFrom = '', open = '', close = ''} = row;
  const table = 'office-hours';
  const season: readonly ContentFinding[] = isDate(`2023-${seasonFrom}`) ? [] : [{error: contentErrors.SEASON({key, value: seasonFrom}), table, key, field: 'seasonFrom'}];
  const [from, to] = [minutes(open), minutes(close)];
  return from !== null && to !== null && to > from ? season : [...season, {error: contentErrors.HOURS({key, open, close}), table, key, field: 'close'}];
}

function minutes(text: string): number | null {
  return /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/.test(text) ? parseHour(text) : null;
}

/**
 * Every calendar can be built: bases without a circle, years without a gap, days within them, sessions that do not meet. What stops one stops every due time of its areas.
 * @see Source: `@banli/time`, `createWorkingCalendar`, which refuses the same when it is too late to correct.
 */
export function calendarRule(world: ContentWorld): readonly ContentFinding[] {
  const calendars = world.rows(catalog);
  const circles = circleProblems(calendars, 'calendars', 'baseCode');
  const notices = circleProblems(world.rows('notices'), 'notices', 'amends');
  const national = [...inUse(calendars)].some(([, row]) => row['areaCode'] === undefined);
  const [first = ''] = calendars.keys();
  const missing: readonly ContentFinding[] = national ? [] : [{error: contentErrors.CALENDAR_NATIONAL(), table: catalog, key: first, field: 'areaCode'}];
  const round = new Set(circles.map(({key}) => key));
  const whole = [...inUse(calendars)].flatMap(([code]) => {
    const chain = chainFrom(calendars, code);
    return chain.some(each => round.has(each)) ? [] : [...yearProblems(world, code, chain), ...sessionProblems(world, code, chain)];
  });
  return once([...circles, ...notices, ...missing, ...whole]);
}

function circleProblems(rows: ContentRows, table: 'calendars' | 'notices', field: string): readonly ContentFinding[] {
  const next = new Map([...inUse(rows)].flatMap(([key, row]) => (row[field] === undefined ? [] : [[key, [row[field]]] as const])));
  const error = table === 'calendars' ? contentErrors.CALENDAR_CIRCLE : contentErrors.NOTICE_CIRCLE;
  // A row that names itself is told of with the row alone.
  return [...circlesOf(next)].filter(([, way]) => way.length > 2).map(([key, way]) => ({error: error({key, path: way.join(' → ')}), table, key, field}));
}

/** A calendar and its bases, the outermost last. */
function chainFrom(calendars: ContentRows, code: string): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = code; at !== undefined && !chain.includes(at); at = calendars.get(at)?.['baseCode']) chain.push(at);
  return chain;
}

interface ListedYear {
  readonly key: string;
  readonly year: number;
}

function yearProblems(world: ContentWorld, calendar: string, chain: readonly string[]): readonly ContentFinding[] {
  const table = 'years';
  const all = [...world.rows(table)].filter(([, row]) => chain.includes(row['layer'] ?? ''));
  const years = all.filter(([, row]) => row['status'] !== 'retired').map(([key, row]): ListedYear => ({key, year: Number(row['year'])})).sort((a, b) => a.year - b.year);
  const retired = new Map(all.filter(([, row]) => row['status'] === 'retired').map(([key, row]) => [Number(row['year']), key]));
  if (years.length === 0) return [{error: contentErrors.YEAR_NONE({calendar}), table: catalog, key: calendar, field: 'baseCode'}];
  const found: ContentFinding[] = [];
  years.forEach(({key, year}, index) => {
    const before = years[index - 1];
    if (!before || year === before.year + 1) return;
    if (year === before.year) found.push({error: contentErrors.YEAR_TWICE({calendar, year, key, other: before.key}), table, key, field: 'year'});
    else found.push({error: contentErrors.YEAR_GAP({calendar, year, missing: before.year + 1}), table, key: retired.get(before.year + 1) ?? key, field: retired.has(before.year + 1) ? 'status' : 'year'});
  });
  return [...found, ...dayProblems(world, calendar, {chain, listed: new Set(years.map(each => each.year)), retired})];
}

/** Days outside the years; one problem at the year where a year is what went away. */
function dayProblems(world: ContentWorld, calendar: string, {chain, listed, retired}: {readonly chain: readonly string[]; readonly listed: ReadonlySet<number>; readonly retired: ReadonlyMap<number, string>}): readonly ContentFinding[] {
  const found = new Map<string, ContentFinding>();
  for (const [key, row] of inUse(world.rows('days'))) {
    const {layer = '', date = ''} = row;
    const year = Number(date.slice(0, 4));
    if (!chain.includes(layer) || !isDate(date) || listed.has(year)) continue;
    const gone = retired.get(year);
    const error = contentErrors.YEAR_NOT_LISTED({key: gone ?? key, date, calendar});
    if (!found.has(gone ?? key)) found.set(gone ?? key, gone === undefined ? {error, table: 'days', key, field: 'date'} : {error, table: 'years', key: gone, field: 'status'});
  }
  return [...found.values()];
}

/** The sessions of the innermost calendar that has any hold; those of one season do not meet. */
function sessionProblems(world: ContentWorld, calendar: string, chain: readonly string[]): readonly ContentFinding[] {
  const table = 'office-hours';
  const of = (layer: string) => [...inUse(world.rows(table))].filter(([, row]) => row['layer'] === layer);
  const holding = chain.map(of).find(rows => rows.length > 0);
  if (!holding) return [{error: contentErrors.HOURS_NONE({calendar}), table: catalog, key: calendar, field: 'baseCode'}];
  const sessions = holding.flatMap(([key, row]) => {
    const [from, to] = [minutes(row['open'] ?? ''), minutes(row['close'] ?? '')];
    return from === null || to === null ? [] : [{key, season: row['seasonFrom'] ?? '', from, to}];
  }).sort((a, b) => (a.season === b.season ? a.from - b.from : a.season < b.season ? -1 : 1));
  return sessions.flatMap((session, index): readonly ContentFinding[] => {
    const before = sessions[index - 1];
    const meets = before && before.season === session.season && session.from < before.to;
    return meets ? [{error: contentErrors.HOURS_OVERLAP({key: session.key, other: before.key, season: session.season}), table, key: session.key, field: 'open'}] : [];
  });
}

/** A base is looked at with every calendar upon it; what is wrong with it is told once. */
function once(findings: readonly ContentFinding[]): readonly ContentFinding[] {
  return [...new Map(findings.map(each => [[each.error.code, each.table, each.key, each.field].join(' '), each] as const).reverse()).values()].reverse();
}

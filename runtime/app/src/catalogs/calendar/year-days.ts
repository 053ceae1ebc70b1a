import type {LocalizedText} from '@banli/formats';
import {createWorkingCalendar, parseDate, type CalendarLayer, type CalendarStatus, type WorkingCalendar} from '@banli/time';
import type {CatalogForm} from '../use-catalog-form.js';
import type {ListedRow} from '../rows-tab.js';

/** How a day is coloured: an ordinary working day or day of rest, a holiday of the base, one that a region adds, a working day in the place of another (调休). */
export type DayMark = 'work' | 'rest' | 'holiday' | 'regional' | 'makeup';

/** What a row needs for a year to be worked out of it; rows as administrators see them fit. */
export type SourceRow = Pick<ListedRow, 'key' | 'values' | 'pending'>;

/** The rows of the tables of a calendar catalog; of `days` those of the year are enough. */
export interface CalendarRows<Row extends SourceRow = SourceRow> {
  readonly calendars: readonly Row[];
  readonly years: readonly Row[];
  readonly days: readonly Row[];
  readonly hours: readonly Row[];
}

/** A calendar that stands on others, the innermost first. */
export interface LayerName {
  readonly code: string;
  readonly title: LocalizedText;
}

/** One day of the year as the clocks count it. */
export interface YearDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly mark: DayMark;
  readonly working: boolean;
  readonly title: LocalizedText;
  /** The calendar whose row says so; `null` for the weekly rhythm. */
  readonly layer: LayerName | null;
  readonly source: string;
  readonly isProvisional: boolean;
}

/** A year of one calendar: what holds, and what it is with all open changes. */
export interface CalendarYear<Row extends SourceRow = SourceRow> {
  readonly layers: readonly LayerName[];
  readonly isProvisional: boolean;
  /** What the year rests on. */
  readonly source: string;
  readonly days: readonly YearDay[];
  /** The same days with the open changes of them, by date; only those that change. */
  readonly proposed: ReadonlyMap<string, YearDay>;
  /** Rows about a day, by date; of the innermost calendar first. */
  readonly rows: ReadonlyMap<string, ReadonlyArray<{readonly layer: LayerName; readonly row: Row}>>;
}

/** The tables without which a catalog has no year to show. */
const needed: readonly string[] = ['calendars', 'years', 'days', 'office-hours'];

/** Whether a catalog is shown as a year: the kind, and tables from which days are counted. */
export function isCalendar(form: Pick<CatalogForm, 'kind' | 'tables'>): boolean {
  return form.kind === 'calendar' && needed.every(name => form.tables.some(table => table.name === name));
}

/** A row that is published, and not only proposed. */
export function isPublished(row: SourceRow): boolean {
  return !row.pending.some(each => each.op === 'add');
}

/** Calendars in use with their titles, as they are published. */
export function calendarNames(rows: CalendarRows): readonly LayerName[] {
  return inUse(rows.calendars).map(nameOf);
}

/** A calendar and its bases, the innermost first; a circle ends where it closes. */
export function layersOf(rows: CalendarRows, code: string): readonly LayerName[] {
  const calendars = inUse(rows.calendars);
  const chain: LayerName[] = [];
  let at = calendars.find(row => row.values['code'] === code);
  while (at && !chain.some(layer => layer.code === at?.values['code'])) {
    chain.push(nameOf(at));
    const base: string | undefined = at.values['baseCode'];
    at = calendars.find(row => row.values['code'] === base);
  }
  return chain;
}

/** The calendar shown at first: the one that stands on most others. */
export function firstCalendar(rows: CalendarRows): string {
  const [best] = calendarNames(rows).map(({code}) => ({code, depth: layersOf(rows, code).length})).sort((a, b) => b.depth - a.depth);
  return best?.code ?? '';
}

/** Years that a calendar lists, in order. */
export function yearsOf(rows: CalendarRows, code: string): readonly number[] {
  const layers = new Set(layersOf(rows, code).map(layer => layer.code));
  return [...new Set(inUse(rows.years).filter(row => layers.has(row.values['layer'] ?? '')).map(row => Number(row.values['year'])))].sort((a, b) => a - b);
}

/**
 * The days of a year, counted by the same calendar as the clocks are.
 *
 * @returns `null` for a year that the calendar does not list.
 * @throws AppError `TIME_CALENDAR_INVALID` for office hours that contradict each other.
 */
export function calendarYear<Row extends SourceRow>(rows: CalendarRows<Row>, code: string, year: number): CalendarYear<Row> | null {
  const layers = layersOf(rows, code);
  const listed = inUse(rows.years).find(row => row.values['year'] === String(year) && layers.some(layer => layer.code === row.values['layer']));
  if (!listed) return null;
  const found = new Map<string, Array<{layer: LayerName; row: Row}>>();
  for (const layer of layers) {
    for (const row of rows.days.filter(each => valuesOf(each).layer === layer.code)) {
      const {date} = valuesOf(row);
      found.set(date, [...(found.get(date) ?? []), {layer, row}]);
    }
  }
  const shown = {rows, layers, year};
  const days = daysOf(shown, row => (isPublished(row) ? row.values : null));
  const draft = daysOf(shown, draftOf);
  const proposed = new Map(draft.filter((day, index) => JSON.stringify(day) !== JSON.stringify(days[index])).map(day => [day.date, day]));
  return {layers, isProvisional: listed.values['yearStatus'] !== 'published', source: listed.values['sourceRef'] ?? '', days, proposed, rows: found};
}

type Values = Readonly<Record<string, string>>;

/** A row as its newest open change would leave it. */
function draftOf(row: SourceRow): Values {
  return [...row.pending].sort((a, b) => (a.changeId < b.changeId ? 1 : -1))[0]?.after ?? row.values;
}

function valuesOf(row: SourceRow): {readonly layer: string; readonly date: string} {
  return {layer: row.values['layer'] ?? '', date: row.values['date'] ?? ''};
}

function inUse<Row extends SourceRow>(rows: readonly Row[]): readonly Row[] {
  return rows.filter(row => isPublished(row) && row.values['status'] !== 'retired');
}

function nameOf(row: SourceRow): LayerName {
  const {code = row.key, titleZh = row.key, titleEn} = row.values;
  return {code, title: {'zh-CN': titleZh, ...(titleEn === undefined ? {} : {en: titleEn})}};
}

interface Shown {
  readonly rows: CalendarRows;
  readonly layers: readonly LayerName[];
  readonly year: number;
}

function daysOf({rows, layers, year}: Shown, read: (row: SourceRow) => Values | null): readonly YearDay[] {
  const special = layers.map(layer => ({layer, rows: rows.days.flatMap(row => {
    const values = read(row);
    return values && values['layer'] === layer.code && values['status'] !== 'retired' && values['date']?.startsWith(`${year}-`) ? [values] : [];
  })}));
  const calendar = createWorkingCalendar(special.map(each => sourceOf(rows, each, year)).reverse());
  const days: YearDay[] = [];
  for (let day = parseDate(`${year}-01-01`); day <= parseDate(`${year}-12-31`); day += 1) days.push(dayWith(calendar, day, special, layers.length));
  return days;
}

function sourceOf(rows: CalendarRows, {layer: {code, title}, rows: days}: {readonly layer: LayerName; readonly rows: readonly Values[]}, year: number): CalendarLayer {
  const own = (table: readonly SourceRow[]) => inUse(table).map(row => row.values).filter(values => values['layer'] === code);
  return {
    id: code, titleZh: title['zh-CN'], titleEn: title.en ?? title['zh-CN'],
    years: own(rows.years).filter(values => values['year'] === String(year)).map(values => ({year, status: statusOf(values['yearStatus']), sourceRef: values['sourceRef'] ?? ''})),
    days: days.map(values => ({date: values['date'] ?? '', kind: values['kind'] === 'work' ? 'work' : 'off', titleZh: values['titleZh'] ?? '', titleEn: values['titleEn'] ?? '', status: statusOf(values['dayStatus']), sourceRef: values['sourceRef'] ?? ''})),
    sessions: own(rows.hours).map(values => ({season: values['season'] ?? '', from: values['seasonFrom'] ?? '', open: values['open'] ?? '', close: values['close'] ?? ''})),
  };
}

function statusOf(status: string | undefined): CalendarStatus {
  return status === 'published' ? 'published' : 'provisional';
}

function dayWith(calendar: WorkingCalendar, day: number, special: ReadonlyArray<{readonly layer: LayerName; readonly rows: readonly Values[]}>, depth: number): YearDay {
  const {date, weekday, working, kind, titleZh, titleEn, provisional, sourceRef} = calendar.day(day);
  const index = special.findIndex(each => each.rows.some(values => values['date'] === date));
  const layer = special[index]?.layer ?? null;
  const mark = kind === 'plain' ? 'work' : kind === 'weekend' ? 'rest' : kind === 'makeup' ? 'makeup' : index < depth - 1 ? 'regional' : 'holiday';
  return {date, weekday, working, mark, title: {'zh-CN': titleZh, en: titleEn}, layer, source: sourceRef, isProvisional: provisional};
}

import type {CalendarLayer, CalendarStatus, CalendarYear, DayFact, OfficeSession, SpecialDay} from './calendar-source.js';
import {timeErrors} from './errors.js';
import {formatDate, parseDate, parseHour, weekdayOf, type DayNumber} from './local-date.js';

/** Office hours of one day: milliseconds since midnight. */
export interface Hours {
  readonly openMs: number;
  readonly closeMs: number;
}

/** All days of a calendar in order, and the office hours of each by the same index (also of days on which nobody works). */
export interface DayTable {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly firstDay: DayNumber;
  readonly facts: readonly DayFact[];
  readonly hours: ReadonlyArray<readonly Hours[]>;
}

const weekdayZh = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const weekdayEn = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The day of the week in words; 1 = Monday. */
export function weekdayName(weekday: number, language: 'zh-CN' | 'en'): string {
  return (language === 'zh-CN' ? weekdayZh : weekdayEn)[weekday - 1] ?? '';
}

/**
 * Lays the layers over each other, day by day.
 * @throws AppError `TIME_CALENDAR_INVALID`, `TIME_DATE_INVALID`, `TIME_HOUR_INVALID`
 */
export function buildDayFacts(layers: readonly CalendarLayer[]): DayTable {
  const top = layers.at(-1);
  if (!top) throw timeErrors.CALENDAR_INVALID({calendar: '', reason: 'no layers'});
  const years = readYears(layers, top.titleZh);
  const firstDay = parseDate(`${years[0]?.year}-01-01`);
  const lastDay = parseDate(`${years.at(-1)?.year}-12-31`);
  const special = new Map<DayNumber, SpecialDay>();
  for (const layer of layers) {
    for (const day of layer.days) {
      const number = parseDate(day.date);
      if (number < firstDay || number > lastDay) throw timeErrors.CALENDAR_INVALID({calendar: layer.titleZh, reason: `${day.date} lies outside the listed years`});
      special.set(number, day);
    }
  }
  const status = new Map(years.map(year => [year.year, year.status]));
  const facts: DayFact[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) facts.push(factOf(day, special.get(day), status.get(Number(formatDate(day).slice(0, 4)))));
  const hoursOf = readHours(layers, top.titleZh);
  return {id: top.id, titleZh: top.titleZh, titleEn: top.titleEn, firstDay, facts, hours: facts.map(fact => hoursOf(fact.date))};
}

function readYears(layers: readonly CalendarLayer[], calendar: string): readonly CalendarYear[] {
  const years = layers.flatMap(layer => layer.years).sort((a, b) => a.year - b.year);
  if (years.length === 0) throw timeErrors.CALENDAR_INVALID({calendar, reason: 'no year is listed'});
  years.forEach((year, index) => {
    const before = years[index - 1];
    if (before && year.year !== before.year + 1) throw timeErrors.CALENDAR_INVALID({calendar, reason: `the year ${year.year} does not follow ${before.year}`});
  });
  return years;
}

function factOf(day: DayNumber, special: SpecialDay | undefined, yearStatus: CalendarStatus | undefined): DayFact {
  const weekday = weekdayOf(day);
  const weekend = weekday > 5;
  const base = {date: formatDate(day), weekday, provisional: yearStatus !== 'published' || special?.status === 'provisional', sourceRef: special?.sourceRef ?? ''};
  if (special) {
    const kind = special.kind === 'off' ? 'holiday' : 'makeup';
    return {...base, working: kind === 'makeup', kind, titleZh: special.titleZh, titleEn: special.titleEn};
  }
  return {...base, working: !weekend, kind: weekend ? 'weekend' : 'plain', titleZh: weekdayName(weekday, 'zh-CN'), titleEn: weekdayName(weekday, 'en')};
}

function readHours(layers: readonly CalendarLayer[], calendar: string): (date: string) => readonly Hours[] {
  const sessions = layers.findLast(layer => layer.sessions.length > 0)?.sessions;
  if (!sessions) throw timeErrors.CALENDAR_INVALID({calendar, reason: 'no office hours are listed'});
  const byStart = new Map<string, OfficeSession[]>();
  for (const session of sessions) byStart.set(session.from, [...(byStart.get(session.from) ?? []), session]);
  const seasons = [...byStart].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, rows]) => ({from, hours: rows.map(readSession).sort((a, b) => a.openMs - b.openMs)}));
  for (const season of seasons) {
    const wrong = season.hours.some((hours, index) => hours.closeMs <= hours.openMs || hours.openMs < (season.hours[index - 1]?.closeMs ?? 0));
    if (wrong) throw timeErrors.CALENDAR_INVALID({calendar, reason: `the sessions of the season from ${season.from} overlap or end before they begin`});
  }
  return date => {
    const monthDay = date.slice(5);
    return (seasons.findLast(season => season.from <= monthDay) ?? seasons.at(-1))?.hours ?? [];
  };
}

function readSession(session: OfficeSession): Hours {
  parseDate(`2024-${session.from}`);
  return {openMs: parseHour(session.open), closeMs: parseHour(session.close)};
}

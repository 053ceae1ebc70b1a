import type {CalendarLayer, DayFact} from './calendar-source.js';
import {timeErrors} from './errors.js';
import {dayOf, formatDate, startOfDay, type DayNumber} from './local-date.js';
import {buildDayFacts, type DayTable} from './day-table.js';

/** A stretch of office time on one day, moments in UTC milliseconds. */
export interface Session {
  readonly openAt: number;
  readonly closeAt: number;
}

/**
 * Answers every question about working days and office hours of one region. All of it is Asia/Shanghai, whatever the process's
 * time zone; a day outside the published years is an error, never a guess by weekday.
 *
 * Every method throws AppError `TIME_CALENDAR_NOT_PUBLISHED` for such a day.
 */
export interface WorkingCalendar {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  day(day: DayNumber): DayFact;
  isWorkingDay(day: DayNumber): boolean;
  /**
   * The working day that lies `count` working days after `day` (0: the day itself, negative: before it). Two look-ups.
   * @throws AppError `TIME_COUNT_INVALID` when `count` is not whole.
   */
  addWorkingDays(day: DayNumber, count: number): DayNumber;
  /** How many working days lie in (from, to]; negative when `to` is earlier. */
  workingDaysBetween(from: DayNumber, to: DayNumber): number;
  /** Whether any day of [from, to] is expected and not yet published. */
  provisionalBetween(from: DayNumber, to: DayNumber): boolean;
  /** The office sessions of a day, in order; none when it is not a working day. */
  sessions(day: DayNumber): readonly Session[];
  /** Close of office of a working day; the day's end when it is none. */
  closeOf(day: DayNumber): number;
  /** The moment `ms` of office time after `at`; with 0 the moment itself. */
  addOfficeTime(at: number, ms: number): number;
  /** Office time between two moments in milliseconds; 0 when `to` is not later. */
  officeTimeBetween(from: number, to: number): number;
  /** The start of the last office session that begins before a moment: the last working half-day (临期). */
  lastHalfDayBefore(at: number): number;
}

/**
 * Builds a working calendar from its layers, the base first.
 *
 * @throws AppError `TIME_CALENDAR_INVALID` for years with a gap, no office hours, overlapping sessions or a day outside the years.
 * @see Source: State Council notices as day tables; prefix sums as the page on performance, bench (b), asks.
 */
export function createWorkingCalendar(layers: readonly CalendarLayer[]): WorkingCalendar {
  return new PrefixSumCalendar(buildDayFacts(layers));
}

class PrefixSumCalendar implements WorkingCalendar {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  /** `#before[i]`: working days before the i-th day; `#officeMs[i]`: office time before it; `#nth[k]`: the k-th working day. */
  readonly #before: Int32Array;
  readonly #officeMs: Float64Array;
  readonly #nth: Int32Array;
  /** Close of office of each day, or the day's end: a due time is three look-ups. */
  readonly #closeAt: Float64Array;
  /** Provisional days before the i-th day. */
  readonly #provisional: Int32Array;

  constructor(readonly table: DayTable) {
    const {facts} = table;
    this.id = table.id;
    this.titleZh = table.titleZh;
    this.titleEn = table.titleEn;
    this.firstDay = table.firstDay;
    this.lastDay = table.firstDay + facts.length - 1;
    this.#before = new Int32Array(facts.length + 1);
    this.#officeMs = new Float64Array(facts.length + 1);
    this.#closeAt = new Float64Array(facts.length);
    this.#provisional = new Int32Array(facts.length + 1);
    const nth: DayNumber[] = [];
    facts.forEach((fact, index) => {
      const day = this.firstDay + index;
      const sessions = this.sessions(day);
      if (fact.working) nth.push(day);
      this.#before[index + 1] = nth.length;
      this.#officeMs[index + 1] = (this.#officeMs[index] ?? 0) + sessions.reduce((sum, session) => sum + session.closeAt - session.openAt, 0);
      this.#provisional[index + 1] = (this.#provisional[index] ?? 0) + Number(fact.provisional);
      this.#closeAt[index] = sessions.at(-1)?.closeAt ?? startOfDay(day + 1);
    });
    this.#nth = Int32Array.from(nth);
  }

  day(day: DayNumber): DayFact {
    const fact = this.table.facts[day - this.firstDay];
    if (!fact) throw this.#notPublished(day);
    return fact;
  }

  isWorkingDay(day: DayNumber): boolean {
    return this.day(day).working;
  }

  addWorkingDays(day: DayNumber, count: number): DayNumber {
    if (!Number.isInteger(count)) throw timeErrors.COUNT_INVALID({count});
    const index = this.#index(day);
    if (count === 0) return day;
    const position = count > 0 ? (this.#before[index + 1] ?? 0) + count - 1 : (this.#before[index] ?? 0) + count;
    const found = this.#nth[position];
    if (found === undefined) throw this.#notPublished(count > 0 ? this.lastDay + 1 : this.firstDay - 1);
    return found;
  }

  workingDaysBetween(from: DayNumber, to: DayNumber): number {
    return (this.#before[this.#index(to) + 1] ?? 0) - (this.#before[this.#index(from) + 1] ?? 0);
  }

  provisionalBetween(from: DayNumber, to: DayNumber): boolean {
    return to >= from && (this.#provisional[this.#index(to) + 1] ?? 0) > (this.#provisional[this.#index(from)] ?? 0);
  }

  sessions(day: DayNumber): readonly Session[] {
    if (!this.isWorkingDay(day)) return [];
    const start = startOfDay(day);
    return (this.table.hours[day - this.firstDay] ?? []).map(session => ({openAt: start + session.openMs, closeAt: start + session.closeMs}));
  }

  closeOf(day: DayNumber): number {
    return this.#closeAt[this.#index(day)] ?? startOfDay(day + 1);
  }

  addOfficeTime(at: number, ms: number): number {
    if (ms <= 0) return at;
    const target = this.#officeMsUntil(at) + ms;
    const index = this.#lastBelow(target);
    if (index >= this.table.facts.length) throw this.#notPublished(this.lastDay + 1);
    let rest = target - (this.#officeMs[index] ?? 0);
    for (const session of this.sessions(this.firstDay + index)) {
      const length = session.closeAt - session.openAt;
      if (rest <= length) return session.openAt + rest;
      rest -= length;
    }
    throw this.#notPublished(this.lastDay + 1);
  }

  officeTimeBetween(from: number, to: number): number {
    return to <= from ? 0 : this.#officeMsUntil(to) - this.#officeMsUntil(from);
  }

  lastHalfDayBefore(at: number): number {
    let day = dayOf(at);
    for (;;) {
      const session = this.sessions(day).findLast(candidate => candidate.openAt < at);
      if (session) return session.openAt;
      day = this.addWorkingDays(day, -1);
    }
  }

  #officeMsUntil(at: number): number {
    const day = dayOf(at);
    return this.sessions(day).reduce((sum, session) => sum + Math.max(0, Math.min(at, session.closeAt) - session.openAt), this.#officeMs[this.#index(day)] ?? 0);
  }

  /** Index of the last day whose office time before it lies strictly below `target`. */
  #lastBelow(target: number): number {
    let low = 0;
    let high = this.#officeMs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#officeMs[middle] ?? 0) < target) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #index(day: DayNumber): number {
    if (!(day >= this.firstDay && day <= this.lastDay)) throw this.#notPublished(day);
    return day - this.firstDay;
  }

  #notPublished(day: DayNumber) {
    return timeErrors.CALENDAR_NOT_PUBLISHED({calendar: this.titleZh, first: formatDate(this.firstDay), last: formatDate(this.lastDay), date: formatDate(day)});
  }
}

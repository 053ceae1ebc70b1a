import {checkLimit, type Limit} from './duration.js';
import {dayOf, hourMs, minuteMs, type DayNumber} from './local-date.js';
import type {WorkingCalendar} from './working-calendar.js';

/** A stretch in which a clock does not run: `to` is `null` while it lasts. UTC milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number | null;
}

/** What a due time follows from; nothing else. The same facts always give the same due time. */
export interface DueFacts {
  readonly startAt: number;
  readonly limit: Limit;
  /** Added by an approved extension, in the limit's own unit. Default 0. */
  readonly extension?: number;
  /** Pauses and halts in any order; they may overlap. */
  readonly intervals?: readonly Interval[];
}

/** Days that a pause takes out of the count: (from, to] of a closed interval. */
export interface SkippedDays {
  readonly afterDay: DayNumber;
  readonly untilDay: DayNumber;
}

/**
 * The moment a limit runs out. Working days count from the next working day and end at close of office; hours and minutes start at
 * once and are natural time; working hours start at once and count office time.
 *
 * A pause moves it: natural and office time by its own length, working days by the working days after the day it began up to the
 * day it ended (own rule: the same reading as the start rule, so a pause within one day moves nothing, unless it takes the last office time
 * before the limit runs out); see `countWorkingDays`, and `countNaturalDays` for natural days.
 *
 * @returns UTC milliseconds, or `null` while a pause lasts that began before the limit ran out.
 * @throws AppError `TIME_LIMIT_INVALID`, `TIME_CALENDAR_NOT_PUBLISHED`
 * @see Source: main-job, Clocks; requirements/xinjiang-hotline.md §0.1(3): the source never fixes working time, so both units exist.
 */
export function dueOf(facts: DueFacts, calendar: WorkingCalendar): number | null {
  checkLimit(facts.limit);
  if (facts.limit.unit === 'workingDay' && (facts.intervals === undefined || facts.intervals.length === 0)) {
    return calendar.closeOf(calendar.addWorkingDays(dayOf(facts.startAt), facts.limit.value + (facts.extension ?? 0)));
  }
  const intervals = mergeIntervals(facts.intervals ?? [], facts.startAt);
  const due = dueWith(facts, intervals.filter(isClosed), calendar);
  const open = intervals.find(interval => interval.to === null);
  return open && open.from < due ? null : due;
}

/** Sorts and joins intervals; what lies before `startAt` is cut off. */
export function mergeIntervals(intervals: readonly Interval[], startAt: number): readonly Interval[] {
  const merged: Interval[] = [];
  const clipped = intervals
    .filter(interval => interval.to === null || interval.to > Math.max(interval.from, startAt))
    .map(interval => ({from: Math.max(interval.from, startAt), to: interval.to}))
    .sort((a, b) => a.from - b.from);
  for (const interval of clipped) {
    const last = merged.at(-1);
    if (last && (last.to === null || interval.from <= last.to)) {
      merged[merged.length - 1] = {from: last.from, to: last.to === null || interval.to === null ? null : Math.max(last.to, interval.to)};
    } else {
      merged.push(interval);
    }
  }
  return merged;
}

type ClosedInterval = Interval & {readonly to: number};

function isClosed(interval: Interval): interval is ClosedInterval {
  return interval.to !== null;
}

function dueWith(facts: DueFacts, intervals: readonly ClosedInterval[], calendar: WorkingCalendar): number {
  const amount = facts.limit.value + (facts.extension ?? 0);
  switch (facts.limit.unit) {
    case 'workingDay':
      return calendar.closeOf(countWorkingDays({...facts, intervals}, calendar).dueDay);
    case 'naturalDay':
      return calendar.closeOf(countNaturalDays({...facts, intervals}, calendar).dueDay);
    case 'workingHour':
      return officeDue(facts.startAt, amount * hourMs, intervals, calendar);
    default:
      return naturalDue(facts.startAt, amount * (facts.limit.unit === 'hour' ? hourMs : minuteMs), intervals);
  }
}

/** The due day of a limit in working days, and the days that pauses took out of the count. */
export interface CountedDays {
  readonly dueDay: DayNumber;
  readonly skipped: readonly SkippedDays[];
}

/**
 * Counts working days after the start day without those that pauses take out.
 *
 * A pause takes out the working days after the day it began up to the day it ended. A pause that takes the rest of the last day away takes
 * that day out as well, and the day on which it ended (the next working day, if office was over) makes up for it.
 *
 * @throws AppError `TIME_CALENDAR_NOT_PUBLISHED`
 */
export function countWorkingDays(facts: DueFacts, calendar: WorkingCalendar): CountedDays {
  const intervals = mergeIntervals(facts.intervals ?? [], facts.startAt).filter(isClosed);
  const ranges = intervals.map(interval => ({interval, broken: false, range: {afterDay: dayOf(interval.from), untilDay: dayOf(interval.to)}}));
  const startDay = dayOf(facts.startAt);
  const count = facts.limit.value + (facts.extension ?? 0);
  for (;;) {
    const skipped = ranges.map(entry => entry.range).filter(range => range.untilDay > range.afterDay);
    const dueDay = addWithout(startDay, count, skipped, calendar);
    const breaking = ranges.find(({interval, broken}) => !broken && dayOf(interval.from) === dueDay && interval.from < calendar.closeOf(dueDay) && interval.to >= calendar.closeOf(dueDay));
    if (!breaking) return {dueDay, skipped};
    breaking.broken = true;
    breaking.range = {afterDay: dueDay - 1, untilDay: workingDayFrom(breaking.interval.to, calendar) - 1};
  }
}

/** The working day on which there is still office time after a moment. */
function workingDayFrom(at: number, calendar: WorkingCalendar): DayNumber {
  const day = dayOf(at);
  return calendar.isWorkingDay(day) && at < calendar.closeOf(day) ? day : calendar.addWorkingDays(day, 1);
}

/** Counts again with the working days lost, until no further lost day lies before the due day. */
function addWithout(startDay: DayNumber, count: number, skipped: readonly SkippedDays[], calendar: WorkingCalendar): DayNumber {
  let lost = 0;
  for (;;) {
    const due = calendar.addWorkingDays(startDay, count + lost);
    const lostNow = skipped.reduce((sum, range) => {
      const from = Math.max(range.afterDay, startDay);
      const until = Math.min(range.untilDay, due);
      return sum + (until > from ? calendar.workingDaysBetween(from, until) : 0);
    }, 0);
    if (lostNow === lost) return due;
    lost = lostNow;
  }
}

/** As `CountedDays`, for natural days: `lastDay` is the last one counted, on which nobody may work; then it is due on the next working day. */
export interface CountedNaturalDays extends CountedDays {
  readonly lastDay: DayNumber;
}

/**
 * Counts natural days after the start day without those that pauses take out: the days after the day a pause began up to the day it ended. A
 * pause that takes away the last office time before the limit runs out is made up for on the day it ended, as with working days.
 *
 * @throws AppError `TIME_CALENDAR_NOT_PUBLISHED`
 */
export function countNaturalDays(facts: DueFacts, calendar: WorkingCalendar): CountedNaturalDays {
  const skipped: SkippedDays[] = [];
  let lastDay = dayOf(facts.startAt) + facts.limit.value + (facts.extension ?? 0);
  for (const {from, to} of mergeIntervals(facts.intervals ?? [], facts.startAt).filter(isClosed)) {
    const range = {afterDay: dayOf(from), untilDay: dayOf(to)};
    const closeAt = calendar.closeOf(workingDayOnOrAfter(lastDay, calendar));
    if (range.afterDay < lastDay) {
      lastDay += range.untilDay - range.afterDay;
      if (range.untilDay > range.afterDay) skipped.push(range);
    } else if (from < closeAt && to >= closeAt) {
      const makesUp = workingDayFrom(to, calendar);
      skipped.push({afterDay: lastDay - 1, untilDay: makesUp - 1});
      lastDay = makesUp;
    }
  }
  return {dueDay: workingDayOnOrAfter(lastDay, calendar), lastDay, skipped};
}

function workingDayOnOrAfter(day: DayNumber, calendar: WorkingCalendar): DayNumber {
  return calendar.isWorkingDay(day) ? day : calendar.addWorkingDays(day, 1);
}

function naturalDue(startAt: number, lengthMs: number, intervals: readonly ClosedInterval[]): number {
  let due = startAt + lengthMs;
  for (const interval of intervals) {
    if (interval.from < due) due += interval.to - interval.from;
  }
  return due;
}

function officeDue(startAt: number, lengthMs: number, intervals: readonly ClosedInterval[], calendar: WorkingCalendar): number {
  let at = startAt;
  let rest = lengthMs;
  for (const interval of intervals) {
    const run = calendar.officeTimeBetween(at, interval.from);
    if (run >= rest) break;
    rest -= run;
    at = interval.to;
  }
  return calendar.addOfficeTime(at, rest);
}

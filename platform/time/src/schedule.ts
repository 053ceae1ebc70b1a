import {dueOf, type DueFacts} from './due.js';
import {nominalMs} from './duration.js';
import {dayOf} from './local-date.js';
import type {WorkingCalendar} from './working-calendar.js';

/** The moments of a running clock, in order: amber from `warnAt` (预警), orange from `nearAt` (临期), red from `dueAt` (超期). */
export interface Schedule {
  /** `null`: the limit has no warning. */
  readonly warnAt: number | null;
  readonly nearAt: number;
  readonly dueAt: number;
}

/** How a clock stands towards its due time. */
export type DueState = 'normal' | 'warned' | 'near' | 'overdue';

/**
 * The moments at which a clock warns, comes near and lapses.
 *
 * A warning lead as long as the limit (or longer) becomes a quarter of the limit; a working day stands for 24 hours in that
 * comparison. 临期 is the last working half-day: the start of the last office session before the due time. Where that lies before the
 * warning (short natural limits), 临期 is the second half of the warning time. Both are own rules.
 *
 * @param warnBeforeMs - The lead of the catalog row in milliseconds, or `null`.
 * @param cap - A moment that the clock must not outlive: the due time is brought forward to it.
 * @returns `null` while a pause lasts.
 * @throws AppError as `dueOf`
 * @see Source: main-job, Clocks; requirements/xinjiang-hotline.md §2.6, §2.1.10.
 */
export function scheduleOf(facts: DueFacts, warnBeforeMs: number | null, calendar: WorkingCalendar, cap = Number.POSITIVE_INFINITY): Schedule | null {
  const ownDue = dueOf(facts, calendar);
  if (ownDue === null) return null;
  const dueAt = Math.min(ownDue, cap);
  const limitMs = nominalMs(facts.limit);
  const lead = warnBeforeMs === null ? null : warnBeforeMs >= limitMs ? limitMs / 4 : warnBeforeMs;
  const warnAt = lead === null ? null : Math.max(facts.startAt, dueAt - lead);
  const halfDay = isKnown(dueAt, calendar) ? calendar.lastHalfDayBefore(dueAt) : Number.NEGATIVE_INFINITY;
  const earliest = Math.max(facts.startAt, warnAt ?? facts.startAt);
  const nearAt = halfDay > earliest ? halfDay : dueAt - (dueAt - earliest) / 2;
  return {warnAt, nearAt: Math.floor(nearAt), dueAt};
}

/** Natural time runs on beyond the calendar; only the last half-day cannot be told there. */
function isKnown(at: number, calendar: WorkingCalendar): boolean {
  return dayOf(at) > calendar.firstDay + 14 && dayOf(at) <= calendar.lastDay;
}

/** The state at a moment; the due moment itself is still in time, one millisecond later is late. */
export function dueStateAt(schedule: Schedule, at: number): DueState {
  if (at > schedule.dueAt) return 'overdue';
  if (at >= schedule.nearAt) return 'near';
  return schedule.warnAt !== null && at >= schedule.warnAt ? 'warned' : 'normal';
}

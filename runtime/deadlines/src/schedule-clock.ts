import {isAppError} from '@banli/errors';
import type {Tx} from '@banli/store';
import {dueOf, hourMs, isDueProvisional, parseDuration, scheduleOf, type DueFacts, type Schedule, type WorkingCalendar} from '@banli/time';
import type {ClockDeps} from './deps.js';
import {climbOf} from './ladder.js';
import {isActive, openStand, unnoted, type BreachRow, type ClockFacts, type ClockRow} from './model.js';

/** How long after a failed look at the calendar the next one comes. */
const calendarAgainMs = hourMs;

/** What the times of a clock follow from. */
export function dueFactsOf(row: ClockRow): DueFacts {
  return {startAt: row.startedAt, limit: row.facts.limit, extension: row.facts.extension?.amount ?? 0, intervals: row.facts.stands};
}

/** A calendar and the version it stands in. */
export interface DatedCalendar {
  readonly calendar: WorkingCalendar;
  readonly version: string;
}

/**
 * Works out status and times of an active clock from its facts, the clock it must not outlive, and the calendar. A clock that was stopped
 * while it stood gets the due time it would have had.
 *
 * @param others - The other clocks of the case with their times worked out.
 * @param old - The clock before its facts changed; `null` for a new one. See `calendarFor`.
 * @returns The row without `fireAt`: that follows from the lapses, too.
 */
export async function scheduleClock(deps: ClockDeps, tx: Tx, row: ClockRow, others: readonly ClockRow[], now: number, old: ClockRow | null): Promise<ClockRow> {
  if (!hasTimes(row)) return row;
  return scheduleWith(await calendarFor(deps, tx, row, old, now), row, others, now);
}

function hasTimes(row: ClockRow): boolean {
  return isActive(row) || (row.status === 'stopped' && row.dueAt === null && !row.facts.calendarMissing);
}

/**
 * The calendar that holds now, unless it alone would move the clock: then the version that the clock was worked out with stays until a plan is
 * approved, so that no due time moves by itself when a calendar is published.
 */
async function calendarFor(deps: ClockDeps, tx: Tx, row: ClockRow, old: ClockRow | null, now: number): Promise<DatedCalendar> {
  const newest = await deps.catalogs.calendar(row.facts.areaCode, now, tx);
  const own = old?.calendarVersion ?? null;
  if (!old || own === null || own === newest.version || old.facts.calendarMissing) return newest;
  const pinned = await deps.catalogs.calendarOfVersion?.(row.facts.areaCode, own, tx);
  if (!pinned || dueGoingOn(old, pinned.calendar, now) === dueGoingOn(old, newest.calendar, now)) return newest;
  return dueGoingOn(row, pinned.calendar, now) === null ? newest : pinned;
}

/** The due time of a clock by its own facts; of one that stands still the one it would have if it went on now. `null` beyond the calendar. */
export function dueGoingOn(row: ClockRow, calendar: WorkingCalendar, now: number): number | null {
  const facts = dueFactsOf(row);
  try {
    return dueOf({...facts, intervals: row.facts.stands.map(stand => ({from: stand.from, to: stand.to ?? Math.max(now, stand.from)}))}, calendar);
  } catch (error) {
    if (!isAppError(error, 'TIME_CALENDAR_NOT_PUBLISHED')) throw error;
    return null;
  }
}

/** Works out status and times of an active clock with a given calendar. */
export function scheduleWith({calendar, version}: DatedCalendar, row: ClockRow, others: readonly ClockRow[], now: number): ClockRow {
  const status = row.status === 'stopped' ? 'stopped' : openStand(row.facts, 'pause') ? 'paused' : openStand(row.facts, 'halt') ? 'halted' : 'running';
  const cap = capOf(row, others);
  const asked = {calendarVersion: version, calendarAt: row.calendarVersion === version ? row.calendarAt : now};
  try {
    const facts = dueFactsOf(row);
    const schedule = scheduleOf(facts, row.facts.warnBeforeMs, calendar, cap ?? undefined);
    const cut = cap !== null && schedule?.dueAt === cap && dueOf(facts, calendar) !== cap;
    return withTimes({...row, ...asked, status, facts: withFound(row.facts, {provisional: isDueProvisional(facts, calendar), calendarMissing: false, cap: cut ? cap : null})}, schedule);
  } catch (error) {
    if (!isAppError(error, 'TIME_CALENDAR_NOT_PUBLISHED')) throw error;
    return withTimes({...row, ...asked, status, facts: withFound(row.facts, {provisional: true, calendarMissing: true, cap: row.facts.cap})}, null);
  }
}

/** The facts with what the calendar said of them; the same facts where it says what it said before. */
function withFound(facts: ClockFacts, found: Pick<ClockFacts, 'provisional' | 'calendarMissing' | 'cap'>): ClockFacts {
  const isSame = facts.provisional === found.provisional && facts.calendarMissing === found.calendarMissing && facts.cap === found.cap;
  return isSame ? facts : {...facts, ...found};
}

function withTimes(row: ClockRow, schedule: Schedule | null): ClockRow {
  return {...row, dueAt: schedule?.dueAt ?? null, warnAt: schedule?.warnAt ?? null, criticalAt: schedule?.nearAt ?? null};
}

/** The due time of the clock that this one must not outlive; none when that one had run out before this one began (own rule). */
function capOf(row: ClockRow, others: readonly ClockRow[]): number | null {
  const upper = others.findLast(other => other.clock === row.facts.notAfter && isActive(other));
  return upper?.dueAt != null && upper.dueAt > row.startedAt ? upper.dueAt : null;
}

/** What a clock does next, and when. */
export interface Firing {
  readonly kind: 'warn' | 'critical' | 'lapse' | 'step' | 'calendar';
  readonly at: number;
  /** Index of the rung, for `step`. */
  readonly step?: number;
}

/**
 * The next thing a clock has to do. Moments after the clock stopped, or after it began to stand still, do not come; rungs of the ladder
 * wait while the clock stands and come later by that time.
 */
export function nextFiring(row: ClockRow, breaches: readonly BreachRow[], calendar: WorkingCalendar, now: number): Firing | null {
  const active = isActive(row);
  const found: Firing[] = [];
  if (active && row.facts.calendarMissing && row.status === 'running') found.push({kind: 'calendar', at: now + calendarAgainMs});
  if (row.dueAt !== null && row.status !== 'dropped') found.push(...timeFirings(row, row.dueAt, breaches, calendar));
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}

function timeFirings(row: ClockRow, dueAt: number, breaches: readonly BreachRow[], calendar: WorkingCalendar): readonly Firing[] {
  const breach = breaches.find(candidate => candidate.clockId === row.id && candidate.dueAt === dueAt);
  const running = row.status === 'running';
  const found: Firing[] = [];
  if (running && !breach && row.warnAt !== null && row.warnedDueAt !== dueAt) found.push({kind: 'warn', at: row.warnAt});
  if (running && !breach && row.criticalAt !== null && row.criticalDueAt !== dueAt) found.push({kind: 'critical', at: row.criticalAt});
  if (!breach || breach.stepsDone === unnoted) {
    if (breach || running || (row.stoppedAt !== null && row.stoppedAt > dueAt)) found.push({kind: 'lapse', at: dueAt});
    return found;
  }
  const step = climbOf(row.facts)[breach.stepsDone];
  const at = step ? stepMoment(row, dueAt, parseDuration(step.after), calendar) : null;
  if (at !== null && (row.stoppedAt === null || at <= row.stoppedAt)) found.push({kind: 'step', at, step: breach.stepsDone});
  return found;
}

/** Due time plus the rung's delay; `null` while the clock stands, unless the moment had come before. */
function stepMoment(row: ClockRow, dueAt: number, afterMs: number, calendar: WorkingCalendar): number | null {
  if (afterMs === 0) return dueAt;
  return dueOf({startAt: dueAt, limit: {value: afterMs / 60_000, unit: 'minute'}, intervals: row.facts.stands}, calendar);
}

import {isAppError} from '@banli/errors';
import type {PauseRules} from '@banli/formats';
import type {Tx} from '@banli/store';
import {dayMs, dayOf, formatDate, startOfDay, type WorkingCalendar} from '@banli/time';
import type {FiringDeps} from './deps.js';
import {isActive, openStand, type ClockRow, type PauseReminder} from './model.js';
import {textKey} from './texts.js';

/**
 * When whoever has a paused task is reminded of the promised date: at the opening of office, so many working days before. Beyond the published calendar natural days count.
 *
 * @returns `null` where that moment has passed when the pause is granted: its answer has just told of the date.
 */
export function reminderOf({workingDays, sms}: PauseRules['remind'], until: number, calendar: WorkingCalendar, now: number): PauseReminder | null {
  const at = openingBefore(until, workingDays, calendar);
  return at <= now ? null : {at, until, told: false, ...(sms ? {sms} : {})};
}

function openingBefore(until: number, workingDays: number, calendar: WorkingCalendar): number {
  try {
    const day = calendar.addWorkingDays(dayOf(until), -workingDays);
    return calendar.sessions(day)[0]?.openAt ?? startOfDay(day);
  } catch (error) {
    if (!isAppError(error, 'TIME_CALENDAR_NOT_PUBLISHED')) throw error;
    return until - workingDays * dayMs;
  }
}

/** The reminder that a clock still has to give: its pause lasts to the date that it is about. */
export function openReminder(row: ClockRow): PauseReminder | null {
  const {reminder} = row.facts;
  return reminder && !reminder.told && reminder.until === row.resumeAt && isActive(row) && openStand(row.facts, 'pause') ? reminder : null;
}

/** Reminds once a case, however many of its clocks stand; after a stop over the date itself nobody is reminded any more. Answers the rows with all of these reminders given. */
export async function remind(deps: FiringDeps, tx: Tx, rows: readonly ClockRow[], row: ClockRow, at: number): Promise<readonly ClockRow[]> {
  const reminder = openReminder(row);
  if (!reminder) return rows;
  if (deps.clock.now() < reminder.until) {
    const personIds = await deps.signals.pauseEnds(tx, row.caseId, {at, until: reminder.until});
    const date = formatDate(dayOf(reminder.until));
    const title = {'zh-CN': '挂起承诺期将届满', en: 'A promised date comes near'};
    const body = {'zh-CN': `承诺期至 ${date}，请确认进展；届时未确认将自动恢复计时`, en: `Promised for ${date}: please confirm; the clock runs again by itself then`};
    if (reminder.sms && personIds.length > 0) await deps.texts?.send(tx, {key: textKey(row, `pause.${reminder.until}`), personIds, kind: 'case.pauseEnds', caseId: row.caseId, title, body, dueAt: reminder.until, at});
  }
  return rows.map(each => (openReminder(each)?.until === reminder.until ? {...each, facts: {...each.facts, reminder: {...reminder, told: true}}} : each));
}

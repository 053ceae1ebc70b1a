import {isAppError} from '@banli/errors';
import type {PauseRules} from '@banli/formats';
import type {Tx} from '@banli/store';
import {dayMs, dayOf, formatDate, startOfDay, type WorkingCalendar} from '@banli/time';
import type {FiringDeps} from './deps.js';
import type {PauseReminder} from './model.js';
import {pauseTextKey} from './texts.js';

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

/** Reminds of a promised date; after a stop over the date itself nobody is reminded any more. */
export async function remind(deps: FiringDeps, tx: Tx, caseId: string, {at, until, sms}: PauseReminder): Promise<void> {
  if (deps.clock.now() >= until) return;
  const personIds = await deps.signals.pauseEnds(tx, caseId, {at, until});
  const date = formatDate(dayOf(until));
  const title = {'zh-CN': '挂起承诺期将届满', en: 'A promised date comes near'};
  const body = {'zh-CN': `承诺期至 ${date}，请确认进展；届时未确认将自动恢复计时`, en: `Promised for ${date}: please confirm; the clock runs again by itself then`};
  if (sms && personIds.length > 0) await deps.texts?.send(tx, {key: pauseTextKey(caseId, until), personIds, kind: 'case.pauseEnds', caseId, title, body, dueAt: until, at});
}

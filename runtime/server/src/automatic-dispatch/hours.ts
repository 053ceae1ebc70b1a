import type {DispatchRule} from '@banli/catalogs';
import {dayOf, minuteMs, startOfDay, type WorkingCalendar} from '@banli/time';

/** Whether a moment lies in the hours of a rule, on a day it is for, local time. Hours that end before they begin run over midnight; a bound that is left open is the day's own. */
export function isWithin({days, fromTime, untilTime}: Pick<DispatchRule, 'days' | 'fromTime' | 'untilTime'>, calendar: Pick<WorkingCalendar, 'isWorkingDay'>, at: number): boolean {
  const day = dayOf(at);
  if (days !== 'every' && calendar.isWorkingDay(day) !== (days === 'working')) return false;
  const now = Math.floor((at - startOfDay(day)) / minuteMs);
  const [from, until] = [minutesOf(fromTime, 0), minutesOf(untilTime, 24 * 60)];
  return from < until ? now >= from && now < until : now >= from || now < until;
}

function minutesOf(time: string | null, otherwise: number): number {
  if (time === null) return otherwise;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

import {dayOf, formatDate, parseDate, weekdayOf} from '@banli/time';

/** The day that a key leads to from another, within the year; the same day for any other key. */
export function dayByKey(date: string, key: string): string {
  const day = parseDate(date);
  const weekday = weekdayOf(day);
  const steps: Readonly<Record<string, number>> = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: 1 - weekday, End: 7 - weekday};
  const next = key === 'PageUp' || key === 'PageDown' ? monthAway(date, key === 'PageUp' ? -1 : 1) : formatDate(day + (steps[key] ?? 0));
  const year = date.slice(0, 4);
  return next < `${year}-01-01` ? `${year}-01-01` : next > `${year}-12-31` ? `${year}-12-31` : next;
}

/** The same day a month away, or the last day of that month. */
function monthAway(date: string, by: number): string {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const first = new Date(Date.UTC(year, month - 1 + by, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** The day of a moment, `YYYY-MM-DD` in Asia/Shanghai, if the year has it; else its first day. */
export function dayWithin(year: number, now: number): string {
  const today = formatDate(dayOf(now));
  return today.startsWith(`${year}-`) ? today : `${year}-01-01`;
}

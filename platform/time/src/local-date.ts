import {timeErrors} from './errors.js';

/** Milliseconds of a minute, an hour and a day. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Asia/Shanghai has been UTC+8 without summer time since 1992; Banli handles no earlier moment. */
const shanghaiOffsetMs = 8 * hourMs;

/** A day in Asia/Shanghai, counted from 1970-01-01 = 0. */
export type DayNumber = number;

/** The day in Asia/Shanghai that a moment belongs to, whatever the process's own time zone is. */
export function dayOf(moment: number): DayNumber {
  return Math.floor((moment + shanghaiOffsetMs) / dayMs);
}

/** The moment at which a day begins in Asia/Shanghai, in UTC milliseconds. */
export function startOfDay(day: DayNumber): number {
  return day * dayMs - shanghaiOffsetMs;
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `2026-02-26`. */
export function formatDate(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/**
 * Reads a date.
 * @throws AppError `TIME_DATE_INVALID` for another format or a date that does not exist.
 */
export function parseDate(text: string): DayNumber {
  const day = dayIn(text);
  if (day === null) throw timeErrors.DATE_INVALID({text});
  return day;
}

/** Whether a text is a date that exists, as `parseDate` reads it. */
export function isDate(text: string): boolean {
  return dayIn(text) !== null;
}

function dayIn(text: string): DayNumber | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / dayMs : Number.NaN;
  return Number.isInteger(day) && formatDate(day) === text ? day : null;
}

/**
 * Reads a time of day as milliseconds since midnight; `24:00` is the end of the day.
 * @throws AppError `TIME_HOUR_INVALID`
 */
export function parseHour(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const hours = Number(match?.[1]);
  const minutes = Number(match?.[2]);
  if (!match || minutes > 59 || hours * 60 + minutes > 24 * 60) throw timeErrors.HOUR_INVALID({text});
  return hours * hourMs + minutes * minuteMs;
}

/**
 * Reads a moment of local time, `2026-02-26 19:30` or `2026-02-26T19:30:05`.
 * @throws AppError `TIME_DATE_INVALID`, `TIME_HOUR_INVALID`
 */
export function parseMoment(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::([0-5]\d))?$/.exec(text);
  if (!match) throw timeErrors.DATE_INVALID({text});
  const ofDay = parseHour(match[2] ?? '') + Number(match[3] ?? 0) * 1000;
  if (ofDay > dayMs) throw timeErrors.HOUR_INVALID({text});
  return startOfDay(parseDate(match[1] ?? '')) + ofDay;
}

/**
 * Reads a moment with its zone, as outside systems write it: `2026-02-26T19:30:05+08:00`, `2026-02-26T11:30Z`; fractions of a second are cut off.
 * @throws AppError `TIME_DATE_INVALID`, `TIME_HOUR_INVALID`, also for a zone that there is not
 * @see Source: RFC 3339; seconds may be left out as in ISO 8601.
 */
export function parseZonedMoment(text: string): number {
  const [, date, hour, seconds, , sign, hours, minutes] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::([0-5]\d)(\.\d{1,9})?)?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/.exec(text) ?? [];
  if (date === undefined || hour === undefined) throw timeErrors.DATE_INVALID({text});
  const utc = parseDate(date) * dayMs + parseHour(hour) + Number(seconds ?? 0) * 1000;
  const offsetMs = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * minuteMs;
  return sign === '-' ? utc + offsetMs : utc - offsetMs;
}

/** `2026-02-26 19:30` in Asia/Shanghai, cut down to the minute; with `seconds`, `2026-02-26 19:30:05`. */
export function formatMoment(moment: number, seconds = false): string {
  const local = moment + shanghaiOffsetMs;
  const day = Math.floor(local / dayMs);
  const second = Math.floor((local - day * dayMs) / 1_000);
  const minute = Math.floor(second / 60);
  const text = `${dateText(day)} ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
  return seconds ? `${text}:${twoDigits(second % 60)}` : text;
}

function twoDigits(count: number): string {
  return count < 10 ? `0${count}` : String(count);
}

/** The days of the last moments that were written out: many moments lie on few days, and writing a date costs ten times as much as writing a time. */
const writtenDays = new Map<DayNumber, string>();
const mostDays = 1_000;

function dateText(day: DayNumber): string {
  const known = writtenDays.get(day);
  if (known !== undefined) return known;
  if (writtenDays.size >= mostDays) writtenDays.clear();
  const text = formatDate(day);
  writtenDays.set(day, text);
  return text;
}

import {timeErrors} from './errors.js';
import {dayMs, hourMs, minuteMs} from './local-date.js';

/**
 * What a limit counts in. `workingDay`: from the next working day, ends at close of office. `hour`, `minute`: at once, natural
 * time, nights and holidays included. `workingHour`: at once, office hours only. `naturalDay`: from the next day, holidays included; ends at close of
 * office, and where the last day is none on which anybody works, on the next working day.
 *
 * @see Source: 民法典 第二百零一条、第二百零三条 (the first day does not count; a last day off moves to the next day; ends with business hours).
 */
export type LimitUnit = 'workingDay' | 'naturalDay' | 'hour' | 'minute' | 'workingHour';

/** A length of time with its unit, as a catalog row says it. */
export interface Limit {
  readonly value: number;
  readonly unit: LimitUnit;
}

const unitWords: Readonly<Record<LimitUnit, readonly [zh: string, one: string, many: string]>> = {
  workingDay: ['个工作日', 'working day', 'working days'],
  naturalDay: ['个自然日', 'day', 'days'],
  hour: ['小时', 'hour', 'hours'],
  minute: ['分钟', 'minute', 'minutes'],
  workingHour: ['个工作小时', 'working hour', 'working hours'],
};

/** Every unit a limit may have. */
export const limitUnits = Object.keys(unitWords) as readonly LimitUnit[];

/**
 * Checks a limit.
 * @throws AppError `TIME_LIMIT_INVALID` when the value is not above 0, or days are not whole.
 */
export function checkLimit(limit: Limit): Limit {
  const whole = (limit.unit !== 'workingDay' && limit.unit !== 'naturalDay') || Number.isInteger(limit.value);
  if (!(limit.value > 0) || !Number.isFinite(limit.value) || !whole || !(limit.unit in unitWords)) {
    throw timeErrors.LIMIT_INVALID({value: limit.value, unit: limit.unit});
  }
  return limit;
}

/** `5 个工作日` or `5 working days`. */
export function formatLimit(limit: Limit, language: 'zh-CN' | 'en'): string {
  const [zh, one, many] = unitWords[limit.unit];
  return `${limit.value} ${language === 'zh-CN' ? zh : limit.value === 1 ? one : many}`;
}

/**
 * The length that a lead is compared with: a working day stands for 24 hours, so that a warning of 24 hours is as long as a
 * limit of one working day (own reading of `main-job.md`, Clocks).
 */
export function nominalMs(limit: Limit): number {
  return limit.value * {workingDay: dayMs, naturalDay: dayMs, hour: hourMs, minute: minuteMs, workingHour: hourMs}[limit.unit];
}

const duration = /^P(?=\w)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Whether a text is a duration that `parseDuration` reads. */
export function isDuration(text: string): boolean {
  return duration.test(text);
}

/**
 * Reads an ISO 8601 duration of natural time: weeks, days, hours, minutes, seconds. `P1D` is 24 hours, `PT2M` two minutes;
 * months and years are refused because they have no fixed length.
 *
 * @returns Milliseconds.
 * @throws AppError `TIME_DURATION_INVALID`
 */
export function parseDuration(text: string): number {
  const match = duration.exec(text);
  if (!match) throw timeErrors.DURATION_INVALID({text});
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0)) as [number, number, number, number, number];
  return (weeks * 7 + days) * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1000;
}

/** Writes milliseconds as an ISO 8601 duration of days, hours, minutes and seconds; 0 is `PT0S`. */
export function formatDuration(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  const seconds = Math.floor((ms % minuteMs) / 1000);
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  return days || time ? `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}` : 'PT0S';
}

/** What follows a Chinese word: a figure after a space, a word without one, as `超期 3 天` and `超期不到 1 分钟`. */
export function spaced(words: string): string {
  return /^\d/.test(words) ? ` ${words}` : words;
}

/** A length of natural time in words, two parts at most: `1 天 4 小时`, `1 d 4 h`. Below a minute: `不到 1 分钟`. */
export function describeDuration(ms: number, language: 'zh-CN' | 'en'): string {
  const words = language === 'zh-CN' ? ['天', '小时', '分钟', '不到 1 分钟'] : ['d', 'h', 'min', 'under 1 min'];
  const parts = [Math.floor(ms / dayMs), Math.floor((ms % dayMs) / hourMs), Math.floor((ms % hourMs) / minuteMs)];
  const text = parts.flatMap((value, index) => (value ? [`${value} ${words[index]}`] : [])).slice(0, 2).join(' ');
  return text || (words[3] ?? '');
}

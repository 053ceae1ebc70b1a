import {countNaturalDays, countWorkingDays, dueOf, mergeIntervals, type DueFacts, type Interval} from './due.js';
import {formatLimit, type Limit} from './duration.js';
import {weekdayName} from './day-table.js';
import {dayOf, formatDate, formatMoment, type DayNumber} from './local-date.js';
import type {WorkingCalendar} from './working-calendar.js';

/** Why a day counts or does not. */
export type DayReason = 'startDay' | 'working' | 'makeup' | 'weekend' | 'holiday' | 'paused';

/** One day between start and due time, and whether it counts. */
export interface ExplainedDay {
  readonly date: string;
  readonly weekday: number;
  readonly counted: boolean;
  /** 1, 2, 3 … for a counted day, otherwise `null`. */
  readonly number: number | null;
  readonly why: DayReason;
  /** The reason in words: 春节, 周六, 调休上班, 暂停 … */
  readonly zh: string;
  readonly en: string;
  /** The day's fact is not published yet. */
  readonly provisional: boolean;
}

/** How a due time came about, for a person who asks "why". */
export interface DueExplanation {
  readonly limit: Limit;
  readonly extension: number;
  readonly startAt: number;
  /** `null` while a pause lasts. */
  readonly dueAt: number | null;
  readonly startRule: 'nextWorkingDay' | 'nextDay' | 'atOnce';
  readonly calendarId: string;
  readonly calendarTitleZh: string;
  readonly calendarTitleEn: string;
  /** Any day between start and due rests on a provisional fact. Natural time never does. */
  readonly provisional: boolean;
  /** Every day for limits in days or office hours; empty for natural time, which counts every minute. */
  readonly days: readonly ExplainedDay[];
  /** Pauses, sorted and joined. */
  readonly intervals: readonly Interval[];
  readonly zh: string;
  readonly en: string;
}

/**
 * Explains a due time: start rule, every counted day, every pause. The days and `dueOf` come from the same facts; a test holds
 * them together.
 *
 * @throws AppError as `dueOf`
 */
export function explainDue(facts: DueFacts, calendar: WorkingCalendar): DueExplanation {
  const dueAt = dueOf(facts, calendar);
  const intervals = mergeIntervals(facts.intervals ?? [], facts.startAt);
  const officeBound = facts.limit.unit !== 'hour' && facts.limit.unit !== 'minute';
  const lastAt = dueAt ?? intervals.at(-1)?.from ?? facts.startAt;
  const days = officeBound ? explainDays(facts, dayOf(lastAt), calendar) : [];
  return {
    limit: facts.limit,
    extension: facts.extension ?? 0,
    startAt: facts.startAt,
    dueAt,
    startRule: facts.limit.unit === 'workingDay' ? 'nextWorkingDay' : facts.limit.unit === 'naturalDay' ? 'nextDay' : 'atOnce',
    calendarId: calendar.id,
    calendarTitleZh: calendar.titleZh,
    calendarTitleEn: calendar.titleEn,
    provisional: days.some(day => day.provisional),
    days,
    intervals,
    ...sentences(facts, dueAt),
  };
}

/** Whether a due time rests on a day that is only expected; what `explainDue` says of it, without the days. @throws AppError as `dueOf` */
export function isDueProvisional(facts: DueFacts, calendar: WorkingCalendar): boolean {
  if (facts.limit.unit === 'hour' || facts.limit.unit === 'minute') return false;
  const lastAt = dueOf(facts, calendar) ?? mergeIntervals(facts.intervals ?? [], facts.startAt).at(-1)?.from ?? facts.startAt;
  return calendar.provisionalBetween(dayOf(facts.startAt), dayOf(lastAt));
}

/** Natural days count whatever they are; after the last one the days follow until somebody works. */
function explainNaturalDays(facts: DueFacts, lastDay: DayNumber, calendar: WorkingCalendar): readonly ExplainedDay[] {
  const startDay = dayOf(facts.startAt);
  const {lastDay: ends, skipped} = countNaturalDays(facts, calendar);
  const days: ExplainedDay[] = [];
  let count = 0;
  for (let day = startDay; day <= lastDay; day += 1) {
    const fact = calendar.day(day);
    const paused = skipped.some(range => day > range.afterDay && day <= range.untilDay);
    const counted = day > startDay && day <= ends && !paused;
    if (counted) count += 1;
    const why: DayReason = day === startDay ? 'startDay' : paused ? 'paused' : fact.kind === 'plain' ? 'working' : fact.kind;
    days.push({date: fact.date, weekday: fact.weekday, counted, number: counted ? count : null, why, ...words(why, fact.titleZh, fact.titleEn), provisional: fact.provisional});
  }
  return days;
}

function explainDays(facts: DueFacts, lastDay: DayNumber, calendar: WorkingCalendar): readonly ExplainedDay[] {
  if (facts.limit.unit === 'naturalDay') return explainNaturalDays(facts, lastDay, calendar);
  const startDay = dayOf(facts.startAt);
  const wholeDays = facts.limit.unit === 'workingDay';
  const skipped = wholeDays ? countWorkingDays(facts, calendar).skipped : [];
  const days: ExplainedDay[] = [];
  let count = 0;
  for (let day = startDay; day <= lastDay; day += 1) {
    const fact = calendar.day(day);
    const paused = wholeDays && fact.working && skipped.some(range => day > range.afterDay && day <= range.untilDay);
    const isStart = wholeDays && day === startDay;
    const counted = fact.working && !paused && !isStart;
    if (counted) count += 1;
    const why = isStart ? 'startDay' : paused ? 'paused' : fact.kind === 'plain' ? 'working' : fact.kind;
    days.push({date: fact.date, weekday: fact.weekday, counted, number: counted ? count : null, why, ...words(why, fact.titleZh, fact.titleEn), provisional: fact.provisional});
  }
  return days;
}

function words(why: DayReason, titleZh: string, titleEn: string): {zh: string; en: string} {
  switch (why) {
    case 'startDay':
      return {zh: '起始日，不计', en: 'day of the start, not counted'};
    case 'paused':
      return {zh: '计时暂停，不计', en: 'paused, not counted'};
    case 'working':
      return {zh: '工作日', en: 'working day'};
    default:
      return {zh: titleZh, en: titleEn};
  }
}

function sentences(facts: DueFacts, dueAt: number | null): {zh: string; en: string} {
  const total = {value: facts.limit.value + (facts.extension ?? 0), unit: facts.limit.unit};
  const whole = facts.limit.unit === 'workingDay';
  const start = formatMoment(facts.startAt);
  const extendedZh = facts.extension ? `（含延期 ${formatLimit({value: facts.extension, unit: facts.limit.unit}, 'zh-CN')}）` : '';
  const extendedEn = facts.extension ? ` (extension of ${formatLimit({value: facts.extension, unit: facts.limit.unit}, 'en')} included)` : '';
  const ruleZh = facts.limit.unit === 'naturalDay' ? '自次日起计，节假日包括在内，至最后一日下班时止，最后一日休息的顺延至次一工作日' : whole ? '自次一工作日起计，至当日下班时止' : facts.limit.unit === 'workingHour' ? '即时起计，只计办公时间' : '即时起计，按自然时间连续计算';
  const ruleEn = facts.limit.unit === 'naturalDay' ? 'counts from the next day, holidays included, and ends at close of office of the last day, or of the next working day' : whole ? 'counts from the next working day and ends at close of office' : facts.limit.unit === 'workingHour' ? 'starts at once, office hours only' : 'starts at once, natural time';
  const dueZh = dueAt === null ? '计时暂停中' : `${formatMoment(dueAt)} 到期`;
  const dueEn = dueAt === null ? 'paused' : `due ${formatMoment(dueAt)}`;
  return {
    zh: `${start} 起，${formatLimit(total, 'zh-CN')}${extendedZh}，${ruleZh}；${dueZh}。`,
    en: `From ${start}, ${formatLimit(total, 'en')}${extendedEn}, ${ruleEn}; ${dueEn}.`,
  };
}

/** One explained day on one line: `2026-02-16 周一 春节 不计`. */
export function describeDay(day: ExplainedDay, language: 'zh-CN' | 'en'): string {
  const zh = language === 'zh-CN';
  const mark = day.number === null ? '' : zh ? ` 第 ${day.number} 日` : ` day ${day.number}`;
  const provisional = day.provisional ? (zh ? '（暂定）' : ' (provisional)') : '';
  return `${day.date} ${weekdayName(day.weekday, language)} ${zh ? day.zh : day.en}${mark}${provisional}`;
}

/** The date part of a due time, or an empty text while paused. */
export function dueDate(dueAt: number | null): string {
  return dueAt === null ? '' : formatDate(dayOf(dueAt));
}

import type {LocalizedText} from '@banli/formats';
import {dayOf, formatDate, formatMoment, startOfDay, type DayNumber, type WorkingCalendar} from '@banli/time';

/** At most this many differences are named. */
const mostNamed = 6;

/** Why another calendar moves a clock: the days between start and due time that the two see differently, and those on which the office is open at other hours. */
export function calendarWords(before: WorkingCalendar, after: WorkingCalendar, startedAt: number, until: number, version: string): LocalizedText {
  const [first, last] = [dayOf(startedAt), dayOf(until)];
  const {changes, said} = comparedDays(before, after);
  const key = `${version} ${first} ${last}`;
  const known = said.get(key);
  if (known) return known;
  const changed = stretches(changes.filter(({day}) => day >= first && day <= last), after).slice(0, mostNamed).map(stretch => stretch.change.words(stretch.change.day, stretch.last));
  const words = {'zh-CN': `工作日历 ${version}：${changed.map(text => text['zh-CN']).join('，') || '年度安排已公布'}`, en: `calendars ${version}: ${changed.map(({en}) => en).join(', ') || 'the year was published'}`};
  if (said.size < mostSaid) said.set(key, words);
  return words;
}

/** A day that two calendars see differently. */
interface ChangedDay {
  readonly day: DayNumber;
  /** The hours before and after, where the office is open on both; days that follow one another with the same ones are told together. */
  readonly hours: string | null;
  /** Says it of the day and those behind it up to `last`. */
  readonly words: (day: DayNumber, last: DayNumber) => {readonly 'zh-CN': string; readonly en: string};
}

interface Stretch {
  readonly change: ChangedDay;
  readonly last: DayNumber;
}

/** How two calendars differ, and what was said of it by first and last day: many clocks run over the same days. */
interface Compared {
  readonly changes: readonly ChangedDay[];
  readonly said: Map<string, LocalizedText>;
}

const mostSaid = 10_000;
const compared = new WeakMap<WorkingCalendar, WeakMap<WorkingCalendar, Compared>>();

function comparedDays(before: WorkingCalendar, after: WorkingCalendar): Compared {
  const known = compared.get(before)?.get(after);
  if (known) return known;
  const made: Compared = {changes: changedDays(before, after), said: new Map()};
  compared.set(before, (compared.get(before) ?? new WeakMap<WorkingCalendar, Compared>()).set(after, made));
  return made;
}

/** Every day that is a working day in one of two calendars, or has other office hours. */
function changedDays(before: WorkingCalendar, after: WorkingCalendar): readonly ChangedDay[] {
  const changed: ChangedDay[] = [];
  for (let day = Math.max(before.firstDay, after.firstDay); day <= Math.min(before.lastDay, after.lastDay); day += 1) {
    if (before.isWorkingDay(day) !== after.isWorkingDay(day)) changed.push(otherKind(after, day));
    else if (before.isWorkingDay(day)) changed.push(...otherHours(hoursOf(before, day), hoursOf(after, day), day));
  }
  return changed;
}

function otherKind(after: WorkingCalendar, day: DayNumber): ChangedDay {
  const {working, sourceRef} = after.day(day);
  const date = formatDate(day);
  const words = {'zh-CN': `${date} 改为${working ? '工作日' : '休息日'}${sourceRef && `（${sourceRef}）`}`, en: `${date} became a ${working ? 'working day' : 'day off'}${sourceRef && ` (${sourceRef})`}`};
  return {day, hours: null, words: () => words};
}

function otherHours(was: readonly string[], is: readonly string[], day: DayNumber): readonly ChangedDay[] {
  const hours = `${was.join()} ${is.join()}`;
  if (was.join() === is.join()) return [];
  return [{
    day, hours,
    words: (first, last) => ({
      'zh-CN': `${formatDate(first)}${last > first ? ` 至 ${formatDate(last)}` : ''} 办公时间由 ${was.join('、')} 改为 ${is.join('、')}`,
      en: `office hours ${last > first ? `from ${formatDate(first)} to ${formatDate(last)}` : `on ${formatDate(first)}`} became ${is.join(' and ')} (were ${was.join(' and ')})`,
    }),
  }];
}

/** The office hours of a day as they are read: `09:30—13:30`. */
function hoursOf(calendar: WorkingCalendar, day: DayNumber): readonly string[] {
  const time = (at: number): string => (at === startOfDay(day + 1) ? '24:00' : formatMoment(at).slice(-5));
  return calendar.sessions(day).map(({openAt, closeAt}) => `${time(openAt)}—${time(closeAt)}`);
}

/** Days of the same other hours with only days off between them as one. */
function stretches(changes: readonly ChangedDay[], calendar: WorkingCalendar): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const change of changes) {
    const before = found.at(-1);
    const goesOn = before && change.hours !== null && before.change.hours === change.hours && calendar.workingDaysBetween(before.last, change.day) === 1;
    if (goesOn) found[found.length - 1] = {...before, last: change.day};
    else found.push({change, last: change.day});
  }
  return found;
}

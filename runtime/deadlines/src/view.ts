import type {ClockView, DueState} from '@banli/cases';
import type {LocalizedText} from '@banli/formats';
import {dayOf, describeDuration, hourMs, spaced, type WorkingCalendar} from '@banli/time';
import type {BreachRow, ClockRow} from './model.js';

interface Wording {
  readonly calendar: WorkingCalendar;
  readonly inWorkingDays: boolean;
}

/** Calendars stay with their views, so that the rest of a limit can be told in working days without a look-up. */
const wordings = new WeakMap<ClockView, Wording>();

/** A clock as a case shows it. The lapse that counts is the latest one that stands, else the latest corrected one. */
export function viewOf(row: ClockRow, breaches: readonly BreachRow[], calendar: WorkingCalendar): ClockView {
  const own = breaches.filter(breach => breach.clockId === row.id);
  const breach = own.findLast(candidate => candidate.correctedAt === null) ?? own.at(-1);
  const view: ClockView = {
    id: row.id, clock: row.clock, title: row.facts.title, ...(row.facts.strand === undefined ? {} : {strand: row.facts.strand}), round: row.round, status: row.status, startedAt: row.startedAt, dueAt: row.dueAt, warnAt: row.warnAt,
    criticalAt: row.criticalAt, stoppedAt: row.stoppedAt, breachedAt: breach?.dueAt ?? null, breachCorrected: breach !== undefined && breach.correctedAt !== null, ...(row.facts.extension ? {extended: true as const} : {}),
    provisional: row.facts.provisional,
  };
  wordings.set(view, {calendar, inWorkingDays: row.facts.limit.unit === 'workingDay'});
  return view;
}

/** How a clock stands at a moment, for colours and words. */
export function dueStateOf(view: ClockView, now: number): DueState {
  if (view.status === 'stopped' || view.status === 'dropped') return 'stopped';
  const lapsed = view.breachedAt !== null && !view.breachCorrected;
  if (lapsed || (view.dueAt !== null && now > view.dueAt)) return 'overdue';
  if (view.status === 'paused' || view.status === 'halted') return 'paused';
  if (view.criticalAt !== null && now >= view.criticalAt) return 'critical';
  return view.warnAt !== null && now >= view.warnAt ? 'warning' : 'normal';
}

/** What is left, in words: `剩 2 个工作日 3 小时`, `超期 1 天 4 小时`. */
export function restOf(view: ClockView, now: number): LocalizedText {
  const state = dueStateOf(view, now);
  if (state === 'stopped') return view.breachedAt !== null && !view.breachCorrected ? {'zh-CN': '超期完成', en: 'done late'} : {'zh-CN': '按时完成', en: 'done in time'};
  if (state === 'paused') return view.status === 'paused' ? {'zh-CN': '已暂停计时', en: 'paused'} : {'zh-CN': '审核中，暂停计时', en: 'under review, not counted'};
  if (view.dueAt === null) return {'zh-CN': '到期日所在年度的工作日历未公布', en: 'the calendar of the due year is not published'};
  const gap = Math.abs(now - view.dueAt);
  if (state === 'overdue') return {'zh-CN': `超期${spaced(describeDuration(gap, 'zh-CN'))}`, en: `${describeDuration(gap, 'en')} overdue`};
  return workingRest(view, view.dueAt, now) ?? {'zh-CN': `剩${spaced(describeDuration(gap, 'zh-CN'))}`, en: `${describeDuration(gap, 'en')} left`};
}

/** Whole working days after today, and the office hours left today. */
function workingRest(view: ClockView, dueAt: number, now: number): LocalizedText | null {
  const wording = wordings.get(view);
  if (!wording?.inWorkingDays || dayOf(now) < wording.calendar.firstDay) return null;
  const {calendar} = wording;
  const days = calendar.workingDaysBetween(dayOf(now), dayOf(dueAt));
  if (days < 1) return null;
  const hours = Math.floor(calendar.officeTimeBetween(now, calendar.closeOf(dayOf(now))) / hourMs);
  const zhHours = hours > 0 ? ` ${hours} 小时` : '';
  const enHours = hours > 0 ? ` ${hours} h` : '';
  return {'zh-CN': `剩 ${days} 个工作日${zhHours}`, en: `${days} working ${days === 1 ? 'day' : 'days'}${enHours} left`};
}

/** Both together, as cases ask for them. */
export const clockWords = {dueState: dueStateOf, rest: restOf};

import type {ClockExplanation} from '@banli/cases';
import type {LocalizedText} from '@banli/formats';
import {isAppError} from '@banli/errors';
import {describeDay, describeDuration, explainDue, formatLimit, formatMoment, spaced, type DueExplanation, type WorkingCalendar} from '@banli/time';
import type {ClockRow, Recomputed, Refitted, Stand} from './model.js';
import {dueFactsOf} from './schedule-clock.js';

type Line = ClockExplanation['lines'][number];

/** Says why a clock is due when it is: row and version, start rule, every day counted or not, pauses, halts, extension, cut, changes of the case, and `moves` by approved plans. */
export function explainClock(row: ClockRow, calendar: WorkingCalendar, moves: readonly Recomputed[]): ClockExplanation {
  const {facts} = row;
  const due = explainOrNull(row, calendar);
  const lines: Line[] = [...(due ? dayLines(row, due) : []), ...facts.stands.map(standLine)];
  if (facts.extension) {
    const amount = {value: facts.extension.amount, unit: facts.limit.unit};
    lines.push({at: formatMoment(facts.extension.grantedAt), counted: true, kind: 'extension', text: {'zh-CN': `延期 ${formatLimit(amount, 'zh-CN')}（${formatMoment(facts.extension.filedAt)} 申请）`, en: `extended by ${formatLimit(amount, 'en')} (filed ${formatMoment(facts.extension.filedAt)})`}});
  }
  if (facts.cap !== null) {
    lines.push({at: formatMoment(facts.cap), counted: false, kind: 'cap', text: {'zh-CN': '不得晚于全件办结时限，到期时间提前至此', en: 'must not outlive the clock of the whole case: brought forward'}});
  }
  lines.push(...changeLines(row, moves));
  return {
    clockId: row.id,
    limit: facts.origin,
    startRule: due ? {'zh-CN': due.zh, en: due.en} : missingText(calendar),
    startedAt: row.startedAt,
    dueAt: row.dueAt,
    lines,
    provisional: facts.provisional,
  };
}

/** Changes of the case and moves by approved plans in the order in which they came. */
function changeLines({facts}: ClockRow, moves: readonly Recomputed[]): readonly Line[] {
  const refitted = (facts.recomputed ?? []).filter((change): change is Refitted => change.planId === null);
  const changes = [
    ...refitted.map(change => ({...change, zh: '随办件变更重定', en: 'after a change of the case'})),
    ...moves.map(change => ({...change, zh: '经批准重算', en: 'worked out again on approval'})),
  ];
  return changes.sort((a, b) => a.at - b.at).map(({at, before, text, zh, en}): Line => {
    const was = before === null ? '' : formatMoment(before);
    return {at: formatMoment(at), counted: true, kind: 'recomputed', text: {'zh-CN': `${zh}${was && `（原到期 ${was}）`}：${text['zh-CN']}`, en: `${en}${was && ` (was due ${was})`}: ${text.en ?? text['zh-CN']}`}};
  });
}

function explainOrNull(row: ClockRow, calendar: WorkingCalendar): DueExplanation | null {
  try {
    return explainDue(dueFactsOf(row), calendar);
  } catch (error) {
    if (isAppError(error, 'TIME_CALENDAR_NOT_PUBLISHED')) return null;
    throw error;
  }
}

function missingText(calendar: WorkingCalendar): LocalizedText {
  return {'zh-CN': `${calendar.titleZh}尚未公布到期日所在年度，公布后自动补算`, en: `${calendar.titleEn} is not published for the year of the due date; it is worked out when it is`};
}

function dayLines(row: ClockRow, due: DueExplanation): readonly Line[] {
  if (due.days.length > 0) return due.days.map(day => ({at: day.date, counted: day.counted, kind: 'day', text: {'zh-CN': describeDay(day, 'zh-CN'), en: describeDay(day, 'en')}}));
  const limit = {value: due.limit.value + due.extension, unit: due.limit.unit};
  return [{at: formatMoment(row.startedAt), counted: true, kind: 'hours', text: {'zh-CN': `自 ${formatMoment(row.startedAt, true)} 起连续计 ${formatLimit(limit, 'zh-CN')}`, en: `${formatLimit(limit, 'en')} of natural time from ${formatMoment(row.startedAt, true)}`}}];
}

function standLine(stand: Stand): Line {
  const from = formatMoment(stand.from);
  const to = stand.to === null ? null : formatMoment(stand.to);
  const length = stand.to === null ? null : {zh: describeDuration(stand.to - stand.from, 'zh-CN'), en: describeDuration(stand.to - stand.from, 'en')};
  const [zh, en] = stand.kind === 'pause' ? [`挂起（${stand.reason}）`, `paused (${stand.reason})`] : ['审核期间不计时', 'not counted during the review'];
  return {
    at: from, counted: false, kind: stand.kind,
    text: {'zh-CN': `${from} ${to === null ? '至今' : `至 ${to}`} ${zh}${length ? `，共${spaced(length.zh)}` : ''}`, en: `${from} to ${to ?? 'now'} ${en}${length ? `, ${length.en}` : ''}`},
  };
}

import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {dayOf, formatDate, type WorkingCalendar} from '@banli/time';
import type {BreachRow, ClockRow} from '../model.js';
import {dueGoingOn, scheduleWith, type DatedCalendar} from '../schedule-clock.js';
import {limitTargets, memo} from './limit-target.js';
import type {ClockPlan, PlanDeps} from './model.js';

/** What a plan's version makes of a clock, before its times are worked out. */
interface Target {
  readonly row: ClockRow;
  readonly dated: DatedCalendar;
  readonly why: (from: number | null, to: number | null) => LocalizedText;
  /** The clock began before the version held; the plan moves it only when its approval says so. */
  readonly older?: boolean;
  /** No row fits the clock any more: it stays. */
  readonly gone?: boolean;
}

/** Gives what clocks are worked out with; each calendar and limit is asked for once. */
export interface PlanSource {
  /** The calendar the clock was worked out with. */
  own(row: ClockRow): Promise<DatedCalendar>;
  /** What the version of the plan says, or `null` when it says nothing new of this clock. */
  target(row: ClockRow): Promise<Target | null>;
}

/** One clock that a version would move. */
export interface Move {
  readonly row: ClockRow;
  readonly next: ClockRow;
  readonly before: number | null;
  readonly after: number | null;
  readonly standing: boolean;
  /** It has lapsed: the lapse stays, and so does the clock. */
  readonly lapsed: boolean;
  /** It began before the version held, or follows a clock that did: only approval of those, too, moves it. */
  readonly older: boolean;
  /** No row fits it any more: it is told and stays. */
  readonly gone: boolean;
  readonly why: LocalizedText;
}

/** Makes the source of a plan for one unit of work. */
export function planSource(deps: PlanDeps, plan: ClockPlan, now: number, tx: Tx): PlanSource {
  const calendars = memo(async (key: string): Promise<DatedCalendar | null> => {
    const [area = '', version = ''] = key.split('|');
    return version === '' ? deps.catalogs.calendar(area, now, tx) : deps.catalogs.calendarOfVersion(area, version, tx);
  });
  const limitTarget = limitTargets(deps, plan, now, tx);
  const own = async ({facts}: ClockRow): Promise<DatedCalendar> =>
    (await calendars(`${facts.areaCode}|${facts.calendarVersion ?? ''}`)) ?? (await calendars(`${facts.areaCode}|`)) ?? deps.catalogs.calendar(facts.areaCode, now, tx);
  const byCalendar = async (row: ClockRow): Promise<Target | null> => {
    if (row.facts.calendarVersion === plan.version) return null;
    const dated = await calendars(`${row.facts.areaCode}|${plan.version}`);
    const before = (await own(row)).calendar;
    return dated && {row, dated, why: (from, to) => calendarWords(before, dated.calendar, row.startedAt, Math.max(from ?? now, to ?? now), plan.version)};
  };
  const byLimit = async (row: ClockRow): Promise<Target | null> => {
    const target = await limitTarget(row);
    return target && {...target, dated: await own(row), why: () => target.why};
  };
  return {own, target: plan.catalogId === 'calendars' ? byCalendar : byLimit};
}

/**
 * Works the active clocks of one case out anew and says which would move. Clocks that others must not outlive come first, so that a cut
 * moves with what it is cut to.
 *
 * @param only - Ids of the clocks that may move; without it all.
 */
export async function recomputeCase(rows: readonly ClockRow[], breaches: readonly BreachRow[], source: PlanSource, now: number, only?: ReadonlySet<string>): Promise<readonly Move[]> {
  const ordered = [...rows].sort((a, b) => Number(a.facts.notAfter !== null) - Number(b.facts.notAfter !== null));
  // As the clocks stand when the plan is applied, and as they would with those begun before the version held.
  const timed: ClockRow[] = [];
  const withOlder: ClockRow[] = [];
  const moves: Move[] = [];
  for (const row of ordered) {
    const move = row.facts.calendarMissing || (only && !only.has(row.id)) ? null : await moveOf(row, {timed, withOlder, breaches, source, now});
    if (move && !(only && (move.older || move.gone))) moves.push(move);
    const moved = move && !move.lapsed && !move.gone ? move.next : row;
    timed.push(move?.older ? row : moved);
    withOlder.push(moved);
  }
  return moves;
}

interface Around {
  readonly timed: readonly ClockRow[];
  readonly withOlder: readonly ClockRow[];
  readonly breaches: readonly BreachRow[];
  readonly source: PlanSource;
  readonly now: number;
}

async function moveOf(row: ClockRow, around: Around): Promise<Move | null> {
  const {source} = around;
  const own = await source.own(row);
  const target = await source.target(row);
  if (target?.gone) return {row, next: row, before: row.dueAt, after: row.dueAt, standing: row.dueAt === null, lapsed: false, older: false, gone: true, why: target.why(null, null)};
  if (!target && row.facts.notAfter === null) return null;
  const to = target ?? {row, dated: own, why: cutWords};
  const move = to.older ? null : moveTo(row, to, {...around, own}, around.timed);
  if (move || (!to.older && around.timed.every((other, index) => other === around.withOlder[index]))) return move;
  const later = moveTo(row, to, {...around, own}, around.withOlder);
  // Of older clocks nothing is told but what approval may move.
  return later && !later.lapsed ? {...later, older: true} : null;
}

function moveTo(row: ClockRow, {row: changed, dated, why}: Target, {own, breaches, now}: Around & {readonly own: DatedCalendar}, others: readonly ClockRow[]): Move | null {
  const next = scheduleWith(dated, changed, others, now);
  const standing = row.dueAt === null;
  const before = standing ? dueGoingOn(row, own.calendar, now) : row.dueAt;
  const after = standing ? dueGoingOn(changed, dated.calendar, now) : next.dueAt;
  if (before === after) return null;
  const lapsed = row.dueAt !== null && (row.dueAt < now || breaches.some(breach => breach.clockId === row.id && breach.dueAt === row.dueAt && breach.correctedAt === null));
  return {row, next, before, after, standing, lapsed, older: false, gone: false, why: why(before, after)};
}

function cutWords(): LocalizedText {
  return {'zh-CN': '不得晚于的时限随之变化', en: 'the clock that it must not outlive moves'};
}

/** At most this many days are named. */
const mostDays = 6;

/** The days between start and due time that the two calendars see differently. */
function calendarWords(before: WorkingCalendar, after: WorkingCalendar, startedAt: number, until: number, version: string): LocalizedText {
  const [first, last] = [dayOf(startedAt), dayOf(until)];
  const changed = changedDays(before, after).filter(({day}) => day >= first && day <= last).slice(0, mostDays);
  return {'zh-CN': `工作日历 ${version}：${changed.map(({zh}) => zh).join('，') || '年度安排已公布'}`, en: `calendars ${version}: ${changed.map(({en}) => en).join(', ') || 'the year was published'}`};
}

interface ChangedDay {
  readonly day: number;
  readonly zh: string;
  readonly en: string;
}

const compared = new WeakMap<WorkingCalendar, WeakMap<WorkingCalendar, readonly ChangedDay[]>>();

/** Every day that is a working day in one of two calendars; found once for each pair. */
function changedDays(before: WorkingCalendar, after: WorkingCalendar): readonly ChangedDay[] {
  const known = compared.get(before)?.get(after);
  if (known) return known;
  const changed: ChangedDay[] = [];
  for (let day = Math.max(before.firstDay, after.firstDay); day <= Math.min(before.lastDay, after.lastDay); day += 1) {
    if (before.isWorkingDay(day) === after.isWorkingDay(day)) continue;
    const {working, sourceRef} = after.day(day);
    const date = formatDate(day);
    changed.push({day, zh: `${date} 改为${working ? '工作日' : '休息日'}${sourceRef && `（${sourceRef}）`}`, en: `${date} became a ${working ? 'working day' : 'day off'}${sourceRef && ` (${sourceRef})`}`});
  }
  compared.set(before, (compared.get(before) ?? new WeakMap()).set(after, changed));
  return changed;
}

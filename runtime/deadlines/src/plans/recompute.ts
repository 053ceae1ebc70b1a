import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {BreachRow, ClockRow} from '../model.js';
import {dueGoingOn, scheduleWith, type DatedCalendar} from '../schedule-clock.js';
import {calendarWords} from './calendar-words.js';
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
  /** Its warning, ladder or receivers change: it moves, even where its due time stays. */
  readonly toldOtherwise?: boolean;
}

/** What one clock is worked out with. */
export interface Sourced {
  /** The calendar the clock was worked out with. */
  readonly own: DatedCalendar;
  /** What the version of the plan says, or `null` when it says nothing new of this clock. */
  readonly target: Target | null;
}

/** What clocks are worked out with, by their ids. */
export type Sources = ReadonlyMap<string, Sourced>;

/** Gathers what clocks are worked out with; each calendar and limit is asked for once. */
export type PlanSource = (rows: Iterable<ClockRow>) => Promise<Sources>;

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
  const limitTarget = limitTargets(deps, plan, now, tx);
  const owns = memo(async (key: string): Promise<DatedCalendar> => {
    const [area = '', version = ''] = key.split('|');
    return (version === '' ? null : await deps.catalogs.calendarOfVersion(area, version, tx)) ?? deps.catalogs.calendar(area, now, tx);
  });
  const planned = memo((area: string) => deps.catalogs.calendarOfVersion(area, plan.version, tx));
  const byCalendar = async (row: ClockRow, {calendar: before}: DatedCalendar): Promise<Target | null> => {
    if (row.calendarVersion === plan.version) return null;
    const dated = await planned(row.facts.areaCode);
    return dated && {row, dated, why: (from, to) => calendarWords(before, dated.calendar, row.startedAt, Math.max(from ?? now, to ?? now), plan.version)};
  };
  const byLimit = async (row: ClockRow, own: DatedCalendar): Promise<Target | null> => {
    const target = await limitTarget(row);
    return target && {...target, dated: own, why: () => target.why};
  };
  const targetOf = plan.catalogId === 'calendars' ? byCalendar : byLimit;
  return async rows => {
    const sources = new Map<string, Sourced>();
    for (const row of rows) {
      const own = await owns(`${row.facts.areaCode}|${row.calendarVersion ?? ''}`);
      sources.set(row.id, {own, target: await targetOf(row, own)});
    }
    return sources;
  };
}

/**
 * Works the active clocks of one case out anew and says which would move. Clocks that others must not outlive come first, so that a cut
 * moves with what it is cut to.
 *
 * @param only - Ids of the clocks that may move; without it all.
 */
export function recomputeCase(rows: readonly ClockRow[], breaches: readonly BreachRow[], sources: Sources, now: number, only?: ReadonlySet<string>): readonly Move[] {
  const ordered = [...rows].sort((a, b) => Number(a.facts.notAfter !== null) - Number(b.facts.notAfter !== null));
  // As the clocks stand when the plan is applied, and as they would with those begun before the version held.
  const timed: ClockRow[] = [];
  const withOlder: ClockRow[] = [];
  const moves: Move[] = [];
  for (const row of ordered) {
    const sourced = row.facts.calendarMissing || (only && !only.has(row.id)) ? undefined : sources.get(row.id);
    const move = sourced ? moveOf(row, sourced, {timed, withOlder, breaches, now}) : null;
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
  readonly now: number;
}

function moveOf(row: ClockRow, {own, target}: Sourced, around: Around): Move | null {
  if (target?.gone) return {row, next: row, before: row.dueAt, after: row.dueAt, standing: row.dueAt === null, lapsed: false, older: false, gone: true, why: target.why(null, null)};
  if (!target && row.facts.notAfter === null) return null;
  const to = target ?? {row, dated: own, why: cutWords};
  const move = to.older ? null : moveTo(row, to, own, around, around.timed);
  if (move || (!to.older && around.timed.every((other, index) => other === around.withOlder[index]))) return move;
  const later = moveTo(row, to, own, around, around.withOlder);
  // Of older clocks nothing is told but what approval may move.
  return later && !later.lapsed ? {...later, older: true} : null;
}

function moveTo(row: ClockRow, {row: changed, dated, toldOtherwise, why}: Target, own: DatedCalendar, {breaches, now}: Around, others: readonly ClockRow[]): Move | null {
  const next = scheduleWith(dated, changed, others, now);
  const standing = row.dueAt === null;
  const before = standing ? dueGoingOn(row, own.calendar, now) : row.dueAt;
  const after = standing ? dueGoingOn(changed, dated.calendar, now) : next.dueAt;
  if (before === after && !toldOtherwise) return null;
  const lapsed = row.dueAt !== null && (row.dueAt < now || breaches.some(breach => breach.clockId === row.id && breach.dueAt === row.dueAt && breach.correctedAt === null));
  return {row, next, before, after, standing, lapsed, older: false, gone: false, why: why(before, after)};
}

function cutWords(): LocalizedText {
  return {'zh-CN': '不得晚于的时限随之变化', en: 'the clock that it must not outlive moves'};
}

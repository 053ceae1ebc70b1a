import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {BreachRow, ClockRow} from '../model.js';
import {dueGoingOn, nextFiring, scheduleWith, type DatedCalendar} from '../schedule-clock.js';
import {calendarWords} from './calendar-words.js';
import {limitTargets, type PlanAsking} from './limit-target.js';
import {goOn, memo, type Soon} from './memo.js';
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
  /** The next moment at which it has something to do once it moved; `null` where nothing is, and where it stays. */
  readonly fireAt: number | null;
  readonly why: LocalizedText;
}

/** How long batches of a plan take over what those before them looked up: as long as the catalogs themselves answer from memory. */
const recentMs = 1_000;

/** What the clocks of a batch are worked out with, as the batches of one plan ask for it. */
export type PlanSources = (plan: ClockPlan, now: number, tx: Tx) => PlanSource;

/** Makes the sources of the batches of one plan. */
export function planSources(deps: PlanDeps): PlanSources {
  let recent = {since: Number.NEGATIVE_INFINITY, ask: targetsOf(deps)};
  return (plan, now, tx) => {
    if (performance.now() - recent.since > recentMs) recent = {since: performance.now(), ask: targetsOf(deps)};
    const {ask} = recent;
    const asking = {plan, now, tx};
    return async rows => {
      const sources = new Map<string, Sourced>();
      for (const row of rows) {
        const sourced = ask(row, asking);
        sources.set(row.id, sourced instanceof Promise ? await sourced : sourced);
      }
      return sources;
    };
  };
}

function targetsOf(deps: PlanDeps): (row: ClockRow, asking: PlanAsking) => Soon<Sourced> {
  const limitTarget = limitTargets(deps);
  const owns = memo(async (key, {now, tx}): Promise<DatedCalendar> => {
    const [area = '', version = ''] = key.split('|');
    return (version === '' ? null : await deps.catalogs.calendarOfVersion(area, version, tx)) ?? deps.catalogs.calendar(area, now, tx);
  });
  const planned = memo((key, {tx}) => {
    const [area = '', version = ''] = key.split('|');
    return deps.catalogs.calendarOfVersion(area, version, tx);
  });
  const byCalendar = (row: ClockRow, {calendar: before}: DatedCalendar, asking: PlanAsking): Soon<Target | null> => {
    const {plan: {version}, now} = asking;
    if (row.calendarVersion === version) return null;
    return goOn(planned(`${row.facts.areaCode}|${version}`, asking), dated => dated && {row, dated, why: (from, to) => calendarWords(before, dated.calendar, row.startedAt, Math.max(from ?? now, to ?? now), version)});
  };
  const byLimit = (row: ClockRow, own: DatedCalendar, asking: PlanAsking): Soon<Target | null> => goOn(limitTarget(row, asking), target => target && {row: target.row, older: target.older, gone: target.gone, toldOtherwise: target.toldOtherwise, dated: own, why: () => target.why});
  return (row, asking) => goOn(owns(`${row.facts.areaCode}|${row.calendarVersion ?? ''}`, asking), own =>
    goOn((asking.plan.catalogId === 'calendars' ? byCalendar : byLimit)(row, own, asking), target => ({own, target})));
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
  if (target?.gone) return {row, next: row, before: row.dueAt, after: row.dueAt, standing: row.dueAt === null, lapsed: false, older: false, gone: true, fireAt: null, why: target.why(null, null)};
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
  const fireAt = lapsed ? null : (nextFiring(next, breaches, dated.calendar, now)?.at ?? null);
  return {row, next, before, after, standing, lapsed, older: false, gone: false, fireAt, why: why(before, after)};
}

function cutWords(): LocalizedText {
  return {'zh-CN': '不得晚于的时限随之变化', en: 'the clock that it must not outlive moves'};
}

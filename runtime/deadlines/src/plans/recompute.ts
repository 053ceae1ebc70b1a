import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {dayOf, formatDate, formatLimit, type WorkingCalendar} from '@banli/time';
import type {BreachRow, ClockRow} from '../model.js';
import {dueGoingOn, scheduleWith, type DatedCalendar} from '../schedule-clock.js';
import type {ClockPlan, PlanDeps} from './model.js';

/** What a plan's version makes of a clock, before its times are worked out. */
interface Target {
  readonly row: ClockRow;
  readonly dated: DatedCalendar;
  readonly why: (from: number | null, to: number | null) => LocalizedText;
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
  readonly why: LocalizedText;
}

/** Makes the source of a plan for one unit of work. */
export function planSource(deps: PlanDeps, plan: ClockPlan, now: number, tx: Tx): PlanSource {
  const calendars = memo(async (key: string): Promise<DatedCalendar | null> => {
    const [area = '', version = ''] = key.split('|');
    return version === '' ? deps.catalogs.calendar(area, now, tx) : deps.catalogs.calendarOfVersion(area, version, tx);
  });
  const limits = memo((key: string) => {
    const at = key.indexOf(' ');
    return deps.catalogs.limitOfRow(key.slice(0, at), key.slice(at + 1), tx);
  });
  // Of a unit's layer, only clocks where it holds; of the owner's version, only those where no unit has confirmed a layer of its own.
  const ofLayer = memo(async () => ((await deps.catalogs.layersOf?.('limits', tx)) ?? []).some(layer => layer.name === plan.version));
  const held = memo(async (area: string): Promise<string | null> => {
    if (await ofLayer('')) return (await deps.catalogs.versionThrough?.('limits', plan.version, area, now, tx)) ?? null;
    return (await deps.catalogs.isLayered?.('limits', area, now, tx)) ? null : plan.version;
  });
  const own = async ({facts}: ClockRow): Promise<DatedCalendar> =>
    (await calendars(`${facts.areaCode}|${facts.calendarVersion ?? ''}`)) ?? (await calendars(`${facts.areaCode}|`)) ?? deps.catalogs.calendar(facts.areaCode, now, tx);
  const byCalendar = async (row: ClockRow): Promise<Target | null> => {
    if (row.facts.calendarVersion === plan.version) return null;
    const dated = await calendars(`${row.facts.areaCode}|${plan.version}`);
    const before = (await own(row)).calendar;
    return dated && {row, dated, why: (from, to) => calendarWords(before, dated.calendar, row.startedAt, Math.max(from ?? now, to ?? now), plan.version)};
  };
  const byLimit = async (row: ClockRow): Promise<Target | null> => {
    const {origin, limit} = row.facts;
    // A case keeps the limit of its day: a version that holds later says nothing of it.
    if (origin.catalog !== 'limits' || row.startedAt < plan.effectiveAt) return null;
    const version = await held(row.facts.areaCode);
    if (version === null || version === origin.version) return null;
    const found = await limits(`${version} ${origin.row}`);
    if (!found || (found.limit.value === limit.value && found.limit.unit === limit.unit)) return null;
    const facts = {...row.facts, limit: found.limit, warnBeforeMs: found.warnBeforeMs, origin: {...origin, version, source: found.source, text: found.text}};
    return {row: {...row, facts}, dated: await own(row), why: () => ({'zh-CN': `时限目录 ${version}：${formatLimit(limit, 'zh-CN')}改为${formatLimit(found.limit, 'zh-CN')}（${found.source}）`, en: `limits ${version}: ${formatLimit(limit, 'en')} became ${formatLimit(found.limit, 'en')} (${found.source})`})};
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
  const timed: ClockRow[] = [];
  const moves: Move[] = [];
  for (const row of ordered) {
    const move = row.facts.calendarMissing || (only && !only.has(row.id)) ? null : await moveOf(row, timed, breaches, source, now);
    if (move) moves.push(move);
    timed.push(move && !move.lapsed ? move.next : row);
  }
  return moves;
}

async function moveOf(row: ClockRow, others: readonly ClockRow[], breaches: readonly BreachRow[], source: PlanSource, now: number): Promise<Move | null> {
  const own = await source.own(row);
  const target = await source.target(row);
  if (!target && row.facts.notAfter === null) return null;
  const {row: changed, dated, why} = target ?? {row, dated: own, why: cutWords};
  const next = scheduleWith(dated, changed, others, now);
  const standing = row.dueAt === null;
  const before = standing ? dueGoingOn(row, own.calendar, now) : row.dueAt;
  const after = standing ? dueGoingOn(changed, dated.calendar, now) : next.dueAt;
  if (before === after) return null;
  const lapsed = row.dueAt !== null && (row.dueAt < now || breaches.some(breach => breach.clockId === row.id && breach.dueAt === row.dueAt && breach.correctedAt === null));
  return {row, next, before, after, standing, lapsed, why: why(before, after)};
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

function memo<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return key => {
    const found = known.get(key) ?? ask(key);
    known.set(key, found);
    return found;
  };
}

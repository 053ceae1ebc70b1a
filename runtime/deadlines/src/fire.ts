import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {formatMoment} from '@banli/time';
import {insertBreach, lockClocks, readBreaches} from './clock-store.js';
import type {FiringDeps} from './deps.js';
import {climbOf} from './ladder.js';
import {unnoted, type BreachRow, type ClockRow} from './model.js';
import {nextFiring, type Firing} from './schedule-clock.js';
import {settleClocks} from './settle.js';
import {tellLapsed, tellWarned} from './tell.js';

/**
 * Does the next thing a clock has to do, in one transaction: the row's conditional update and the message, line or notice go together or not
 * at all, so nothing is done twice and nothing is lost.
 *
 * @param until - Moments later than this wait.
 * @returns The moment at which this clock has to act next, or `null`.
 */
export async function fireClock(deps: FiringDeps, tx: Tx, found: {readonly id: string; readonly caseId: string}, until: number): Promise<number | null> {
  const rows = await lockClocks(tx, deps.store.dialect, found.caseId);
  const row = rows.find(candidate => candidate.id === found.id);
  if (!row || row.fireAt === null || row.fireAt > until) return row?.fireAt ?? null;
  const now = deps.clock.now();
  const breaches = await readBreaches(tx, [row.caseId]);
  const {calendar} = await deps.catalogs.calendar(row.facts.areaCode, now, tx);
  const firing = nextFiring(row, breaches, calendar, now);
  const changed = firing && firing.at <= until ? await act(deps, tx, rows, row, firing, breaches) : rows;
  const settled = await settleClocks(deps, tx, rows, changed, now);
  return settled.find(candidate => candidate.id === row.id)?.fireAt ?? null;
}

async function act(deps: FiringDeps, tx: Tx, rows: readonly ClockRow[], row: ClockRow, firing: Firing, breaches: readonly BreachRow[]): Promise<readonly ClockRow[]> {
  const put = (changed: ClockRow) => rows.map(candidate => (candidate.id === changed.id ? changed : candidate));
  const due = row.dueAt === null ? '' : formatMoment(row.dueAt);
  switch (firing.kind) {
    case 'warn':
      await note(deps, tx, row, 'clock.warned', firing.at, {'zh-CN': `预警，${due} 到期`, en: `warning, due ${due}`});
      await tellWarned(deps, tx, row, 'warn', firing.at);
      return put({...row, warnedDueAt: row.dueAt});
    case 'critical':
      await note(deps, tx, row, 'clock.critical', firing.at, {'zh-CN': `临期，${due} 到期`, en: `nearly due, ${due}`});
      await tellWarned(deps, tx, row, 'near', firing.at);
      return put({...row, criticalDueAt: row.dueAt});
    case 'lapse':
      await insertBreach(tx, {clockId: row.id, caseId: row.caseId, dueAt: firing.at, recordedAt: deps.clock.now(), correctedAt: null, stepsDone: 0});
      await tx('case_clock_breach').where({clock_id: row.id, due_at: firing.at, steps_done: unnoted}).update({steps_done: 0});
      await note(deps, tx, row, 'clock.lapsed', firing.at, {'zh-CN': `超期，应于 ${due} 前完成`, en: `lapsed, was due ${due}`});
      return put({...row, facts: {...row.facts, lapsed: true}});
    case 'step':
      await climb(deps, tx, row, firing, breaches);
      return rows;
    default:
      return rows;
  }
}

async function note(deps: FiringDeps, tx: Tx, row: ClockRow, kind: string, at: number, text: LocalizedText): Promise<void> {
  const {title} = row.facts;
  await deps.signals.note(tx, row.caseId, {kind, at, text: {'zh-CN': `${title['zh-CN']}${text['zh-CN']}`, en: `${title.en ?? title['zh-CN']}: ${text.en ?? ''}`}, data: {clockId: row.id, clock: row.clock, dueAt: row.dueAt}});
}

/** Climbs one rung: counts it first by a conditional update, then sends. */
async function climb(deps: FiringDeps, tx: Tx, row: ClockRow, firing: Firing, breaches: readonly BreachRow[]): Promise<void> {
  const step = climbOf(row.facts)[firing.step ?? 0];
  const breach = breaches.find(candidate => candidate.clockId === row.id && candidate.dueAt === row.dueAt);
  if (!step || !breach) return;
  const counted = await tx('case_clock_breach').where({clock_id: row.id, due_at: breach.dueAt, steps_done: breach.stepsDone}).update({steps_done: breach.stepsDone + 1});
  if (counted === 0) return;
  if (step.do === 'message') {
    await deps.signals.signal(tx, row.caseId, `clock.${row.clock}`, {clockId: row.id, clock: row.clock, at: firing.at});
    return;
  }
  await tellLapsed(deps, tx, row, firing.step ?? 0, firing.at);
}

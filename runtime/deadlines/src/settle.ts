import type {Tx} from '@banli/store';
import {insertBreach, insertClock, readBreaches, updateClock} from './clock-store.js';
import type {ClockDeps} from './deps.js';
import {isActive, unnoted, type BreachRow, type ClockRow} from './model.js';
import {nextFiring, scheduleClock} from './schedule-clock.js';

/**
 * Works out all clocks of a case again after their facts changed, and writes what differs: times, lapses that a later due time
 * corrects, and the next moment to act. The clocks that others must not outlive come first.
 *
 * @param before - The rows as they stand in the database.
 * @param after - The same rows, changed, and new ones.
 */
export async function settleClocks(deps: ClockDeps, tx: Tx, before: readonly ClockRow[], after: readonly ClockRow[], now: number): Promise<readonly ClockRow[]> {
  const ordered = [...after].sort((a, b) => Number(a.facts.notAfter !== null) - Number(b.facts.notAfter !== null));
  const timed: ClockRow[] = [];
  for (const row of ordered) timed.push(await scheduleClock(deps, tx, row, timed, now, before.find(candidate => candidate.id === row.id) ?? null));
  const caseIds = [...new Set(after.map(row => row.caseId))];
  const lapsed = timed.some(row => row.facts.lapsed);
  const breaches = lapsed ? await correctBreaches(tx, timed, await readBreaches(tx, caseIds), now) : [];
  const settled: ClockRow[] = [];
  for (const row of timed) {
    const {calendar} = await deps.catalogs.calendar(row.facts.areaCode, now, tx);
    const next = {...row, fireAt: nextFiring(row, breaches, calendar, now)?.at ?? null};
    const old = before.find(candidate => candidate.id === row.id);
    settled.push(old && isSame(old, next) ? old : await (old ? saveClock(deps, tx, next) : insertClock(tx, deps.store, next)));
  }
  return settled;
}

/**
 * Records the lapses that lie before a moment: a clock that is moved late has lapsed first, even when the firing loop has not come
 * round yet. Their ladders are left to the loop, because a command must not send messages from within.
 *
 * @returns The rows, marked where they lapsed.
 */
export async function recordLapsesBefore(tx: Tx, rows: readonly ClockRow[], at: number, now: number): Promise<readonly ClockRow[]> {
  const late = (row: ClockRow): row is ClockRow & {readonly dueAt: number} => row.status === 'running' && row.dueAt !== null && row.dueAt < at;
  for (const row of rows) {
    if (late(row)) {
      await insertBreach(tx, {clockId: row.id, caseId: row.caseId, dueAt: row.dueAt, recordedAt: now, correctedAt: null, stepsDone: unnoted});
    }
  }
  return rows.map(row => (late(row) ? {...row, facts: {...row.facts, lapsed: true}} : row));
}

/**
 * Marks lapses whose due time no longer holds as corrected, and takes the mark back where it holds again. A lapse row never vanishes.
 */
async function correctBreaches(tx: Tx, rows: readonly ClockRow[], breaches: readonly BreachRow[], now: number): Promise<readonly BreachRow[]> {
  const result: BreachRow[] = [];
  for (const breach of breaches) {
    const row = rows.find(candidate => candidate.id === breach.clockId);
    const holds = row === undefined || stands(row, breach);
    const correctedAt = holds ? null : (breach.correctedAt ?? now);
    if (correctedAt !== breach.correctedAt) {
      await tx('case_clock_breach').where({clock_id: breach.clockId, due_at: breach.dueAt}).update({corrected_at: correctedAt});
    }
    result.push({...breach, correctedAt});
  }
  return result;
}

/** A lapse stands while its due time is the clock's, and the clock had not stopped in time after all. */
function stands(row: ClockRow, breach: BreachRow): boolean {
  if (row.dueAt !== breach.dueAt) return false;
  return isActive(row) || row.stoppedAt === null || row.stoppedAt > breach.dueAt;
}

/** Another process changed the clock first: the unit of work is given up and its facts are read anew. */
export class ClockMoved extends Error {}

async function saveClock({store}: ClockDeps, tx: Tx, row: ClockRow): Promise<ClockRow> {
  return updateClock(tx, store, row, () => new ClockMoved(`The clock ${row.id} was changed meanwhile.`));
}

function isSame(a: ClockRow, b: ClockRow): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import {queryRows, type Tx} from '@banli/store';
import {byCase, readBreaches, readClockRows} from '../clock-store.js';
import type {ClockRow} from '../model.js';
import type {ClockPlan, PlanDeps, PlanItem} from './model.js';
import {lockInTurn, type BatchTurn} from './plan-batches.js';
import {insertItems, needPlan, updatePlan} from './plan-store.js';
import {recomputeCase, type Move, type PlanSources} from './recompute.js';

/** Clocks looked at in one transaction. */
const batchSize = 1_000;

/**
 * Looks at the next open clocks of a plan and lists those that would move; what was seen and what was found are written together, so that
 * listing goes on where it stopped.
 *
 * Nothing waits for the disk: what a power failure takes back is done again.
 *
 * @returns Whether there is more to look at.
 */
export function listBatch(deps: PlanDeps, planId: string, turn: BatchTurn, sourcesOf: PlanSources): Promise<boolean> {
  return deps.store.tx(async tx => {
    const stored = await needPlan(tx, planId);
    if (stored.status !== 'listing') return false;
    const plan = {...stored, lastCase: turn.after ?? stored.lastCase};
    const now = deps.clock.now();
    const {cases, seen, last} = await nextCases(tx, plan.lastCase);
    if (last !== null) turn.hasRead(last);
    const sources = await sourcesOf(plan, now, tx)([...cases.values()].flat());
    const lapsed = [...cases.values()].flatMap(rows => (rows.some(row => row.facts.lapsed) ? [rows[0]?.caseId ?? ''] : []));
    const breaches = byCase(await readBreaches(tx, lapsed));
    const items: PlanItem[] = [];
    for (const [caseId, rows] of cases) {
      for (const move of recomputeCase(rows, breaches.get(caseId) ?? [], sources, now)) items.push(itemOf(plan, move, now));
    }
    await insertItems(tx, items);
    const count = (status: PlanItem['status']) => items.filter(item => item.status === status).length;
    const before = await lockInTurn(tx, turn, plan);
    const counted = {lookedAt: before.lookedAt + seen, listed: before.listed + count('listed'), kept: before.kept + count('kept'), older: before.older + count('older')};
    const done = last === null;
    await updatePlan(tx, plan.id, {...counted, lastCase: last ?? plan.lastCase, ...(done ? {status: counted.listed + counted.kept > 0 ? 'open' : 'empty'} : {})});
    return !done;
  }, {durable: false});
}

interface NextCases {
  readonly cases: ReadonlyMap<string, readonly ClockRow[]>;
  readonly seen: number;
  /** `null` when these were the last. */
  readonly last: string | null;
}

/** The active clocks of the next whole cases. */
async function nextCases(tx: Tx, after: string): Promise<NextCases> {
  const rows = await queryRows(tx, "select * from case_clock where case_id > ? and status in ('running', 'halted', 'paused') order by case_id, id limit ?", [after, batchSize]);
  const read = await readClockRows(tx, rows);
  const full = rows.length === batchSize;
  const cut = full ? read.at(-1)?.caseId : undefined;
  const whole = read.filter(row => row.caseId !== cut);
  return {cases: byCase(whole), seen: whole.length, last: full ? (whole.at(-1)?.caseId ?? null) : null};
}

function itemOf(plan: ClockPlan, move: Move, now: number): PlanItem {
  const {row, before, after, standing, lapsed, older, gone, fireAt, why} = move;
  const stays = lapsed || gone;
  return {
    planId: plan.id, caseId: row.caseId, clockId: row.id, clock: row.clock, status: stays ? 'kept' : older ? 'older' : 'listed', beforeAt: before, afterAt: after, standing,
    lapses: !stays && !standing && after !== null && after < now, firesAt: fireAt, why: {title: row.facts.title, text: lapsed ? keptWords(why) : why},
  };
}

function keptWords(why: Move['why']): Move['why'] {
  return {'zh-CN': `${why['zh-CN']}；已超期，超期记录、到期时间和告知均保持不变`, en: `${why.en ?? ''}; it has lapsed: lapse, due time and who is told stay`};
}

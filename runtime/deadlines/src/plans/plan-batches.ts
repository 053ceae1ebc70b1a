import type {Tx} from '@banli/store';
import {breathe} from '@banli/time';
import {ClockMoved} from '../settle.js';
import type {ClockPlan} from './model.js';
import {needPlan} from './plan-store.js';

/** A batch's place among the batches of its plan. */
export interface BatchTurn {
  /** The last case of the batch before, whether it is committed already or not; `null`: the plan itself tells. */
  readonly after: string | null;
  /** Resolves once the batch before is committed, rejects when it was not. */
  readonly before: Promise<unknown>;
  /** To be called once everything is read, and locked, that this batch works on: the next one may begin behind its last case. Never called by a batch that finds nothing. */
  hasRead(last: string): void;
}

/** A batch in a transaction of its own; answers whether there is more to do. */
export type PlanStep = (turn: BatchTurn) => Promise<boolean>;

interface Batch {
  /** The last case of the batch; `null` when there is none behind it, or it failed. */
  readonly read: Promise<string | null>;
  readonly done: Promise<boolean>;
}

/**
 * Runs the batches of a plan one after the other until there is nothing more to do. A clock that a command changed at this moment is read again with the next try.
 *
 * @param options.ahead - Batches that begin while the ones before are still written; they commit in their order. None for databases of one connection.
 * @param options.between - Asked between batches whether to go on.
 * @returns Whether everything was done; `false` when `between` said no.
 */
export async function runBatches(step: PlanStep, {ahead, between}: {readonly ahead: number; readonly between: () => Promise<boolean>}): Promise<boolean> {
  for (let begun = [begin(step)]; ;) {
    const [first, ...behind] = begun;
    if (!first) throw new Error('No batch was begun.');
    const [outcome, next] = await Promise.all([outcomeOf(first.done), beginBehind(step, [first, ...behind], ahead)]);
    const failed = outcome === 'more' || outcome === 'done' ? null : outcome;
    // What was begun behind one that failed fails, too, and its locks have to be gone before the next try.
    if (failed) await Promise.allSettled(next.map(({done}) => done));
    if (failed && !(failed.error instanceof ClockMoved)) throw failed.error;
    if (outcome === 'done') return true;
    // SQLite answers at once: without a pause nobody else would have a turn until the plan is done.
    await breathe();
    if (!(await between())) {
      await Promise.allSettled(next.map(({done}) => done));
      return false;
    }
    begun = failed || next.length === 0 ? [begin(step)] : [...next];
  }
}

/** Batches behind the first one, as many as may be ahead: those that were begun, and more behind them, each as soon as the one before has read. */
async function beginBehind(step: PlanStep, begun: readonly Batch[], ahead: number): Promise<readonly Batch[]> {
  const batches = [...begun];
  for (let before = batches.at(-1); before && batches.length <= ahead; before = batches.at(-1)) {
    const last = await before.read;
    if (last === null) break;
    batches.push(begin(step, last, before.done));
  }
  return batches.slice(1);
}

function begin(step: PlanStep, after: string | null = null, before: Promise<unknown> = Promise.resolve()): Batch {
  let hasRead: (last: string | null) => void = () => undefined;
  const told = new Promise<string | null>(resolve => {
    hasRead = resolve;
  });
  const done = step({after, before, hasRead});
  done.then(() => hasRead(null), () => hasRead(null));
  return {read: told, done};
}

/** How a batch ended. */
async function outcomeOf(done: Promise<boolean>): Promise<'more' | 'done' | {readonly error: unknown}> {
  try {
    return (await done) ? 'more' : 'done';
  } catch (error) {
    return {error};
  }
}

/**
 * Waits for the batch before and locks the plan, which says how far it came.
 *
 * @param plan - The plan as the batch began with it.
 * @throws ClockMoved when the plan is not where this batch began, or not in its state any more: somebody decided, or another process has the turn.
 */
export async function lockInTurn(tx: Tx, turn: BatchTurn, plan: ClockPlan): Promise<ClockPlan> {
  await turn.before;
  const now = await needPlan(tx, plan.id, true);
  const isThere = now.status === plan.status && now.lastCase === plan.lastCase && now.appliedCase === plan.appliedCase;
  if (!isThere) throw new ClockMoved(`The plan ${plan.id} went on without this batch.`);
  return now;
}

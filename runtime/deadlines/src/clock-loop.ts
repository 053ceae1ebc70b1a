import {dropLease, takeLease, type SqlRow} from '@banli/store';
import {every} from '@banli/time';
import type {FiringDeps} from './deps.js';
import {fireClock} from './fire.js';
import {ClockMoved} from './settle.js';

const leaseName = 'deadlines.fire';
const leaseMs = 15_000;
const batchSize = 100;
/** A clock has far fewer moments in one go than this. */
const momentsAtOnce = 50;
/** How long a clock waits after a failure before it is tried again. */
const retryMs = 30_000;

/** What one round did. */
export interface FiringRound {
  /** Whether this process had the turn. */
  readonly held: boolean;
  readonly fired: number;
  readonly failed: number;
}

/** Fires clocks by itself: one process at a time has the turn, the others take over when it ends. */
export interface ClockLoop {
  /** Does everything that is due by now, in the order of its moments; after a stop of days just as well. */
  round(): Promise<FiringRound>;
  /** Runs rounds until the signal; resolves when the running round has ended and the turn is given back. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Makes the firing loop.
 *
 * @param tickMs - Milliseconds between rounds. Default 500: a clock fires within a second.
 */
export function createClockLoop(deps: FiringDeps, tickMs = 500): ClockLoop {
  const round = () => fireDue(deps);
  return {
    round,
    async run(signal) {
      await every(tickMs, async () => void (await round()), {signal, onError: error => deps.log.error('deadlines.round.failed', {error: String(error)})});
      await dropLease(deps.store, leaseName, deps.holder);
    },
  };
}

async function fireDue(deps: FiringDeps): Promise<FiringRound> {
  let fired = 0;
  let failed = 0;
  for (;;) {
    const now = deps.clock.now();
    if (!(await takeLease(deps.store, {name: leaseName, holder: deps.holder, now, forMs: leaseMs}))) return {held: false, fired, failed};
    const found = await dueClocks(deps, now);
    for (const [index, clock] of found.entries()) {
      // A clock with several moments does them all until the next clock's turn comes, so that everything happens in order.
      const until = Math.min(now, found[index + 1]?.fireAt ?? now);
      if (await tryFire(deps, clock, until, now)) fired += 1;
      else failed += 1;
    }
    if (found.length === 0) return {held: true, fired, failed};
  }
}

interface DueClock {
  readonly id: string;
  readonly caseId: string;
  readonly fireAt: number;
}

async function dueClocks(deps: FiringDeps, now: number): Promise<readonly DueClock[]> {
  const rows: SqlRow[] = await deps.store.knex('case_clock').where('fire_at', '<=', now).orderBy([{column: 'fire_at'}, {column: 'id'}]).limit(batchSize).select('id', 'case_id', 'fire_at');
  return rows.map(row => ({id: String(row['id']), caseId: String(row['case_id']), fireAt: Number(row['fire_at'])}));
}

async function tryFire(deps: FiringDeps, clock: DueClock, until: number, now: number): Promise<boolean> {
  try {
    let next: number | null = clock.fireAt;
    for (let left = momentsAtOnce; left > 0 && next !== null && next <= until; left -= 1) next = await deps.store.tx(tx => fireClock(deps, tx, clock, until));
    return true;
  } catch (error) {
    if (error instanceof ClockMoved) return false;
    deps.log.error('deadlines.fire.failed', {clockId: clock.id, caseId: clock.caseId, error: error instanceof Error ? error.message : String(error)});
    await deps.store.knex('case_clock').where({id: clock.id}).andWhere('fire_at', '<=', now).update({fire_at: now + retryMs});
    return false;
  }
}

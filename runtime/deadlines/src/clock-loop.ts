import {dropLease, takeLease, type SqlRow, type Store, type Tx} from '@banli/store';
import {every} from '@banli/time';
import type {FiringDeps} from './deps.js';
import {firePause} from './fire-pause.js';
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
  /** Does everything that is due by now, in the order of its moments; after a stop of days just as well. The signal ends it between two clocks. */
  round(signal?: AbortSignal): Promise<FiringRound>;
  /** Runs rounds until the signal; resolves when the clock at hand is done and the turn is given back. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Makes the firing loop.
 *
 * @param tickMs - Milliseconds between rounds. Default 500: a clock fires within a second.
 */
export function createClockLoop(deps: FiringDeps, tickMs = 500): ClockLoop {
  const round = (signal?: AbortSignal) => fireDue(deps, signal);
  return {
    round,
    async run(signal) {
      await every(tickMs, async () => void (await round(signal)), {signal, onError: error => deps.log.error('deadlines.round.failed', {error: String(error)})});
      await dropLease(deps.store, leaseName, deps.holder);
    },
  };
}

async function fireDue(deps: FiringDeps, signal: AbortSignal | undefined): Promise<FiringRound> {
  let fired = 0;
  let failed = 0;
  for (;;) {
    const now = deps.clock.now();
    if (!(await takeLease(deps.store, {name: leaseName, holder: deps.holder, now, forMs: leaseMs}))) return {held: false, fired, failed};
    const found = await findDue(deps.store, now);
    for (const [index, due] of found.entries()) {
      if (signal?.aborted) return {held: true, fired, failed};
      // A clock with several moments does them all until the next one's turn comes, so that everything happens in order.
      const until = Math.min(now, found[index + 1]?.fireAt ?? now);
      if (await tryFire(deps, due, until, now)) fired += 1;
      else failed += 1;
      // Clocks that a pause ended for have moments of their own from here on.
      if (due.clockId === null) break;
    }
    if (found.length === 0) return {held: true, fired, failed};
  }
}

/** A clock, or where `clockId` is `null` the pause of a case, and when it has to do something. */
interface Due {
  readonly clockId: string | null;
  readonly caseId: string;
  readonly fireAt: number;
}

async function findDue({knex}: Store, now: number): Promise<readonly Due[]> {
  const clocks: SqlRow[] = await knex('case_clock').where('fire_at', '<=', now).orderBy([{column: 'fire_at'}, {column: 'id'}]).limit(batchSize).select('id', 'case_id', 'fire_at');
  const pauses: SqlRow[] = await knex('case_pause').where('fire_at', '<=', now).orderBy([{column: 'fire_at'}, {column: 'case_id'}]).limit(batchSize).select('case_id', 'fire_at');
  const found: Due[] = [...pauses, ...clocks].map(row => ({clockId: row['id'] === undefined ? null : String(row['id']), caseId: String(row['case_id']), fireAt: Number(row['fire_at'])}));
  return found.sort((a, b) => a.fireAt - b.fireAt).slice(0, batchSize);
}

async function tryFire(deps: FiringDeps, due: Due, until: number, now: number): Promise<boolean> {
  const {clockId, caseId} = due;
  const fire = (tx: Tx) => (clockId === null ? firePause(deps, tx, caseId, until) : fireClock(deps, tx, {id: clockId, caseId}, until));
  try {
    let next: number | null = due.fireAt;
    for (let left = momentsAtOnce; left > 0 && next !== null && next <= until; left -= 1) next = await deps.store.tx(fire);
    return true;
  } catch (error) {
    if (error instanceof ClockMoved) return false;
    deps.log.error('deadlines.fire.failed', {...(clockId === null ? {} : {clockId}), caseId, error: error instanceof Error ? error.message : String(error)});
    const row = clockId === null ? deps.store.knex('case_pause').where({case_id: caseId}) : deps.store.knex('case_clock').where({id: clockId});
    await row.andWhere('fire_at', '<=', now).update({fire_at: now + retryMs});
    return false;
  }
}

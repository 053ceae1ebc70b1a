import {every, sleep} from '@banli/time';
import type {CaseDeps} from './deps.js';
import type {Relay} from './relay.js';

/** Delivers what inline tries left over. `wake` makes the next round come at once; `run` ends when the signal stops it and the round has ended. */
export interface RelayLoop {
  wake(): void;
  /** The engine is back: what waited for it is tried now, not after its growing pause. */
  retryNow(): Promise<void>;
  round(): Promise<number>;
  run(signal: AbortSignal): Promise<void>;
}

const pauseMs = 500;
const leaseMs = 15_000;
const batch = 64;
const sideBySide = 8;

/** Makes the loop. Several servers run one each: a row is taken by a conditional update, so that each case is tried by one of them at a time. */
export function createRelayLoop(deps: CaseDeps, relay: Relay): RelayLoop {
  let wakeUp = new AbortController();
  const round = async () => {
    const cases = await takeDue(deps);
    for (let start = 0; start < cases.length; start += sideBySide) {
      await Promise.all(cases.slice(start, start + sideBySide).map(caseId => deliverQuietly(deps, relay, caseId)));
    }
    return cases.length;
  };
  return {
    wake: () => wakeUp.abort(),
    async retryNow() {
      await deps.store.knex('case_outbox').where({status: 'pending'}).whereNotNull('last_error').update({next_try_at: deps.clock.now()});
      wakeUp.abort();
    },
    round,
    async run(signal) {
      const end = (): void => wakeUp.abort();
      signal.addEventListener('abort', end);
      const once = async (): Promise<void> => {
        // Before the round: what is written while it runs need not be among what it took.
        wakeUp = new AbortController();
        const done = await quietly(deps, round);
        if (done < batch && !signal.aborted) await sleep(pauseMs, wakeUp.signal);
      };
      await every(0, once, {signal}).finally(() => signal.removeEventListener('abort', end));
    },
  };
}

/** A round that fails has the pause of one that found nothing: a database that is away is not asked without end. */
async function quietly(deps: CaseDeps, round: () => Promise<number>): Promise<number> {
  try {
    return await round();
  } catch (error) {
    deps.log.error('cases.relay.round', {error: error instanceof Error ? error.message : String(error)});
    return 0;
  }
}

/** Takes cases whose oldest row is due; a lease on that row keeps the others away for a while. */
async function takeDue(deps: CaseDeps): Promise<readonly string[]> {
  const {knex} = deps.store;
  const now = deps.clock.now();
  const due = await knex('case_outbox').where({status: 'pending'}).andWhere('next_try_at', '<=', now).orderBy('next_try_at').limit(batch).select<Array<{id: string; case_id: string; next_try_at: number | string}>>('id', 'case_id', 'next_try_at');
  const taken = new Set<string>();
  for (const row of due) {
    if (taken.has(row.case_id)) continue;
    const changed = await knex('case_outbox').where({id: row.id, status: 'pending', next_try_at: row.next_try_at}).update({next_try_at: now + leaseMs});
    if (changed > 0) taken.add(row.case_id);
  }
  return [...taken];
}

async function deliverQuietly(deps: CaseDeps, relay: Relay, caseId: string): Promise<void> {
  try {
    await relay.deliver(caseId);
  } catch (error) {
    deps.log.error('cases.relay.case', {caseId, error: error instanceof Error ? error.message : String(error)});
  }
}

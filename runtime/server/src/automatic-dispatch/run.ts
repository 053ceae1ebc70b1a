import type {AutomaticDispatch, DispatchVerdict, RoundReport, WaitingOrder} from '@banli/cases';
import {takeLease, type Store} from '@banli/store';
import type {Clock} from '@banli/time';

/** What rounds stand on. `clock` is the machine's: leases are about processes, not about cases. */
export interface DispatchRounds {
  readonly automatic: AutomaticDispatch;
  readonly decide: (order: WaitingOrder) => Promise<DispatchVerdict>;
  readonly store: Store;
  readonly clock: Clock;
  readonly holder: string;
}

const lease = 'cases.dispatch';
const leaseMs = 30_000;

/** One round of automatic dispatch, if this process has the turn: of several servers one dispatches at a time, so that the load of a unit is counted before the next order. */
export async function dispatchRound({automatic, decide, store, clock, holder}: DispatchRounds): Promise<RoundReport | null> {
  const take = () => takeLease(store, {name: lease, holder, now: clock.now(), forMs: leaseMs});
  return (await take()) ? automatic.round(decide, take) : null;
}

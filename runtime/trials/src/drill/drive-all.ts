import {caseRoutes} from '@banli/api';
import {moveClockRoute} from '../main-job/scene.js';
import {again} from './again.js';
import {driveHotline, driveOn, type DrivenHotline, type PersonOf} from './drive-hotline.js';
import {driveOrder, type DrivenOrder} from './drive-order.js';
import type {HotlinePlan} from './hotline-plans.js';

/** So many are driven at the same time. */
const atOnce = 8;
/** Past the due moment: the clocks fire to the second. */
const pastDueMs = 5_000;

/** What a drill has driven so far. */
export interface Driven {
  /** Orders of the bench bundle. */
  readonly bench: DrivenOrder[];
  readonly hotline: DrivenHotline[];
  /** The clock was moved past the limits that are to lapse. */
  hasLapsed: boolean;
}

/**
 * Drives bench orders, and hotline orders by their plans, all mixed; those that are to lapse come to a halt before it, then the
 * clock is moved past their limits, and they are driven on.
 */
export async function driveAll(personOf: PersonOf, orders: number, plans: readonly HotlinePlan[], driven: Driven): Promise<void> {
  const lapsing: DrivenHotline[] = [];
  await inTurn(Array.from({length: orders}, (_, index) => index), async index => {
    const plan = index % 2 === 0 ? plans[index / 2] : undefined;
    if (plan === undefined) driven.bench.push(await driveOrder(personOf('shi.shouli'), index));
    else {
      const order = await driveHotline(personOf, plan, index);
      if (plan.afterLapse === undefined) driven.hotline.push(order);
      else lapsing.push(order);
    }
  });
  await lapse(personOf, lapsing);
  driven.hasLapsed = true;
  await inTurn(lapsing, async order => void driven.hotline.push(await driveOn(personOf, order)));
}

/** Moves the clock past the last of their limits; twice is harmless. */
async function lapse(personOf: PersonOf, lapsing: readonly DrivenHotline[]): Promise<void> {
  const clerk = personOf('shi.shouli');
  const dues: number[] = [];
  for (const {caseId} of lapsing) {
    const {clocks} = await again(clerk, caseRoutes.view, {params: {caseId}});
    dues.push(clocks.find(clock => clock.clock === 'resolve')?.dueAt ?? 0);
  }
  if (dues.length > 0) await again(clerk, moveClockRoute, {body: {to: Math.max(...dues) + pastDueMs}});
}

/** Some at a time. Fails only when nobody works any more: the instance goes away with the failure. */
async function inTurn<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const waiting = [...things];
  const ends = await Promise.allSettled(Array.from({length: atOnce}, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  }));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

import {findLead, type FoundLead} from '../find-lead.js';
import type {PublishedVersion} from '../version.js';
import type {Chains} from './coverage.js';

/** An order of the past: what it was about, and who had it. */
export interface PastOrder {
  readonly id: string;
  readonly number: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly leadUnitId: string | null;
}

/** An order whose unit would be another one. */
export interface ChangedOrder {
  readonly order: PastOrder;
  /** By the version that holds; `null` where a person decides. */
  readonly before: FoundLead;
  readonly after: FoundLead;
}

/** What another version would do with past orders. */
export interface RedispatchReport {
  readonly version: string;
  readonly against: string;
  readonly orders: number;
  /** Orders whose matter or area is no longer active: they are not compared. */
  readonly unknown: number;
  readonly changed: readonly ChangedOrder[];
}

/** Sends past orders through the version that holds and through another one, and lists those that would go elsewhere. `nowOf`: what holds in an area, by default `now` everywhere. */
export function redispatch(orders: readonly PastOrder[], now: PublishedVersion, other: PublishedVersion, matters: Chains, areas: Chains, nowOf: (areaCode: string) => PublishedVersion = () => now): RedispatchReport {
  const changed: ChangedOrder[] = [];
  const answers = new Map<string, {readonly before: FoundLead; readonly after: FoundLead}>();
  let unknown = 0;
  for (const order of orders) {
    const [matterChain, areaChain] = [matters.get(order.matterCode), areas.get(order.areaCode)];
    if (!matterChain || !areaChain) {
      unknown += 1;
      continue;
    }
    const key = `${order.matterCode}|${order.areaCode}`;
    let answer = answers.get(key);
    if (!answer) {
      const question = {matters: matterChain, areas: areaChain, excludeUnitIds: []};
      answer = {before: findLead(nowOf(order.areaCode), question), after: findLead(other, question)};
      answers.set(key, answer);
    }
    if (answer.before.candidates.join() !== answer.after.candidates.join()) changed.push({order, ...answer});
  }
  return {version: now.head.version, against: other.head.version, orders: orders.length, unknown, changed};
}

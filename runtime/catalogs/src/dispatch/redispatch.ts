import {findLead, type FoundLead} from '../find-lead.js';
import {orderAttributes, type OrderAttributes} from '../order-attributes.js';
import type {DispatchWorld} from './coverage.js';

/** An order of the past: what it was about, and who had it. */
export interface PastOrder {
  readonly id: string;
  readonly number: string;
  readonly matterCode: string;
  readonly areaCode: string;
  /** What it was besides; empty for orders from before that was kept. */
  readonly attributes: OrderAttributes;
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
  /** Orders of areas that keep what their unit made of the rules: nothing changes there. */
  readonly layered: number;
  readonly changed: readonly ChangedOrder[];
}

/** Sends past orders through the rules that hold and through other ones, both area by area, and lists those that would go elsewhere. */
export function redispatch(orders: readonly PastOrder[], now: DispatchWorld, other: DispatchWorld): RedispatchReport {
  const changed: ChangedOrder[] = [];
  const answers = new Map<string, {readonly before: FoundLead; readonly after: FoundLead}>();
  let [unknown, layered] = [0, 0];
  for (const order of orders) {
    const [matterChain, areaChain] = [now.matters.get(order.matterCode), now.areas.get(order.areaCode)];
    if (!matterChain || !areaChain) {
      unknown += 1;
      continue;
    }
    const after = other.rulesIn(order.areaCode);
    if (after.layer !== null) layered += 1;
    const {attributes} = order;
    const key = [order.matterCode, order.areaCode, ...orderAttributes.map(({name}) => attributes[name] ?? '')].join('|');
    let answer = answers.get(key);
    if (!answer) {
      const question = {matters: matterChain, areas: areaChain, excludeUnitIds: [], attributes, values: now.values};
      answer = {before: findLead(now.rulesIn(order.areaCode).rules, question), after: findLead(after.rules, question)};
      answers.set(key, answer);
    }
    if (answer.before.candidates.join() !== answer.after.candidates.join()) changed.push({order, ...answer});
  }
  return {version: now.version, against: other.version, orders: orders.length, unknown, layered, changed};
}

import type {FoundLead} from '../find-lead.js';
import type {OrderAttributes} from '../order-attributes.js';

/** A return that was agreed to; `finalUnitId` is who had the order afterwards. */
export interface UnitReturned {
  readonly caseId: string;
  readonly matterCode: string;
  readonly areaCode: string;
  /** What the order is besides; empty for orders from before that was kept. */
  readonly attributes: OrderAttributes;
  readonly unitId: string;
  /** The unit that had handed the order down; `null` where it was dispatched. */
  readonly senderId: string | null;
  readonly reason: string | null;
  /** The reason says that the unit was the wrong one; all others are only shown. */
  readonly isWrongUnit: boolean;
  readonly finalUnitId: string | null;
}

/** Why orders came back, and how often. */
export interface ReturnReason {
  readonly reason: string | null;
  readonly isWrongUnit: boolean;
  readonly returns: number;
}

/** A rule that orders come back from, or below a sender its habit: how often for the wrong unit, and who took them in the end. */
export interface RuleSuggestion {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitId: string;
  /** The unit that handed these orders down; `null` where the rule is meant. */
  readonly senderId: string | null;
  /** Returns whose reason says that the unit was the wrong one. */
  readonly returns: number;
  /** Every reason of returns from this unit, also those that do not count; the most frequent first. */
  readonly reasons: readonly ReturnReason[];
  /** The rule still names this unit for the matter and area. */
  readonly holds: boolean;
  /** The row of the responsibility catalog that the rule stands in; `null` below a sender. */
  readonly row: string | null;
  /** The layer that the rule comes from; `null` where it is the owner's. */
  readonly layer: string | null;
  /** The unit that took most of them in the end, and how many. */
  readonly instead: {readonly unitId: string; readonly orders: number} | null;
  readonly cases: readonly string[];
}

/** What dispatch answers now for an order, and the layer that says so; `null` when matter or area is gone. */
export type LeadOf = (order: Pick<UnitReturned, 'matterCode' | 'areaCode' | 'attributes'>) => RuledLead | null;

type RuledLead = Pick<FoundLead, 'candidates' | 'row'> & {readonly layer: string | null};

/** Case ids given with a suggestion, so that somebody can look. */
const mostCases = 5;

/**
 * Counts returns by matter, area, unit, sender and the row that decides such orders, and sets them beside that rule as it stands: the most frequent first. Only those count whose reason says that the unit was the wrong one.
 *
 * @param least - Fewer returns make no suggestion.
 * @see Source: requirements/xinjiang-hotline.md §2.1.12
 */
export function suggestionsOf(returns: readonly UnitReturned[], leadOf: LeadOf, least: number): readonly RuleSuggestion[] {
  const groups = new Map<string, {readonly lead: RuledLead | null; readonly list: UnitReturned[]}>();
  for (const each of returns) {
    const lead = each.senderId === null ? leadOf(each) : null;
    const key = `${each.matterCode}|${each.areaCode}|${each.unitId}|${each.senderId ?? ''}|${lead?.row ?? ''}`;
    const group = groups.get(key);
    if (group) group.list.push(each);
    else groups.set(key, {lead, list: [each]});
  }
  return [...groups]
    .flatMap(([key, {lead, list}]) => {
      const wrong = list.filter(each => each.isWrongUnit);
      const [first] = wrong;
      return first && wrong.length >= least ? [{key, suggestion: suggestion(first, list, wrong, lead)}] : [];
    })
    .sort((a, b) => b.suggestion.returns - a.suggestion.returns || (a.key < b.key ? -1 : 1))
    .map(each => each.suggestion);
}

function suggestion({matterCode, areaCode, unitId, senderId}: UnitReturned, all: readonly UnitReturned[], wrong: readonly UnitReturned[], lead: RuledLead | null): RuleSuggestion {
  const cases = [...new Set(wrong.map(each => each.caseId))].slice(0, mostCases);
  return {matterCode, areaCode, unitId, senderId, returns: wrong.length, reasons: reasonsOf(all), holds: lead?.candidates.includes(unitId) ?? false, row: lead?.row ?? null, layer: lead?.layer ?? null, instead: mostFrequent(wrong, unitId), cases};
}

function reasonsOf(list: readonly UnitReturned[]): readonly ReturnReason[] {
  const reasons = new Map<string, {reason: string | null; isWrongUnit: boolean; returns: number}>();
  for (const {reason, isWrongUnit} of list) {
    const key = `${reason ?? ''}|${isWrongUnit}`;
    const known = reasons.get(key);
    if (known) known.returns += 1;
    else reasons.set(key, {reason, isWrongUnit, returns: 1});
  }
  return [...reasons.values()].sort((a, b) => b.returns - a.returns || ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1));
}

function mostFrequent(list: readonly UnitReturned[], not: string): RuleSuggestion['instead'] {
  const counts = new Map<string, number>();
  for (const {finalUnitId} of list) if (finalUnitId !== null && finalUnitId !== not) counts.set(finalUnitId, (counts.get(finalUnitId) ?? 0) + 1);
  const [best] = [...counts].sort(([unitA, a], [unitB, b]) => b - a || (unitA < unitB ? -1 : 1));
  return best ? {unitId: best[0], orders: best[1]} : null;
}

import type {FoundLead} from '../find-lead.js';

/** An order that a unit returned because it is not responsible; `finalUnitId` is who had it afterwards. */
export interface WrongUnitReturn {
  readonly caseId: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitId: string;
  readonly finalUnitId: string | null;
}

/** A rule that orders come back from: how often, and who took them in the end. */
export interface RuleSuggestion {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitId: string;
  readonly returns: number;
  /** The rule still names this unit for the matter and area. */
  readonly holds: boolean;
  /** The row of the responsibility catalog that the rule stands in. */
  readonly row: string | null;
  /** The unit that took most of them in the end, and how many. */
  readonly instead: {readonly unitId: string; readonly orders: number} | null;
  readonly cases: readonly string[];
}

/** Case ids given with a suggestion, so that somebody can look. */
const mostCases = 5;

/**
 * Counts returns by matter, area and unit, and sets them beside the rule as it stands: the most frequent first.
 *
 * @param leadOf - What dispatch answers now; `null` when matter or area is gone.
 * @param least - Fewer returns make no suggestion.
 */
export function suggestionsOf(returns: readonly WrongUnitReturn[], leadOf: (matterCode: string, areaCode: string) => FoundLead | null, least: number): readonly RuleSuggestion[] {
  const groups = new Map<string, WrongUnitReturn[]>();
  for (const each of returns) {
    const key = `${each.matterCode}|${each.areaCode}|${each.unitId}`;
    const list = groups.get(key);
    if (list) list.push(each);
    else groups.set(key, [each]);
  }
  return [...groups]
    .filter(([, list]) => list.length >= least)
    .map(([key, list]) => {
      const [matterCode = '', areaCode = '', unitId = ''] = key.split('|');
      const lead = leadOf(matterCode, areaCode);
      return {matterCode, areaCode, unitId, returns: list.length, holds: lead?.candidates.includes(unitId) ?? false, row: lead?.row ?? null, instead: mostFrequent(list, unitId), cases: list.slice(0, mostCases).map(each => each.caseId)};
    })
    .sort((a, b) => b.returns - a.returns || (`${a.matterCode}|${a.areaCode}|${a.unitId}` < `${b.matterCode}|${b.areaCode}|${b.unitId}` ? -1 : 1));
}

function mostFrequent(list: readonly WrongUnitReturn[], not: string): RuleSuggestion['instead'] {
  const counts = new Map<string, number>();
  for (const {finalUnitId} of list) if (finalUnitId !== null && finalUnitId !== not) counts.set(finalUnitId, (counts.get(finalUnitId) ?? 0) + 1);
  const [best] = [...counts].sort(([unitA, a], [unitB, b]) => b - a || (unitA < unitB ? -1 : 1));
  return best ? {unitId: best[0], orders: best[1]} : null;
}

import type {LocalizedText} from '@banli/formats';
import {chainOf} from '../chain-of.js';
import {titleOf} from '../choices.js';
import {groupRows, rulesAround, type FoundLead} from '../find-lead.js';
import {fitsLevel, type OrderAttributes} from '../order-attributes.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from '../version.js';

const dispatchRuleCatalog = 'dispatch-rules';

/** The rule that an order is held against. Times of day are `HH:mm`, local; `null` leaves a bound open. */
export interface DispatchRule {
  readonly row: string;
  readonly version: string;
  readonly mode: 'automatic' | 'manual';
  /** Of 100. */
  readonly leastConfidence: number;
  /** An order that needs more assisting units is a cross-field one. */
  readonly mostAssists: number;
  /** So many open orders may the unit have; `null`: any number. */
  readonly mostOpen: number | null;
  readonly days: 'every' | 'working' | 'rest';
  readonly fromTime: string | null;
  readonly untilTime: string | null;
}

/** Why confidence is less than 100. */
export type DeductionCode = 'branch-rule' | 'inherited-area' | 'returned' | 'text-other' | 'text-silent';

/** Points that were taken off, and why. */
export interface Deduction {
  readonly code: DeductionCode;
  readonly title: LocalizedText;
  readonly points: number;
}

/** How sure it is that a unit is the right one, of 100. */
export interface DispatchConfidence {
  readonly confidence: number;
  readonly deductions: readonly Deduction[];
}

/** From how many points on a matter that was found by a text is likely, or sure; `null` where the catalog says nothing: then it never is. */
export interface CertaintyPoints {
  readonly likely: number | null;
  readonly sure: number | null;
}

/** Where an order is asked for: its area and matter with those above them, innermost first. */
interface RuleQuestion {
  readonly areas: readonly PublishedRow[];
  readonly matters: readonly PublishedRow[];
  readonly attributes: OrderAttributes;
}

/** Stands for every matter. */
const everyMatter: PublishedRow = {key: 'all', values: {}};
const rulesOf = memoPerVersion(version => groupRows(version, dispatchRuleCatalog));

/**
 * Finds the rule that an order is held against: the innermost area decides before the matter, both before attributes, as with responsibility.
 *
 * @returns `null` when no rule fits: then a person dispatches.
 * @see Source: requirements/xinjiang-hotline.md §2.1.12; ADR 0041
 */
function findDispatchRule(version: PublishedVersion, {areas, matters, attributes}: RuleQuestion): DispatchRule | null {
  for (const {level} of rulesAround(version, {areas, matters: [...matters, everyMatter]}, rulesOf)) {
    const [row] = level.rows;
    if (row && fitsLevel(level, attributes)) return readRule(version, row);
  }
  return null;
}

function readRule(version: PublishedVersion, {key, values}: PublishedRow): DispatchRule {
  const {mode, leastConfidence, mostAssists, mostOpen, days, fromTime, untilTime} = values;
  return {
    row: key, version: version.head.version,
    mode: mode === 'automatic' ? 'automatic' : 'manual',
    leastConfidence: Number(leastConfidence), mostAssists: Number(mostAssists),
    mostOpen: mostOpen === undefined ? null : Number(mostOpen),
    days: days === 'working' || days === 'rest' ? days : 'every',
    fromTime: fromTime ?? null, untilTime: untilTime ?? null,
  };
}

/** What is known of an order besides the proposal: what its title speaks for, and whether a unit gave it back. */
export interface ConfidenceFacts {
  readonly matterCode: string;
  readonly areaCode: string;
  /** Matters that the title speaks for, the likeliest first. */
  readonly likely: readonly string[];
  readonly wasReturned: boolean;
}

/** How sure a proposal is: 100 less what the catalog takes off. A proposal without one leading unit has 0. */
function judgeProposal(version: PublishedVersion, lead: Pick<FoundLead, 'leadUnit' | 'row'>, facts: ConfidenceFacts): DispatchConfidence {
  if (lead.leadUnit === null || lead.row === null) return {confidence: 0, deductions: []};
  // A row of responsibility begins with its matter and its area.
  const [matter, area] = lead.row.split('|');
  const codes: DeductionCode[] = [];
  if (matter !== facts.matterCode) codes.push('branch-rule');
  if (area !== facts.areaCode) codes.push('inherited-area');
  if (facts.wasReturned) codes.push('returned');
  if (!facts.likely.includes(facts.matterCode)) codes.push(facts.likely.length === 0 ? 'text-silent' : 'text-other');
  else if (facts.likely[0] !== facts.matterCode) codes.push('text-silent');
  const rows = deductionsOf(version);
  const deductions = codes.flatMap((code): readonly Deduction[] => {
    const row = rows.get(code);
    return row ? [{code, title: titleOf(row), points: Number(row.values['points'])}] : [];
  });
  return {confidence: Math.max(0, 100 - deductions.reduce((sum, {points}) => sum + points, 0)), deductions};
}

const deductionsOf = memoPerVersion(version => new Map(activeRows(version, 'deductions').map(row => [row.key, row])));

const certaintiesOf = memoPerVersion((version): CertaintyPoints => {
  const points = new Map(activeRows(version, 'certainties').map(row => [row.key, Number(row.values['leastPoints'])]));
  return {likely: points.get('likely') ?? null, sure: points.get('sure') ?? null};
});


/** An order that is held against the rules, with what dispatch proposes for it. */
export interface JudgeRequest extends ConfidenceFacts {
  readonly attributes: OrderAttributes;
  readonly proposal: Pick<FoundLead, 'leadUnit' | 'row'>;
  readonly at: number;
}

/** The rule that an order is held against, `null` where none fits, and how sure its proposal is. */
export interface DispatchJudgement extends DispatchConfidence {
  readonly rule: DispatchRule | null;
}

/** Answers which orders need no dispatcher, and from when on a guess is a good one, as the catalog of dispatch rules says for an area. */
export interface DispatchRules {
  /** Where the rules are not published no rule fits and nothing is sure. */
  judge(request: JudgeRequest): Promise<DispatchJudgement>;
  certainties(at: number, areaCode?: string): Promise<CertaintyPoints>;
}

/** @param read - A catalog as it holds for an area, or as its owner published it; `null` for an unknown one. */
export function createDispatchRules(read: (catalogId: string, at: number, areaCode?: string) => Promise<PublishedVersion | null>): DispatchRules {
  return {
    async judge({attributes, proposal, at, ...facts}) {
      const [rules, matters, areas] = await Promise.all([read(dispatchRuleCatalog, at, facts.areaCode), read('matters', at), read('areas', at)]);
      if (!rules || !matters || !areas) return {rule: null, confidence: 0, deductions: []};
      return {rule: findDispatchRule(rules, {areas: chainOf(areas, facts.areaCode), matters: chainOf(matters, facts.matterCode), attributes}), ...judgeProposal(rules, proposal, facts)};
    },
    async certainties(at, areaCode) {
      const rules = await read(dispatchRuleCatalog, at, areaCode);
      return rules ? certaintiesOf(rules) : {likely: null, sure: null};
    },
  };
}

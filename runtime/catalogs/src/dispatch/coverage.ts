import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import type {AttributeValues} from '../order-attributes.js';
import type {PublishedRow, PublishedVersion} from '../version.js';
import {coverOf, type Covered} from './cover.js';
import type {DutyConflict} from './duty-conflicts.js';

/** A gap or an overlap: the outermost area where it begins, and how many areas below share it. */
export interface CoverageFinding {
  readonly kind: Exclude<Covered, 'one'>;
  readonly matterCode: string;
  readonly matter: LocalizedText;
  readonly areaCode: string;
  readonly area: LocalizedText;
  readonly areasBelow: number;
  readonly units: readonly string[];
  readonly row: string | null;
  /** Of a `partial` place: orders that no rule fits, at most five kinds of them. */
  readonly lacks: readonly LocalizedText[];
  /** The name of the layer that holds there, whatever version is asked for. */
  readonly layer: string | null;
}

/** Every leaf matter in every area, counted by what it has, and what is not exactly one lead. */
export interface CoverageReport {
  readonly version: string;
  readonly matters: number;
  readonly areas: number;
  readonly counts: Readonly<Record<Covered, number>>;
  readonly findings: readonly CoverageFinding[];
}

/** The coverage with what the duty list says otherwise. */
export interface CoverageAnswer extends CoverageReport {
  readonly duties: readonly DutyConflict[];
}

/** Chains from a row outwards, by its key. */
export type Chains = ReadonlyMap<string, readonly PublishedRow[]>;

/** The rules that hold in an area; `layer` names what a unit made of them and still keeps. */
export interface AreaRules {
  readonly rules: PublishedVersion;
  readonly layer: string | null;
}

/** What a report goes through: active leaves with their branches, active areas with their parents, both innermost first, and the rules of each area. */
export interface DispatchWorld {
  /** Names the report. */
  readonly version: string;
  readonly matters: Chains;
  readonly areas: Chains;
  /** What orders may be, by attribute. */
  readonly values: AttributeValues;
  readonly rulesIn: (areaCode: string) => AreaRules;
}

/**
 * Goes through every leaf matter in every area, as dispatch would.
 *
 * @param isListed - Which places may be found; all are counted.
 * @see Source: requirements/xinjiang-hotline.md §2.1.12: one lead unit for each matter and area.
 */
export function coverageOf({version, matters, areas, values, rulesIn}: DispatchWorld, isListed: (matterCode: string, areaCode: string, kind: Covered) => boolean = () => true): CoverageReport {
  const counts: Record<Covered, number> = {one: 0, partial: 0, several: 0, none: 0, nobody: 0};
  const findings: CoverageFinding[] = [];
  // Parents come before what lies in them, so that a gap is found where it begins.
  const outsideIn = [...areas].sort(([, a], [, b]) => a.length - b.length);
  for (const [matterCode, matterChain] of matters) {
    const open = new Map<string, CoverageFinding & {areasBelow: number}>();
    for (const [areaCode, areaChain] of outsideIn) {
      const {rules, layer} = rulesIn(areaCode);
      const cover = coverOf(rules, {areas: areaChain, matters: matterChain}, values);
      const {kind} = cover;
      counts[kind] += 1;
      if (kind === 'one' || !isListed(matterCode, areaCode, kind)) continue;
      const above = areaChain.slice(1).map(area => open.get(area.key)).find(finding => finding?.kind === kind && finding.row === cover.row && finding.layer === layer);
      if (above) {
        above.areasBelow += 1;
        continue;
      }
      const finding = {kind, matterCode, matter: words(matterChain[0]), areaCode, area: words(areaChain[0]), areasBelow: 0, units: cover.units, row: cover.row, lacks: cover.lacks, layer};
      open.set(areaCode, finding);
      findings.push(finding);
    }
  }
  return {version, matters: matters.size, areas: areas.size, counts, findings};
}

function words(row: PublishedRow | undefined): LocalizedText {
  return row ? titleOf(row) : {'zh-CN': ''};
}

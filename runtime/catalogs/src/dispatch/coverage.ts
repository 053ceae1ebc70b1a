import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import {findLead, type FoundLead} from '../find-lead.js';
import type {PublishedRow, PublishedVersion} from '../version.js';

/**
 * What a leaf matter has in an area. `one`: exactly one lead; `several`: more than one, a person chooses; `none`: no row at all; `nobody`: a row says that
 * nobody is responsible.
 */
export type Covered = 'one' | 'several' | 'none' | 'nobody';

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
}

/** Every leaf matter in every area, counted by what it has, and what is not exactly one lead. */
export interface CoverageReport {
  readonly version: string;
  readonly matters: number;
  readonly areas: number;
  readonly counts: Readonly<Record<Covered, number>>;
  readonly findings: readonly CoverageFinding[];
}

/** Chains from a row outwards, by its key. */
export type Chains = ReadonlyMap<string, readonly PublishedRow[]>;

/**
 * Goes through every leaf matter in every area, as dispatch would.
 *
 * @param responsibility - Names the report.
 * @param matters - Active leaves with their branches, innermost first.
 * @param areas - Active areas with their parents, innermost first.
 * @param versionOf - What holds in an area; by default `responsibility` everywhere.
 * @see Source: requirements/xinjiang-hotline.md §2.1.12: one lead unit for each matter and area.
 */
export function coverageOf(responsibility: PublishedVersion, matters: Chains, areas: Chains, versionOf: (areaCode: string) => PublishedVersion = () => responsibility): CoverageReport {
  const counts: Record<Covered, number> = {one: 0, several: 0, none: 0, nobody: 0};
  const findings: CoverageFinding[] = [];
  for (const [matterCode, matterChain] of matters) {
    const open = new Map<string, CoverageFinding & {areasBelow: number}>();
    // Parents come before what lies in them, so that a gap is found where it begins.
    for (const [areaCode, areaChain] of [...areas].sort(([, a], [, b]) => a.length - b.length)) {
      const lead = findLead(versionOf(areaCode), {areas: areaChain, matters: matterChain, excludeUnitIds: []});
      const kind = coveredBy(lead);
      counts[kind] += 1;
      if (kind === 'one') continue;
      const above = areaChain.slice(1).map(area => open.get(area.key)).find(finding => finding?.kind === kind && finding.row === lead.row);
      if (above) {
        above.areasBelow += 1;
        continue;
      }
      const finding = {kind, matterCode, matter: words(matterChain[0]), areaCode, area: words(areaChain[0]), areasBelow: 0, units: lead.candidates, row: lead.row};
      open.set(areaCode, finding);
      findings.push(finding);
    }
  }
  return {version: responsibility.head.version, matters: matters.size, areas: areas.size, counts, findings};
}

/** What an answer of dispatch means for coverage. */
export function coveredBy(lead: Pick<FoundLead, 'leadUnit' | 'confidence' | 'row'>): Covered {
  return lead.leadUnit !== null ? 'one' : lead.confidence === 'choose' ? 'several' : lead.row === null ? 'none' : 'nobody';
}

function words(row: PublishedRow | undefined): LocalizedText {
  return row ? titleOf(row) : {'zh-CN': ''};
}

import {coverOf, type Covered} from './cover.js';
import {coverageOf, type CoverageFinding, type CoverageReport, type DispatchWorld} from './coverage.js';

/** What a draft does to the coverage: every place counted before and after, and what was no gap and no overlap before. */
export interface CoverageChange {
  readonly before: CoverageReport['counts'];
  readonly after: CoverageReport['counts'];
  /** Places (leaf × area) that nobody leads any more, or only for some orders, or that are new and have no row; and those that get several leads. */
  readonly gaps: number;
  readonly overlaps: number;
  /** New gaps and overlaps where they begin. */
  readonly findings: readonly CoverageFinding[];
  /** Areas that keep what their unit made of the rules, whatever the draft says. */
  readonly layeredAreas: number;
}

/** Compares the coverage of two worlds. A place that a row declares to have nobody is no gap: somebody decided that. */
export function coverageChange(before: DispatchWorld, after: DispatchWorld): CoverageChange {
  const was = kindsOf(before);
  const found = {none: 0, partial: 0, several: 0};
  const report = coverageOf(after, (matterCode, areaCode, kind) => {
    if (kind === 'one' || kind === 'nobody' || was.kinds.get(`${matterCode}|${areaCode}`) === kind) return false;
    found[kind] += 1;
    return true;
  });
  const layeredAreas = [...after.areas.keys()].filter(area => after.rulesIn(area).layer !== null).length;
  return {before: was.counts, after: report.counts, gaps: found.none + found.partial, overlaps: found.several, findings: report.findings, layeredAreas};
}

function kindsOf({matters, areas, values, rulesIn}: DispatchWorld): {readonly kinds: ReadonlyMap<string, Covered>; readonly counts: CoverageReport['counts']} {
  const kinds = new Map<string, Covered>();
  const counts: Record<Covered, number> = {one: 0, partial: 0, several: 0, none: 0, nobody: 0};
  for (const [matterCode, matterChain] of matters) {
    for (const [areaCode, areaChain] of areas) {
      const {kind} = coverOf(rulesIn(areaCode).rules, {areas: areaChain, matters: matterChain}, values);
      counts[kind] += 1;
      if (kind !== 'one') kinds.set(`${matterCode}|${areaCode}`, kind);
    }
  }
  return {kinds, counts};
}

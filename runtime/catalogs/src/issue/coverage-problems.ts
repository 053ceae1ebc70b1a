import type {Problem} from '@banli/errors';
import type {CoverageFinding} from '../dispatch/coverage.js';
import {problemOf} from '../life/problem.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';
import type {IssueDeps} from './model.js';

/** Told one by one. */
const mostTold = 100;

/**
 * Places of a unit's area that its layer would leave without a lead or give several, and that are not so now: whoever confirms it looks at them.
 * @see The same before a version is published: `life/publish-set.ts`.
 */
export async function coverageWarnings(desk: Pick<IssueDeps, 'layerCoverage' | 'clock'>, rules: PublishedVersion, areaCode: string): Promise<readonly Problem[]> {
  const change = (await desk.layerCoverage?.(desk.clock.now(), {areaCode, rules})) ?? null;
  return (change?.findings ?? []).slice(0, mostTold).map(finding => warningOf(rules.head.catalogId, finding));
}

function warningOf(catalogId: string, {kind, matterCode, matter, areaCode, area, areasBelow, row}: CoverageFinding): Problem {
  const details = {matter: matter.en ?? matterCode, matterZh: matter['zh-CN'], area: area.en ?? areaCode, areaZh: area['zh-CN'], below: areasBelow};
  const error = kind === 'several' ? issueErrors.OVERLAP_NEW(details) : kind === 'partial' ? issueErrors.PARTLY_NEW(details) : issueErrors.GAP_NEW(details);
  return problemOf(error, {file: `${catalogId}/${catalogId}`, element: row ?? `${matterCode}|${areaCode}`, field: 'leadUnitId'}, 'warning');
}

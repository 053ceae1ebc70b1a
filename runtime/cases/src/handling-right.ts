import type {Problem} from '@banli/errors';
import {columnsOf} from './columns.js';
import {textOrNull} from './context.js';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';
import type {Work} from './work.js';

/**
 * Looks whether the units that get the case with this command may handle its matter in its area, by the catalogs as they are at this moment: a right that was just given counts at once.
 * Without one the drawing has the unit refused, or asks for a reason. A case without a matter is asked nothing.
 *
 * @param values - Of the case and of the task, as sent.
 * @returns Units that get it without the right, because a reason was given.
 * @throws AppError `CASE_UNIT_NO_RIGHT`; `CASE_INPUT` where the reason is missing, with its field.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4; test A15
 */
export async function checkHandlingRights(deps: Pick<CaseDeps, 'catalogs' | 'people' | 'vault'>, work: Work, values: Readonly<Record<string, unknown>>, at: number): Promise<readonly string[]> {
  const without: string[] = [];
  const problems: Problem[] = [];
  if (work.placed.length === 0) return without;
  const {matter, areaCode} = columnsOf(work.release, deps, {values: work.values, routing: work.routing, acceptingUnitId: work.before.acceptingUnitId});
  for (const {unitId, right} of matter === null ? [] : work.placed) {
    if (await deps.catalogs.mayHandle(unitId, matter ?? '', areaCode, at, work.before.routing.excludedUnits)) continue;
    const unit = deps.people.unit(unitId)?.name ?? unitId;
    if (right.without === 'refuse') throw caseErrors.UNIT_NO_RIGHT({unit});
    if (textOrNull(values[right.field]) === null) {
      const {code, message, details} = caseErrors.UNIT_NO_RIGHT_REASON({unit});
      problems.push({code, message, details, place: {field: right.field}});
    }
    without.push(unitId);
  }
  if (problems.length > 0) throw caseErrors.INPUT({}, {problems});
  return without;
}

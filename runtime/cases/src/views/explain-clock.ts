import type {AnswerOf, caseRoutes} from '@banli/api';
import type {CaseDeps} from '../deps.js';
import {caseErrors} from '../errors.js';
import {clockJson} from './heads.js';

/** Row and version, start rule, each counted day or pause of a clock. */
export type ClockExplanationView = AnswerOf<typeof caseRoutes.explainClock>;

/** Explains one clock of a case. @throws AppError `CASE_CLOCK_UNKNOWN`, also for a clock of another case. */
export async function explainClock(deps: CaseDeps, caseId: string, clockId: string): Promise<ClockExplanationView> {
  const clock = (await deps.clocks.of(caseId)).find(each => each.id === clockId);
  const explanation = clock && (await deps.clocks.explain(clockId));
  if (!clock || !explanation) throw caseErrors.CLOCK_UNKNOWN();
  const {limit, startRule, lines} = explanation;
  const rowTitle = limit && (await deps.catalogs.rowTitle(limit.catalog, limit.row, clock.startedAt));
  const own = limit?.catalog === 'limits' ? await deps.catalogs.limitOrigin(limit.version, limit.row) : null;
  const area = own && ((await deps.catalogs.rowTitle('areas', own.areaCode, clock.startedAt)) ?? {'zh-CN': own.areaCode});
  return {clock: clockJson(deps, clock), limit: limit && {...limit, ...(rowTitle ? {rowTitle} : {}), ...(area ? {own: {area, above: own.above}} : {})}, startRule, lines: lines.map(line => ({...line}))};
}

import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {listDispatched, listReturned} from '@banli/cases';
import type {CatalogService, FoundLead, MatterAdvisory, ResponsibilityChoice} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of dispatch stand on. */
export interface DispatchRouteDeps {
  readonly catalogs: Pick<CatalogService, 'reports'>;
  readonly advisory: MatterAdvisory;
  readonly people: Pick<People, 'unit'>;
  readonly store: Store;
  readonly clock: Clock;
}

const mostCandidates = 3;
const mostCases = 10_000;
/** Cases looked at for returns; the table has no index for them. */
const mostLookedAt = 20_000;
/** Rows of one answer; the total says how many there are. */
const mostRows = 500;

/** Matter candidates of a text, and the dispatch rules as a whole: coverage, past cases under other rules, returns. */
export function bindDispatchRoutes({catalogs, advisory, people, store, clock}: DispatchRouteDeps): readonly BoundRoute[] {
  const unit = (id: string) => ({id, name: people.unit(id)?.name ?? id});
  const lead = (found: FoundLead) => ({units: found.candidates.map(unit), row: found.row, reason: found.reason});
  return [
    bindRoute(dispatchRoutes.candidates, async ({query}) => ({
      candidates: (await advisory.candidates(query.q, clock.now(), mostCandidates)).map(({choice, confidence, certainty, why}) => ({key: choice.key, title: choice.title, path: [...choice.path], confidence, certainty, why})),
    })),
    bindRoute(dispatchRoutes.coverage, async ({query}) => {
      const {findings, ...report} = await catalogs.reports.coverage(clock.now(), query.version === undefined ? {} : {version: query.version});
      const found = query.kind === undefined ? findings : findings.filter(finding => finding.kind === query.kind);
      const from = query.offset ?? 0;
      return {...report, total: found.length, findings: found.slice(from, from + (query.limit ?? 100)).map(finding => ({...finding, units: finding.units.map(unit)}))};
    }),
    bindRoute(dispatchRoutes.redispatch, async ({body}): Promise<AnswerOf<typeof dispatchRoutes.redispatch>> => {
      const choice: ResponsibilityChoice = body.files ? {draft: {name: 'responsibility', files: body.files}} : body.version === undefined ? {} : {version: body.version};
      const {changed, ...report} = await catalogs.reports.redispatch(await listDispatched(store, body.cases ?? mostCases), clock.now(), choice);
      const rows = changed.slice(0, mostRows).map(({order, before, after}) => ({caseId: order.id, number: order.number, matterCode: order.matterCode, areaCode: order.areaCode, had: order.leadUnitId === null ? null : unit(order.leadUnitId), before: lead(before), after: lead(after)}));
      return {...report, total: changed.length, changed: rows};
    }),
    bindRoute(dispatchRoutes.suggestions, async ({query}) => {
      const found = await catalogs.reports.suggestions(await listReturned(store, mostLookedAt), clock.now(), query.least ?? 3);
      return {
        suggestions: found.slice(0, mostRows).map(({matterCode, areaCode, unitId, returns, holds, row, instead, cases}) => ({
          matterCode, areaCode, unit: unit(unitId), returns, holds, row, instead: instead && {unit: unit(instead.unitId), orders: instead.orders}, caseIds: [...cases],
        })),
      };
    }),
  ];
}

import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {createCatalogUses, listDispatched, listReturned, type Releases} from '@banli/cases';
import type {CatalogLife, CatalogService, FoundLead, LifeActor, MatterAdvisory, ResponsibilityChoice, ReturnReason} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {withChinese} from '../http/answer-error.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of dispatch stand on. */
export interface DispatchRouteDeps {
  readonly catalogs: Pick<CatalogService, 'reports' | 'title' | 'words'>;
  readonly advisory: MatterAdvisory;
  readonly releases: Pick<Releases, 'byHash' | 'bundles'>;
  readonly life: Pick<CatalogLife, 'draftSource'>;
  readonly people: Pick<People, 'unit'>;
  readonly store: Store;
  readonly clock: Clock;
}

/** Where the reasons of returns stand. */
const reasonCatalog = 'return-reasons';
const mostLimitGaps = 200;
const mostCandidates = 3;
const mostCases = 10_000;
/** Cases looked at for returns; the table has no index for them. */
const mostLookedAt = 20_000;
/** Contradictions with the duty list of one answer. */
const mostConflicts = 200;
/** Rows of one answer; the total says how many there are. */
const mostRows = 500;

/** Matter candidates of a text, and the dispatch rules as a whole: coverage, past cases under other rules, returns. */
export function bindDispatchRoutes({catalogs, advisory, releases, life, people, store, clock}: DispatchRouteDeps): readonly BoundRoute[] {
  const {applications} = createCatalogUses({store, releases});
  const choose = async (actor: LifeActor, {version, changeId}: {readonly version?: string; readonly changeId?: string}): Promise<ResponsibilityChoice> => {
    if (changeId !== undefined) return {draft: await life.draftSource(actor, changeId, 'responsibility')};
    return version === undefined ? {} : {version};
  };
  const place = async ({matterCode, areaCode}: {readonly matterCode: string; readonly areaCode: string}) => ({
    matterCode, matter: {'zh-CN': await catalogs.title('matters', matterCode, clock.now())}, areaCode, area: {'zh-CN': await catalogs.title('areas', areaCode, clock.now())},
  });
  const inWords = async (each: ReturnReason) => ({...each, title: each.reason === null ? '' : await catalogs.title(reasonCatalog, each.reason, clock.now())});
  const unit = (id: string) => ({id, name: people.unit(id)?.name ?? id});
  const natureOf = async (actor: Pick<LifeActor, 'unitId'>, {matter, nature}: {readonly matter?: string; readonly nature?: string}): Promise<AnswerOf<typeof dispatchRoutes.wordHints>['natureConflict']> => {
    const found = matter === undefined || nature === undefined ? null : await catalogs.words.natureConflict({matter, nature, at: clock.now(), areaCode: people.unit(actor.unitId)?.areaCode});
    return found && {...found, fitting: [...found.fitting]};
  };
  /** Past cases are tried and counted where the unit is at home: a county sees none of its neighbours'. A unit that is not there has no area. */
  const areaOf = (actor: Pick<LifeActor, 'unitId'>) => people.unit(actor.unitId)?.areaCode ?? 'nowhere';
  const lead = (found: FoundLead) => ({units: found.candidates.map(unit), row: found.row, reason: found.reason, attributes: [...found.attributes]});
  return [
    bindRoute(dispatchRoutes.candidates, async ({actor, query}) => ({
      candidates: (await advisory.candidates(query.q, clock.now(), mostCandidates, people.unit(actor.unitId)?.areaCode)).map(({choice, confidence, certainty, why}) => ({key: choice.key, title: choice.title, path: [...choice.path], confidence, certainty, why})),
    })),
    bindRoute(dispatchRoutes.wordHints, async ({actor, body}) => ({
      hints: (await catalogs.words.find({...body, at: clock.now(), areaCode: people.unit(actor.unitId)?.areaCode})).map(hint => ({...hint, proposes: {...hint.proposes, urgency: hint.proposes.urgency && {...hint.proposes.urgency, enough: [...hint.proposes.urgency.enough]}}})),
      notAccepted: body.scope === 'seat' ? [] : (await catalogs.words.notAccepted({...body, at: clock.now(), areaCode: people.unit(actor.unitId)?.areaCode})).map(found => ({...found, words: [...found.words]})),
      natureConflict: body.scope === 'seat' ? null : await natureOf(actor, body),
    })),
    bindRoute(dispatchRoutes.coverage, async ({query, actor}) => {
      const {findings, duties, ...report} = await catalogs.reports.coverage(clock.now(), await choose(actor, query));
      const found = query.kind === undefined ? findings : findings.filter(finding => finding.kind === query.kind);
      const from = query.offset ?? 0;
      const conflicts = await Promise.all(duties.slice(0, mostConflicts).map(async each => ({kind: each.kind, lead: each.lead, ...(await place(each)), unit: unit(each.unitId), duties: each.duties.map(duty => ({code: duty.code, unit: unit(duty.unitId)}))})));
      const handling = await catalogs.reports.handling(clock.now(), await applications());
      return {...report, duties: {total: duties.length, conflicts}, handling: handling.map(withChinese), total: found.length, findings: found.slice(from, from + (query.limit ?? 100)).map(finding => ({...finding, units: finding.units.map(unit), lacks: [...finding.lacks]}))};
    }),
    bindRoute(dispatchRoutes.limitGaps, async () => {
      const gaps = await catalogs.reports.limitGaps(clock.now());
      return {total: gaps.length, gaps: gaps.slice(0, mostLimitGaps).map(gap => ({...gap, levels: [...gap.levels]}))};
    }),
    bindRoute(dispatchRoutes.coverageMap, async ({query, actor}) => {
      const {cells, matters, areas, ...map} = await catalogs.reports.map(clock.now(), query, await choose(actor, query));
      return {...map, matters: [...matters], areas: [...areas], cells: cells.map(row => row.map(cell => ({...cell, units: cell.units.map(unit), lacks: [...cell.lacks]})))};
    }),
    bindRoute(dispatchRoutes.redispatch, async ({body, actor}): Promise<AnswerOf<typeof dispatchRoutes.redispatch>> => {
      const choice: ResponsibilityChoice = body.files ? {draft: {name: 'responsibility', files: body.files}} : await choose(actor, body);
      const {changed, ...report} = await catalogs.reports.redispatch(await listDispatched(store, body.cases ?? mostCases, areaOf(actor)), clock.now(), choice);
      const rows = await Promise.all(changed.slice(0, mostRows).map(async ({order, before, after}) => ({caseId: order.id, number: order.number, ...(await place(order)), had: order.leadUnitId === null ? null : unit(order.leadUnitId), before: lead(before), after: lead(after)})));
      return {...report, total: changed.length, changed: rows};
    }),
    bindRoute(dispatchRoutes.suggestions, async ({actor, query}) => {
      const found = await catalogs.reports.suggestions(await listReturned(store, mostLookedAt, areaOf(actor)), clock.now(), query.least ?? 3);
      return {
        suggestions: await Promise.all(found.slice(0, mostRows).map(async ({unitId, senderId, returns, reasons, holds, row, layer, instead, cases, ...at}) => ({
          ...(await place(at)), unit: unit(unitId), sender: senderId === null ? null : unit(senderId), returns, reasons: await Promise.all(reasons.map(inWords)), holds, row, layer, instead: instead && {unit: unit(instead.unitId), orders: instead.orders}, caseIds: [...cases],
        }))),
      };
    }),
  ];
}

import {catalogRoutes, type AnswerOf} from '@banli/api';
import type {CaseReleases} from '@banli/cases';
import type {CatalogService, Choice, FoundHandling, FoundLimit} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';
import {guidanceJson} from './guidance.js';

/** What the routes of catalogs stand on. */
export interface CatalogRouteDeps {
  readonly catalogs: CatalogService;
  readonly people: Pick<People, 'unit'>;
  readonly releases: Pick<CaseReleases, 'current'>;
  readonly clock: Clock;
}

type ChoiceJson = AnswerOf<typeof catalogRoutes.choices>['choices'][number];
type ProposalJson = AnswerOf<typeof catalogRoutes.proposal>;

/** Published catalogs as of now: rows to choose from, finding matters, who would be responsible. */
export function bindCatalogRoutes(deps: CatalogRouteDeps): readonly BoundRoute[] {
  const {catalogs, people, clock} = deps;
  return [
    bindRoute(catalogRoutes.list, async () => ({
      catalogs: (await catalogs.list(clock.now())).map(({id, title, version, effectiveFrom, rows}) => ({id, title, version, effectiveFrom, rows})),
    })),
    bindRoute(catalogRoutes.choices, async ({actor, params}) => {
      const {version, choices} = await catalogs.choices(params.catalogId, clock.now(), people.unit(actor.unitId)?.areaCode);
      return {version, choices: choices.map(choiceJson)};
    }),
    bindRoute(catalogRoutes.searchEnterprises, async ({query}) => ({
      matches: (await catalogs.searchEnterprises(query.q, clock.now(), query.limit ?? 10)).map(({choice, why}) => ({choice: choiceJson(choice), why})),
    })),
    bindRoute(catalogRoutes.searchMatters, async ({actor, query}) => ({
      matches: (await catalogs.searchMatters(query.q, clock.now(), query.limit ?? 10, people.unit(actor.unitId)?.areaCode)).map(({choice, why}) => ({choice: choiceJson(choice), why})),
    })),
    bindRoute(catalogRoutes.handlers, async ({query}) => ({unitIds: [...new Set((await catalogs.handlers(query.matter, query.area, clock.now())).map(right => right.unitId))]})),
    bindRoute(catalogRoutes.guidance, async ({query}) => guidanceJson(await catalogs.guidance({matterCode: query.matter, areaCode: query.area, at: clock.now()}), people)),
    bindRoute(catalogRoutes.proposal, ({query}) => propose(deps, query)),
  ];
}

async function propose({catalogs, people, releases, clock}: CatalogRouteDeps, query: {readonly matter: string; readonly area: string; readonly urgency?: string; readonly industry?: string; readonly channel?: string; readonly nature?: string; readonly serviceObject?: string}): Promise<ProposalJson> {
  const at = clock.now();
  const answer = await catalogs.dispatch({
    matterCode: query.matter,
    areaCode: query.area,
    excludeUnitIds: [],
    at,
    attributes: {...(query.serviceObject ? {serviceObject: query.serviceObject} : {}), ...(query.channel ? {channelCode: query.channel} : {}), ...(query.nature ? {natureCode: query.nature} : {})},
    ...(query.urgency === undefined ? {} : {urgency: query.urgency}),
    ...(query.industry === undefined ? {} : {industryCode: query.industry}),
  });
  const rowTitle = answer.row === null ? null : await catalogs.rowTitle('responsibility', answer.row, at, unitId => people.unit(unitId)?.name ?? null);
  const named = (ids: readonly string[]) => ids.map(id => ({id, name: people.unit(id)?.name ?? id}));
  return {
    leadUnitId: answer.leadUnit,
    leadUnitName: answer.leadUnit === null ? null : (people.unit(answer.leadUnit)?.name ?? answer.leadUnit),
    candidates: named(answer.candidates),
    assist: named(answer.assistUnits),
    respond: limitJson(answer.limits.respond),
    resolve: limitJson(answer.limits.resolve),
    row: answer.row,
    ...(rowTitle ? {rowTitle} : {}),
    version: answer.version,
    reason: answer.reason,
    attributes: [...answer.attributes],
    confidence: answer.confidence,
    ...(answer.handling ? {handling: await handlingJson(releases, answer.handling)} : {}),
  };
}

/** Process and form in words, as far as the application is published. */
async function handlingJson(releases: CatalogRouteDeps['releases'], {processCode, formCode, row, version}: FoundHandling): Promise<NonNullable<ProposalJson['handling']>> {
  const bundle = (await releases.current(processCode))?.release.bundle;
  const form = bundle?.forms[formCode]?.['x-banli-form'].title ?? bundle?.extensions?.[formCode]?.['x-banli-extension'].title;
  return {processId: processCode, processTitle: bundle?.manifest.title ?? null, formId: formCode, formTitle: form ?? null, row, version};
}

function choiceJson(choice: Choice): ChoiceJson {
  return {...choice, path: [...choice.path], more: {...choice.more}};
}

function limitJson(limit: FoundLimit | null): ProposalJson['resolve'] {
  return limit === null ? null : {text: limit.text, ...(limit.reason === undefined ? {} : {reason: limit.reason}), ladder: limit.ladder.map(step => step.told), row: limit.row, version: limit.version, source: limit.source, ...(limit.own === undefined ? {} : {own: limit.own})};
}

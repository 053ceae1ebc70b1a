import {caseRoutes, type CaseMessageView, type GuidanceJson} from '@banli/api';
import type {Cases, CaseSubject} from '@banli/cases';
import type {Documents} from '@banli/documents';
import type {CitizenLook} from '../citizen-look.js';
import type {ReasonKeeper} from '../reason-keeper.js';
import {bindPublicRoute, bindRoute, type BoundRoute} from '../http/index.js';

/** What the case routes stand on. */
export interface CaseRouteDeps {
  readonly cases: Cases;
  readonly documents: Pick<Documents, 'html'>;
  /** The citizen's look at his case, guarded against guessing. */
  readonly citizenLook: CitizenLook;
  /** What the catalogs say about working on a matter, as of now. */
  readonly guidanceFor: (subject: CaseSubject) => Promise<GuidanceJson>;
  /** Text messages of a case. */
  readonly messagesOf: (caseId: string) => Promise<readonly CaseMessageView[]>;
  /** Remembers the reasons that a command gave. */
  readonly reasonKeeper: ReasonKeeper;
}

/** Registration, the case page and its tabs, the citizen's page. */
export function bindCaseRoutes({reasonKeeper, citizenLook, ...page}: CaseRouteDeps): readonly BoundRoute[] {
  return [...startRoutes(page.cases), bindPublicRoute(caseRoutes.publicView, ({body, origin}) => citizenLook(body, origin)), ...pageRoutes(page), ...commandRoutes(page.cases, reasonKeeper)];
}

function startRoutes(cases: Cases): readonly BoundRoute[] {
  return [
    bindRoute(caseRoutes.apps, async ({actor}) => ({apps: [...(await cases.apps(actor))]})),
    bindRoute(caseRoutes.startForm, async ({actor, params, query}) => {
      const {registration, ...form} = await cases.startForm(actor, params.bundleId, query);
      const answers = (registration?.answers ?? []).map(({title, values}) => ({title, values: {...values}}));
      return {...form, ...(registration ? {registration: {...registration, answers}} : {}), schema: {...form.schema}, access: {...form.access}, values: {...form.values}, sharedFields: [...form.sharedFields], caseFields: {...form.caseFields} as Record<string, string>, context: {...form.context}};
    }),
    bindRoute(caseRoutes.start, async ({actor, body}) => ({cases: [...(await cases.start(actor, body))]})),
    bindRoute(caseRoutes.callerHistory, ({actor, body}) => cases.callerHistory(actor, body)),
    bindRoute(caseRoutes.duplicates, async ({actor, body}) => ({cases: [...(await cases.duplicates(actor, body.bundleId, body.values))]})),
  ];
}

function pageRoutes({cases, documents, messagesOf, guidanceFor}: Omit<CaseRouteDeps, 'citizenLook' | 'reasonKeeper'>): readonly BoundRoute[] {
  return [
    bindRoute(caseRoutes.view, ({actor, params, query}) => cases.view(actor, params.caseId, query.stamp === undefined || query.waitMs === undefined ? undefined : {stamp: query.stamp, ms: query.waitMs})),
    bindRoute(caseRoutes.timeline, async ({actor, params}) => ({lines: [...(await cases.timeline(actor, params.caseId))]})),
    bindRoute(caseRoutes.diagram, ({actor, params}) => cases.diagram(actor, params.caseId)),
    bindRoute(caseRoutes.messages, async ({actor, params}) => {
      const isPhoneSeen = await cases.maySeePhone(actor, params.caseId);
      return {messages: (await messagesOf(params.caseId)).map(message => ({...message, phone: message.personName === null && !isPhoneSeen ? null : message.phone}))};
    }),
    bindRoute(caseRoutes.guidance, async ({actor, params}) => guidanceFor(await cases.subject(actor, params.caseId))),
    bindRoute(caseRoutes.explainClock, ({actor, params}) => cases.explainClock(actor, params.caseId, params.clockId)),
    bindRoute(caseRoutes.document, async ({actor, params}) => {
      await cases.assertVisible(actor, params.caseId);
      return documents.html(params.documentId, params.caseId);
    }),
  ];
}

function commandRoutes(cases: Cases, reasonKeeper: ReasonKeeper): readonly BoundRoute[] {
  return [
    bindRoute(caseRoutes.append, async ({actor, params, body}) => {
      await cases.append(actor, params.caseId, body.text);
      return {done: true as const};
    }),
    bindRoute(caseRoutes.urge, async ({actor, params, body}) => {
      await cases.urge(actor, params.caseId, body.text);
      return {done: true as const};
    }),
    bindRoute(caseRoutes.beginStrand, ({actor, params, body}) => cases.beginStrand(actor, {caseId: params.caseId, ...body})),
    bindRoute(caseRoutes.link, async ({actor, params, body}) => {
      await cases.link(actor, params.caseId, body.otherCaseId, body.relation);
      return {done: true as const};
    }),
    bindRoute(caseRoutes.request, async ({actor, params, body}) => {
      const view = await cases.request(actor, {taskId: params.taskId, ...body});
      await reasonKeeper.ofCommand(actor.personId, body.actionId, body.values, view);
      return view;
    }),
    bindRoute(caseRoutes.cancel, async ({actor, params, body}) => {
      await cases.cancel(actor, {caseId: params.caseId, ...body});
      await reasonKeeper.ofCancel(actor.personId, body.reason, () => cases.view(actor, params.caseId));
      return {done: true as const};
    }),
  ];
}

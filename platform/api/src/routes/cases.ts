import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {GuidanceView, OwnLimit} from './catalogs.js';
import {Cursor, Done, ErrorAnswer, Id, Limit, Moment, oneOf, orNull, ProblemSchema, strict, Text, Values} from '../schemas.js';

const CaseParams = strict({caseId: Id});
const Access = Type.Record(Type.String(), oneOf('hidden', 'read', 'edit', 'required'));
/** A form's schema as Formily takes it, see platform/formats `FormSchema`. */
const FormJson = Type.Record(Type.String(), Type.Unknown());

/** A clock of a case as of the answer: status, colour, moments and the rest in words. `dueAt` is `null` while it stands still, or while no calendar of that year is published. */
export const Clock = Type.Object({
  id: Id,
  clock: Type.String(),
  title: Text,
  /** The strand whose clock it is; not there for clocks of the case. */
  strand: Type.Optional(Id),
  round: Type.Integer(),
  status: oneOf('running', 'halted', 'paused', 'stopped', 'dropped'),
  dueState: oneOf('normal', 'warning', 'critical', 'overdue', 'paused', 'stopped'),
  startedAt: Moment,
  dueAt: orNull(Moment),
  warnAt: orNull(Moment),
  criticalAt: orNull(Moment),
  stoppedAt: orNull(Moment),
  breachedAt: orNull(Moment),
  breachCorrected: Type.Boolean(),
  provisional: Type.Boolean(),
  /** Rest in words (剩 2 个工作日 3 小时), as of the answer. */
  rest: Text,
});
export type ClockJson = Static<typeof Clock>;

/** A way to finish a step; `requires` are the fields that must be filled for it, `confirmWhen` (FEEL over `context` and `form`) says when `confirm` is asked. */
export const Outcome = Type.Object({id: Type.String(), name: Text, tone: oneOf('primary', 'default', 'danger'), requires: Type.Array(Type.String()), confirm: Type.Optional(Text), confirmWhen: Type.Optional(Type.String())});
/** Something that may be asked for while the step stays open; `disabledReason` says why not now. */
export const Action = Type.Object({id: Type.String(), name: Text, command: oneOf('extend', 'pause', 'resume'), fields: Type.Array(Type.String()), requires: Type.Array(Type.String()), disabledReason: Type.Optional(Text)});

/** A task of a case. Access, outcomes, actions, strand and draft are told only to whom it is open for. */
export const CaseTask = Type.Object({
  id: Id,
  stepId: Type.String(),
  stepName: Text,
  state: oneOf('open', 'submitting', 'done', 'cancelled'),
  unitId: orNull(Id),
  unitName: orNull(Type.String()),
  assignee: orNull(Type.Object({id: Id, name: Type.String()})),
  createdAt: Moment,
  /** The signed-in person may work on it now; then form access and outcomes are given. */
  mine: Type.Boolean(),
  access: Type.Optional(Access),
  /** The strand this task works on, with its number where it has one that this person may read. */
  strand: Type.Optional(Type.Object({id: Id, number: orNull(Type.String())})),
  /** Values of the strand's own fields: in the form of this task they stand in place of the case's. */
  values: Type.Optional(Values),
  outcomes: Type.Array(Outcome),
  actions: Type.Array(Action),
  /** Autosaved values of this person for this task. */
  draft: Type.Optional(Values),
  draftSavedAt: Type.Optional(Moment),
});
export type CaseTaskView = Static<typeof CaseTask>;

/** What lists and headers tell of a case. @see Source: requirements/xinjiang-hotline.md §2.3.3 (states). */
export const CaseHead = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  bundleId: Type.String(),
  state: Type.Object({id: Type.String(), title: Text}),
  urgency: orNull(Type.String()),
  urgencyTitle: orNull(Type.String()),
  urgencyTitleEn: Type.Optional(Type.String()),
  matterTitle: orNull(Type.String()),
  matterTitleEn: Type.Optional(Type.String()),
  round: Type.Integer(),
  marks: Type.Array(oneOf('vulnerable', 'confidential', 'anonymous', 'redo', 'paused', 'pending')),
  acceptedAt: Moment,
  leadUnitName: orNull(Type.String()),
  clock: orNull(Clock),
});
export type CaseHeadView = Static<typeof CaseHead>;

/** One run of an event sub-process that has fields of its own. `clock` is `null` once it has ended. */
export const CaseStrand = Type.Object({
  id: Id,
  title: Text,
  /** `null` where there is none, or this person may not read it. */
  number: orNull(Type.String()),
  beganAt: Moment,
  endedAt: orNull(Moment),
  /** Its open tasks. */
  steps: Type.Array(Type.Object({taskId: Id, name: Text, unitName: orNull(Type.String())})),
  clock: orNull(Clock),
  /** Titles and shown values of its filled fields, by right. */
  fields: Type.Array(Type.Object({title: Text, value: Type.String(), valueEn: Type.Optional(Type.String())})),
});
export type CaseStrandView = Static<typeof CaseStrand>;

/** A case as one person may see it: fields by right and masked, his tasks, clocks, strands, parties, papers. */
export const CaseView = Type.Object({
  head: CaseHead,
  version: Type.Integer(),
  /** Grows with every change of the case, also one that changes no value: whoever waits names the one he knows. */
  stamp: Type.Integer(),
  /** A command was accepted and has not reached the engine yet. */
  pending: orNull(Type.Object({since: Moment, reason: Text})),
  ended: Type.Boolean(),
  /** `context` is the FEEL context beside `form`, for rules that the browser evaluates; only what this person may see. `classFields` name the fields on which the form depends. */
  form: Type.Object({schema: FormJson, values: Values, access: Access, context: Type.Optional(Values), classFields: Type.Optional(Type.Object({matter: Type.Optional(Type.String()), channel: Type.Optional(Type.String())}))}),
  tasks: Type.Array(CaseTask),
  clocks: Type.Array(Clock),
  /** Runs with a number and fields of their own (supervisions): those that go on first, the latest on top; only what this person may read. */
  strands: Type.Array(CaseStrand),
  parties: Type.Array(Type.Object({role: Text, unitName: Type.String(), personName: orNull(Type.String())})),
  dispatchReason: orNull(Text),
  documents: Type.Array(Type.Object({id: Id, title: Text, createdAt: Moment})),
  related: Type.Array(Type.Object({relation: Text, caseId: Id, number: Type.String(), title: Type.String()})),
  canCancel: Type.Boolean(),
  /** Strands that this person may begin by hand (督办): the button's words, and the fields he fills. `schema` where it is not that of the case. */
  begins: Type.Array(Type.Object({kind: Type.String(), title: Text, access: Access, schema: Type.Optional(FormJson)})),
});
export type CaseViewJson = Static<typeof CaseView>;

/** One thing that happened; `kind` is a dotted word (`completed`, `clock.lapsed`, `strand.begun`). */
export const TimelineLine = Type.Object({
  id: Id,
  at: Moment,
  kind: Type.String(),
  text: Text,
  stepId: orNull(Type.String()),
  actorName: orNull(Type.String()),
  unitName: orNull(Type.String()),
  /** Field titles and shown values of a task (opinion …), by right. */
  fields: Type.Array(Type.Object({title: Text, value: Type.String(), valueEn: Type.Optional(Type.String())})),
});

/** A text message of a case; the number is masked, the text is not told. */
export const CaseMessage = Type.Object({
  id: Id,
  kind: Type.String(),
  title: orNull(Text),
  personName: orNull(Type.String()),
  /** `null` for who may not see the phone of the case. */
  phone: orNull(Type.String()),
  state: oneOf('waiting', 'sent', 'delivered', 'undelivered', 'refused', 'failed', 'dropped'),
  reason: orNull(Type.String()),
  /** The reason as a sentence; `null` for a code of the network. */
  reasonText: orNull(Text),
  /** Nothing was sent in truth: the trial gateway took it. */
  isTrial: Type.Boolean(),
  attempts: Type.Integer(),
  at: Moment,
  stateAt: Moment,
});
export type CaseMessageView = Static<typeof CaseMessage>;

/** How an element of the drawing stands: done, current, waiting … with how often and who. */
export const DiagramMark = Type.Object({
  elementId: Type.String(),
  name: Type.String(),
  /** Where the drawing has an English name. */
  nameEn: Type.Optional(Type.String()),
  status: oneOf('done', 'current', 'cancelled', 'waiting', 'skipped', 'ahead'),
  count: Type.Integer(),
  persons: Type.Array(Type.String()),
  enteredAt: orNull(Moment),
  leftAt: orNull(Moment),
});

/** Why a due time is what it is: row and version, start rule, each counted day or hour, pauses, extension, cut. The lines add up to `clock.dueAt`. */
export const ClockExplanationJson = Type.Object({
  clock: Clock,
  limit: orNull(Type.Object({catalog: Type.String(), version: Type.String(), row: Type.String(), rowTitle: Type.Optional(Text), source: Type.String(), text: Text, own: Type.Optional(OwnLimit)})),
  startRule: Text,
  lines: Type.Array(Type.Object({at: Type.String(), counted: Type.Boolean(), kind: oneOf('day', 'hours', 'pause', 'halt', 'extension', 'cap', 'recomputed'), text: Text})),
});

/** One order of a call: its values by field; shared groups are taken from the first. */
const NewCase = strict({values: Values});
/**
 * Names a call: whoever makes one for it and sends it with every try registers it once; without key and draft every try registers anew.
 * It counts for the person who sends it, for good.
 */
const CallKey = Type.String({minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$'});
const StartBody = strict({bundleId: Id, draftId: Type.Optional(Id), callKey: Type.Optional(CallKey), items: Type.Array(NewCase, {minItems: 1, maxItems: 20})});

/** Matter and channel that a form is asked for. */
const Subject = strict({matter: Type.Optional(Id), channel: Type.Optional(Id)});

/**
 * Cases: starting, reading, and what is done to a case as a whole.
 *
 * A case that the person may not see does not exist for him: `CASE_UNKNOWN` (404). `start` answers `CASE_START_FORBIDDEN`, `CASE_APP_UNKNOWN`, `CASE_INPUT` with every problem, and for a call that is registered its cases, or `CASE_CALL_CHANGED` when something else is sent with it;
 * `request` what `taskRoutes.complete` does, and `CASE_ACTION_UNKNOWN`, `CASE_REQUEST_OPEN`, `DEADLINE_EXTENSION_…`; `cancel` `CASE_CANCEL_FORBIDDEN`, `CASE_CANCEL_LATE`, `CASE_ENDED`;
 * `beginStrand` `CASE_STRAND_FORBIDDEN`, `CASE_ENDED`, `CASE_PENDING`, `CASE_INPUT`; `link` `CASE_LINK_SELF`; `urge` `CASE_URGED`; `explainClock` `CASE_CLOCK_UNKNOWN`; `publicView` `CASE_CITIZEN_UNKNOWN`, `SERVER_LOOK_LOCKED`.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.3–2.9.
 */
export const caseRoutes = {
  apps: defineRoute({id: 'cases.apps', method: 'GET', path: '/api/apps', permission: 'cases.start', summary: 'Applications this person may start a case in', answer: Type.Object({apps: Type.Array(Type.Object({bundleId: Type.String(), title: Text, version: Type.String(), hash: Type.String()}))})}),
  startForm: defineRoute({id: 'cases.startForm', method: 'GET', path: '/api/apps/:bundleId/start', permission: 'cases.start', summary: 'The start form with access and defaults; with what the class of a matter or channel asks as of now', params: strict({bundleId: Id}), query: Subject, answer: Type.Object({hash: Type.String(), title: Text, schema: FormJson, access: Access, values: Values, sharedFields: Type.Array(Type.String()), caseFields: Type.Optional(Type.Record(Type.String(), Type.String())), /** Fields that keep what lists of words hint at. */ registration: Type.Optional(Type.Object({hints: Type.Optional(Type.String()), sensitive: Type.Optional(Type.String()), hotClass: Type.Optional(Type.String()), acceptReason: Type.Optional(Type.String()), natureReason: Type.Optional(Type.String()), answers: Type.Optional(Type.Array(Type.Object({title: Text, values: Type.Record(Type.String(), Type.String())})))})), context: Type.Optional(Values), outcomes: Type.Array(Outcome), /** The form depends on matter and channel: ask for it again with them. */ byClass: Type.Optional(Type.Boolean()), documents: Type.Optional(Type.Array(Type.String()))})}),
  start: defineRoute({id: 'cases.start', method: 'POST', path: '/api/cases', permission: 'cases.start', summary: 'Registers one or several cases of one call, all or nothing, once for each `callKey` or draft', body: StartBody, answer: Type.Object({cases: Type.Array(Type.Object({caseId: Id, number: Type.String(), queryCode: orNull(Type.String())}))}), status: 201}),
  duplicates: defineRoute({id: 'cases.duplicates', reads: true, method: 'POST', path: '/api/cases/duplicates', permission: 'cases.start', summary: 'Open cases that look the same (phone, matter, place)', body: strict({bundleId: Id, values: Values}), answer: Type.Object({cases: Type.Array(CaseHead)})}),
  append: defineRoute({id: 'cases.append', method: 'POST', path: '/api/cases/:caseId/append', permission: 'cases.start', summary: 'Adds what a caller says to an open case instead of a new one', params: CaseParams, body: strict({text: Type.String({minLength: 1, maxLength: 2000})}), answer: Done}),
  link: defineRoute({id: 'cases.link', method: 'POST', path: '/api/cases/:caseId/links', permission: 'cases.start', summary: 'Links two cases as the same grievance, or as one that repeats the other', params: CaseParams, body: strict({otherCaseId: Id, relation: Type.Optional(oneOf('same', 'repeat'))}), answer: Done}),
  guidance: defineRoute({id: 'cases.guidance', method: 'GET', path: '/api/cases/:caseId/guidance', permission: 'cases.read', summary: 'Items, duties, rights and standards of the units that have the case, for its matter and area', params: CaseParams, answer: GuidanceView}),
  messages: defineRoute({id: 'cases.messages', method: 'GET', path: '/api/cases/:caseId/messages', permission: 'cases.read', summary: 'Text messages of a case and what became of them', params: CaseParams, answer: Type.Object({messages: Type.Array(CaseMessage)})}),
  urge: defineRoute({id: 'cases.urge', method: 'POST', path: '/api/cases/:caseId/urge', permission: 'cases.start', summary: 'Asks those who have a case to hurry; once in five minutes', params: CaseParams, body: strict({text: Type.String({minLength: 1, maxLength: 500})}), answer: Done}),
  beginStrand: defineRoute({id: 'cases.beginStrand', method: 'POST', path: '/api/cases/:caseId/strands', permission: 'tasks.complete', summary: 'Begins by hand what the application lets the role begin (a supervision), once for each `beginKey`', params: CaseParams, body: strict({kind: Type.String({maxLength: 64}), beginKey: Type.Optional(CallKey), values: Values}), answer: CaseView}),
  callerHistory: defineRoute({id: 'cases.callerHistory', method: 'POST', path: '/api/cases/caller-history', permission: 'cases.start', summary: 'Former cases with exactly this phone, within the data scope; audited', body: strict({bundleId: Id, phone: Type.String({minLength: 7, maxLength: 24, pattern: '^[+0-9０-９][-+0-9０-９ ]*$'})}), answer: Type.Object({cases: Type.Array(Type.Object({head: CaseHead, open: Type.Boolean()})), more: Type.Boolean()})}),
  view: defineRoute({id: 'cases.view', method: 'GET', path: '/api/cases/:caseId', permission: 'cases.read', summary: 'The case as this person may see it; who names the stamp he knows waits until it is another, at most waitMs', params: CaseParams, query: strict({stamp: Type.Optional(Type.Integer({minimum: 0})), waitMs: Type.Optional(Type.Integer({minimum: 0, maximum: 20_000}))}), answer: CaseView}),
  timeline: defineRoute({id: 'cases.timeline', method: 'GET', path: '/api/cases/:caseId/timeline', permission: 'cases.read', summary: 'What happened, oldest first', params: CaseParams, answer: Type.Object({lines: Type.Array(TimelineLine)})}),
  diagram: defineRoute({id: 'cases.diagram', method: 'GET', path: '/api/cases/:caseId/diagram', permission: 'cases.read', summary: 'The drawing and the marks on it', params: CaseParams, answer: Type.Object({xml: Type.String(), marks: Type.Array(DiagramMark), flows: Type.Array(Type.String())})}),
  explainClock: defineRoute({id: 'cases.explainClock', method: 'GET', path: '/api/cases/:caseId/clocks/:clockId', permission: 'cases.read', summary: 'Why a clock is due when it is', params: strict({caseId: Id, clockId: Id}), answer: ClockExplanationJson}),
  request: defineRoute({id: 'cases.request', method: 'POST', path: '/api/tasks/:taskId/requests', permission: 'tasks.complete', summary: 'Asks for extension, pause or resume; the task stays open', params: strict({taskId: Id}), body: strict({actionId: Type.String({maxLength: 64}), values: Values, caseVersion: Type.Integer()}), answer: CaseView}),
  cancel: defineRoute({id: 'cases.cancel', method: 'POST', path: '/api/cases/:caseId/cancel', permission: 'cases.cancel', summary: 'Cancels a case that was not dispatched yet', params: CaseParams, body: strict({reason: Type.String({minLength: 1, maxLength: 500}), caseVersion: Type.Integer()}), answer: Done}),
  document: defineRoute({id: 'cases.document', method: 'GET', path: '/api/cases/:caseId/documents/:documentId', permission: 'cases.read', summary: 'A paper of the case as HTML with print style', params: strict({caseId: Id, documentId: Id}), answer: Type.String(), kind: 'html'}),
  publicView: defineRoute({id: 'cases.publicView', method: 'POST', path: '/api/public/cases', permission: 'public', summary: 'What a citizen sees, by number and query code, which stand in no address; too many wrong codes close the number and the asking address for a while', body: strict({number: Type.String({maxLength: 64}), code: Type.String({maxLength: 64})}), answer: Type.Object({number: Type.String(), state: Text, secondRound: Type.Boolean(), acceptedAt: Moment, leadUnit: orNull(Text), reply: orNull(Type.String()), closedAt: orNull(Moment)})}),
};

/**
 * Tasks: taking one, giving it back, typing, finishing.
 *
 * A task of somebody else does not exist: `CASE_TASK_UNKNOWN`. `CASE_TASK_DONE`, `CASE_TASK_TAKEN`, `CASE_TASK_EXCLUDED`; `CASE_PENDING` while the last command has not reached the engine; `complete` also
 * `CASE_CHANGED` for a page that is too old, `CASE_OUTCOME_UNKNOWN`, `CASE_PAUSED`, `CASE_INPUT` with every problem, `CASE_UNIT_…` for the unit that is to get the case.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.4, §2.5.
 */
export const taskRoutes = {
  complete: defineRoute({id: 'tasks.complete', method: 'POST', path: '/api/tasks/:taskId/complete', permission: 'tasks.complete', summary: 'Finishes a task with an outcome', params: strict({taskId: Id}), body: strict({outcome: Type.String({maxLength: 64}), values: Values, caseVersion: Type.Integer()}), answer: CaseView}),
  form: defineRoute({id: 'tasks.form', method: 'GET', path: '/api/tasks/:taskId/form', permission: 'tasks.complete', summary: 'The form of a task as it would be under another matter or channel; nothing is written', params: strict({taskId: Id}), query: Subject, answer: Type.Object({schema: FormJson, access: Access})}),
  claim: defineRoute({id: 'tasks.claim', method: 'POST', path: '/api/tasks/:taskId/claim', permission: 'tasks.complete', summary: 'Takes a task for oneself', params: strict({taskId: Id}), answer: Done}),
  release: defineRoute({id: 'tasks.release', method: 'POST', path: '/api/tasks/:taskId/release', permission: 'tasks.complete', summary: 'Gives a taken task back to its queue', params: strict({taskId: Id}), answer: Done}),
  saveDraft: defineRoute({id: 'tasks.saveDraft', method: 'PUT', path: '/api/tasks/:taskId/draft', permission: 'tasks.complete', summary: 'Keeps what was typed so far', params: strict({taskId: Id}), body: strict({values: Values}), answer: Type.Object({savedAt: Moment})}),
};

/** What became of one task of a batch: done, or refused with the answer it would have got alone. */
export const BatchResult = Type.Object({taskId: Id, error: orNull(ErrorAnswer)});
export type BatchResultView = Static<typeof BatchResult>;
/** Tasks of one batch, at most. */
export const mostInBatch = 100;

export const taskBatchRoutes = {
  run: defineRoute({
    id: 'tasks.batch', method: 'POST', path: '/api/tasks/batch', permission: 'tasks.complete',
    summary: 'Takes or gives back tasks, or finishes them with an outcome that asks for nothing; each is a command of its own that fails alone, in the order given',
    body: strict({
      command: oneOf('claim', 'release', 'complete'), outcome: Type.Optional(Type.String({maxLength: 64})),
      tasks: Type.Array(strict({taskId: Id, caseVersion: Type.Integer({minimum: 0})}), {minItems: 1, maxItems: mostInBatch}),
    }),
    answer: Type.Object({results: Type.Array(BatchResult)}),
  }),
};

/** A line of the inbox: the head of a case with the task that brought it there, or a draft. */
export const InboxRow = Type.Object({
  taskId: orNull(Id),
  caseId: Id,
  draftId: orNull(Id),
  number: orNull(Type.String()),
  title: Type.String(),
  stepName: orNull(Text),
  state: Type.Object({id: Type.String(), title: Text}),
  matterTitle: orNull(Type.String()),
  matterTitleEn: Type.Optional(Type.String()),
  urgency: orNull(Type.String()),
  urgencyTitle: orNull(Type.String()),
  urgencyTitleEn: Type.Optional(Type.String()),
  marks: Type.Array(Type.String()),
  unitName: orNull(Type.String()),
  assignee: orNull(Type.String()),
  at: Moment,
  clock: orNull(Clock),
  /** Of a draft: who called, masked as his rights ask for, and how many orders of the call there are when several. */
  caller: Type.Optional(Type.String()),
  items: Type.Optional(Type.Integer()),
  /** Of an open task: who has taken it, and what may be given to it together with other tasks, without its form. */
  takenBy: Type.Optional(orNull(Id)),
  batch: Type.Optional(Type.Array(Type.Object({id: Type.String(), name: Text}))),
  caseVersion: Type.Optional(Type.Integer()),
});
export type InboxRowView = Static<typeof InboxRow>;
const Box = oneOf('todo', 'done', 'mine', 'drafts');

/** 待办, 已办, 我发起的, 草稿, and search: only what the person may see; a wrong cursor is `CASE_CURSOR`. @see Source: requirements/xinjiang-hotline.md §2.3. */
export const inboxRoutes = {
  list: defineRoute({id: 'inbox.list', method: 'GET', path: '/api/inbox/:box', permission: 'signedIn', summary: 'A page of 待办, 已办, 我发起的 or 草稿, newest first', params: strict({box: Box}), query: strict({cursor: Type.Optional(Cursor), limit: Type.Optional(Limit), state: Type.Optional(Id), urgency: Type.Optional(Id), step: Type.Optional(Id)}), answer: Type.Object({rows: Type.Array(InboxRow), nextCursor: orNull(Type.String())})}),
  counts: defineRoute({id: 'inbox.counts', method: 'GET', path: '/api/inbox', permission: 'signedIn', summary: 'Badge counts; tasks that wait in other posts of the person, post by post', answer: Type.Object({
    todo: Type.Integer(), drafts: Type.Integer(), notices: Type.Integer(), otherPosts: Type.Optional(Type.Array(Type.Object({postId: Id, todo: Type.Integer()}))), now: Type.Optional(Moment),
  })}),
  search: defineRoute({id: 'inbox.search', reads: true, method: 'POST', path: '/api/search', permission: 'cases.read', summary: 'Cases by number, exact phone or words of the title, narrowed by filters; matters with those below, units with those below, areas by the beginning of their code. What is looked for may be a phone number, so it stands in the body', body: strict({
    q: Type.Optional(Type.String({minLength: 2, maxLength: 64})), status: Type.Optional(oneOf('open', 'ended', 'cancelled', 'failed')), state: Type.Optional(Id), matter: Type.Optional(Id), area: Type.Optional(Type.String({pattern: '^[0-9]{2,12}$'})), unit: Type.Optional(Id),
    from: Type.Optional(Moment), to: Type.Optional(Moment), part: Type.Optional(oneOf('started', 'handled')),
    due: Type.Optional(oneOf('timed', 'normal', 'warning', 'overdue', 'paused')), group: Type.Optional(Type.String({pattern: '^(level|area|unit|matter|urgency|industry):.{1,64}$', description: 'A row of the board of limits'})),
    closed: Type.Optional(strict({from: Moment, to: Moment, inTime: Type.Boolean({description: 'Only those without a lapse'})})), lapsed: Type.Optional(strict({from: Moment, to: Moment})), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit),
  }), answer: Type.Object({
    rows: Type.Array(CaseHead), nextCursor: orNull(Type.String()), total: Type.Optional(orNull(Type.Integer({description: 'With the first page; counted up to 1,001, and null where the count would tell too much'}))),
    states: Type.Optional(Type.Array(Type.Object({id: Id, title: Text}))), groupTitle: Type.Optional(Text),
  })}),
};

/** A case that is being typed: nobody but its owner sees it. `problems` name what is not valid any more (a retired matter). */
export const Draft = Type.Object({id: Id, bundleId: Id, values: Values, items: Type.Array(Values), savedAt: Moment, problems: Type.Array(ProblemSchema)});
const draftParts = {bundleId: Id, items: Type.Array(Values, {minItems: 1, maxItems: 20})};
const DraftBody = strict(draftParts);
/** Own drafts; one of somebody else is `CASE_DRAFT_UNKNOWN`. They have no number and no clock. @see Source: requirements/xinjiang-hotline.md §2.3.2 (暂存). */
export const draftRoutes = {
  create: defineRoute({id: 'drafts.create', method: 'POST', path: '/api/drafts', permission: 'cases.start', summary: 'Keeps a case that is being typed, one draft for each `callKey`; no number yet', body: strict({...draftParts, callKey: Type.Optional(CallKey)}), answer: Draft, status: 201}),
  read: defineRoute({id: 'drafts.read', method: 'GET', path: '/api/drafts/:draftId', permission: 'cases.start', summary: 'An own draft, with what is no longer valid', params: strict({draftId: Id}), answer: Draft}),
  save: defineRoute({id: 'drafts.save', method: 'PUT', path: '/api/drafts/:draftId', permission: 'cases.start', summary: 'Saves an own draft', params: strict({draftId: Id}), body: DraftBody, answer: Draft}),
  remove: defineRoute({id: 'drafts.remove', method: 'DELETE', path: '/api/drafts/:draftId', permission: 'cases.start', summary: 'Throws an own draft away', params: strict({draftId: Id}), answer: Done}),
};

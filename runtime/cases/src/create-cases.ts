import type {CaseViewJson} from '@banli/api';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {beginStrand, type BeginStrandInput} from './begin-strand.js';
import {createAutomaticDispatch, type AutomaticDispatch} from './automatic/automatic-dispatch.js';
import {cancelCase, type CancelInput} from './cancel.js';
import type {LoadedCase} from './case-store.js';
import {claimTask, releaseTask} from './claim.js';
import {completeTask, type CompleteInput} from './complete.js';
import {createDraft, readDraft, removeDraft, saveDraft, saveTaskDraft, type DraftInput, type DraftView} from './drafts.js';
import {releaseErrors} from './errors.js';
import {createFeed, type Feed} from './feed.js';
import {inboxCounts, inboxPage, type InboxPage, type InboxQuery} from './lists/inbox.js';
import {callerHistory, type CallerHistory} from './lists/caller-history.js';
import type {Counted} from './lists/counted-once.js';
import {createLimitBoardCounts, type BoardGroup, type BoardQuery} from './lists/limit-board.js';
import {findDuplicates, searchCases, type SearchPage, type SearchQuery} from './lists/search.js';
import {appendToCase, linkCases, type LinkRelation} from './links.js';
import {createReconciler, type Reconciler} from './reconciler.js';
import {createRelay, type Relay} from './relay.js';
import {createRelayLoop, type RelayLoop} from './relay-loop.js';
import {requestChange, type RequestInput} from './request.js';
import {createSideCases, type SideCases} from './side-case.js';
import {startCases, type StartInput, type StartedCase} from './start.js';
import {subjectOf, type CaseSubject} from './subject.js';
import {urgeCase} from './urge.js';
import {caseView} from './views/case-view.js';
import {citizenView, type CitizenView} from './views/citizen.js';
import {diagramView, type DiagramView} from './views/diagram.js';
import {readingOf} from './views/reading.js';
import {startForm, type StartFormView} from './views/start-form.js';
import {taskForm, type FormSubject, type TaskFormView} from './views/task-form.js';
import {timelineView, type TimelineView} from './views/timeline.js';
import {explainClock, type ClockExplanationView} from './views/explain-clock.js';
import {currentBundles, readVisible, type VisibleCase} from './visible.js';
import {createWorkerCases, type WorkerCases} from './worker-cases.js';
import type {CaseHeadView} from '@banli/api';
import {releaseOf} from './layers/case-layers.js';

type Values = Readonly<Record<string, unknown>>;

/** Everything one can do with cases. Every method checks rights and throws AppError; nothing is half-done. */
export interface Cases {
  start(actor: Actor, input: StartInput): Promise<readonly StartedCase[]>;
  complete(actor: Actor, input: CompleteInput): Promise<CaseViewJson>;
  request(actor: Actor, input: RequestInput): Promise<CaseViewJson>;
  cancel(actor: Actor, input: CancelInput): Promise<void>;
  claim(actor: Actor, taskId: string): Promise<void>;
  release(actor: Actor, taskId: string): Promise<void>;
  append(actor: Actor, caseId: string, text: string): Promise<void>;
  /** 催办: whoever has the case is told. @throws AppError of `urgeCase` */
  urge(actor: Actor, caseId: string, text: string): Promise<void>;
  /** Begins what the release lets this person begin by hand (督办). @throws AppError of `beginStrand` */
  beginStrand(actor: Actor, input: BeginStrandInput): Promise<CaseViewJson>;
  link(actor: Actor, caseId: string, otherCaseId: string, relation?: LinkRelation): Promise<void>;
  readonly drafts: {
    create(actor: Actor, input: DraftInput): Promise<DraftView>;
    read(actor: Actor, draftId: string): Promise<DraftView>;
    save(actor: Actor, draftId: string, input: DraftInput): Promise<DraftView>;
    remove(actor: Actor, draftId: string): Promise<void>;
    saveForTask(actor: Actor, taskId: string, values: Values): Promise<number>;
  };
  apps(actor: Actor): Promise<ReadonlyArray<{readonly bundleId: string; readonly title: StartFormView['title']; readonly version: string; readonly hash: string}>>;
  startForm(actor: Actor, bundleId: string, subject?: FormSubject): Promise<StartFormView>;
  /** The form of an own task under another matter or channel. @throws AppError of `openDesk`. */
  taskForm(actor: Actor, taskId: string, subject: FormSubject): Promise<TaskFormView>;
  duplicates(actor: Actor, bundleId: string, values: Values): Promise<readonly CaseHeadView[]>;
  /** Former cases of a phone, audited. @throws AppError of `callerHistory` */
  callerHistory(actor: Actor, asked: {readonly bundleId: string; readonly phone: string}): Promise<CallerHistory>;
  /** The case as the person may see it; with `wait`, as soon as it has another stamp than the one he knows, or after that time. */
  view(actor: Actor, caseId: string, wait?: {readonly stamp: number; readonly ms: number}): Promise<CaseViewJson>;
  timeline(actor: Actor, caseId: string): Promise<readonly TimelineView[]>;
  diagram(actor: Actor, caseId: string): Promise<DiagramView>;
  /** Why a clock is due when it is. @throws AppError `CASE_UNKNOWN`, `CASE_CLOCK_UNKNOWN`. */
  explainClock(actor: Actor, caseId: string, clockId: string): Promise<ClockExplanationView>;
  citizenView(number: string, code: string): Promise<CitizenView>;
  inbox(actor: Actor, query: InboxQuery): Promise<InboxPage>;
  counts(actor: Actor): Promise<{readonly todo: number; readonly drafts: number}>;
  search(actor: Actor, query: SearchQuery): Promise<SearchPage>;
  /** Counts of cases by how their clocks stand, as far as the person may see them, and as of when: a few seconds ago where the same was asked then. */
  limitBoard(actor: Actor, query: BoardQuery): Promise<Counted<readonly BoardGroup[]>>;
  /** What a case is about, where, and who has it: for what catalogs say about working on it. @throws AppError `CASE_UNKNOWN` */
  subject(actor: Actor, caseId: string): Promise<CaseSubject>;
  /** @throws AppError `CASE_UNKNOWN` when the person may not see the case: for files and papers of a case. */
  assertVisible(actor: Actor, caseId: string): Promise<void>;
  /** Whether the person may see the case and, in it, this field: for the files it holds. */
  maySeeField(actor: Actor, caseId: string, field: string): Promise<boolean>;
  /** Whether he may see the phone of whom the case is for. @throws AppError `CASE_UNKNOWN` */
  maySeePhone(actor: Actor, caseId: string): Promise<boolean>;
}

/** Cases and the loops that keep both sides together; whoever hosts them runs `loop`, `feed` and `reconciler`. */
export interface CaseParts {
  readonly cases: Cases;
  readonly relay: Relay;
  readonly loop: RelayLoop;
  readonly feed: Feed;
  readonly reconciler: Reconciler;
  readonly workerCases: WorkerCases;
  readonly sideCases: SideCases;
  readonly automaticDispatch: AutomaticDispatch;
}

/** Puts the heart together. */
export function createCases(deps: CaseDeps): CaseParts {
  const relay = createRelay(deps);
  return {
    cases: {...commandsOf(deps, relay), ...readsOf(deps, relay)},
    relay,
    loop: createRelayLoop(deps, relay),
    feed: createFeed(deps),
    reconciler: createReconciler(deps),
    workerCases: createWorkerCases(deps, relay),
    sideCases: createSideCases(deps, relay),
    automaticDispatch: createAutomaticDispatch(deps, relay),
  };
}

type CommandName = 'start' | 'complete' | 'request' | 'cancel' | 'claim' | 'release' | 'append' | 'urge' | 'beginStrand' | 'link' | 'drafts';

function commandsOf(deps: CaseDeps, relay: Relay): Pick<Cases, CommandName> {
  const show = async (actor: Actor, loaded: LoadedCase) => {
    const found = await releaseOf(deps, loaded.record);
    if (!found) throw releaseErrors.UNKNOWN({hash: loaded.record.releaseHash});
    return caseView(deps, found.release, actor, loaded);
  };
  return {
    start: (actor, input) => startCases(deps, relay, actor, input),
    complete: async (actor, input) => show(actor, await completeTask(deps, relay, actor, input)),
    request: async (actor, input) => show(actor, await requestChange(deps, relay, actor, input)),
    cancel: async (actor, input) => void (await cancelCase(deps, relay, actor, input)),
    claim: (actor, taskId) => claimTask(deps, relay, actor, taskId),
    release: (actor, taskId) => releaseTask(deps, relay, actor, taskId),
    append: (actor, caseId, text) => appendToCase(deps, actor, caseId, text),
    urge: (actor, caseId, text) => urgeCase(deps, actor, caseId, text),
    beginStrand: async (actor, input) => show(actor, await beginStrand(deps, relay, actor, input)),
    link: (actor, caseId, otherCaseId, relation) => linkCases(deps, actor, caseId, otherCaseId, relation),
    drafts: {
      create: (actor, input) => createDraft(deps, actor, input),
      read: (actor, draftId) => readDraft(deps, actor, draftId),
      save: (actor, draftId, input) => saveDraft(deps, actor, draftId, input),
      remove: (actor, draftId) => removeDraft(deps, actor, draftId),
      saveForTask: (actor, taskId, values) => saveTaskDraft(deps, relay, actor, taskId, values),
    },
  };
}

function readsOf(deps: CaseDeps, relay: Relay): Omit<Cases, CommandName> {
  const bundles = () => currentBundles(deps);
  const boardCounts = createLimitBoardCounts(deps);
  return {
    apps: async actor =>
      (await bundles())
        .filter(({release}) => actor.roles.some(role => release.bundle.permissions.start.includes(role)))
        .map(({bundleId, release}) => ({bundleId, title: release.bundle.manifest.title, version: release.bundle.manifest.version, hash: release.hash})),
    startForm: (actor, bundleId, subject) => startForm(deps, actor, bundleId, subject),
    taskForm: (actor, taskId, subject) => taskForm(deps, relay, actor, taskId, subject),
    duplicates: async (actor, bundleId, values) => findDuplicates(deps, actor, {bundles: await bundles()}, bundleId, values),
    callerHistory: async (actor, asked) => callerHistory(deps, actor, {bundles: await bundles()}, asked),
    view: async (actor, caseId, wait) => {
      const listener = wait ? deps.watch.listen(caseId) : null;
      try {
        let seen = await readVisible(deps, actor, caseId);
        if (wait && listener && seen.record.lockVersion === wait.stamp && (await listener.moved(wait.ms))) seen = await readVisible(deps, actor, caseId);
        return await caseView(deps, seen.release, actor, seen);
      } finally {
        listener?.end();
      }
    },
    timeline: async (actor, caseId) => {
      const seen = await readVisible(deps, actor, caseId);
      return timelineView(deps, seen.release, actor, seen);
    },
    diagram: async (actor, caseId) => {
      const seen = await readVisible(deps, actor, caseId);
      return diagramView(deps, seen.release, seen);
    },
    explainClock: async (actor, caseId, clockId) => {
      await readVisible(deps, actor, caseId);
      return explainClock(deps, caseId, clockId);
    },
    citizenView: (number, code) => citizenView(deps, number, code),
    inbox: (actor, query) => inboxPage(deps, actor, query),
    counts: actor => inboxCounts(deps, actor),
    search: async (actor, query) => searchCases(deps, actor, {bundles: await bundles()}, query),
    limitBoard: async (actor, query) => boardCounts(actor, {bundles: await bundles()}, query),
    subject: async (actor, caseId) => subjectOf((await readVisible(deps, actor, caseId)).record),
    assertVisible: async (actor, caseId) => void (await readVisible(deps, actor, caseId)),
    maySeeField: async (actor, caseId, field) => maySee(deps, actor, caseId, () => field),
    maySeePhone: async (actor, caseId) => maySee(deps, actor, caseId, release => release.bundle.manifest.caseFields.phone ?? ''),
  };
}

async function maySee(deps: CaseDeps, actor: Actor, caseId: string, field: (release: VisibleCase['release']) => string): Promise<boolean> {
  const seen = await readVisible(deps, actor, caseId);
  const {access} = await readingOf(deps, seen.release, actor, seen);
  const name = field(seen.release);
  return Object.hasOwn(access, name) && access[name] !== 'hidden';
}

import type {CompiledBundle} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {LocalizedText} from '@banli/formats';
import type {WorkerCase, WorkerNotice} from '@banli/sdk/server';

/** Where the engine listens and the token it wants; both may change when it is restarted. */
export interface WorkerEndpoint {
  readonly baseUrl: string;
  readonly token: string;
}

/** One external task as the host sees it: which case and step it is for. */
export interface WorkerTaskKey {
  readonly externalTaskId: string;
  readonly caseId: string;
  readonly stepId: string;
}

/** Everything a worker needs to know of its task. */
export interface WorkerTask {
  readonly case: WorkerCase;
  /** The release the case runs on: its documents are rendered. */
  readonly release: CompiledBundle;
  /** Values of the step's `banli:input`, evaluated over the case's FEEL context; names are the input names. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Error codes the drawing catches at this step: only these become BPMN errors. Empty while no error event may be drawn. */
  readonly caughtErrors: readonly string[];
}

/** Effects on the case as plain data, in the order a worker asked for them within each kind. */
export interface WorkerCaseEffects {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  readonly notices: readonly WorkerNotice[];
  readonly linkedCases: ReadonlyArray<{readonly relation: string; readonly values: Readonly<Record<string, unknown>>}>;
  readonly notes: ReadonlyArray<{readonly text: LocalizedText; readonly data?: Readonly<Record<string, unknown>>}>;
}

/** How the external task ends in the engine. */
export type WorkerEnd = {readonly kind: 'complete'} | {readonly kind: 'bpmnError'; readonly errorCode: string};

/** What workers ask of cases; `runtime/cases` implements it. */
export interface WorkerCases {
  /**
   * What the task is about, or `null` when there is nothing to do any more: the case has ended or left this step.
   * @throws AppError `CASE_UNKNOWN` for a case that we do not know: a failure, as the engine knows it.
   */
  load(key: WorkerTaskKey): Promise<WorkerTask | null>;
  /**
   * Writes the effects and the outbox row that completes the external task (operation `completeExternal` or `bpmnError`, with the
   * variables), in the host's transaction. The host guards against a second run.
   * @returns What `relay` of the same cases takes, once it is committed.
   * @throws AppError `CASE_WORK_GONE` when the step is over; `CASE_PENDING` when the case waits for the engine: tried again.
   */
  finish(tx: Tx, finish: WorkerTaskKey & {readonly at: number; readonly end: WorkerEnd; readonly effects: WorkerCaseEffects}): Promise<unknown>;
  /** Brings the case's outbox to the engine, after the commit; what `finish` answered saves reading it again. Does not throw when the engine is down: the relay goes on. */
  relay(caseId: string, finished?: unknown): Promise<void>;
  /** Attempts are used up, the engine raised an incident: a line in the timeline and an alarm for the operators. */
  failed(key: WorkerTaskKey, failure: {readonly topic: string; readonly code: string; readonly message: string; readonly at: number}): Promise<void>;
}

/** What workers ask of documents; `runtime/documents` fits. */
export interface WorkerDocuments {
  render(release: Pick<CompiledBundle, 'bundle'>, documentId: string, data: Readonly<Record<string, unknown>>): Promise<WorkerPaper>;
  store(tx: Tx, entry: {readonly caseId: string; readonly releaseHash: string; readonly document: WorkerPaper; readonly at: number}): Promise<unknown>;
}

/** A rendered document. */
export interface WorkerPaper {
  readonly documentId: string;
  readonly title: LocalizedText;
  readonly output: 'html' | 'text';
  readonly content: string;
}

/** What workers ask of messages: they are queued in the transaction and leave afterwards. */
export interface WorkerMessages {
  /** `key` is unique for the message: queueing it twice sends it once. `data` is what its document was filled with, empty for a plain text. */
  send(tx: Tx, message: {readonly key: string; readonly caseId: string; readonly channel: 'sms' | 'inApp'; readonly kind: string; readonly recipient: string; readonly title: LocalizedText; readonly body: string; readonly data: Readonly<Record<string, unknown>>; readonly at: number}): Promise<void>;
}

/** Structured log lines; `event` is `area.thing.pastTense`. */
export interface WorkerHostLog {
  info(event: string, data?: Readonly<Record<string, unknown>>): void;
  warn(event: string, data?: Readonly<Record<string, unknown>>): void;
  error(event: string, data?: Readonly<Record<string, unknown>>): void;
}

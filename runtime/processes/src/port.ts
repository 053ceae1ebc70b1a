/** Values the engine may hold: ids, small routing values and flags. Form data stays in our own database. */
export type VariableValue = string | number | boolean | null;
export type Variables = Readonly<Record<string, VariableValue>>;

/**
 * One thing to do with one case's instance. Several of them run in one engine transaction.
 *
 * - `message` goes to the one subscription with that name in the case's instance (`executionId` or `activityId` narrows it);
 *   no subscription counts as done (`skipped` in the answer), more than one is refused.
 * - `complete` and `completeExternal` of something that is gone are refused with class `gone`.
 */
export type Operation =
  | {readonly kind: 'start'; readonly definitionId: string; readonly variables: Variables}
  | {readonly kind: 'complete'; readonly taskId: string; readonly variables: Variables}
  | {readonly kind: 'completeExternal'; readonly externalTaskId: string; readonly variables: Variables}
  | {readonly kind: 'bpmnError'; readonly externalTaskId: string; readonly errorCode: string; readonly variables: Variables}
  | {readonly kind: 'message'; readonly messageName: string; readonly executionId?: string; readonly activityId?: string; readonly variables: Variables}
  | {readonly kind: 'modify'; readonly instructions: readonly ModifyInstruction[]; readonly variables: Variables}
  | {readonly kind: 'setVariables'; readonly variables: Variables}
  | {readonly kind: 'cancel'; readonly reason: string};

/** One step of a modification: listeners and mappings are skipped, as the compiled process has none. */
export type ModifyInstruction =
  | {readonly type: 'startBefore'; readonly activityId: string; readonly ancestorActivityInstanceId?: string}
  | {readonly type: 'cancelInstance'; readonly activityInstanceId: string}
  | {readonly type: 'cancelAll'; readonly activityId: string};

/**
 * Operations for one case. `seq` counts 1, 2, 3 … per case; the same number twice changes nothing and answers as the first time.
 *
 * A refusal (`ENGINE_GONE`, `ENGINE_REFUSED`) takes its number, too: the next attempt comes with the next number. Only
 * `ENGINE_TRY_AGAIN` and `ENGINE_DOWN` leave it free, so the same request is sent again. A number that skips one is answered
 * with `ENGINE_TRY_AGAIN` and `details.reason` (the engine has lost something, or the caller): nothing is ever applied out of order.
 */
export interface ApplyRequest {
  readonly caseId: string;
  readonly seq: number;
  readonly operations: readonly Operation[];
  /** `false` leaves the token tree out of the answer: it costs the engine a query. */
  readonly tree?: boolean;
}

/** A user task that is open in the engine. `createdAt` is the engine's own moment in UTC milliseconds. */
export interface EngineTask {
  readonly id: string;
  readonly stepId: string;
  readonly executionId: string;
  readonly activityInstanceId: string;
  /** The instance of what the task lies in: a sub-process, a multi-instance body, or the process itself. It stays the same for one run of an event sub-process. */
  readonly scopeId: string;
  /** 0, 1, 2 … inside a multi-instance; `null` outside. */
  readonly loopCounter: number | null;
  readonly createdAt: number;
}

/** An external task that is open in the engine. */
export interface EngineExternalTask {
  readonly id: string;
  readonly stepId: string;
  readonly topic: string;
  readonly executionId: string;
  readonly retries: number | null;
  readonly errorMessage: string | null;
}

/** A message that something in the instance waits for. */
export interface EngineSubscription {
  readonly messageName: string;
  readonly activityId: string;
  readonly executionId: string;
}

/** A node of the token tree: what is active, with its instance id, as deep as scopes go. */
export interface ActivityNode {
  readonly activityInstanceId: string;
  readonly activityId: string;
  readonly activityType: string;
  readonly children: readonly ActivityNode[];
}

/** The state of one case's instance right after a transaction. `revision` only grows: an answer with a lower one is old. */
export interface InstanceState {
  readonly caseId: string;
  readonly instanceId: string;
  readonly definitionId: string;
  readonly revision: number;
  /** Highest `seq` applied. */
  readonly seq: number;
  readonly ended: boolean;
  /** Activity id of the end event that was reached last, or `null` when it runs or was cancelled. */
  readonly endActivityId: string | null;
  readonly tasks: readonly EngineTask[];
  readonly externalTasks: readonly EngineExternalTask[];
  readonly subscriptions: readonly EngineSubscription[];
  readonly tree: ActivityNode | null;
  /** Open incidents: a job or an external task without retries. */
  readonly incidents: ReadonlyArray<{readonly activityId: string; readonly type: string; readonly message: string | null}>;
}

/** What `apply` answers: the state, and which operations (by index) found nothing to do. */
export interface ApplyResult {
  readonly state: InstanceState;
  readonly skipped: readonly number[];
  /** `true` when this `seq` had been applied before and nothing was done now. */
  readonly repeated: boolean;
}

/**
 * Why the engine did not apply: the three classes that the relay acts upon.
 * `gone`: the task or instance is over or was done by another; `refused`: it will never work as asked; `again`: try later.
 */
export type RefusalClass = 'gone' | 'refused' | 'again';

/**
 * One change of a case that did not come through `apply`: a job, an incident, a failed external task, a call of someone else.
 * `cursor` only grows and never skips a change that commits late; `kind` is the engine's word for the last event (for the log).
 */
export interface EngineChange {
  readonly cursor: number;
  readonly caseId: string;
  readonly revision: number;
  readonly kind: string;
}

/** A deployed process definition. */
export interface Deployment {
  readonly deploymentId: string;
  /** Process id → definition id. */
  readonly definitions: Readonly<Record<string, string>>;
}

/**
 * The only door to the BPMN engine.
 *
 * Every method throws AppError: `ENGINE_GONE` (409), `ENGINE_REFUSED` (422, `details.reason`), `ENGINE_TRY_AGAIN` (503) and
 * `ENGINE_DOWN` (503, no connection or no answer in time). `refusalClass(error)` sorts them.
 */
export interface ProcessEngine {
  /** Deploys compiled processes under a name that holds the release's hash; the same name again answers the first deployment. */
  deploy(name: string, files: ReadonlyArray<{readonly fileName: string; readonly xml: string}>): Promise<Deployment>;
  findDeployment(name: string): Promise<Deployment | null>;
  apply(request: ApplyRequest): Promise<ApplyResult>;
  /** The state of one case, or `null` if the engine has never heard of it. */
  state(caseId: string): Promise<InstanceState | null>;
  /**
   * Sets how many attempts an external task has left: 0 raises an incident and it is given out no more, above 0 settles the incident and it
   * is given out again. The same call twice is harmless.
   * @throws AppError `ENGINE_GONE` when the task is not open any more.
   */
  setRetries(externalTaskId: string, retries: number): Promise<void>;
  changes(afterCursor: number, limit: number): Promise<readonly EngineChange[]>;
  /** Case ids the engine knows as running, in ascending order after `afterCaseId`: for the reconciler. */
  runningCases(afterCaseId: string, limit: number): Promise<ReadonlyArray<{readonly caseId: string; readonly seq: number; readonly revision: number}>>;
  /** `up` with name and version, or `down` with the reason; never throws. */
  health(): Promise<EngineHealth>;
  close(): Promise<void>;
}

export type EngineHealth =
  | {readonly up: true; readonly product: 'camunda' | 'operaton'; readonly version: string; readonly database: string}
  | {readonly up: false; readonly reason: string};

import type {LocalizedText} from '@banli/formats';
import type {Operation, VariableValue} from '@banli/processes';

/** `failed`: the engine refused to start it. */
export type CaseStatus = 'open' | 'ended' | 'cancelled' | 'failed';

/** Marks that lists show beside the title. */
export type CaseMark = 'vulnerable' | 'confidential' | 'anonymous' | 'redo' | 'paused';

/** A request under review, or one that was decided. Moments in UTC milliseconds; `until` is a local date. */
export interface CaseRequest {
  readonly id: string;
  readonly kind: 'extend' | 'pause' | 'resume';
  readonly actionId: string;
  readonly at: number;
  /** The task that asked, and its step. */
  readonly taskId: string;
  readonly stepId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly clock: string | null;
  readonly amount: number | null;
  readonly reason: string | null;
  readonly until: string | null;
  /** The task that decides it; known once the engine has opened it. */
  readonly reviewTaskId: string | null;
  readonly status: 'open' | 'approved' | 'refused' | 'dropped';
}

/** A worker task that is open in the engine. */
export interface OpenWork {
  readonly engineId: string;
  readonly stepId: string;
}

/** A unit gave the case back, and this was agreed to. `at` in UTC milliseconds. */
export interface UnitReturn {
  readonly unitId: string;
  /** The unit that had handed the case down to it; `null` where it was dispatched. */
  readonly senderId: string | null;
  /** Key in the catalog of reasons; `null` where the drawing names none. */
  readonly reason: string | null;
  /** The reason says that the unit was the wrong one. */
  readonly isWrongUnit: boolean;
  /** What the case was about then, and where. */
  readonly matter: string | null;
  readonly areaCode: string;
  readonly at: number;
}

/** One run of an event sub-process that the bundle counts (a supervision): its own fields, its own tasks. Moments in UTC milliseconds. */
export interface Strand {
  readonly id: string;
  /** Id of the bundle's `strands`. */
  readonly kind: string;
  /** The run's scope in the engine. */
  readonly scopeId: string;
  readonly beganAt: number;
  /** `null` while it goes on. */
  readonly endedAt: number | null;
  /** Open tasks. */
  readonly taskIds: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  /** Fields whose first value could not be worked out. */
  readonly failed?: readonly string[];
  /** Who began it by hand, and the key he sent with it: what is sent again begins nothing more. */
  readonly by?: StrandBeginner;
  readonly beginKey?: string;
}

/** A person who began a strand by hand, in the post he acted in. */
export interface StrandBeginner {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
}

/** Where a case stands, apart from its form values. Plain JSON. */
export interface CaseRouting {
  /** Declared routing variables. */
  readonly variables: Readonly<Record<string, VariableValue>>;
  /** Units that hold the case, from the lead unit up to the one that works now. */
  readonly holding: readonly string[];
  /** Whether any unit ever held it: then it cannot be cancelled any more. */
  readonly wasHeld: boolean;
  /** Multi-instance step → units by loop counter. */
  readonly participants: Readonly<Record<string, readonly string[]>>;
  readonly excludedUnits: readonly string[];
  readonly returnCount: number;
  /** Every return that was agreed to, in order. */
  readonly returns: readonly UnitReturn[];
  /** Step → persons who did it, the last one last. */
  readonly doneBy: Readonly<Record<string, readonly string[]>>;
  /** Outcomes (`step.outcome`) that were given, each with who gave it last; the newest last. */
  readonly given: ReadonlyArray<{readonly outcome: string; readonly personId: string}>;
  readonly requests: readonly CaseRequest[];
  readonly paused: {readonly since: number; readonly taskId: string; readonly until: string | null} | null;
  readonly work: readonly OpenWork[];
  /** Activities whose message the instance waits for. */
  readonly waiting: readonly string[];
  /** Steps that were entered, and how often. */
  readonly visits: Readonly<Record<string, number>>;
  /** `from|outcome>to` between steps; `from` is empty when an event began the path. For the diagram. */
  readonly moves: readonly string[];
  readonly endEvent: string | null;
  /** Layers over the forms of this case, by hash: what its class asks, and what former classes asked; `null` where the base forms stand alone. */
  readonly layers: {readonly now: string | null; readonly former: readonly string[]} | null;
  /** Runs that have fields of their own, the oldest first. */
  readonly strands: readonly Strand[];
  /** Persons (`person:<id>`) and units (`unit:<id>`) that took part. */
  readonly parties: readonly string[];
}

/** A case as commands work on it: `values` in clear. */
export interface CaseRecord {
  readonly id: string;
  readonly bundleId: string;
  readonly releaseHash: string;
  readonly number: string;
  /** Sealed. */
  readonly queryCode: string;
  readonly title: string;
  readonly status: CaseStatus;
  readonly stateId: string;
  readonly publicState: string | null;
  readonly round: number;
  readonly acceptingUnitId: string;
  readonly areaCode: string;
  readonly startedBy: string;
  readonly startedByName: string;
  readonly startKey: string | null;
  readonly acceptedAt: number;
  readonly endedAt: number | null;
  /** Grows with every change of the row. */
  readonly lockVersion: number;
  /** Grows when a person or a worker changes form values: what a person's page must not be older than. */
  readonly valuesVersion: number;
  /** Highest sequence number given to an outbox row, and the highest that the engine has applied and we projected. */
  readonly seq: number;
  readonly ackedSeq: number;
  readonly pendingSince: number | null;
  readonly revision: number;
  readonly leadUnitId: string | null;
  readonly matter: string | null;
  readonly urgency: string | null;
  /** Of the enterprise that the case is about, where one is named. */
  readonly industry: string | null;
  /** What rules of dispatch may ask for besides; `null` for a case from before this was kept. */
  readonly attributes: CaseAttributes | null;
  readonly marks: readonly CaseMark[];
  readonly phoneIndex: string | null;
  readonly idNumberIndex: string | null;
  readonly duplicateIndex: string | null;
  readonly callId: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly routing: CaseRouting;
  readonly updatedAt: number;
}

/** What a case says of itself besides matter, area and urgency, by the fields that `caseFields` names; what is empty is left out. */
export interface CaseAttributes {
  readonly serviceObject?: string;
  readonly channelCode?: string;
  readonly natureCode?: string;
}

/** One step of a case that waits for a person, or did. `queue` is `<role>[,<role>]@<unitId>` or `person:<id>` while it is taken. */
export interface TaskRow {
  readonly id: string;
  readonly caseId: string;
  readonly engineId: string | null;
  readonly stepId: string;
  readonly loopCounter: number | null;
  readonly status: 'open' | 'done' | 'cancelled';
  readonly queue: string;
  readonly homeQueue: string;
  readonly unitId: string | null;
  readonly assigneeId: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly doneBy: string | null;
  readonly doneByName: string | null;
  readonly outcome: string | null;
  readonly hasDraft: boolean;
  readonly hasExclusion: boolean;
}

/** Why an outbox row exists: enough to close the task, to tell people, and to find tasks again after the engine lost them. */
export interface OutboxCause {
  readonly personId: string | null;
  readonly personName: string | null;
  readonly unitId: string | null;
  readonly taskId: string | null;
  readonly stepId: string | null;
  readonly loopCounter: number | null;
  readonly outcome: string | null;
  readonly requestId: string | null;
  /** Message that a lapse sent. */
  readonly message: string | null;
  /** A strand that a person begins by hand, with what he filled in. */
  readonly begins?: {readonly kind: string; readonly values: Readonly<Record<string, unknown>>; readonly beginKey?: string};
}

/** What compensation puts back: only what the command changed. */
export interface Undo {
  readonly values: Readonly<Record<string, {readonly was: unknown}>>;
  readonly routing: Partial<CaseRouting>;
  readonly round: number;
  /** Snapshot of the clocks, or `undefined` when the command did not touch them. */
  readonly clocks?: unknown;
  /** Cases that a worker opened with it, by id: they are cancelled. */
  readonly opened?: readonly string[];
}

/** A row of the outbox: operations that one engine transaction applies. */
export interface OutboxRow {
  readonly id: string;
  readonly caseId: string;
  readonly seq: number;
  readonly kind: 'start' | 'complete' | 'request' | 'cancel' | 'signal' | 'work' | 'strand';
  readonly status: 'pending' | 'acked' | 'compensated';
  readonly at: number;
  readonly operations: readonly Operation[];
  readonly cause: OutboxCause;
  readonly undo: Undo | null;
  readonly attempts: number;
  readonly nextTryAt: number;
  /** The engine lost it once: task ids are looked up anew by step. */
  readonly replay: boolean;
}

/** A line of the timeline. `values` are form values by field, shown by right. */
export interface LineInput {
  readonly kind: string;
  readonly text: LocalizedText;
  readonly stepId?: string | null;
  readonly taskId?: string | null;
  readonly personId?: string | null;
  readonly personName?: string | null;
  readonly unitId?: string | null;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Routing of a case that was just started. */
export const emptyRouting: CaseRouting = {
  variables: {},
  holding: [],
  wasHeld: false,
  participants: {},
  excludedUnits: [],
  returnCount: 0,
  returns: [],
  doneBy: {},
  given: [],
  requests: [],
  paused: null,
  work: [],
  waiting: [],
  visits: {},
  moves: [],
  endEvent: null,
  layers: null,
  strands: [],
  parties: [],
};

/** No person, no task: the cause of what clocks and workers do. */
export const noCause: OutboxCause = {personId: null, personName: null, unitId: null, taskId: null, stepId: null, loopCounter: null, outcome: null, requestId: null, message: null};

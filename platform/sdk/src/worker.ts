import type {LocalizedText} from '@banli/formats';

/** JSON Schema (draft 2020-12) of what goes in and out of a worker. */
export type WorkerSchema = Readonly<Record<string, unknown>>;

/** What a worker knows of the case it works for. `values` holds the form data in clear; a worker is trusted code. */
export interface WorkerCase {
  readonly caseId: string;
  readonly number: string;
  readonly bundleId: string;
  readonly round: number;
  readonly acceptingUnitId: string;
  readonly areaCode: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly excludedUnitIds: readonly string[];
  readonly acceptedAt: number;
  /** What the case's class and line asked beside the base form, in words, in the order shown; only what was filled in, without attachments. */
  readonly classFields?: ReadonlyArray<{readonly name: string; readonly title: LocalizedText; readonly text: string; readonly sensitive: boolean}>;
  /** With the number, it opens the citizen's page of the case. */
  readonly queryCode?: string;
}

/**
 * What a worker wants to happen. Nothing happens while it runs: the host writes all effects, an idempotency row and the completion
 * in one transaction, so a worker that runs twice has its effects once.
 */
export interface WorkerEffects {
  /** Sets form fields of the case. */
  setFields(values: Readonly<Record<string, unknown>>): void;
  /** Sets declared routing variables. */
  setVariables(values: Readonly<Record<string, string | number | boolean>>): void;
  /** Sends a message to the citizen or to a person of the staff; the channel decides how. */
  send(message: WorkerMessage): void;
  /** Tells everyone who has one of the roles in a unit, inside the application. */
  notify(notice: WorkerNotice): void;
  /** Renders a document of the bundle with this data and keeps it with the case. */
  storeDocument(document: {readonly documentId: string; readonly data: Readonly<Record<string, unknown>>}): void;
  /** Starts another case of the same bundle that refers to this one. */
  openLinkedCase(linked: {readonly relation: string; readonly values: Readonly<Record<string, unknown>>}): void;
  /** Writes a line in the timeline. */
  note(text: LocalizedText, data?: Readonly<Record<string, unknown>>): void;
}

/**
 * A message that leaves by a channel. `recipient` is an address of the channel: a phone number for `sms`, a person id for `inApp`.
 * The text stands in `body`, or is a text document of the bundle rendered with `data`.
 */
export interface WorkerMessage {
  readonly channel: 'sms' | 'inApp';
  /** What it is about, for the log: `accepted`, `closed`. */
  readonly kind: string;
  readonly recipient: string;
  readonly title: LocalizedText;
  readonly text: {readonly body: string} | {readonly documentId: string; readonly data: Readonly<Record<string, unknown>>};
}

/** A notice for the holders of roles in one unit. */
export interface WorkerNotice {
  readonly roles: readonly string[];
  readonly unitId: string;
  readonly kind: string;
  readonly title: LocalizedText;
  readonly body: LocalizedText;
}

/** What a worker gets for one run. */
export interface WorkerContext<Input> {
  readonly input: Input;
  readonly case: WorkerCase;
  readonly stepId: string;
  readonly now: number;
  readonly effects: WorkerEffects;
  readonly log: WorkerLog;
  /** Ends when the lock is lost or the host shuts down. */
  readonly signal: AbortSignal;
}

export interface WorkerLog {
  info(event: string, data?: Readonly<Record<string, unknown>>): void;
  warn(event: string, data?: Readonly<Record<string, unknown>>): void;
}

/**
 * A handler of one external task topic. Exactly three ends: it returns (complete), it throws an AppError whose code the
 * model catches (BPMN error), it throws anything else (failure with retries and back-off, then an incident).
 */
export interface WorkerDefinition<Input = Readonly<Record<string, unknown>>> {
  /** `pluginId.verbThing` */
  readonly topic: string;
  readonly title: LocalizedText;
  /** Inputs the drawing binds (`banli:input`), checked before the run. */
  readonly inputSchema: WorkerSchema;
  readonly maxAttempts: number;
  readonly backoffMs: number;
  run(context: WorkerContext<Input>): Promise<void>;
}

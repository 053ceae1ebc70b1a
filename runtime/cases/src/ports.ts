import type {ClockRule, CompiledBundle, FormSchema, FieldAccess, KeptLayers, LayerSubject, LocalizedText, NoticeReceiver, PauseRules} from '@banli/formats';
import type {ElementTables} from '@banli/formats/catalogs';
import type {Problem} from '@banli/errors';
import type {Tx} from '@banli/store';

/** Who acts: the person in one of his posts, and where the request came from. Workers and clocks act as `system`. */
export interface Actor {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly address: string;
}

/** A unit as cases need it. `path` lists the ids from the root to the unit itself. */
export interface CaseUnit {
  readonly id: string;
  readonly name: string;
  readonly titleEn?: string;
  readonly level: 1 | 2 | 3 | 4 | 5;
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

/** What cases ask of people. Reads outside of transactions; answers come from memory. */
export interface CasePeople {
  unit(unitId: string): CaseUnit | null;
  person(personId: string): {readonly id: string; readonly name: string} | null;
  /** Persons with one of the roles at exactly this unit. */
  holders(roles: readonly string[], unitId: string): ReadonlyArray<{readonly id: string; readonly name: string}>;
  /** Queues of a person: `role@unit` of every post. */
  queuesOf(personId: string): readonly string[];
}

/** What cases ask of catalogs. Codes that are retired or unknown throw `CATALOG_ROW_RETIRED` or `CATALOG_ROW_UNKNOWN`. */
export interface CaseCatalogs {
  /** `areaCode`: the area in which somebody chooses the row; units add rows for theirs. */
  checkRow(catalogId: string, key: string, at: number, areaCode?: string): Promise<{readonly title: string; readonly version: string}>;
  /** Titles for a value, for lists and papers; the key itself when unknown. */
  title(catalogId: string, key: string, at: number): Promise<string>;
  /** A row by its own title, or the key of a row of a matrix or relation in words; `elsewhere` names what is no catalog, such as units. `null` without words. */
  rowTitle(catalogId: string, key: string, at: number, elsewhere?: (key: string) => LocalizedText | string | null): Promise<LocalizedText | null>;
  /** Which area set the length of a limit for itself, by the version and the row it was found in, and what holds above it; `null` where it is as published. */
  limitOrigin(version: string, row: string): Promise<{readonly areaCode: string; readonly above: LocalizedText | null} | null>;
  /** What stands in a column of a row, also of a retired one; `null` for what nobody knows. */
  cell(catalogId: string, key: string, column: string, at: number): Promise<string | null>;
  /** The row that gives a unit the right to handle a matter in an area, as of now; `null` where none does. Units that returned the case are passed over in favour of who comes next. */
  mayHandle(unitId: string, matterCode: string, areaCode: string, at: number, excludeUnitIds?: readonly string[]): Promise<{readonly row: string} | null>;
  /** Listed words in what a citizen said, as they hold in the area of the unit that takes it down; without it nothing is looked for. */
  readonly words?: {
    find(query: {readonly text: string; readonly scope: 'order'; readonly at: number; readonly areaCode: string | undefined}): Promise<readonly CaseWordHint[]>;
    /** Entries of the negative list that speak against accepting the case. */
    notAccepted(query: {readonly text: string; readonly matter?: string; readonly at: number; readonly areaCode: string | undefined}): Promise<ReadonlyArray<{readonly entry: string; readonly title: LocalizedText; readonly guidance: LocalizedText; readonly basis: string | null; readonly source: string}>>;
    /** What the filing of a matter says against the nature of the case: `block` is refused, `warn` wants a reason. */
    natureConflict(query: {readonly matter: string; readonly nature: string; readonly at: number; readonly areaCode: string | undefined}): Promise<{readonly verdict: 'block' | 'warn'; readonly row: string; readonly reason: LocalizedText; readonly filedAs: LocalizedText} | null>;
  };
  /** The application that handles a matter, on which of its forms, and the row that names it for the matter or a branch above it; `null` where the catalog names none, or is not there. */
  matterHandling(matterCode: string, at: number, tx?: Tx): Promise<{readonly processCode: string; readonly formCode: string; readonly row: string; readonly version: string} | null>;
  /** What the elements of a class are made from, as they hold for an area; `null` for an unknown catalog. */
  elements(catalogId: string, at: number, tx?: Tx, areaCode?: string): Promise<ElementTables | null>;
  /** A key of a tree and its branches, innermost first; none for an unknown one. */
  branches(catalogId: string, key: string, at: number, tx?: Tx): Promise<readonly string[]>;
}

/** What a listed word hints at, as catalogs say it. */
export interface CaseWordHint {
  readonly catalog: string;
  readonly row: string;
  readonly version: string;
  readonly word: string;
  readonly classCode: string | null;
  readonly classTitle: LocalizedText | null;
  readonly risk: 'high' | 'medium' | 'low' | null;
  readonly proposes: {readonly sensitive: boolean; readonly urgency: {readonly code: string; readonly enough: readonly string[]} | null; readonly hotClass: string | null};
}

/** Something that happened to a case, as clock rules name it: `started`, `dispatchCase.dispatch`, `signCase.entered` … */
export interface CaseEvent {
  readonly event: string;
  readonly at: number;
  /** The strand it happened in: clocks of strands are moved by events of their own strand, and by events of the whole case. */
  readonly strand?: string;
}

/** What clocks need to know of a case. `context` is the FEEL context of the case at this moment. */
export interface ClockSubject {
  readonly caseId: string;
  /** It is being written for the first time: it has no clocks yet, and nobody else knows of it. */
  readonly isNew?: boolean;
  /** A pause of it lasts: clocks that begin meanwhile stand, too, as their rules say. */
  readonly isPaused?: boolean;
  readonly number: string | null;
  readonly bundleId: string;
  readonly releaseHash: string;
  readonly rules: readonly ClockRule[];
  /** What comes before the promised date of a pause, where the bundle says so. */
  readonly pauses?: PauseRules;
  /** Who the receivers are that the limits catalog names, where the bundle says so. */
  readonly receivers?: readonly NoticeReceiver[];
  readonly matter: string | null;
  readonly urgency: string | null;
  /** Of the enterprise that the case is about, where one is named. */
  readonly industry?: string | null;
  readonly areaCode: string;
  readonly round: number;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Due state of a clock, for lists: see ui.md. */
export type DueState = 'normal' | 'warning' | 'critical' | 'overdue' | 'paused' | 'stopped';

/** A clock as a case shows it. Moments in UTC milliseconds; `dueAt` is `null` when the calendar of that year is not published. */
export interface ClockView {
  readonly id: string;
  readonly clock: string;
  readonly title: LocalizedText;
  /** The strand whose clock it is; not there for clocks of the case. */
  readonly strand?: string;
  readonly round: number;
  readonly status: 'running' | 'halted' | 'paused' | 'stopped' | 'dropped';
  readonly startedAt: number;
  readonly dueAt: number | null;
  readonly warnAt: number | null;
  readonly criticalAt: number | null;
  readonly stoppedAt: number | null;
  readonly breachedAt: number | null;
  readonly breachCorrected: boolean;
  readonly provisional: boolean;
  /** The one extension that it may have was granted. */
  readonly extended?: true;
}

/** What cases ask of clocks; every change takes part in the command's transaction. */
export interface CaseClocks {
  /** Moves the clocks of one case for events in the order they happened. */
  apply(tx: Tx, subject: ClockSubject, events: readonly CaseEvent[]): Promise<void>;
  /** Pauses the case with its clocks, counted from `from`; `until` is a promised date on which it resumes by itself, whichever clocks run then, or `null`. */
  pause(tx: Tx, subject: ClockSubject, pause: {readonly from: number; readonly until: number | null; readonly reason: string}): Promise<void>;
  resume(tx: Tx, subject: ClockSubject, at: number): Promise<void>;
  /** @throws AppError `DEADLINE_EXTENSION_LATE`, `DEADLINE_EXTENSION_TWICE`, `DEADLINE_EXTENSION_TOO_LONG` before anything is reviewed. */
  checkExtension(tx: Tx, subject: ClockSubject, request: ExtensionRequest): Promise<void>;
  extend(tx: Tx, subject: ClockSubject, request: ExtensionRequest): Promise<void>;
  /**
   * Puts the clocks that run on the limits of the case as it is now, after another matter, urgency or area: as each rule's `onChange` says. One that has lapsed, and one for which there is
   * no row, stays.
   * @returns What became of each clock that this concerns; nothing for those that go on as they were.
   */
  refit(tx: Tx, subject: ClockSubject, change: {readonly at: number; readonly why: LocalizedText}): Promise<readonly ClockRefit[]>;
  of(caseId: string): Promise<readonly ClockView[]>;
  /** The clock that matters most of each case: the earliest due that runs. */
  leading(caseIds: readonly string[]): Promise<ReadonlyMap<string, ClockView>>;
  explain(clockRowId: string): Promise<ClockExplanation | null>;
  /** For compensation: all clock rows of a case as plain data, of a command that begins or ends a pause with the pause, and back again. */
  snapshot(tx: Tx, subject: Pick<ClockSubject, 'caseId' | 'isNew'> & {readonly withPause?: boolean}): Promise<unknown>;
  restore(tx: Tx, caseId: string, snapshot: unknown): Promise<void>;
}

/** A clock after what its limit is looked up by changed. Due times in UTC milliseconds; of a clock that stands still, what they would be if it went on at once. */
export interface ClockRefit {
  readonly clockId: string;
  readonly clock: string;
  readonly title: LocalizedText;
  readonly before: number | null;
  readonly after: number | null;
  readonly why: LocalizedText;
}

/** `amount` in the clock's own unit of time (working days or hours); `filedAt` decides whether it came in time. */
export interface ExtensionRequest {
  readonly clock: string;
  readonly amount: number;
  readonly filedAt: number;
}

/** Why a clock is due when it is: row and version, start rule, each counted day or pause. */
export interface ClockExplanation {
  readonly clockId: string;
  readonly limit: {readonly catalog: string; readonly version: string; readonly row: string; readonly source: string; readonly text: LocalizedText} | null;
  readonly startRule: LocalizedText;
  readonly startedAt: number;
  readonly dueAt: number | null;
  /** In order: each day looked at, counted or not, and why; each pause, halt, extension. */
  readonly lines: ReadonlyArray<{readonly at: string; readonly counted: boolean; readonly kind: 'day' | 'hours' | 'pause' | 'halt' | 'extension' | 'cap' | 'recomputed'; readonly text: LocalizedText}>;
  readonly provisional: boolean;
}

/** What clocks ask of cases. Both take part in the transaction that marks the clock as fired. */
export interface CaseSignals {
  /** Sends the drawn message to the case's instance through its outbox; nothing to do if the case has ended. */
  signal(tx: Tx, caseId: string, messageName: string, cause: {readonly clockId: string; readonly clock: string; readonly at: number}): Promise<void>;
  /** Writes a line in the case's timeline. */
  note(tx: Tx, caseId: string, line: {readonly kind: string; readonly at: number; readonly text: LocalizedText; readonly data?: Readonly<Record<string, unknown>>}): Promise<void>;
  /** A promised date came and the pause ended by itself: clears the case's `paused`. */
  resumed(tx: Tx, caseId: string, at: number): Promise<void>;
  /** The promised date of a pause comes near: asks whoever has the paused task to confirm how it stands, and answers them; nobody once the pause has ended. */
  pauseEnds(tx: Tx, caseId: string, pause: {readonly at: number; readonly until: number}): Promise<readonly string[]>;
  /** A unit that is told of the case by a catalog comes to be a party of it. */
  involve(tx: Tx, caseId: string, unitId: string): Promise<void>;
  /** Raises an alarm of the installation, once while it is open and a day after it was closed: a clock named a receiver that the application of its case does not know. */
  alarm(tx: Tx, alarm: {readonly at: number; readonly text: LocalizedText}): Promise<void>;
  /** What `ClockSubject` is now, or `null` if the case is unknown or has ended. */
  subject(tx: Tx, caseId: string): Promise<ClockSubject | null>;
}

/** A line for the timeline of a case, without form values. */
export interface CaseNote {
  readonly caseId: string;
  readonly kind: string;
  readonly at: number;
  readonly text: LocalizedText;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Lines for many cases at once, in the caller's transaction. */
export interface CaseNotebook {
  noteAll(tx: Tx, notes: readonly CaseNote[]): Promise<void>;
}

/** What cases ask of forms: field access and values against schema and FEEL. Pure. */
export interface CaseForms {
  /** Access of every field (by name) at a step for whoever holds the task, or for a reader when `step` is `null`. */
  access(release: CompiledBundle, request: {readonly step: string | null; readonly roles: readonly string[]; readonly context: Readonly<Record<string, unknown>>}): Readonly<Record<string, FieldAccess>>;
  /**
   * Checks what a person sent: refuses fields he may not edit (by name), coerces nothing, checks schema, required fields and FEEL checks.
   * @returns The merged values and every problem; values are only good when there is none.
   */
  submit(request: {
    readonly form: FormSchema;
    readonly access: Readonly<Record<string, FieldAccess>>;
    readonly stored: Readonly<Record<string, unknown>>;
    readonly sent: Readonly<Record<string, unknown>>;
    readonly requires: readonly string[];
    readonly context: Readonly<Record<string, unknown>>;
    /** A draft or an autosave: types are checked, required fields are not. */
    readonly partial: boolean;
  }): {readonly values: Readonly<Record<string, unknown>>; readonly problems: readonly Problem[]};
  /** Leaves out hidden fields and masks the others by `sensitivity`. */
  show(form: FormSchema, access: Readonly<Record<string, FieldAccess>>, values: Readonly<Record<string, unknown>>, rights: {readonly unmask: boolean}): Readonly<Record<string, unknown>>;
  /** The layers over the forms for a subject; `null` when the base forms stand alone. */
  layers(release: CompiledBundle, subject: LayerSubject, tables: ElementTables | null): KeptLayers | null;
  /** The release with the layers of one case laid over its forms; what former classes asked is only read. */
  layered(release: CompiledBundle, current: KeptLayers | null, former: readonly KeptLayers[]): CompiledBundle;
}

/** What cases ask of the audit log: one row per command, in the command's transaction. */
export interface CaseAudit {
  record(tx: Tx, entry: {readonly actor: Actor; readonly action: string; readonly subject: string; readonly result: 'done' | 'refused' | 'compensated'; readonly at: number; readonly data?: Readonly<Record<string, unknown>>}): Promise<void>;
}

/** Seals what must not be read in the database, and finds it again by exact match. */
export interface CaseVault {
  seal(text: string): string;
  open(sealed: string): string;
  /** Keyed hash of the normalised value; the same for the same value. */
  blindIndex(text: string): string;
}

/** What cases ask of messages: notices to persons, in the transaction. */
export interface CaseNotices {
  notify(tx: Tx, notice: {readonly personIds: readonly string[]; readonly kind: string; readonly title: LocalizedText; readonly body: LocalizedText; readonly caseId: string; readonly at: number}): Promise<void>;
}

/** Finds releases: the current one to start with, and the one an open case stays on. Answers come from memory. */
export interface CaseReleases {
  current(bundleId: string): Promise<{readonly release: CompiledBundle; readonly definitionId: string} | null>;
  /** @param using - The transaction to read through when one is open: SQLite has a single connection. */
  byHash(hash: string, using?: Tx): Promise<{readonly release: CompiledBundle; readonly definitionId: string} | null>;
  /** Makes sure that the engine still has a release, after it lost something; answers the definition to start with now. */
  ensureDeployed(hash: string): Promise<string>;
  /** Bundles with a current release. */
  bundles(): Promise<ReadonlyArray<{readonly bundleId: string}>>;
}

/** What cases ask of files: attachments named in form values become the case's own. */
export interface CaseFiles {
  /** @throws AppError when a file is unknown, belongs to another person's upload or to another case. */
  take(tx: Tx, request: {readonly fileIds: readonly string[]; readonly caseId: string; readonly personId: string}): Promise<void>;
}

/** Papers of a case, for the case page. */
export interface CasePapers {
  of(caseId: string): Promise<ReadonlyArray<{readonly id: string; readonly title: LocalizedText; readonly createdAt: number}>>;
}

/** Structured log without personal data. */
export interface CaseLog {
  info(event: string, data?: Readonly<Record<string, unknown>>): void;
  warn(event: string, data?: Readonly<Record<string, unknown>>): void;
  error(event: string, data?: Readonly<Record<string, unknown>>): void;
}

import type {FormSchema} from './form.js';
import type {FormExtension, FormLayout} from './layers/layer.js';
import type {LimitsFile} from './limits.js';
import type {PermissionsFile} from './permissions.js';
import type {Feel, LocalizedText} from './text.js';

/** `bundle.yaml`: what the application is, and the words it uses. */
export interface BundleManifest {
  readonly id: string;
  readonly version: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  /** Process id of the one process that a case runs. */
  readonly mainProcess: string;
  readonly needs: {readonly plugins: readonly string[]; readonly catalogs: readonly string[]};
  readonly roles: ReadonlyArray<{readonly id: string; readonly title: LocalizedText}>;
  /** Case number: `{centre}` (six-digit area code of the accepting unit), `{yyyyMMdd}`, `{seq:6}` and literal text; date in Asia/Shanghai. */
  readonly numbering: {
    readonly pattern: string;
    /** Numbers of their own for steps: given when the step is entered and the field is still empty, and written to the field. */
    readonly steps?: ReadonlyArray<{readonly step: string; readonly pattern: string; readonly field: string}>;
  };
  /** Parts of the drawing that may run several times in one case, each run with a number and fields of its own. */
  readonly strands?: readonly StrandKind[];
  /** States in falling priority: a case with several open tasks shows the first that fits. */
  readonly states: readonly CaseState[];
  /** State of a case whose open steps name none, and of an ended case. */
  readonly endState?: string;
  /** Counts as one of the case's states while the case is paused. */
  readonly pausedState?: string;
  /** What citizens see; a state names one of these. */
  readonly publicStates: ReadonlyArray<{readonly id: string; readonly title: LocalizedText}>;
  /** Fields with a meaning that the core asks for: which form field holds the title, the phone and so on. */
  readonly caseFields: CaseFields;
  /** Extends a form by the elements that a catalog names for the case's matter; their fields stand in this group of the field matrix. */
  readonly classForm?: {readonly catalog: string; readonly form: string; readonly group: string};
  /** What lists of words say when a case is registered, and where it is kept. */
  readonly registration?: RegistrationRules;
  /** The step at which a unit is chosen, and the outcome that sends the case there: where rules allow, the platform does it in place of a person. Needs `caseFields.leadUnit` and `matter`. */
  readonly dispatch?: {readonly step: string; readonly outcome: string};
  /** Fields that further cases of the same call share (the person who called). Group ids of the form. */
  readonly sharedGroups: readonly string[];
  /** When an open case of the same kind is a likely duplicate: fields that must be equal. */
  readonly duplicateKey: readonly string[];
  readonly variables: readonly VariableDeclaration[];
}

/**
 * Where it is kept what lists of words (sensitive words, hot words) say of a new case, as names of form fields. They look at the fields bound to `words: order`.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.18.4, C5, C7, C25
 */
export interface RegistrationRules {
  /** A text that the platform writes: what was hinted, and whether it was taken over. Whoever may not see it sees no hint. */
  readonly hints?: string;
  /** The mark that sensitive words propose. */
  readonly sensitive?: string;
  /** The class of a hot grievance that hot words propose. */
  readonly hotClass?: string;
  /** Why a case is registered although the negative list speaks against it; without this field the list refuses nothing. */
  readonly acceptReason?: string;
  /** Why a case has a nature that hardly fits its matter; without this field natures are held against no matter. */
  readonly natureReason?: string;
  /** Ways to register a case that the citizen only gets an answer to: with these values in the form no reason is needed. Offered by their titles. */
  readonly answers?: ReadonlyArray<{readonly title: LocalizedText; readonly values: Readonly<Record<string, string>>}>;
}

/**
 * An event sub-process that may run several times in one case, also at once (a supervision). Each run is a strand of the case: its fields belong to it alone,
 * so that one run never overwrites another.
 */
export interface StrandKind {
  readonly id: string;
  readonly title: LocalizedText;
  /** The event sub-process of the main drawing; user tasks do the work in it. */
  readonly subProcess: string;
  /** Fields that every run has for itself, the number's among them. */
  readonly fields: readonly string[];
  /** Given when a run begins; the pattern as in `numbering`. */
  readonly number?: {readonly pattern: string; readonly field: string};
  /** What a run begins with. `step` and `outcome` are what began it; both are `null` where a clock did, or a person by hand. */
  readonly begin?: ReadonlyArray<{readonly field: string; readonly value: Feel}>;
  readonly byHand?: StrandByHand;
}

/**
 * A person begins a run, too, at any time while the case is open and without a task in it. He needs one of the roles, and must be able to see the case. His values stand in
 * place of what `begin` gives; in `begin` both `step` and `outcome` are `null` then.
 */
export interface StrandByHand {
  /** What the button says. */
  readonly title: LocalizedText;
  readonly roles: readonly string[];
  /** What starts the run in the drawing: a message, or the message of a clock that is drawn there. */
  readonly message: string;
  /** Fields of the strand that he fills, in the form of its first step. */
  readonly fields: readonly string[];
  readonly requires?: readonly string[];
}

/** A state of the case for staff, and what the citizen sees meanwhile. */
export interface CaseState {
  readonly id: string;
  readonly title: LocalizedText;
  /** Public state id, or `null` when the citizen sees nothing. */
  readonly public: string | null;
  /** FEEL over the case context: another public state while true (a second round). */
  readonly publicWhen?: ReadonlyArray<{readonly when: Feel; readonly public: string}>;
}

/** Names of form fields that carry a meaning for the core. */
export interface CaseFields {
  readonly title: string;
  readonly phone?: string;
  readonly idNumber?: string;
  readonly matter?: string;
  /** Where the case came from: extension forms may belong to a channel. */
  readonly channel?: string;
  /** What is wanted, and whom the case is about: rules of dispatch may ask for them, as for channel and urgency. */
  readonly nature?: string;
  readonly serviceObject?: string;
  readonly urgency?: string;
  /** Industry of the enterprise that the case is about: limits and the industry supervisor follow it. */
  readonly industry?: string;
  readonly area?: string;
  readonly anonymous?: string;
  readonly confidential?: string;
  readonly vulnerable?: string;
  readonly leadUnit?: string;
  readonly assistUnits?: string;
  /** Answer to the citizen, shown on the public page once the case is closed for him. */
  readonly reply?: string;
  /** Number of the case that this one does again. */
  readonly redoOf?: string;
  /** Why a unit was proposed: the words, the catalog row and its version; and why whoever decided chose another. The case page shows them once a unit has the case. */
  readonly proposalReason?: string;
  readonly proposalRow?: string;
  readonly proposalVersion?: string;
  readonly proposalChange?: string;
}

/** A routing variable: the only values that reach the engine besides outcomes. Conditions may use only these. */
export interface VariableDeclaration {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly default: string | number | boolean;
  readonly description?: LocalizedText;
}

/** A bundle as read from its folder, before checks: every file as it stands. Paths use `/`. */
export interface BundleFiles {
  readonly [path: string]: string;
}

/** A bundle whose files are parsed. */
export interface Bundle {
  readonly manifest: BundleManifest;
  /** Process id → drawn BPMN XML and its file. */
  readonly processes: Readonly<Record<string, {readonly file: string; readonly xml: string}>>;
  readonly forms: Readonly<Record<string, FormSchema>>;
  /** Layers over the forms for some cases, by id: `forms/extensions/`. */
  readonly extensions?: Readonly<Record<string, FormExtension>>;
  /** Where fields of layers stand, by file: `forms/layouts/`. */
  readonly layouts?: Readonly<Record<string, FormLayout>>;
  readonly permissions: PermissionsFile;
  readonly limits: LimitsFile;
  readonly documents: Readonly<Record<string, DocumentTemplate>>;
  readonly samples: Readonly<Record<string, unknown>>;
  readonly files: BundleFiles;
}

/** `documents/<id>.hbs` with `documents/<id>.schema.json`. */
export interface DocumentTemplate {
  readonly id: string;
  readonly title: LocalizedText;
  readonly source: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

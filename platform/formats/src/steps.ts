import type {Feel, LocalizedText} from './text.js';

/**
 * A step as the compiler read it from the drawing: start event with form, user task, or worker task.
 *
 * In the drawing these are `banli:` extension elements and attributes (namespace `http://banli.dev/schema/bpmn/1.0`):
 * `<bpmn:userTask id banli:form banli:state>` with `<bpmn:extensionElements>` holding `<banli:assignment>`, `<banli:outcome>` (with
 * nested `<banli:effect>`), `<banli:action>`; `<bpmn:serviceTask banli:topic>` with `<banli:input name value/>`.
 */
export interface StepModel {
  readonly id: string;
  readonly name: string;
  /** `banli:nameEn` of the element; absent where the drawing has no English name. */
  readonly nameEn?: string;
  readonly kind: 'start' | 'user' | 'worker';
  readonly processId: string;
  /** Id of the sub-process it stands in, or `null`. */
  readonly scope: string | null;
  /** Form id shown at this step; `null` for workers. */
  readonly form: string | null;
  /** Case state while this step is open; `null` leaves the state to other steps. */
  readonly state: string | null;
  readonly assignment: Assignment | null;
  readonly outcomes: readonly Outcome[];
  /** Things a person may ask for while the task stays open. */
  readonly actions: readonly StepAction[];
  /** Participants, one instance each (`count` variable is `<stepId>Count`, written by the compiler); `null` for a single task. */
  readonly multiInstance: {readonly countVariable: string} | null;
  /** External task topic and FEEL inputs of a worker step. */
  readonly topic: string | null;
  readonly inputs: ReadonlyArray<{readonly name: string; readonly value: Feel}>;
  /** Process variable the compiler's conditions read: `<stepId>Outcome`. `null` for workers. */
  readonly outcomeVariable: string | null;
}

/**
 * Who gets a task. `role` and `unit` are text, or FEEL with leading `=` over the case context
 * (`acceptingUnit`, `holder`, `upper`, `leadUnit`, `participant`, `depth`, `round`, `form.…`, variables).
 */
export interface Assignment {
  /** Role id, or several separated by commas: anyone with one of them in the unit. */
  readonly role: string;
  readonly unit: string;
  /** The person who did this step last gets the task, if he still may. */
  readonly sameAs?: string;
  /**
   * Nobody who did one of these steps in this case gets or takes the task. `step.outcome` names a way to finish a step: of all outcomes that stand here, whoever gave
   * one last is left out, as it is his word that the task is about.
   */
  readonly exclude: readonly string[];
  /** The open task goes along when the case is handed on and the rule names another unit or role then; by default it stays where it was opened. */
  readonly follow?: true;
}

/** One way to finish a task. A drawn sequence flow out of the task with `banli:outcome="<id>"` is taken on it. */
export interface Outcome {
  readonly id: string;
  readonly name: LocalizedText;
  readonly tone: 'primary' | 'default' | 'danger';
  /** Form fields that must be filled for this outcome, beyond the matrix. */
  readonly requires: readonly string[];
  /** FEEL: the outcome is offered only while true. */
  readonly when?: Feel;
  /** Question before it is done: what happens, whom it goes to. `{leadUnit}` stands for what is in that field of the form. */
  readonly confirm?: LocalizedText;
  /** FEEL over `form` and the case context, as rules of the form: it is asked only while true. A failing rule asks. */
  readonly confirmWhen?: Feel;
  /** It asks for nothing, so that a person may give it to many chosen tasks of a list at once; each stays a command of its own. */
  readonly batch?: true;
  readonly effects: readonly Effect[];
}

/**
 * What happens besides leaving the task; computed by us in the command's transaction, in the order drawn. Each effect sees what
 * the ones before it changed (`hold`, `set`, `field`, `round`); `form` holds the values just sent, task values too.
 * `when` is FEEL: the effect happens only while true.
 */
export type Effect = EffectChange & {readonly when?: Feel};

/**
 * What becomes of a unit that gets the case and that no catalog gives the right to handle its matter in its area: it is refused, or the form field `reason` must say why.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4
 */
export type UnitRight = {readonly without: 'refuse'} | {readonly without: 'reason'; readonly field: string};

/** The change of one effect. */
export type EffectChange =
  /** Sets a declared routing variable. */
  | {readonly kind: 'set'; readonly name: string; readonly value: Feel}
  /** Sets a form field of the case. */
  | {readonly kind: 'field'; readonly name: string; readonly value: Feel}
  /** Changes who holds the case: `set` empties the stack and puts the unit, `push` delegates down, `pop` gives back to the upper unit, `clear` empties. */
  | {readonly kind: 'hold'; readonly op: 'set' | 'push' | 'pop' | 'clear'; readonly value?: Feel; readonly right?: UnitRight}
  /** Names the participants (FEEL list of unit ids) of a multi-instance step. */
  | {readonly kind: 'participants'; readonly name: string; readonly value: Feel}
  /** Decides the open request (extend, pause, resume) that this task reviews. */
  | {readonly kind: 'request'; readonly op: 'approve' | 'refuse'}
  /**
   * Notes that a unit (FEEL) gave the case back, counts the return and excludes the unit from further proposals in this case. `sender` (FEEL): the unit that had handed it down;
   * then the return is noted against the sender, excludes nobody and is not counted. `judge`: the form field that holds the reason, and the column of its catalog that says with
   * `yes` that the unit was the wrong one; any other return is counted and excludes nobody.
   */
  | {readonly kind: 'excludeUnit'; readonly value: Feel; readonly sender?: Feel; readonly judge?: {readonly field: string; readonly column: string}}
  /** Begins the next round of the case: `round` grows by one. */
  | {readonly kind: 'round'}
  /** Sends a message of the drawing (by its BPMN message name; a timer bound to a clock is named `clock.<clockId>`) to this case. */
  | {readonly kind: 'message'; readonly name: string};

/** A request that starts a review and leaves the task open. `message` is the BPMN message that starts the review. */
export interface StepAction {
  readonly id: string;
  readonly name: LocalizedText;
  readonly command: 'extend' | 'pause' | 'resume';
  readonly message: string;
  /** Form fields asked for. */
  readonly fields: readonly string[];
  readonly requires: readonly string[];
  readonly when?: Feel;
  /** `extend`: the clock that is asked to move. */
  readonly clock?: string;
  /** Fields that carry the request's amount (in the clock's unit of time), its reason and a promised date (local date, resumes by itself on that day). */
  readonly amountField?: string;
  readonly reasonField?: string;
  readonly untilField?: string;
}

/** A drawn timer that is bound to a clock: compiled to a message event; a lapse of that clock sends the message. */
export interface ClockEvent {
  readonly elementId: string;
  readonly clock: string;
  readonly messageName: string;
  /** Boundary event, event sub-process start. */
  readonly attachedTo: string | null;
  readonly scope: string | null;
}

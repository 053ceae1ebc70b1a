import type {Feel, LocalizedText} from './text.js';

/** `limits.yaml`: which clocks a case has and what moves them. */
export interface LimitsFile {
  readonly clocks: readonly ClockRule[];
  readonly pauses?: PauseRules;
  /** Who the receivers are that the limits catalog names for warnings and ladders. */
  readonly receivers?: readonly NoticeReceiver[];
}

/**
 * A receiver of the limits catalog (`receivers`, by its code) in the cases of this application: role and unit as in an assignment, or a `recipient` instead of the unit. Where a row of the
 * catalog names receivers, they take the place of the notices that clocks name here.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.10, C12 (recipients)
 */
export interface NoticeReceiver {
  readonly id: string;
  readonly role: string;
  readonly unit?: string;
  readonly recipient?: NoticeRecipient;
  /** What is asked of it, behind the due time and the measure of the rung. */
  readonly text?: LocalizedText;
  /** Also by text message. */
  readonly sms?: boolean;
}

/**
 * Before the promised date of a pause, which ends it by itself, whoever has the task is asked to confirm how it stands: so many working days before, at the opening of office. Without it
 * nobody is reminded.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.5
 */
export interface PauseRules {
  /** `sms`: also by text message. */
  readonly remind: {readonly workingDays: number; readonly sms?: boolean; readonly source: string};
}

/** One clock of a case. */
export interface ClockRule {
  readonly id: string;
  readonly title: LocalizedText;
  /** Which limit counts: a kind of the limits catalog, looked up by the case's matter and urgency; or a fixed ISO duration with its unit of time. */
  readonly limit: {readonly kind: 'respond' | 'resolve'} | {readonly fixed: string; readonly unit: 'workingDay' | 'hour'; readonly source: string};
  /** A clock that must never be due after another one (a delegation never outlives the resolve clock). */
  readonly notAfter?: string;
  /**
   * What becomes of the clock while it runs when the case gets another matter, urgency or area: it counts the limit of the new row from its own start, pauses kept (`fromStart`, the
   * default), or from the change on (`fromNow`). A fixed limit stays.
   */
  readonly onChange?: 'fromStart' | 'fromNow';
  /**
   * What a pause of the case is to the clock: it stands until the case goes on (`stands`, the default), or runs on (`runs`), because what it asks for can be done meanwhile, such as an answer
   * to a supervision. The promised date of a pause is kept by the case, and ends it whichever clocks there are.
   */
  readonly onPause?: 'stands' | 'runs';
  /** Kind of strand: each run has a clock of its own, which only events of that run move; `started`, `ended`, `paused` and `resumed` move all of them. */
  readonly strand?: string;
  readonly on: readonly ClockTrigger[];
  /** What a lapse does, in order of `after` (ISO duration after due, `PT0S` first). */
  readonly lapse: readonly LapseStep[];
  /** Who is told before due; the line in the timeline and the colour come by themselves. */
  readonly warn?: readonly WarnStep[];
}

/**
 * A unit that a catalog names: `industrySupervisor` (行业主管部门) is the one for the industry of the case in its area. It comes to be a party of the case, so that whoever is told may read it.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.10, A17
 */
export type NoticeRecipient = 'industrySupervisor';

/**
 * Notices at a threshold before due: `warn` (预警) is the lead that the limit's row names, `near` (临期) the last working half-day.
 * Role and unit as in an assignment (text or FEEL); a unit that comes out empty tells nobody. `recipient` names the unit by a catalog instead.
 */
export interface WarnStep {
  readonly at: 'warn' | 'near';
  readonly role: string;
  readonly unit?: string;
  readonly recipient?: NoticeRecipient;
  readonly text?: LocalizedText;
  /** Also by text message, outside of quiet hours unless it would come too late. */
  readonly sms?: boolean;
}

/**
 * Moves the clock when something happens to the case.
 *
 * `event` is `started`, `ended`, `<stepId>.entered`, `<stepId>.left`, `<stepId>.<outcomeId>`, `paused`, `resumed`.
 * `do`: `start` (nothing if it runs), `restart` (a new clock row), `halt` (time stands still, as while a review is going on),
 * `continue` after a halt (the halted time is not counted), `stop` (kept: `stoppedAt` is the moment of the halt if it was halted), `drop`.
 */
export interface ClockTrigger {
  readonly event: string;
  readonly do: 'start' | 'restart' | 'halt' | 'continue' | 'stop' | 'drop';
  readonly when?: Feel;
}

/** One rung of the ladder after a lapse. `message` sends the drawn message bound to this clock; `notify` writes notices. */
export interface LapseStep {
  readonly after: string;
  readonly do: 'message' | 'notify';
  /** For `notify`: role and unit as in an assignment (text or FEEL), or a `recipient` instead of the unit. */
  readonly role?: string;
  readonly unit?: string;
  readonly recipient?: NoticeRecipient;
  readonly text?: LocalizedText;
  /** For `notify`: also by text message. */
  readonly sms?: boolean;
}

import type {LocalizedText, LapseStep, WarnStep} from '@banli/formats';
import type {Interval, Limit} from '@banli/time';
import type {LadderRung} from './deps.js';

/** A stretch in which a clock stands: `pause` was approved for a reason, `halt` is a review that is not counted. */
export interface Stand extends Interval {
  readonly kind: 'pause' | 'halt';
  readonly reason: string;
}

/** Where a limit comes from; `null` in a clock whose bundle fixes the limit itself. */
export interface LimitOrigin {
  readonly catalog: string;
  readonly version: string;
  readonly row: string;
  readonly source: string;
  readonly text: LocalizedText;
}

/** A change of a clock: when, the due time before, and why in words. */
export interface Recomputed {
  readonly at: number;
  readonly before: number | null;
  readonly text: LocalizedText;
}

/** A change after a change of the case. */
export interface Refitted extends Recomputed {
  /** Some that plans made were noted here, too; they are told by the items of the plans. */
  readonly planId: null;
}

/** What a limit was looked up by, besides the area: so it can be looked up again. */
export interface LimitAsked {
  /** `null` for what the case did not say yet: the catalogs then give the general limit. */
  readonly matter: string | null;
  readonly urgency: string | null;
  readonly kind: 'respond' | 'resolve';
  /** Of the enterprise, where one was named; without it the matter's own counts. */
  readonly industry?: string;
}

/** A reminder before the promised date `until` of a pause, given at `at`; `told` once it was. */
export interface PauseReminder {
  readonly at: number;
  readonly until: number;
  readonly told: boolean;
  readonly sms?: boolean;
}

/** What a clock's times follow from, kept as JSON, the limit with all that its row says in a row of its own (`limit-store.ts`): nothing else is needed to work them out again. */
export interface ClockFacts {
  readonly title: LocalizedText;
  readonly limit: Limit;
  readonly origin: LimitOrigin;
  /** Not there for a fixed limit, and in clocks begun before it was kept. */
  readonly asked?: LimitAsked | undefined;
  /** The day whose catalogs hold for the limit, where it is not the clock's start: a plan was approved for older cases, too. */
  readonly limitAt?: number;
  readonly warnBeforeMs: number | null;
  readonly areaCode: string;
  /** Added by the one extension that may be granted, in the limit's unit; `null` until then. */
  readonly extension: {readonly amount: number; readonly filedAt: number; readonly grantedAt: number} | null;
  readonly stands: readonly Stand[];
  /** Id of the clock that this one must not outlive, and the moment it was cut to, if it was. */
  readonly notAfter: string | null;
  readonly cap: number | null;
  readonly lapse: readonly LapseStep[];
  /** Who is told before due; not there in clocks begun before bundles could say so. */
  readonly warn?: readonly WarnStep[];
  /** The ladder of the limit's row where it names receivers, and whom the row warns: see `ladder.ts`. Not there in clocks begun before catalogs could say so. */
  readonly ladder?: readonly LadderRung[] | undefined;
  readonly warnReceivers?: readonly string[] | undefined;
  readonly provisional: boolean;
  /** The due day lies in a year that is not published: there is no due time until it is. */
  readonly calendarMissing: boolean;
  /** What changes of the case changed, the oldest first; not there in clocks that none changed. What approved plans changed is told by their items (`readPlanMoves`). */
  readonly recomputed?: ReadonlyArray<Refitted | {readonly planId: string}>;
  /** The strand whose clock it is; not there for a clock of the case. */
  readonly strand?: string;
  /** The clock has a lapse row: without one, commands need not look for any. */
  readonly lapsed: boolean;
}

export type ClockStatus = 'running' | 'halted' | 'paused' | 'stopped' | 'dropped';

/** One clock of one case, as stored. Moments in UTC milliseconds. */
export interface ClockRow {
  readonly id: string;
  readonly caseId: string;
  readonly clock: string;
  readonly round: number;
  readonly status: ClockStatus;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly dueAt: number | null;
  readonly warnAt: number | null;
  readonly criticalAt: number | null;
  readonly warnedDueAt: number | null;
  readonly criticalDueAt: number | null;
  /** The next moment at which something is to be done; `null` when nothing is. */
  readonly fireAt: number | null;
  readonly revision: number;
  /** The calendar that the times were worked out with, and the moment as of which it was asked: the explanation uses the same. `null` until it was asked for the first time. */
  readonly calendarVersion: string | null;
  readonly calendarAt: number;
  /** The row of `clock_limit` that it stood on when it was read; `null` for a new clock, and where facts keep the limit themselves, as all did before 0159. */
  readonly limitId: string | null;
  readonly facts: ClockFacts;
}

/** The pause of a case, as stored: it lasts for the case, whichever clocks there are, and whether there are any. Moments in UTC milliseconds. */
export interface CasePause {
  readonly caseId: string;
  /** The promised date that ends it by itself. */
  readonly until: number | null;
  readonly from: number;
  readonly reason: string;
  /** Not there without a promised date, and where the bundle reminds nobody. */
  readonly reminder?: PauseReminder;
}

/** `stepsDone` of a lapse that a command recorded: the loop still writes its line and climbs the ladder. */
export const unnoted = -1;

/** A lapse. `stepsDone` counts the rungs of the ladder that have been climbed. */
export interface BreachRow {
  readonly clockId: string;
  readonly caseId: string;
  readonly dueAt: number;
  readonly recordedAt: number;
  readonly correctedAt: number | null;
  readonly stepsDone: number;
}

/** Whether the clock can still move. */
export function isActive(row: Pick<ClockRow, 'status'>): boolean {
  return row.status === 'running' || row.status === 'halted' || row.status === 'paused';
}

/** The stretch of a kind that lasts, or `undefined`. */
export function openStand(facts: ClockFacts, kind: Stand['kind']): Stand | undefined {
  return facts.stands.find(stand => stand.kind === kind && stand.to === null);
}

/** Ends the open stretches of a kind at a moment; one that began later than that vanishes. */
export function closeStands(facts: ClockFacts, kind: Stand['kind'], at: number): ClockFacts {
  const stands = facts.stands.flatMap(stand => (stand.kind !== kind || stand.to !== null ? [stand] : stand.from < at ? [{...stand, to: at}] : []));
  return {...facts, stands};
}

import type {LocalizedText} from '@banli/formats';
import type {CaseNotices, CasePeople, CaseSignals} from '@banli/cases';
import type {Store, Tx} from '@banli/store';
import type {Clock, Limit, WorkingCalendar} from '@banli/time';

/** A limit as a catalog gives it. */
export interface CatalogLimit {
  readonly limit: Limit;
  readonly warnBeforeMs: number | null;
  readonly text: LocalizedText;
  readonly row: string;
  readonly version: string;
  readonly source: string;
  /** What a lapse calls for, rung by rung; not there where the row names no ladder. */
  readonly ladder?: readonly LadderRung[];
  /** Codes of the receivers of the warning; not there where the row leaves them to the application. */
  readonly warnReceivers?: readonly string[];
}

/** A rung of the ladder of the catalog: so long after the lapse these receivers are told of this measure; without receivers the application says who is. */
export interface LadderRung {
  readonly after: string;
  readonly text: LocalizedText;
  readonly receivers: readonly string[];
}

/** What clocks ask of catalogs; the catalog service fits. Inside a transaction `tx` is passed on. */
export interface ClockCatalogs {
  /** Without a matter the general limit, without an urgency that of the matter or the lowest. */
  limit(request: {readonly matterCode: string | null; readonly urgency: string | null; readonly kind: 'respond' | 'resolve'; readonly areaCode?: string; readonly industryCode?: string; readonly at: number}, tx?: Tx): Promise<CatalogLimit>;
  /** The unit that supervises the industry of a matter in an area; without it nobody is told as industry supervisor. */
  industrySupervisor?(request: {readonly matterCode: string; readonly areaCode: string; readonly industryCode?: string; readonly at: number}, tx?: Tx): Promise<{readonly unitId: string} | null>;
  calendar(areaCode: string, at: number, tx?: Tx): Promise<{readonly calendar: WorkingCalendar; readonly version: string}>;
  /** A calendar by its version's number, so that a clock can stay with the one it was worked out with; `null` when it is not there. */
  calendarOfVersion?(areaCode: string, version: string, tx?: Tx): Promise<{readonly calendar: WorkingCalendar; readonly version: string} | null>;
}

/** Text messages that a clock causes. `key` is unique for clock, due time and threshold: the same cause never sends twice to one person. */
export interface ClockTexts {
  send(tx: Tx, text: {readonly key: string; readonly personIds: readonly string[]; readonly kind: string; readonly caseId: string; readonly title: LocalizedText; readonly body: LocalizedText; readonly dueAt: number | null; readonly at: number}): Promise<void>;
}

/** Log without personal data. */
export interface ClockLog {
  warn(event: string, data?: Readonly<Record<string, unknown>>): void;
  error(event: string, data?: Readonly<Record<string, unknown>>): void;
}

/** What keeping clocks needs. */
export interface ClockDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly catalogs: ClockCatalogs;
}

/** What the firing loop needs besides. `holder` names the process and never repeats. */
export interface FiringDeps extends ClockDeps {
  readonly signals: CaseSignals;
  readonly notices: CaseNotices;
  /** Text messages beside notices, for steps that ask for them; without it there are none. */
  readonly texts?: ClockTexts;
  readonly people: Pick<CasePeople, 'holders'>;
  readonly log: ClockLog;
  readonly holder: string;
}

import type {ProcessEngine} from '@banli/processes';
import type {Store, Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import type {CaseRecord} from './model.js';
import type {CaseWatch} from './watch.js';
import type {Actor, CaseAudit, CaseCatalogs, CaseClocks, CaseFiles, CaseForms, CaseLog, CaseNotices, CasePapers, CasePeople, CaseReleases, CaseVault, ClockView, DueState} from './ports.js';
import type {DataScope, LocalizedText} from '@banli/formats';

/** Everything cases stand on; `runtime/server` puts it together, tests pass small fakes. */
export interface CaseDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: ProcessEngine;
  readonly releases: CaseReleases;
  readonly people: CasePeople;
  readonly catalogs: CaseCatalogs;
  readonly clocks: CaseClocks;
  readonly forms: CaseForms;
  readonly audit: CaseAudit;
  readonly vault: CaseVault;
  readonly notices: CaseNotices;
  readonly files: CaseFiles;
  readonly papers: CasePapers;
  readonly words: ClockWords;
  readonly log: CaseLog;
  readonly watch: CaseWatch;
  /** Whether values marked as sensitive are shown in clear to someone with these roles. */
  readonly mayUnmask: (roles: readonly string[]) => boolean;
  /** How far a person's right to read cases reaches, by his closest relation to one; unset: as far as the bundle lets him. */
  readonly readReach?: (actor: Actor) => Readonly<Record<DataScope, boolean>>;
  /** Told in the transaction that undoes a worker's completion which the engine refused: that external task counts as never run. */
  readonly onWorkUndone?: (tx: Tx, externalTaskId: string) => Promise<void>;
  /** Told in the transaction that writes tasks which the process opened: what became of a case may be told to whoever may take it. */
  readonly onOpened?: (tx: Tx, opened: TasksOpened) => Promise<void>;
  /** Told in the transaction in which a case comes to its end: what it stood for may go on. */
  readonly onEnded?: (tx: Tx, end: CaseEnd) => Promise<void>;
}

/** Tasks of a case that were opened just now. */
export interface TasksOpened {
  readonly record: Pick<CaseRecord, 'id' | 'bundleId' | 'number' | 'title' | 'values'>;
  readonly at: number;
  readonly tasks: readonly OpenedTask[];
}

/** A task that was opened just now. */
export interface OpenedTask {
  readonly id: string;
  readonly stepId: string;
  readonly stepName: Required<LocalizedText>;
  /** Its assignee, else everybody who may take it. */
  personIds(): readonly string[];
}

/** How a case ended: by its drawing, cancelled, or because the engine refused to start it. */
export interface CaseEnd {
  readonly caseId: string;
  readonly how: 'ended' | 'cancelled' | 'failed';
  readonly at: number;
}

/** How a clock is put into words, as of a moment. */
export interface ClockWords {
  dueState(view: ClockView, now: number): DueState;
  rest(view: ClockView, now: number): LocalizedText;
}

/** What reading and writing cases needs, without the outside world. */
export type RecordDeps = Pick<CaseDeps, 'store' | 'vault'>;

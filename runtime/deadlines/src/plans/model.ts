import type {Actor, CaseNotebook} from '@banli/cases';
import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {CatalogLimit, ClockDeps} from '../deps.js';

/**
 * Where a plan stands. `listing`: open clocks are being looked at; `open`: waits for a decision; `applying`: approved, under way; `applied`;
 * `rejected`; `superseded`: a newer version has a plan of its own; `empty`: nothing would change.
 */
export type PlanStatus = 'listing' | 'open' | 'applying' | 'applied' | 'rejected' | 'superseded' | 'empty';

/** Catalogs whose versions move due times: `matters` by the group and the industry that limits are looked up by. */
export type PlanCatalog = 'calendars' | 'limits' | 'matters';

/** One plan: a published version, or a unit's layer by its name, and the open clocks it would move. Moments in UTC milliseconds. */
export interface ClockPlan {
  readonly id: string;
  readonly catalogId: PlanCatalog;
  readonly version: string;
  /** 1, and one more each time the plan is made again. */
  readonly attempt: number;
  readonly effectiveAt: number;
  readonly status: PlanStatus;
  /** The last case looked at by listing. */
  readonly lastCase: string;
  /** The last case that applying is done with; empty before. */
  readonly appliedCase: string;
  readonly lookedAt: number;
  /** Clocks that approval would move. */
  readonly listed: number;
  /** Clocks that stay as they are: they have lapsed, or no row fits them any more. */
  readonly kept: number;
  /** Clocks begun before the version held that it would move: approval takes them along only when it says so. */
  readonly older: number;
  /** Whether it did; they count as listed then. */
  readonly withOlder: boolean;
  readonly applied: number;
  /** Clocks that moved on between listing and approval and were left alone. */
  readonly movedOn: number;
  readonly madeAt: number;
  readonly decidedAt: number | null;
  readonly decidedBy: Actor | null;
  readonly reason: string | null;
  readonly finishedAt: number | null;
}

/** `listed`, then `applied` or `movedOn`; `kept`: the clock has lapsed, or no row fits it, and stays; `older`: begun before the version held, listed once approval says so. */
export type ItemStatus = 'listed' | 'applied' | 'movedOn' | 'kept' | 'older';

/** One clock of a plan: its due time before and after, the same where only its warning, ladder or receivers change, and why. Of a clock that stands still, what it would be if it went on at once. */
export interface PlanItem {
  readonly planId: string;
  readonly caseId: string;
  readonly clockId: string;
  readonly clock: string;
  readonly status: ItemStatus;
  readonly beforeAt: number | null;
  readonly afterAt: number | null;
  readonly standing: boolean;
  /** The new due time has passed already: approval would record a lapse. */
  readonly lapses: boolean;
  /** The next moment at which the clock has something to do once it moved: one that has passed comes at once after approval. `null` for none, and where the clock stays. */
  readonly firesAt: number | null;
  readonly why: {readonly title: LocalizedText; readonly text: LocalizedText};
}

/** What comes at once after approval: a warning (预警 or 临期), or a lapse with the rungs of its ladder that are due. */
export type AtOnce = 'warning' | 'lapse';

/** For how many cases, among the clocks that approval moves and among those begun before the version held. */
export type AtOnceCounts = Readonly<Record<'listed' | 'older', Readonly<Record<AtOnce, number>>>>;

/** What a limit is looked up by, and in which versions of limits and matters; `null` for the matters of today. */
export interface LimitLookup {
  readonly limitsVersion: string;
  readonly mattersVersion: string | null;
  readonly matterCode: string | null;
  readonly urgency: string | null;
  readonly kind: 'respond' | 'resolve';
  readonly areaCode: string;
  readonly industryCode?: string;
}

/** A limit as a row of a version says it. */
export type RowLimit = Omit<CatalogLimit, 'version'>;

/** What a unit made of a catalog for its area, from a moment on. */
export interface PlanLayer {
  readonly name: string;
  readonly areaCode: string;
  readonly effectiveAt: number;
}

/** What plans ask of catalogs besides what clocks ask; the catalog service fits. */
export interface PlanCatalogs {
  versionsOf(catalogId: string, tx?: Tx): Promise<ReadonlyArray<{readonly version: string; readonly effectiveAt: number; readonly publishedAt: number}>>;
  /** The limit that a version gives; `null` when no row of it fits, or matter or version are unknown. */
  limitBy(lookup: LimitLookup, tx?: Tx): Promise<RowLimit | null>;
  /** What of a matter, and of an area, `limitBy` depends on: with the same answers it gives the same limit, and is asked once. By default on all of it. */
  limitMatter?(mattersVersion: string | null, matterCode: string, tx?: Tx): Promise<string | null>;
  limitLevel?(areaCode: string, tx?: Tx): Promise<string | null>;
  /** What the receivers of a version of limits are called, by code; by default a code is told as it is. */
  receiverTitles?(limitsVersion: string, tx?: Tx): Promise<ReadonlyMap<string, LocalizedText>>;
  /** Whether a unit's own layer of a catalog holds for an area: a version of the owner then says nothing there. By default none does. */
  isLayered?(catalogId: string, areaCode: string, at: number, tx?: Tx): Promise<boolean>;
  /** Every layer of a catalog, those of an area in the order in which they were made. A layer that ended is one, too. By default there are none. */
  layersOf?(catalogId: string, tx?: Tx): Promise<readonly PlanLayer[]>;
  /** The version that holds for an area because of a layer; `null` where that layer did not change what holds. */
  versionThrough?(catalogId: string, layer: string, areaCode: string, at: number, tx?: Tx): Promise<string | null>;
}

/** The audit log as plans use it: many lines with one statement. */
export interface PlanAudit {
  recordAll(tx: Tx, entries: ReadonlyArray<{readonly actor: Actor; readonly action: string; readonly subject: string; readonly result: 'done'; readonly at: number; readonly data: Readonly<Record<string, unknown>>}>): Promise<void>;
}

/** What plans stand on. `holder` names the process and never repeats. */
export interface PlanDeps extends ClockDeps {
  readonly catalogs: ClockDeps['catalogs'] & Required<Pick<ClockDeps['catalogs'], 'calendarOfVersion'>> & PlanCatalogs;
  readonly audit: PlanAudit;
  readonly timeline: CaseNotebook;
  readonly holder: string;
}

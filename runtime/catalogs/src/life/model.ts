import type {CatalogReview, CatalogRow} from '@banli/formats/catalogs';
import type {CoverageChange} from '../dispatch/coverage-change.js';
import type {Applications} from '../handling-problems.js';
import type {LayerRow} from '../issue/model.js';
import type {CatalogSource} from '../publish.js';
import type {KnownReceivers} from '../receiver-problems.js';
import type {Store, Tx} from '@banli/store';
import type {Clock} from '@banli/time';

/**
 * State of a change set: `editing` 待提交审核, `inReview` 审核中, `approved` 审核通过 (waits for its publishing), `failed` 审核未通过,
 * `revoked` 已撤销, `published` 已发布, `withdrawn` 发布后撤回: its version was withdrawn before it took effect.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.1; `approved` is ours, because publishing names a day of its own.
 */
export type ChangeState = 'editing' | 'inReview' | 'approved' | 'failed' | 'revoked' | 'published' | 'withdrawn';

/** States in which a set still waits to take effect. */
export const openStates: readonly ChangeState[] = ['editing', 'inReview', 'approved', 'failed'];

/** What a change does to a row: 新增, 修改, 下架 (out of use), 作废 (void: kept as history, never chosen again), 恢复. */
export type ChangeOp = 'add' | 'modify' | 'offShelf' | 'void' | 'restore';

/** How a set came to be. */
export type ChangeOrigin = 'manual' | 'import' | 'rollback';

/** Who acts, in one of his posts. */
export interface LifeActor {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly address: string;
}

/** A change set without its rows. Moments in UTC milliseconds. */
export interface ChangeSet {
  readonly id: string;
  readonly catalogId: string;
  readonly title: string;
  readonly origin: ChangeOrigin;
  readonly state: ChangeState;
  /** `null` for the set that creates its catalog: it stands on no version. */
  readonly baseVersionId: string | null;
  readonly baseVersion: string | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly unitId: string;
  /** Grows with every command; a command names the one it saw. */
  readonly lockVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly submittedAt: number | null;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly opinion: string | null;
  readonly publishedAt: number | null;
  readonly publishedBy: string | null;
  readonly publishedByName: string | null;
  readonly publishedVersion: string | null;
  /** What the version is called besides its number (版本名称), as whoever published it said. */
  readonly versionName: string | null;
  /** The case whose process reviews the set, or did; `null` for a review that is one decision. */
  readonly reviewCaseId: string | null;
  readonly reviewNumber: string | null;
}

/** A file that a set rests on (依据文件), in the store of attachments. */
export interface BasisFile {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly addedAt: number;
  readonly addedByName: string;
}

/** One changed row: what it was in the base (`null` for a new one) and what it is to be. */
export interface RowChange {
  readonly tableName: string;
  readonly rowKey: string;
  readonly op: ChangeOp;
  readonly before: CatalogRow | null;
  readonly after: CatalogRow;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** One thing that happened to a set. */
export interface ChangeLine {
  readonly at: number;
  readonly kind: 'created' | 'submitted' | 'passed' | 'failed' | 'revoked' | 'withdrawn' | 'rebased' | 'published' | 'unpublished';
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly opinion: string | null;
}

/** Something outside catalogs that uses a row. */
export interface RowUse {
  readonly key: string;
  readonly kind: 'order' | 'process' | 'data';
  /** What to show to find it: numbers of orders, names of bundles; at most five. */
  readonly examples: readonly string[];
  readonly count: number;
}

/** What a unit makes of a catalog: its name, and its rows. */
export interface BelowLayer {
  readonly unitId: string;
  readonly name: string;
  readonly rows: readonly LayerRow[];
}

/** What the life of catalogs asks of whoever holds values from catalogs: cases, processes, bundles. */
export interface CatalogReferences {
  /** Uses of rows of a catalog's main table. */
  uses(catalogId: string, keys: readonly string[]): Promise<readonly RowUse[]>;
  /**
   * Open cases that stand on rows of any table of a catalog otherwise: by a limit, a day, a proposal, an option. `areaCode` is the area a row is for, where it names one through a row of the
   * catalog's main table. By default there are none.
   */
  rowUses?(asked: {readonly catalogId: string; readonly table: string; readonly rows: ReadonlyArray<{readonly key: string; readonly values: CatalogRow; readonly areaCode: string | null}>}): Promise<readonly RowUse[]>;
  /** What units below make of a catalog as things stand: the newest layer of each area. By default there are none. */
  layersBelow?(catalogId: string): Promise<readonly BelowLayer[]>;
  /** Rows of units' own layers that name rows of a catalog's main table; they keep a row from going out of use. By default there are none. */
  layerUses?(catalogId: string, keys: readonly string[]): Promise<readonly RowUse[]>;
  /** Elements of a catalog that layouts of forms in use hide, each with the layout (bundle/file); those cannot become required. By default there are none. */
  hiddenElements?(catalogId: string): Promise<ReadonlyArray<{readonly code: string; readonly layout: string}>>;
  /** Published applications with the forms that a matter may name. Without it rows may name any. */
  applications?(): Promise<Applications>;
  /** Published applications that count limits of the catalogs, with the receivers that each knows. Without it rows may name any. */
  receivers?(): Promise<KnownReceivers>;
  /** Whether a unit is there and in use; without it units that rows name are not looked at. */
  readonly isUnit?: (unitId: string) => boolean;
  /** Whether anybody in use has a post at a unit; without it that is not asked. */
  readonly hasPeople?: (unitId: string) => boolean;
}

/** What it asks of the rights. `ownerUnitId` is the owner of the catalog as its manifest names it. */
export interface LifeRights {
  may(actor: LifeActor, permission: LifePermission, ownerUnitId: string): boolean;
}

/** The rights that commands ask for. */
export type LifePermission = 'catalogs.read' | 'catalogs.create' | 'catalogs.edit' | 'catalogs.review' | 'catalogs.publish' | 'catalogs.delete';

/** What it asks of the audit log. */
export interface LifeAudit {
  record(tx: Tx, entry: {readonly actor: LifeActor; readonly action: string; readonly subject: string; readonly result: 'done' | 'refused' | 'compensated'; readonly at: number; readonly data?: Readonly<Record<string, unknown>>}): Promise<void>;
}

/** What a chain of reviewers is told of a set. */
export interface ChainReview {
  readonly bundleId: string;
  readonly change: ChangeSet;
  readonly catalogTitle: string;
  readonly ownerUnitId: string;
  /** What the catalog asks of its review. */
  readonly review: CatalogReview | undefined;
  readonly rows: readonly RowChange[];
  /** The rows in words, a line each; not more than a reviewer reads. */
  readonly lines: readonly string[];
  /** Persons who wrote the set or a row of it. */
  readonly writers: readonly string[];
}

/** A review that is worked out and waits to be written with the submission. */
export interface PreparedReview {
  /** Names of steps that nobody may take as things stand: whoever submits is told. */
  readonly unattended?: readonly string[];
  write(tx: Tx): Promise<{readonly caseId: string; readonly number: string}>;
  /** Goes on after the commit; never throws. */
  deliver(): Promise<void>;
}

/** What the life of catalogs asks of whoever runs chains of reviewers: a bundle whose process is one. */
export interface ReviewChains {
  /** The bundle that reviews changes of this catalog; `null`: one decision is the whole review. */
  chainOf(catalogId: string): string | null;
  /** @returns `null` when the bundle is not in use. */
  prepare(actor: LifeActor, review: ChainReview): Promise<PreparedReview | null>;
  /** Ends a chain in the transaction that took its set out of the review. */
  end(tx: Tx, caseId: string, end: {readonly actor: LifeActor; readonly at: number}): Promise<void>;
  /** After that commit; never throws. */
  deliver(caseId: string): Promise<void>;
  /** Whether somebody sees the chain: then he sees what it is about, whoever owns the catalog. */
  maySee(actor: LifeActor, caseId: string): Promise<boolean>;
}

/** What the life of catalogs asks of the store of attachments. */
export interface LifeFiles {
  /** Keeps a file that its uploader gives. @throws AppError `FILES_UNKNOWN` */
  hold(tx: Tx, holding: {readonly fileId: string; readonly personId: string; readonly at: number}): Promise<{readonly name: string; readonly type: string; readonly sizeBytes: number}>;
  letGo(tx: Tx, fileId: string): Promise<void>;
}

/** Everything the life of catalogs stands on. */
export interface LifeDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: LifeAudit;
  readonly rights: LifeRights;
  readonly references: CatalogReferences;
  /** Names of rows of lists that are no catalogs, such as `units`; `null` for unknown ones. */
  readonly elsewhere?: (table: string, key: string) => string | null;
  /** The area of a unit; `null` for unknown ones. Without it nobody asks whether a row lies in the area of the unit that maintains it. */
  readonly unitArea?: (unitId: string) => string | null;
  /** Called after a version was published, so that queries see it at once. */
  readonly onPublished: () => Promise<void>;
  /** What a version that could be published does to the coverage of dispatch, as of a moment; `null` for catalogs that have nothing to do with it. Without it nothing is asked. */
  readonly coverage?: (at: number, source: CatalogSource) => Promise<CoverageChange | null>;
  /** The store of attachments; without it a set takes no files. */
  readonly files?: LifeFiles;
  /** Without it every review is one decision. */
  readonly chains?: ReviewChains;
}

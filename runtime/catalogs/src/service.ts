import type {LocalizedText} from '@banli/formats';
import type {CatalogKind, CatalogRow, ElementTables} from '@banli/formats/catalogs';
import type {Tx} from '@banli/store';
import type {WorkingCalendar} from '@banli/time';
import type {Choice} from './choices.js';
import type {DispatchRules} from './dispatch/dispatch-rules.js';
import type {DispatchReports} from './dispatch/dispatch-reports.js';
import type {FoundHandling} from './find-handling.js';
import type {FoundLimit} from './find-limit.js';
import type {FoundSupervisor} from './find-supervisor.js';
import type {FoundLead} from './find-lead.js';
import type {Guidance, GuidanceQuestion} from './guidance.js';
import type {OrderAttributes} from './order-attributes.js';
import type {EffectivePage, EffectiveQuery} from './issue/effective-rows.js';
import type {HandlingRight} from './issue/handling.js';
import type {LimitOrigin} from './issue/limit-origin.js';
import type {RowOrigins} from './issue/origins.js';
import type {WordHints} from './dispatch/word-hints.js';
import type {RowDiff} from './life/compare.js';
import type {CatalogSource, FileReferences, PublishResult} from './publish.js';
import type {ElsewhereTitle} from './row-title.js';
import type {EnterpriseMatch} from './search-enterprises.js';
import type {MatterMatch} from './search-matters.js';

/** A published catalog for lists. */
export interface CatalogSummary {
  readonly id: string;
  readonly kind: CatalogKind;
  readonly title: LocalizedText;
  readonly owner: string;
  /** Whether its manifest says what lower levels may change. */
  readonly issuable: boolean;
  readonly version: string;
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  readonly effectiveFrom: string;
  readonly publishedAt: number;
  readonly rows: number;
}

/** One row as of a moment. */
export interface CatalogRowAt {
  readonly key: string;
  readonly values: CatalogRow;
  readonly title: LocalizedText;
  readonly status: 'active' | 'retired';
  readonly version: string;
}

/** A question who should handle a matter. `areaCode` is the innermost area known; `urgency` defaults to the matter's own. */
export interface DispatchRequest {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly urgency?: string;
  /** Of the enterprise or the matter, where it is known: limits may depend on it. */
  readonly industryCode?: string;
  /** What the order says of itself; rules that ask for more do not fit. The urgency is `urgency`. */
  readonly attributes?: Omit<OrderAttributes, 'urgencyCode'>;
  readonly excludeUnitIds: readonly string[];
  readonly at: number;
}

/** Who would be responsible and how long it may take. `leadUnit` is `null` when nobody or several are. */
export interface DispatchAnswer extends FoundLead {
  readonly version: string;
  /** The application and form that the matter is worked on with, where the catalog of matters names them. */
  readonly handling: FoundHandling | null;
  readonly limits: {readonly respond: FoundLimit | null; readonly resolve: FoundLimit | null};
}

/** A version of a catalog by its number; moments in UTC milliseconds. */
export interface VersionAt {
  readonly version: string;
  readonly effectiveAt: number;
  readonly publishedAt: number;
}

/** A layer of a unit by its name, ended ones included; it has a say in its area from then on. */
export interface LayerAt {
  readonly name: string;
  readonly unitId: string;
  readonly areaCode: string;
  readonly effectiveAt: number;
}

/** A question for what changed since a version. `cursor` is what the page before answered: it names the version that is compared with, so pages fit together whatever is published meanwhile. */
export interface ChangesQuery {
  readonly catalogId: string;
  readonly version: string;
  readonly at: number;
  readonly areaCode?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Rows that changed, as they hold in `version`. */
export interface ChangesPage {
  readonly version: string;
  readonly rows: ReadonlyArray<{readonly table: string; readonly key: string; readonly op: RowDiff['op']; readonly values: CatalogRow | null}>;
  readonly nextCursor: string | null;
}

/** A question for one limit. */
export interface LimitRequest {
  /** `null` while nobody knows what it is about: the general limits hold. */
  readonly matterCode: string | null;
  /** `null` where nobody said: that of the matter, or else the lowest one of the catalog. */
  readonly urgency: string | null;
  readonly kind: 'respond' | 'resolve';
  /** Limits may depend on the level of the area and on the industry; without them only rows that name neither fit. */
  readonly areaCode?: string;
  readonly industryCode?: string;
  readonly at: number;
}

/** The same question of versions by their numbers: a limits version or a layer, and a matters version or, with `null`, that of today. */
export interface LimitLookup {
  readonly limitsVersion: string;
  readonly mattersVersion: string | null;
  readonly matterCode: string | null;
  readonly urgency: string | null;
  readonly kind: 'respond' | 'resolve';
  readonly areaCode: string;
  readonly industryCode?: string;
}

/**
 * Answers every question about published catalogs, as of a moment in UTC milliseconds.
 *
 * Answers come from memory. A query inside a transaction passes it as `tx`, because a version that is not in memory is read from the
 * database. Queries throw `CATALOG_UNKNOWN` and `CATALOG_NOT_EFFECTIVE` besides the codes they name.
 */
export interface CatalogService {
  /** Loads what holds now or later; call it once before the first query. */
  start(): Promise<void>;
  /**
   * Publishes catalogs together, all or none. `outside` tells what layouts of forms hide; without it nothing is hidden.
   * @throws AppError `CATALOG_INVALID` with every problem, `CATALOG_VERSION_TAKEN`.
   */
  publish(sources: readonly CatalogSource[], by: string, outside?: FileReferences): Promise<readonly PublishResult[]>;
  /** Publishes one catalog's folder. */
  publishFolder(folder: string, by: string): Promise<readonly PublishResult[]>;
  /** Publishes every catalog folder below `root` together; folders without `catalog.yaml` are left alone. */
  publishFolders(root: string, by: string): Promise<readonly PublishResult[]>;
  list(at: number): Promise<readonly CatalogSummary[]>;
  /** Cells of every row of a table (default: the main one), retired ones included. */
  rows(catalogId: string, at: number, table?: string): Promise<readonly CatalogRow[]>;
  /** @throws AppError `CATALOG_ROW_UNKNOWN` */
  row(catalogId: string, key: string, at: number, table?: string): Promise<CatalogRowAt>;
  /** A row that may be chosen now, in an area where one is named. @throws AppError `CATALOG_ROW_UNKNOWN`, `CATALOG_ROW_RETIRED`; for a branch of a tree `CATALOG_MATTER_NOT_LEAF`. */
  checkRow(catalogId: string, key: string, at: number, areaCode?: string): Promise<{readonly title: string; readonly version: string}>;
  /** Chinese title of a row, also of one that a unit added for its area; the key itself when catalog or row are unknown. */
  title(catalogId: string, key: string, at: number): Promise<string>;
  /** The key of a row of a matrix or relation in words, such as 占道经营·天山区; `elsewhere` names what is no catalog (units). `null` for unknown catalogs and keys without words. */
  rowTitle(catalogId: string, key: string, at: number, elsewhere?: ElsewhereTitle): Promise<LocalizedText | null>;
  /** What stands in a column of a row, also of a retired one; `null` for an unknown catalog, row or column. */
  cell(catalogId: string, key: string, column: string, at: number): Promise<string | null>;
  /** The tables of a catalog of elements as they hold for an area, or as the owner published them; active rows only; `null` for an unknown catalog. */
  elements(catalogId: string, at: number, tx?: Tx, areaCode?: string): Promise<ElementTables | null>;
  /** Who requires which element, by catalog and code; of the versions and layers that hold now and of those that will. */
  requiredElements(): Promise<Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>;
  /** Which matters name which form, by application and form; of the versions that hold now and of those that will. */
  matterForms(): Promise<Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>;
  /** A key of a tree and the branches above it, innermost first; none for an unknown catalog or key. */
  branches(catalogId: string, key: string, at: number, tx?: Tx): Promise<readonly string[]>;
  /** Rows to choose from, as they hold for an area, or as the owner published them. */
  choices(catalogId: string, at: number, areaCode?: string): Promise<{readonly version: string; readonly choices: readonly Choice[]}>;
  /** Leaf matters that fit a text, with the synonyms that hold for an area. */
  searchMatters(text: string, at: number, limit: number, areaCode?: string): Promise<readonly MatterMatch[]>;
  /** Leaf matters that somebody speaks of: as `searchMatters`, and by all words of the text together, with the synonyms and example sentences that hold for an area. */
  hearMatters(text: string, at: number, limit: number, areaCode?: string): Promise<readonly MatterMatch[]>;
  /** Listed words in texts. */
  readonly words: WordHints;
  /** Which orders need no dispatcher, and from when on a guess is a good one. */
  readonly dispatchRules: DispatchRules;
  /** Enterprises by name, first letters of its reading, or credit code. */
  searchEnterprises(text: string, at: number, limit: number): Promise<readonly EnterpriseMatch[]>;
  /** Questions about the dispatch rules as a whole. */
  readonly reports: DispatchReports;
  /** @throws AppError `CATALOG_ROW_UNKNOWN`, `CATALOG_ROW_RETIRED`, `CATALOG_MATTER_NOT_LEAF` */
  dispatch(request: DispatchRequest, tx?: Tx): Promise<DispatchAnswer>;
  /** The application and form of a matter, also of a retired one; `null` where neither it nor a branch names them. */
  matterHandling(matterCode: string, at: number, tx?: Tx): Promise<FoundHandling | null>;
  /** Of a retired matter, too: open cases go on. @throws AppError `CATALOG_LIMIT_MISSING`, `CATALOG_ROW_UNKNOWN` */
  limit(request: LimitRequest, tx?: Tx): Promise<FoundLimit>;
  /** The unit that supervises the industry of a matter, or of an enterprise where one is named, in an area; `null` where no row says so. */
  industrySupervisor(request: {readonly matterCode: string; readonly areaCode: string; readonly industryCode?: string; readonly at: number}, tx?: Tx): Promise<FoundSupervisor | null>;
  /** The calendar of an area; an area that is not listed takes the nearest listed one by its digits, else the calendar without area. */
  calendar(areaCode: string, at: number, tx?: Tx): Promise<{readonly calendar: WorkingCalendar; readonly version: string}>;
  /**
   * The calendar of an area as it was known on a day (`YYYY-MM-DD`): the version that holds at `at`, without the notices announced later.
   * @throws AppError `TIME_CALENDAR_INVALID` when no year was known by then.
   */
  calendarKnownOn(areaCode: string, knownOn: string, at: number): Promise<{readonly calendar: WorkingCalendar; readonly version: string}>;
  /** The calendar of an area in a version by its number; `null` for an unknown version. What a clock was worked out with stays to be had. */
  calendarOfVersion(areaCode: string, version: string, tx?: Tx): Promise<{readonly calendar: WorkingCalendar; readonly version: string} | null>;
  /** The limit that versions by their numbers give; `null` when no row fits, or matter or version are unknown. */
  limitBy(lookup: LimitLookup, tx?: Tx): Promise<FoundLimit | null>;
  /** What of a matter limits are looked up by, its group and industry: matters with the same have the same limits everywhere. `null` for an unknown matter or version; `null` as version: today's. */
  limitMatter(mattersVersion: string | null, matterCode: string, tx?: Tx): Promise<string | null>;
  /** What of an area limits are looked up by: its level, or that of the nearest one that is listed; `null` for none. */
  limitLevel(areaCode: string, tx?: Tx): Promise<string | null>;
  /** What the receivers of a version of limits are called, by code; none of an unknown version. */
  receiverTitles(limitsVersion: string, tx?: Tx): Promise<ReadonlyMap<string, LocalizedText>>;
  /** The limit of a row in a version by its number; `null` when either is unknown or the row is retired. */
  limitOfRow(version: string, row: string, tx?: Tx): Promise<FoundLimit | null>;
  /** The unit that set the length of a limit itself, by the version or layer and the row it was found in; `null` where it is as published. */
  limitOrigin(version: string, row: string): Promise<LimitOrigin | null>;
  /** Every version of a catalog in the order in which they hold; none for an unknown catalog. */
  versionsOf(catalogId: string, tx?: Tx): Promise<readonly VersionAt[]>;
  /** The name of the version that holds for an area: of a layer such as `2026.3.0+650100.2` where a unit has one. */
  versionFor(catalogId: string, areaCode: string, at: number, tx?: Tx): Promise<string>;
  /** Whether what holds for an area is a unit's own layer. */
  isLayered(catalogId: string, areaCode: string, at: number, tx?: Tx): Promise<boolean>;
  /** Every layer of a catalog, those of an area by number; none for an unknown catalog. */
  layersOf(catalogId: string, tx?: Tx): Promise<readonly LayerAt[]>;
  /**
   * The name of the version that holds for an area because of a layer: of one confirmed or restored the layer itself, of one that ended what stands above. `null` where another
   * layer, or none, was the last to change what holds there.
   */
  versionThrough(catalogId: string, layer: string, areaCode: string, at: number, tx?: Tx): Promise<string | null>;
  /** Rows as they hold for an area (without one: as the owner published them), filtered by code, words and type, page by page. @throws AppError `CATALOG_ISSUE_TABLE_UNKNOWN` */
  effectiveRows(query: EffectiveQuery): Promise<EffectivePage>;
  /** Rows that are different between a version (also a layer) and what holds now for an area, page by page. @throws AppError `CATALOG_VERSION_UNKNOWN` */
  changesSince(query: ChangesQuery): Promise<ChangesPage>;
  /** From which level, unit and version each cell of a row comes that holds for an area. @throws AppError `CATALOG_ROW_UNKNOWN` */
  origins(catalogId: string, areaCode: string, key: string, at: number, table?: string): Promise<RowOrigins>;
  /** Why a unit may handle a matter in an area: it leads, assists, or an implementation names it; `null` when nothing does. */
  mayHandle(unitId: string, matterCode: string, areaCode: string, at: number, excludeUnitIds?: readonly string[]): Promise<HandlingRight | null>;
  /** Every right to handle a matter in an area: leads, then who assists, then whom implementations name. */
  handlers(matterCode: string, areaCode: string, at: number): Promise<readonly HandlingRight[]>;
  /** Everything a unit may handle, by the rows that hold for the areas they name. */
  handling(unitId: string, at: number): Promise<readonly HandlingRight[]>;
  /** What the lists of items, implementations, duties and rights say to whoever works on a matter. */
  guidance(question: GuidanceQuestion): Promise<Guidance>;
  /** Waits for a look at the database that is under way. */
  close(): Promise<void>;
}

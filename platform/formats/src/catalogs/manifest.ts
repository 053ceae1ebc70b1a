import type {LocalizedText} from '../text.js';

/** One cell of every row, by column; an empty cell ("not stated") is left out. */
export type CatalogRow = Readonly<Record<string, string>>;

/** A column whose values must stand in another table. */
export interface CatalogReference {
  readonly column: string;
  readonly catalog: string;
  /** Default: the table named like the catalog. */
  readonly table?: string;
  /** Column of the other table; it must be its whole key. */
  readonly key: string;
  /** Values with a name of their own that need no row, such as `none`. */
  readonly except?: readonly string[];
  /** The other catalog belongs to another owner and may be missing here: then the check is left to publishing. */
  readonly elsewhere?: boolean;
  /** The other table is a tree, and rows hang on its leaves only, each on one for good: the column never changes. */
  readonly leaf?: boolean;
  /** The cell names several rows, their keys with commas between; never a column of the own key. */
  readonly list?: boolean;
}

/** The keys that a cell names by a reference: one or several, none for what needs no row. */
export function namedBy(reference: Pick<CatalogReference, 'except' | 'list'>, value: string | null | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  const named = reference.list ? value.split(',').map(key => key.trim()).filter(key => key !== '') : [value];
  return named.filter(key => !reference.except?.includes(key));
}

/**
 * What a lower level may make of columns that come from above. `notLonger`: a limit of value and unit, never longer than above; `notLower`: one of the values
 * of `order`, never before the one above; `extend`: a text that has the one above in it; `free`: any text; `ownUnit`: a unit of its own or below;
 * `retire`: the row may be taken out of use.
 */
export type OverrideBound = 'notLonger' | 'notLower' | 'extend' | 'free' | 'ownUnit' | 'retire';

/** Columns that are overridden together, merged together and decided together. */
export interface IssueOverride {
  readonly columns: readonly string[];
  readonly bound: OverrideBound;
  /** The values of a column that is bound by `notLower`, from the loosest to the strictest; an empty cell is looser than all. */
  readonly order?: readonly string[];
}

/**
 * What units below the owner may change in a table that is issued to them; every other column is locked.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4, 2.1.5.
 */
export interface TableIssue {
  /** Column with the area of a row: rows of elsewhere are filtered, rows of areas above are locked. Without it every row is everybody's. */
  readonly area?: string;
  readonly overrides?: readonly IssueOverride[];
  /** Rows may be added: with `area` for the unit's own area and those below, without it they hold wherever the unit's layer does. */
  readonly local?: boolean;
  /** Values that added rows may have, by column; other columns are as the row schema says. */
  readonly localOnly?: Readonly<Record<string, readonly string[]>>;
}

/** One table of a catalog: a file, the schema of a row, its key. */
export interface CatalogTable {
  readonly file: string;
  readonly schema: string;
  readonly key: readonly string[];
  /**
   * Columns that belong to the key where a row fills them, as `column=value` after the others; an empty one means "any". Rows that leave them empty keep the
   * key they had before these columns came. Their order is their priority: see `decides`.
   */
  readonly optionalKey?: readonly string[];
  /** The column of the key that the others decide: two rows in use that fill the same optional columns alike and differ in it alone are a tie, which is refused. */
  readonly decides?: string;
  /** Column with the code of the parent row, for trees. */
  readonly parent?: string;
  readonly references?: readonly CatalogReference[];
  /** Column with the unit that maintains a row: whoever may write changes at that unit, or above it, may change the row without a right over the whole catalog. */
  readonly maintainer?: string;
  /** A catalog with at least one such table may be issued to lower levels; tables without it go along locked. */
  readonly issue?: TableIssue;
}

/** Shape of a catalog: how its rows hang together. */
export type CatalogKind = 'tree' | 'list' | 'matrix' | 'relation' | 'calendar';

/** How much a mistake in a catalog costs: `low` is content with one reviewer, `high` wants every change reviewed twice. */
export type CatalogRisk = 'low' | 'high';

/** What a catalog asks of the chain that reviews its changes. What it leaves open, the chain decides by the change. */
export interface CatalogReview {
  readonly risk?: CatalogRisk;
  /** The same for owners of a level of administration, `1` region to `5` village; it comes before `risk`. */
  readonly byLevel?: Readonly<Record<string, CatalogRisk>>;
}

/** The risk that a catalog names for an owner of a level; `null` where it leaves that open. */
export function riskOf(review: CatalogReview | undefined, level: number | null): CatalogRisk | null {
  return review?.byLevel?.[String(level)] ?? review?.risk ?? null;
}

/** `catalog.yaml`. The table named like the catalog is the main one: titles and choices come from it. */
export interface CatalogManifest {
  readonly id: string;
  /** `year.release.fix`, independent of the code's version. */
  readonly version: string;
  /** First day on which the version holds, Asia/Shanghai, `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  readonly kind: CatalogKind;
  readonly title: LocalizedText;
  readonly owner: string;
  readonly review?: CatalogReview;
  readonly tables: Readonly<Record<string, CatalogTable>>;
}

/** A row with its key and where it stands. */
export interface CatalogEntry {
  /** Values of the key columns, joined by `|`: see `rowKey`. */
  readonly key: string;
  readonly values: CatalogRow;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** A table as read. */
export interface LoadedTable {
  readonly name: string;
  readonly definition: CatalogTable;
  readonly columns: readonly string[];
  readonly entries: readonly CatalogEntry[];
}

/** A catalog as read from its files, every check passed. */
export interface LoadedCatalog {
  readonly manifest: CatalogManifest;
  readonly tables: Readonly<Record<string, LoadedTable>>;
}

/** Joins the values of a key. */
export function joinKey(values: readonly string[]): string {
  return values.join('|');
}

/** Every column that a row may be found by, the optional ones last. */
export function keyColumns(definition: Pick<CatalogTable, 'key' | 'optionalKey'>): readonly string[] {
  return [...definition.key, ...(definition.optionalKey ?? [])];
}

/** The key of a row: `a|b`, and `a|b|channelCode=phone` where it fills an optional column. */
export function rowKey(definition: Pick<CatalogTable, 'key' | 'optionalKey'>, values: CatalogRow): string {
  const more = (definition.optionalKey ?? []).flatMap(column => (values[column] ? [`${column}=${values[column]}`] : []));
  return joinKey([...definition.key.map(column => values[column] ?? ''), ...more]);
}

/** What no other row in use may say, too: the key without the column that it decides. `null` for rows that fill no optional column, or are retired: nothing is asked of them. */
export function tieKey(definition: Pick<CatalogTable, 'key' | 'optionalKey' | 'decides'>, values: CatalogRow): string | null {
  const {decides, optionalKey = []} = definition;
  if (decides === undefined || values['status'] === 'retired' || optionalKey.every(column => !values[column])) return null;
  return rowKey(definition, {...values, [decides]: ''});
}

/** A key taken apart, column by column; `null` when it is none of that table. */
export function keyParts(definition: Pick<CatalogTable, 'key' | 'optionalKey'>, key: string): ReadonlyArray<{readonly column: string; readonly value: string; readonly isOptional: boolean}> | null {
  const values = key.split('|');
  const more = values.slice(definition.key.length).map(part => ({column: part.slice(0, part.indexOf('=')), value: part.slice(part.indexOf('=') + 1), isOptional: true}));
  if (values.length < definition.key.length || more.some(({column}) => definition.optionalKey?.includes(column) !== true)) return null;
  return [...definition.key.map((column, index) => ({column, value: values[index] ?? '', isOptional: false})), ...more];
}

/** Orders versions `2026.1.0` < `2026.2.0` < `2026.10.0`. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import type {LocalizedText} from '@banli/formats';
import type {CatalogRow} from '@banli/formats/catalogs';
import {titleOf} from '../choices.js';
import {normalise} from '../search/normalise.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';

/** A question for rows as they hold. `cursor` is the key of the last row seen. */
export interface EffectiveQuery {
  readonly catalogId: string;
  readonly table?: string;
  readonly areaCode?: string;
  readonly at: number;
  /** Begins with this code. */
  readonly code?: string;
  /** Stands in any cell. */
  readonly words?: string;
  /** Cells that must be exactly so, such as `{implementationType: lead}`. */
  readonly cells?: Readonly<Record<string, string>>;
  readonly cursor?: string;
  readonly limit: number;
}

/** A page of rows, by key. */
export interface EffectivePage {
  readonly version: string;
  readonly rows: ReadonlyArray<{readonly key: string; readonly title: LocalizedText; readonly values: CatalogRow}>;
  readonly nextCursor: string | null;
}

/** Filters the rows of a version. @throws AppError `CATALOG_ISSUE_TABLE_UNKNOWN`, `CATALOG_ISSUE_COLUMN_UNKNOWN` */
export function effectivePage(version: PublishedVersion, query: EffectiveQuery): EffectivePage {
  const {catalogId} = version.head;
  const name = query.table ?? catalogId;
  if (!Object.hasOwn(version.manifest.tables, name)) throw issueErrors.TABLE_UNKNOWN({catalog: catalogId, table: name});
  const words = normalise(query.words ?? '');
  const cells = Object.entries(query.cells ?? {});
  const found = (version.tables.get(name)?.rows ?? [])
    .filter(row => (query.cursor === undefined || row.key > query.cursor) && (query.code === undefined || row.key.startsWith(query.code)))
    .filter(row => cells.every(([column, value]) => row.values[column] === value))
    .filter(row => words === '' || Object.values(row.values).some(value => normalise(value).includes(words)))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = found.slice(0, query.limit).map(row => ({key: row.key, title: titleOf(row), values: row.values}));
  return {version: version.head.version, rows, nextCursor: found.length > query.limit ? (rows.at(-1)?.key ?? null) : null};
}

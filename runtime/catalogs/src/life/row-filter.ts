import {namedBy, type CatalogRow} from '@banli/formats/catalogs';
import {chainAbove} from './browse.js';
import type {Desk} from './desk.js';
import {changeErrors} from './errors.js';
import type {ListedRow, RowState} from './list-rows.js';
import {tableOf} from './tables.js';
import type {PublishedVersion} from '../version.js';

/**
 * Filters, all of them combinable. `unit` is a unit of the row, or one that proposed a change of it; `creator` the one that had it made. Moments are inclusive.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.1, 2.1.2, 2.1.3 (filters of the three lists).
 */
export interface RowFilter {
  readonly name?: string;
  readonly code?: string;
  readonly level?: number;
  readonly unit?: string;
  readonly creator?: string;
  readonly state?: RowState;
  /** A row of a tree: itself and everything below it. */
  readonly below?: string;
  /** Last changed. */
  readonly from?: number;
  readonly to?: number;
  readonly createdFrom?: number;
  readonly createdTo?: number;
  /** Cells by column: the value, or, where the column names rows of a tree, anything below that row. */
  readonly cells?: Readonly<Record<string, string>>;
}

/** A row with the keys above it, before its cells are put into words. */
export type PlainRow = Omit<ListedRow, 'words' | 'mayEdit'> & {readonly above: readonly string[]};

/** Makes the test of a filter. @throws AppError `CATALOG_CHANGE_COLUMN_UNKNOWN` */
export async function rowFilter(desk: Desk, version: PublishedVersion, table: string, filter: RowFilter, columns: readonly string[]): Promise<(row: PlainRow) => boolean> {
  const asked = await cellTests(desk, version, table, filter.cells ?? {}, columns);
  const name = filter.name?.toLowerCase();
  const isNamed = (row: PlainRow): boolean => name === undefined || [row.title['zh-CN'], row.title.en ?? '', ...row.pending.map(entry => entry.after['titleZh'] ?? '')].some(text => text.toLowerCase().includes(name));
  return row => isNamed(row)
    && (filter.code === undefined || row.key.startsWith(filter.code))
    && (filter.level === undefined || row.level === filter.level)
    && (filter.unit === undefined || row.unitIds.includes(filter.unit))
    && (filter.creator === undefined || row.creator.id === filter.creator)
    && (filter.below === undefined || row.key === filter.below || row.above.includes(filter.below))
    && (filter.state === undefined || row.state === filter.state)
    && isWithin(row.updatedAt, filter.from, filter.to)
    && isWithin(row.createdAt, filter.createdFrom, filter.createdTo)
    && asked.every(fits => fits(row.values));
}

function isWithin(moment: number, from: number | undefined, to: number | undefined): boolean {
  return (from === undefined || moment >= from) && (to === undefined || moment <= to);
}

async function cellTests(desk: Desk, version: PublishedVersion, table: string, cells: Readonly<Record<string, string>>, columns: readonly string[]): Promise<ReadonlyArray<(row: CatalogRow) => boolean>> {
  const {references = []} = tableOf(version.manifest, table);
  const tests: Array<(row: CatalogRow) => boolean> = [];
  for (const [column, wanted] of Object.entries(cells)) {
    if (!columns.includes(column)) throw changeErrors.COLUMN_UNKNOWN({column, columns});
    const reference = references.find(each => each.column === column && !each.elsewhere);
    const below = reference ? await keysBelow(desk, version, reference, wanted) : new Set<string>();
    tests.push(row => row[column] === wanted || (reference !== undefined && namedBy(reference, row[column]).some(key => key === wanted || below.has(key))));
  }
  return tests;
}

/** Keys below a row of a tree that cells name; none where it is no tree. */
async function keysBelow(desk: Desk, version: PublishedVersion, reference: {readonly catalog: string; readonly table?: string}, key: string): Promise<ReadonlySet<string>> {
  const other = reference.catalog === version.head.catalogId ? version : await desk.versions.last(reference.catalog);
  const table = reference.table ?? reference.catalog;
  const {parent} = tableOf(other.manifest, table);
  const rows = other.tables.get(table);
  if (parent === undefined || !rows) return new Set();
  const values = new Map(rows.rows.map(row => [row.key, row.values]));
  return new Set(rows.rows.filter(row => chainAbove(values, parent, row.values).includes(key)).map(row => row.key));
}

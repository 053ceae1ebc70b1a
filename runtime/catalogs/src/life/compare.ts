import type {LocalizedText} from '@banli/formats';
import type {CatalogRow} from '@banli/formats/catalogs';
import {titleOf} from '../choices.js';
import type {PublishedVersion} from '../version.js';
import {shapeTableNames} from './fields/shape-tables.js';
import {sameRow} from './merge.js';
import type {ChangeOp, RowChange} from './model.js';

/** One cell of a difference; `null` is empty. */
export interface CellDiff {
  readonly column: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One row of a difference. `gone` appears only when versions are compared backwards. */
export interface RowDiff {
  readonly table: string;
  readonly key: string;
  readonly op: ChangeOp | 'gone';
  readonly title: LocalizedText;
  readonly cells: readonly CellDiff[];
}

/** What is different from one version to another, by table and key, settings (table `.catalog`) and columns (table `.fields`) first. @see Source: `requirements/xinjiang-hotline.md` §2.1.9; tests A3, A12. */
export function diffVersions(from: PublishedVersion, to: PublishedVersion): readonly RowDiff[] {
  const shape = shapeTableNames.filter(name => [from, to].every(version => version.tables.has(name)));
  return [...shape, ...Object.keys({...from.manifest.tables, ...to.manifest.tables})].flatMap(table => {
    const [before, after] = [from.tables.get(table)?.byKey, to.tables.get(table)?.byKey];
    const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
    return keys.flatMap(key => {
      const [old, now] = [before?.get(key)?.values ?? null, after?.get(key)?.values ?? null];
      return old && now && sameRow(old, now) ? [] : [rowDiff(table, key, opOf(old, now), old, now)];
    });
  });
}

/** What a set changes, against the rows it began with. */
export function diffChanges(rows: readonly RowChange[]): readonly RowDiff[] {
  return rows.map(row => rowDiff(row.tableName, row.rowKey, row.op, row.before, row.after));
}

/** What a change from one row to another is called. */
export function opOf(before: CatalogRow | null, after: CatalogRow | null): ChangeOp | 'gone' {
  if (!after) return 'gone';
  if (!before) return 'add';
  if (before['status'] === after['status']) return 'modify';
  return after['status'] === 'retired' ? 'offShelf' : 'restore';
}

/** The difference of one row, cell by cell. */
export function rowDiff(table: string, key: string, op: RowDiff['op'], before: CatalogRow | null, after: CatalogRow | null): RowDiff {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const cells = columns.flatMap(column => (before?.[column] === after?.[column] ? [] : [{column, before: before?.[column] ?? null, after: after?.[column] ?? null}]));
  return {table, key, op, title: titleOf({key, values: after ?? before ?? {}}), cells};
}

import type {LocalizedText} from '@banli/formats';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** A row to choose from. `path` holds the titles of the parents, outermost first. */
export interface Choice {
  readonly key: string;
  readonly title: LocalizedText;
  readonly parentKey: string | null;
  readonly path: readonly string[];
  /** No active row lies below it: it may be chosen. */
  readonly leaf: boolean;
  readonly status: 'active' | 'retired';
  /** The other cells of the row. */
  readonly more: Readonly<Record<string, string>>;
}

const ownColumns = new Set(['titleZh', 'titleEn', 'status']);

/** The title of a row; its key where the table has no titles. */
export function titleOf(row: PublishedRow): LocalizedText {
  const {titleZh, titleEn} = row.values;
  return {'zh-CN': titleZh ?? row.key, ...(titleEn === undefined ? {} : {en: titleEn})};
}

/** Rows of the main table as choices, in the order of the file; computed once per version. */
export const choicesOf = memoPerVersion((version: PublishedVersion): readonly Choice[] => {
  const table = version.tables.get(version.head.catalogId);
  const rows = table?.rows ?? [];
  const parentOf = parentIn(version);
  const leaves = leavesOf(version);
  // Rows under the same parent share their path.
  const paths = new Map<string | null, readonly string[]>([[null, []]]);
  const pathTo = (above: string | null): readonly string[] => {
    const known = paths.get(above);
    if (known) return known;
    const parent = table?.byKey.get(above ?? '');
    const path = parent ? [...pathTo(parentOf(parent)), titleOf(parent)['zh-CN']] : [];
    paths.set(above, path);
    return path;
  };
  return rows.map(row => {
    const path = pathTo(parentOf(row));
    const more: Record<string, string> = {};
    for (const column of Object.keys(row.values)) if (!ownColumns.has(column)) more[column] = row.values[column] ?? '';
    return {key: row.key, title: titleOf(row), parentKey: parentOf(row), path, leaf: leaves.has(row.key), status: row.values['status'] === 'retired' ? 'retired' : 'active', more};
  });
});

/** Keys of the rows without an active row below, retired ones included. */
export const leavesOf = memoPerVersion((version: PublishedVersion): ReadonlySet<string> => {
  const branches = new Set(activeRows(version, version.head.catalogId).map(parentIn(version)));
  return new Set((version.tables.get(version.head.catalogId)?.rows ?? []).flatMap(({key}) => (branches.has(key) ? [] : [key])));
});

/** Says what a row of the main table lies under. */
function parentIn(version: PublishedVersion): (row: PublishedRow) => string | null {
  const column = version.manifest.tables[version.head.catalogId]?.parent;
  return row => (column === undefined ? null : (row.values[column] ?? null));
}

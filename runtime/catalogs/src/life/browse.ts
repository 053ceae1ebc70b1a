import type {LocalizedText} from '@banli/formats';
import type {CatalogRow} from '@banli/formats/catalogs';
import type {Desk} from './desk.js';
import {labelsOf} from './labels.js';
import {tableOf} from './tables.js';

/** A row of a tree with what lies directly and anywhere below it. */
export interface TreeNode {
  readonly key: string;
  readonly title: LocalizedText;
  readonly isRetired: boolean;
  readonly children: number;
  readonly below: number;
}

/** A row that a cell may name. `path` holds the titles above it, outermost first. */
export interface RowOption {
  readonly key: string;
  readonly title: LocalizedText;
  readonly path: readonly string[];
}

/**
 * The rows directly below one (or the outermost), by key, as of the last version.
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_TABLE_UNKNOWN`
 */
export async function listTree(desk: Desk, query: {readonly catalogId: string; readonly table?: string; readonly parent?: string}): Promise<readonly TreeNode[]> {
  const version = await desk.versions.last(query.catalogId);
  const table = query.table ?? query.catalogId;
  const {parent} = tableOf(version.manifest, table);
  if (parent === undefined) return [];
  const rows = version.tables.get(table)?.rows ?? [];
  const labels = await labelsOf(desk, version);
  const byKey = new Map(rows.map(row => [row.key, row.values]));
  const [children, below] = [new Map<string, number>(), new Map<string, number>()];
  for (const {values} of rows) {
    chainAbove(byKey, parent, values).forEach((key, index) => {
      below.set(key, (below.get(key) ?? 0) + 1);
      if (index === 0) children.set(key, (children.get(key) ?? 0) + 1);
    });
  }
  return rows.filter(row => row.values[parent] === query.parent).map(({key, values}) => ({key, title: labels.row(table, key, values), isRetired: values['status'] === 'retired', children: children.get(key) ?? 0, below: below.get(key) ?? 0}));
}

/**
 * Rows in use that a cell may name, by words or code. `keys` asks for exactly these, retired ones, too; `leaf` leaves branches out.
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_TABLE_UNKNOWN`
 */
export async function listOptions(desk: Desk, query: {readonly catalogId: string; readonly table?: string; readonly words?: string; readonly keys?: readonly string[]; readonly leaf?: boolean; readonly limit: number}): Promise<readonly RowOption[]> {
  const version = await desk.versions.last(query.catalogId);
  const table = query.table ?? query.catalogId;
  const {parent} = tableOf(version.manifest, table);
  const rows = version.tables.get(table)?.rows ?? [];
  const labels = await labelsOf(desk, version);
  const byKey = new Map(rows.map(row => [row.key, row.values]));
  const title = (key: string): LocalizedText => labels.row(table, key, byKey.get(key) ?? {});
  const branches = new Set(parent === undefined ? [] : rows.filter(row => row.values['status'] !== 'retired').map(row => row.values[parent]));
  const wanted = query.words?.trim().toLowerCase() ?? '';
  const fits = (key: string, values: CatalogRow): boolean => {
    if (query.keys) return query.keys.includes(key);
    if (values['status'] === 'retired' || (query.leaf === true && branches.has(key))) return false;
    const text = title(key);
    return wanted === '' || key.toLowerCase().startsWith(wanted) || text['zh-CN'].toLowerCase().includes(wanted) || (text.en ?? '').toLowerCase().includes(wanted);
  };
  return rows.filter(row => fits(row.key, row.values)).slice(0, query.limit).map(({key, values}) => ({key, title: title(key), path: parent === undefined ? [] : chainAbove(byKey, parent, values).toReversed().map(above => title(above)['zh-CN'])}));
}

/** Keys above a row, nearest first; a circle ends it. */
export function chainAbove(rows: ReadonlyMap<string, CatalogRow>, parent: string, row: CatalogRow): readonly string[] {
  const chain: string[] = [];
  for (let above = row[parent]; above !== undefined && !chain.includes(above); above = rows.get(above)?.[parent]) chain.push(above);
  return chain;
}

import type {CatalogRow} from '@banli/formats/catalogs';
import type {PublishedRow, PublishedTable, PublishedVersion} from '../version.js';
import type {LayerCells, LayerHead, LayerRow} from './model.js';
import {placeOfRow, type Scope} from './scope.js';

const emptyTable: PublishedTable = {rows: [], byKey: new Map()};

/** What a unit sees of a version before it makes anything of it: rows of elsewhere are left out. Tables that stay whole are shared. */
export function withinScope(base: PublishedVersion, scope: Scope): PublishedVersion {
  return {...base, tables: mapTables(base, (_, table, keep) => (keep.length === table.rows.length ? table : tableOf(keep)), scope)};
}

/**
 * A version as it is for a unit: rows of elsewhere left out, its overrides laid over the rows, its own rows added.
 *
 * @param base - The upper level's version, its own layers laid over it.
 */
export function layOver(base: PublishedVersion, layer: LayerHead, scope: Scope, rows: readonly LayerRow[]): PublishedVersion {
  const tables = mapTables(base, (name, table, keep) => {
    const own = rows.filter(row => row.tableName === name);
    if (own.length === 0 && keep.length === table.rows.length) return table;
    const patches = new Map(own.filter(row => row.kind === 'patch').map(row => [row.rowKey, row.ownValues]));
    const local = own.filter(row => row.kind === 'local' && !table.byKey.has(row.rowKey)).map(row => ({key: row.rowKey, values: withCells({}, row.ownValues)}));
    const laid = keep.map(row => {
      const patch = patches.get(row.key);
      return patch ? {key: row.key, values: withCells(row.values, patch)} : row;
    });
    return tableOf([...laid, ...local]);
  }, scope);
  const rowCount = [...tables.values()].reduce((sum, table) => sum + table.rows.length, 0);
  return {
    head: {...base.head, id: layer.id, version: layer.name, owner: layer.unitId, effectiveAt: layer.effectiveAt, publishedAt: layer.madeAt, publishedBy: layer.madeBy, hash: layer.id, rowCount},
    manifest: base.manifest,
    tables,
  };
}

/** A row with cells laid over it; `null` empties one. */
export function withCells(row: CatalogRow, cells: LayerCells): CatalogRow {
  const values: Record<string, string> = {...row};
  for (const [column, value] of Object.entries(cells)) {
    if (value === null) delete values[column];
    else values[column] = value;
  }
  return values;
}

function mapTables(base: PublishedVersion, make: (name: string, table: PublishedTable, keep: readonly PublishedRow[]) => PublishedTable, scope: Scope): ReadonlyMap<string, PublishedTable> {
  return new Map(Object.entries(base.manifest.tables).map(([name, {issue}]) => {
    const table = base.tables.get(name) ?? emptyTable;
    const keep = issue?.area === undefined ? table.rows : table.rows.filter(row => placeOfRow(scope, issue, row.values) !== 'outside');
    return [name, make(name, table, keep)];
  }));
}

function tableOf(rows: readonly PublishedRow[]): PublishedTable {
  return {rows, byKey: new Map(rows.map(row => [row.key, row]))};
}

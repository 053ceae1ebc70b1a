import type {CatalogManifest, CatalogRow} from '@banli/formats/catalogs';
import {readLayerRow} from '../issue/layer-store.js';
import type {LayerRow} from '../issue/model.js';
import type {Store} from '@banli/store';
import {shapeTable, shapeTables} from './fields/shape-tables.js';

/** One row of a catalog, by table and key. */
export interface RowPlace {
  readonly catalogId: string;
  readonly table: string;
  readonly key: string;
}

/** Versions and layers asked for at once. */
const atOnce = 100;

/** Reads one row out of many versions, and no other row of them; what was read once is kept. */
export interface RowInVersions {
  /** Reads ahead. */
  load(versionIds: readonly string[]): Promise<void>;
  /** The row as a version has it; `null` when it has none. */
  in(versionId: string): Promise<CatalogRow | null>;
}

/** Makes the reader of one row. */
export function rowInVersions(knex: Store['knex'], place: RowPlace): RowInVersions {
  const known = new Map<string, CatalogRow | null>();
  const load = async (versionIds: readonly string[]): Promise<void> => {
    const missing = [...new Set(versionIds)].filter(id => !known.has(id));
    for (let start = 0; start < missing.length; start += atOnce) {
      const ids = missing.slice(start, start + atOnce);
      const found = shapeTable(place.table) ? await readShapeRow(knex, ids, place) : await readRow(knex, ids, place);
      for (const id of ids) known.set(id, found.get(id) ?? null);
    }
  };
  return {
    load,
    async in(versionId) {
      await load([versionId]);
      return known.get(versionId) ?? null;
    },
  };
}

/** What layers say of one row, by layer. */
export async function rowInLayers(knex: Store['knex'], layerIds: readonly string[], {table, key}: RowPlace): Promise<ReadonlyMap<string, LayerRow>> {
  const found = new Map<string, LayerRow>();
  for (let start = 0; start < layerIds.length; start += atOnce) {
    const rows = (await knex('catalog_layer_row').whereIn('layer_id', layerIds.slice(start, start + atOnce)).where({table_name: table, row_key: key})) as Array<Record<string, unknown>>;
    for (const row of rows) found.set(String(row['layer_id']), readLayerRow(row));
  }
  return found;
}

async function readRow(knex: Store['knex'], ids: readonly string[], {table, key}: RowPlace): Promise<ReadonlyMap<string, CatalogRow>> {
  const rows = (await knex('catalog_row').whereIn('version_id', [...ids]).where({table_name: table, row_key: key}).select('version_id', 'data')) as Array<Record<string, unknown>>;
  return new Map(rows.map(row => [String(row['version_id']), JSON.parse(String(row['data'])) as CatalogRow]));
}

/** Columns and settings are read from the manifests and row schemas of their versions; one from before schemas were kept has none. */
async function readShapeRow(knex: Store['knex'], ids: readonly string[], {table, key}: RowPlace): Promise<ReadonlyMap<string, CatalogRow>> {
  const rows = (await knex('catalog_version').whereIn('id', [...ids]).whereNotNull('row_schemas').select('id', 'manifest', 'row_schemas')) as Array<Record<string, unknown>>;
  return new Map(rows.flatMap(row => {
    const values = shapeTables(JSON.parse(String(row['manifest'])) as CatalogManifest, JSON.parse(String(row['row_schemas'])) as Record<string, string>).get(table)?.byKey.get(key)?.values;
    return values ? [[String(row['id']), values] as const] : [];
  }));
}

import {fromRow, queryRows, toRow, type SqlRow, type Store, type Tx} from '@banli/store';
import type {LayerCells, LayerHead, LayerRow} from './model.js';

type Reader = Store['knex'] | Tx;

const headColumns = 'id, catalog_id, unit_id, area_code, number, name, kind, base_version_id, base_layer_id, base_name, areas_version_id, issue_id, restored_from, effective_at, made_at, made_by, made_by_name, reason';

/** Reads the heads of every layer, by number. */
export async function readLayerHeads(on: Reader): Promise<readonly LayerHead[]> {
  const rows = await queryRows(on, `select ${headColumns} from catalog_layer`, []);
  return rows.map(readHead).sort((a, b) => a.number - b.number);
}

/** Reads the layers of a catalog, by number. */
export async function readLayersOf(on: Reader, catalogId: string): Promise<readonly LayerHead[]> {
  const rows = (await on('catalog_layer').where({catalog_id: catalogId}).orderBy('number')) as SqlRow[];
  return rows.map(readHead);
}

/** Reads one layer; `null` when there is none. */
export async function readLayer(on: Reader, id: string): Promise<LayerHead | null> {
  const row: SqlRow | undefined = await on('catalog_layer').where({id}).first();
  return row ? readHead(row) : null;
}

/** Reads the rows of a layer. */
export async function readLayerRows(on: Reader, layerId: string): Promise<readonly LayerRow[]> {
  const rows = (await on('catalog_layer_row').where({layer_id: layerId}).orderBy(['table_name', 'row_key'])) as SqlRow[];
  return rows.map(readLayerRow);
}

/** Writes a layer with its rows. */
export async function insertLayer(tx: Tx, head: LayerHead, rows: readonly LayerRow[]): Promise<void> {
  await tx('catalog_layer').insert(toRow({...head}));
  const values = rows.map(row => ({layer_id: head.id, ...writeLayerRow(row)}));
  for (let start = 0; start < values.length; start += 100) await tx('catalog_layer_row').insert(values.slice(start, start + 100));
}

/** A row of a layer or of an issue as SQL has it. */
export function writeLayerRow(row: LayerRow): SqlRow {
  return {table_name: row.tableName, row_key: row.rowKey, kind: row.kind, base_values: JSON.stringify(row.baseValues), own_values: JSON.stringify(row.ownValues)};
}

/** The reverse of `writeLayerRow`. */
export function readLayerRow(row: SqlRow): LayerRow {
  return {
    tableName: String(row['table_name']), rowKey: String(row['row_key']), kind: row['kind'] === 'local' ? 'local' : 'patch',
    baseValues: JSON.parse(String(row['base_values'])) as LayerCells, ownValues: JSON.parse(String(row['own_values'])) as LayerCells,
  };
}

/** Big integers come as text from one database and as numbers from the other. */
function readHead(row: SqlRow): LayerHead {
  const head = fromRow<LayerHead>(row);
  return {...head, effectiveAt: Number(head.effectiveAt), madeAt: Number(head.madeAt)};
}

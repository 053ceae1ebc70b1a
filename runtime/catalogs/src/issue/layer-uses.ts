import {namedBy} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import type {BelowLayer, RowUse} from '../life/model.js';
import {versionsOf} from '../life/versions.js';
import {readLayerHeads, readLayerRows, readLayersOf} from './layer-store.js';
import type {LayerHead} from './model.js';

/** How many examples of a use are told. */
const mostExamples = 5;

/**
 * What units' own layers have to do with changes above. `layerUses` finds their rows that name rows of a catalog's main table: what goes out of use above would leave them
 * hanging; no row that is retired counts. `layersBelow` reads what they make of a catalog. Only the newest layer of an area counts.
 */
export function createLayerUses(store: Store): {layerUses(catalogId: string, keys: readonly string[]): Promise<readonly RowUse[]>; layersBelow(catalogId: string): Promise<readonly BelowLayer[]>} {
  const versions = versionsOf(store);
  return {
    async layersBelow(catalogId) {
      const newest = new Map((await readLayersOf(store.knex, catalogId)).map(layer => [layer.areaCode, layer]));
      const below: BelowLayer[] = [];
      for (const {id, kind, unitId, name} of newest.values()) if (kind !== 'ended') below.push({unitId, name, rows: await readLayerRows(store.knex, id)});
      return below;
    },
    async layerUses(catalogId, keys) {
      const newest = new Map<string, LayerHead>();
      for (const layer of await readLayerHeads(store.knex)) newest.set(`${layer.catalogId}|${layer.areaCode}`, layer);
      const found = new Map<string, string[]>();
      for (const layer of newest.values()) {
        if (layer.kind === 'ended') continue;
        const {tables} = (await versions.byId(layer.catalogId, layer.baseVersionId)).manifest;
        for (const row of await readLayerRows(store.knex, layer.id)) {
          if (row.ownValues['status'] === 'retired') continue;
          for (const reference of tables[row.tableName]?.references ?? []) {
            if (reference.catalog !== catalogId || (reference.table ?? catalogId) !== catalogId) continue;
            for (const value of namedBy(reference, row.ownValues[reference.column])) if (keys.includes(value)) found.set(value, [...(found.get(value) ?? []), `${layer.name} ${row.rowKey}`]);
          }
        }
      }
      return [...found].map(([key, examples]) => ({key, kind: 'data', count: examples.length, examples: examples.slice(0, mostExamples)}));
    },
  };
}

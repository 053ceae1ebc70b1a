import type {CatalogService} from '@banli/catalogs';
import {insertRows, newId, type Store} from '@banli/store';

/** A layer of limits and one of responsibility for every prefecture and county: a shorter limit, and everything else as above. @returns How many. */
export async function layEverywhere(store: Store, catalogs: CatalogService, at: number): Promise<number> {
  const heads: ReadonlyArray<{id: string; catalog_id: string; version: string}> = await store.knex('catalog_version').select('id', 'catalog_id', 'version');
  const headOf = (catalogId: string) => heads.find(head => head.catalog_id === catalogId) ?? {id: '', version: ''};
  const areas = (await catalogs.choices('areas', at)).choices.filter(choice => choice.more['level'] === '2' || choice.more['level'] === '3');
  await store.tx(async tx => {
    for (const [index, {key}] of areas.entries()) {
      for (const catalogId of ['limits', 'responsibility']) {
        const id = newId(at + index);
        await insertRows(tx, 'catalog_layer', [{
          id, catalog_id: catalogId, unit_id: `u${key}`, area_code: key, number: 1, name: `${headOf(catalogId).version}+${key}.1`, kind: 'confirmed', base_version_id: headOf(catalogId).id, base_layer_id: null, base_name: headOf(catalogId).version,
          areas_version_id: headOf('areas').id, issue_id: null, restored_from: null, effective_at: 0, made_at: at, made_by: 'bench', made_by_name: 'bench', reason: null,
        }]);
        const shorter = {table_name: 'limits', row_key: 'city|normal|resolve', kind: 'patch', base_values: JSON.stringify({value: '3'}), own_values: JSON.stringify({value: '2'})};
        if (catalogId === 'limits') await insertRows(tx, 'catalog_layer_row', [{layer_id: id, ...shorter}]);
      }
    }
  });
  await catalogs.close();
  await catalogs.start();
  const chosen = await catalogs.dispatch({matterCode: '020101', areaCode: areas[0]?.key ?? '', excludeUnitIds: [], at});
  if (!chosen.version.includes('+')) throw new Error('The layers do not hold.');
  return areas.length * 2;
}

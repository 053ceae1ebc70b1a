import {readCatalogFolder, type CatalogService, type CatalogSource, type PastOrder} from '@banli/catalogs';
import {insertRows, newId, type Store} from '@banli/store';
import {join} from 'node:path';
import {catalogsFolder, openShippedCalendars} from '../deadlines/calendars.js';
import {verdict, type Print} from '../measure.js';

const orders = 10_000;

/** Orders sent to their units, past ones under a draft of the rules, and the coverage report: with the shipped catalogs alone, and with a layer of every prefecture and county. @returns Whether 10,000 orders took 10 s at most each time. */
export async function benchDispatching(print: Print): Promise<boolean> {
  const {store, catalogs, close} = await openShippedCalendars();
  try {
    const at = Date.UTC(2026, 5, 1);
    const alone = await measure(catalogs, at, 'the shipped catalogs', print);
    const layers = await layEverywhere(store, catalogs, at);
    return (await measure(catalogs, at, `${layers} layers of prefectures and counties`, print)) && alone;
  } finally {
    await close();
  }
}

async function measure(catalogs: CatalogService, at: number, label: string, print: Print): Promise<boolean> {
  const matters = (await catalogs.choices('matters', at)).choices.filter(choice => choice.leaf && choice.status === 'active');
  const areas = (await catalogs.choices('areas', at)).choices.filter(choice => choice.status === 'active');
  const past = Array.from({length: orders}, (_, index): PastOrder => ({
    id: `o${index}`, number: `N${index}`, matterCode: matters[(index * 31) % matters.length]?.key ?? '', areaCode: areas[(index * 17) % areas.length]?.key ?? '', attributes: {...(index % 3 === 0 ? {serviceObject: 'enterprise'} : {}), channelCode: index % 5 === 0 ? 'line-12315' : 'phone', natureCode: 'complaint'}, leadUnitId: null,
  }));
  const draft = await changedRules();
  const sent = await seconds(async () => {
    for (const {matterCode, areaCode, attributes} of past) await catalogs.dispatch({matterCode, areaCode, attributes, excludeUnitIds: [], at});
  });
  const again = await seconds(async () => (await catalogs.reports.redispatch(past, at, {draft})).changed.length);
  const covered = await seconds(async () => (await catalogs.reports.coverage(at)).areas);
  const met = sent.took <= 10 && again.took <= 10;
  print(`\ndispatch with ${label}: ${orders} orders one by one in ${sent.took.toFixed(2)} s, as past ones under a draft in ${again.took.toFixed(2)} s (≤ 10), ${again.value} would go elsewhere · ${verdict(met)}; coverage of ${matters.length} matters × ${covered.value} areas in ${covered.took.toFixed(2)} s`);
  return met;
}

async function seconds<T>(work: () => Promise<T>): Promise<{readonly took: number; readonly value: T}> {
  const from = performance.now();
  const value = await work();
  return {took: (performance.now() - from) / 1_000, value};
}

/** A layer of limits and one of responsibility for every prefecture and county: a shorter limit, and everything else as above. @returns How many. */
async function layEverywhere(store: Store, catalogs: CatalogService, at: number): Promise<number> {
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

/** The shipped rules with one unit in the place of another. */
async function changedRules(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'responsibility'), 'responsibility');
  const path = 'data/responsibility.csv';
  return {name: 'responsibility', files: {...source.files, [path]: (source.files[path] ?? '').replaceAll(',650103,u650103004,', ',650103,u650103-centre,')}};
}

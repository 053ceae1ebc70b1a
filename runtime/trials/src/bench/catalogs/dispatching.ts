import {readCatalogFolder, type CatalogService, type CatalogSource, type PastOrder} from '@banli/catalogs';
import {join} from 'node:path';
import {catalogsFolder, openShippedCalendars} from '../deadlines/calendars.js';
import type {Print} from '../measure.js';
import {keptWithin, stretchOf, stretchText} from '../stretch.js';
import {layEverywhere} from './layers.js';

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
  const sent = await stretchOf(async () => {
    for (const {matterCode, areaCode, attributes} of past) await catalogs.dispatch({matterCode, areaCode, attributes, excludeUnitIds: [], at});
  });
  const again = await stretchOf(async () => (await catalogs.reports.redispatch(past, at, {draft})).changed.length);
  const covered = await stretchOf(async () => (await catalogs.reports.coverage(at)).areas);
  const [oneByOne, asPast] = [keptWithin(10, sent), keptWithin(10, again)];
  print(`\ndispatch with ${label}: ${orders} orders one by one in ${stretchText(sent, 2)} (≤ 10) · ${oneByOne.text}; as past ones under a draft in ${stretchText(again, 2)} (≤ 10) · ${asPast.text}, ${again.value} would go elsewhere`);
  print(`  coverage of ${matters.length} matters × ${covered.value} areas in ${stretchText(covered, 2)}`);
  return oneByOne.met && asPast.met;
}

/** The shipped rules with one unit in the place of another. */
async function changedRules(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'responsibility'), 'responsibility');
  const path = 'data/responsibility.csv';
  return {name: 'responsibility', files: {...source.files, [path]: (source.files[path] ?? '').replaceAll(',650103,u650103004,', ',650103,u650103-centre,')}};
}

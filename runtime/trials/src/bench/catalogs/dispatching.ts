import {readCatalogFolder, type CatalogService, type CatalogSource, type PastOrder} from '@banli/catalogs';
import {join} from 'node:path';
import {catalogsFolder, openShippedCalendars} from '../deadlines/calendars.js';
import {cpuMs, verdict, type Print} from '../measure.js';
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
  const sent = await seconds(async () => {
    for (const {matterCode, areaCode, attributes} of past) await catalogs.dispatch({matterCode, areaCode, attributes, excludeUnitIds: [], at});
  });
  const again = await seconds(async () => (await catalogs.reports.redispatch(past, at, {draft})).changed.length);
  const covered = await seconds(async () => (await catalogs.reports.coverage(at)).areas);
  const met = sent.took <= 10 && again.took <= 10;
  print(`\ndispatch with ${label}: ${orders} orders one by one in ${sent.text}, as past ones under a draft in ${again.text} (≤ 10 each), ${again.value} would go elsewhere · ${verdict(met)}; coverage of ${matters.length} matters × ${covered.value} areas in ${covered.text}`);
  return met;
}

async function seconds<T>(work: () => Promise<T>): Promise<{readonly took: number; readonly text: string; readonly value: T}> {
  const [from, used] = [performance.now(), cpuMs()];
  const value = await work();
  const took = (performance.now() - from) / 1_000;
  return {took, text: `${took.toFixed(2)} s (${((cpuMs() - used) / 1_000).toFixed(2)} s of CPU)`, value};
}

/** The shipped rules with one unit in the place of another. */
async function changedRules(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'responsibility'), 'responsibility');
  const path = 'data/responsibility.csv';
  return {name: 'responsibility', files: {...source.files, [path]: (source.files[path] ?? '').replaceAll(',650103,u650103004,', ',650103,u650103-centre,')}};
}

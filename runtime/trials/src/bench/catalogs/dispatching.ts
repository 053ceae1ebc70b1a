import {readCatalogFolder, type CatalogSource, type PastOrder} from '@banli/catalogs';
import {join} from 'node:path';
import {catalogsFolder, openShippedCalendars} from '../deadlines/calendars.js';
import {verdict, type Print} from '../measure.js';

const orders = 10_000;

/** Past orders under a draft of the rules, and the coverage report, with the shipped catalogs. @returns Whether 10,000 orders took 10 s at most. */
export async function benchDispatching(print: Print): Promise<boolean> {
  const {catalogs, close} = await openShippedCalendars();
  try {
    const at = Date.UTC(2026, 5, 1);
    const matters = (await catalogs.choices('matters', at)).choices.filter(choice => choice.leaf && choice.status === 'active');
    const areas = (await catalogs.choices('areas', at)).choices;
    const past = Array.from({length: orders}, (_, index): PastOrder => ({
      id: `o${index}`, number: `N${index}`, matterCode: matters[(index * 31) % matters.length]?.key ?? '', areaCode: areas[(index * 17) % areas.length]?.key ?? '', leadUnitId: null,
    }));
    const draft = await changedRules();
    const from = performance.now();
    const report = await catalogs.reports.redispatch(past, at, {draft});
    const took = (performance.now() - from) / 1_000;
    const covered = performance.now();
    const coverage = await catalogs.reports.coverage(at);
    const tookCoverage = (performance.now() - covered) / 1_000;
    print(`\ndispatch: ${report.orders} past orders under a draft in ${took.toFixed(2)} s (≤ 10), ${report.changed.length} would go elsewhere · ${verdict(took <= 10)}; coverage of ${coverage.matters} matters × ${coverage.areas} areas in ${tookCoverage.toFixed(2)} s`);
    return took <= 10;
  } finally {
    await close();
  }
}

/** The shipped rules with one unit in the place of another. */
async function changedRules(): Promise<CatalogSource> {
  const source = await readCatalogFolder(join(catalogsFolder, 'responsibility'), 'responsibility');
  const path = 'data/responsibility.csv';
  return {name: 'responsibility', files: {...source.files, [path]: (source.files[path] ?? '').replaceAll(',650103,u650103004,', ',650103,u650103-centre,')}};
}

import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';
import {createWorkingCalendar, type CalendarLayer, type CalendarStatus, type WorkingCalendar} from '@banli/time';

const {catalog} = readCatalog(readTextFiles(new URL('..', import.meta.url)));

/** Rows of one table of the calendars catalog. */
export function tableOf(name: string): readonly CatalogRow[] {
  return (catalog?.tables[name]?.entries ?? []).map(entry => entry.values);
}

/**
 * The working calendar as it was known on a day; without a day as it is known today.
 *
 * @param layers - Codes, the base first.
 * @param known - `YYYY-MM-DD`.
 */
export function calendarAsOf(layers: readonly string[], known = '9999-12-31'): WorkingCalendar {
  const announced = new Map(tableOf('notices').map(row => [row['code'], row['announcedOn'] ?? '']));
  const since = (code: string | undefined): string => (code === undefined ? '' : (announced.get(code) ?? ''));
  const current = tableOf('days').filter(row => since(row['noticeCode']) <= known);
  const earlier = tableOf('superseded-days').filter(row => since(row['noticeCode']) <= known && since(row['supersededBy']) > known);
  const years = tableOf('years').filter(row => since(row['noticeCode']) <= known && (row['noticeCode'] !== undefined || known > '9999'));
  const held = new Set(years.map(row => row['year']));
  return createWorkingCalendar(layers.map((layer): CalendarLayer => ({
    id: layer, titleZh: layer, titleEn: layer,
    years: years.filter(row => row['layer'] === layer).map(row => ({year: Number(row['year']), status: row['yearStatus'] as CalendarStatus, sourceRef: row['sourceRef'] ?? ''})),
    days: [...current, ...earlier].filter(row => row['layer'] === layer && held.has(row['date']?.slice(0, 4))).map(row => ({
      date: row['date'] ?? '', kind: row['kind'] === 'work' ? 'work' : 'off', titleZh: row['titleZh'] ?? '', titleEn: row['titleEn'] ?? '',
      status: row['dayStatus'] === 'provisional' ? 'provisional' : 'published', sourceRef: row['sourceRef'] ?? '',
    })),
    sessions: tableOf('office-hours').filter(row => row['layer'] === layer).map(row => ({season: row['season'] ?? '', from: row['seasonFrom'] ?? '', open: row['open'] ?? '', close: row['close'] ?? ''})),
  })));
}

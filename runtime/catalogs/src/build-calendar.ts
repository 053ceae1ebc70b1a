import {createWorkingCalendar, type CalendarLayer, type CalendarStatus, type WorkingCalendar} from '@banli/time';
import {catalogErrors} from './errors.js';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';

const built = new WeakMap<PublishedVersion, Map<string, WorkingCalendar>>();

/**
 * The working calendar of an area: the layer of the innermost area that has one, laid over its bases; areas without a layer use the
 * one that names no area. Built once per version.
 *
 * @param areaCodes - The area and its parents, innermost first.
 * @throws AppError `CATALOG_ROW_UNKNOWN` when no layer fits, `TIME_CALENDAR_INVALID` when the rows contradict each other.
 */
export function calendarOf(version: PublishedVersion, areaCodes: readonly string[]): WorkingCalendar {
  const rows = activeRows(version, 'calendars');
  const top = areaCodes.map(code => rows.find(row => row.values['areaCode'] === code)).find(row => row !== undefined) ?? rows.find(row => row.values['areaCode'] === undefined);
  if (!top) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key: areaCodes[0] ?? ''});
  const known = built.get(version) ?? new Map<string, WorkingCalendar>();
  built.set(version, known);
  const calendar = known.get(top.key) ?? createWorkingCalendar(layersOf(version, top.key));
  known.set(top.key, calendar);
  return calendar;
}

function layersOf(version: PublishedVersion, code: string): readonly CalendarLayer[] {
  const layers: CalendarLayer[] = [];
  for (let at: string | undefined = code; at !== undefined && layers.length < 8;) {
    const row: PublishedRow | undefined = version.tables.get('calendars')?.byKey.get(at);
    if (!row) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key: at});
    layers.unshift(readLayer(version, at, row.values['titleZh'] ?? at, row.values['titleEn'] ?? at));
    at = row.values['baseCode'];
  }
  return layers;
}

function readLayer(version: PublishedVersion, id: string, titleZh: string, titleEn: string): CalendarLayer {
  const own = (table: string) => activeRows(version, table).filter(row => row.values['layer'] === id).map(row => row.values);
  return {
    id, titleZh, titleEn,
    years: own('years').map(row => ({year: Number(row['year']), status: (row['yearStatus'] ?? 'provisional') as CalendarStatus, sourceRef: row['sourceRef'] ?? ''})),
    days: own('days').map(row => ({
      date: row['date'] ?? '', kind: row['kind'] === 'work' ? 'work' : 'off', titleZh: row['titleZh'] ?? '', titleEn: row['titleEn'] ?? '',
      status: (row['dayStatus'] ?? 'provisional') as CalendarStatus, sourceRef: row['sourceRef'] ?? '',
    })),
    sessions: own('office-hours').map(row => ({season: row['season'] ?? '', from: row['seasonFrom'] ?? '', open: row['open'] ?? '', close: row['close'] ?? ''})),
  };
}

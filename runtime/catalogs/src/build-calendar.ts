import {createWorkingCalendar, type CalendarLayer, type CalendarStatus, type WorkingCalendar} from '@banli/time';
import {contentErrors} from './content/errors.js';
import {catalogErrors} from './errors.js';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';

const built = new WeakMap<PublishedVersion, Map<string, WorkingCalendar>>();
/** Days as of which a version is asked are few; whoever asks for many does not fill the memory. */
const mostBuilt = 64;

/** Which notices count: all, or those announced by a day (`YYYY-MM-DD`). */
export type KnownOn = string | null;

/**
 * The working calendar of an area: the layer of the innermost area that has one, laid over its bases; areas without a layer use the
 * one that names no area. Built once per version, and once for each day as of which it was asked.
 *
 * @param areaCodes - The area and its parents, innermost first.
 * @param knownOn - A day: years and days whose notice came later are left out, days that a later notice changed are as they were.
 * @throws AppError `CATALOG_ROW_UNKNOWN` when no layer fits, `CATALOG_CONTENT_CALENDAR_CIRCLE` when its bases lead back to it, `TIME_CALENDAR_INVALID` when the rows contradict each other.
 */
export function calendarOf(version: PublishedVersion, areaCodes: readonly string[], knownOn: KnownOn = null): WorkingCalendar {
  const rows = activeRows(version, 'calendars');
  const top = areaCodes.map(code => rows.find(row => row.values['areaCode'] === code)).find(row => row !== undefined) ?? rows.find(row => row.values['areaCode'] === undefined);
  if (!top) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key: areaCodes[0] ?? ''});
  const known = built.get(version) ?? new Map<string, WorkingCalendar>();
  built.set(version, known);
  const key = `${top.key}|${knownOn ?? ''}`;
  const calendar = known.get(key) ?? createWorkingCalendar(layersOf(version, top.key, knownOn));
  if (!known.has(key) && known.size >= mostBuilt) known.clear();
  known.set(key, calendar);
  return calendar;
}

function layersOf(version: PublishedVersion, code: string, knownOn: KnownOn): readonly CalendarLayer[] {
  const layers: CalendarLayer[] = [];
  const seen: string[] = [];
  for (let at: string | undefined = code; at !== undefined;) {
    if (seen.includes(at)) throw contentErrors.CALENDAR_CIRCLE({key: at, path: [...seen.slice(seen.indexOf(at)), at].join(' → ')});
    seen.push(at);
    const row: PublishedRow | undefined = version.tables.get('calendars')?.byKey.get(at);
    if (!row) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key: at});
    layers.unshift(readLayer(version, at, row.values['titleZh'] ?? at, row.values['titleEn'] ?? at, knownOn));
    at = row.values['baseCode'];
  }
  return layers;
}

function readLayer(version: PublishedVersion, id: string, titleZh: string, titleEn: string, knownOn: KnownOn): CalendarLayer {
  const own = (table: string) => activeRows(version, table).filter(row => row.values['layer'] === id).map(row => row.values);
  const known = noticesKnown(version, knownOn);
  const years = own('years').filter(row => known(row['noticeCode']));
  const listed = new Set(years.map(row => row['year']));
  const earlier = knownOn === null ? [] : own('superseded-days').filter(row => known(row['noticeCode']) && !known(row['supersededBy']));
  const days = [...own('days').filter(row => known(row['noticeCode'])), ...earlier].filter(row => knownOn === null || listed.has(row['date']?.slice(0, 4)));
  return {
    id, titleZh, titleEn,
    years: years.map(row => ({year: Number(row['year']), status: (row['yearStatus'] ?? 'provisional') as CalendarStatus, sourceRef: row['sourceRef'] ?? ''})),
    days: days.map(row => ({
      date: row['date'] ?? '', kind: row['kind'] === 'work' ? 'work' : 'off', titleZh: row['titleZh'] ?? '', titleEn: row['titleEn'] ?? '',
      status: row['dayStatus'] === undefined && row['supersededBy'] !== undefined ? 'published' : ((row['dayStatus'] ?? 'provisional') as CalendarStatus), sourceRef: row['sourceRef'] ?? '',
    })),
    sessions: own('office-hours').map(row => ({season: row['season'] ?? '', from: row['seasonFrom'] ?? '', open: row['open'] ?? '', close: row['close'] ?? ''})),
  };
}

/** Whether a notice was announced by the day; what rests on no notice was nobody's to know. */
function noticesKnown(version: PublishedVersion, knownOn: KnownOn): (notice: string | undefined) => boolean {
  if (knownOn === null) return () => true;
  const announced = new Map(activeRows(version, 'notices').map(row => [row.key, row.values['announcedOn'] ?? '']));
  return notice => notice !== undefined && (announced.get(notice) ?? '9999-12-31') <= knownOn;
}

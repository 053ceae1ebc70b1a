import {fileURLToPath} from 'node:url';
import {createCatalogService, type CatalogService} from '@banli/catalogs';
import {createStore, type Store} from '@banli/store';
import {createTestClock, parseMoment, type WorkingCalendar} from '@banli/time';
import type {CatalogRow} from '@banli/formats/catalogs';

/** The folder of the catalogs that ship with Banli. */
export const catalogsFolder = fileURLToPath(new URL('../../../../../catalogs', import.meta.url));

/** The shipped catalogs, published in a database in memory; `days` are the rows of the calendar itself, to check against. */
export interface ShippedCalendars {
  readonly store: Store;
  readonly catalogs: CatalogService;
  readonly calendar: WorkingCalendar;
  readonly days: readonly CatalogRow[];
  readonly years: readonly CatalogRow[];
  close(): Promise<void>;
}

/** Publishes the shipped catalogs and takes the national calendar from them. */
export async function openShippedCalendars(): Promise<ShippedCalendars> {
  const store = createStore('sqlite::memory:');
  await store.migrate();
  const clock = createTestClock(parseMoment('2026-06-01 10:00'));
  const catalogs = createCatalogService(store, clock);
  await catalogs.publishFolders(catalogsFolder, 'bench');
  const at = clock.now();
  const {calendar} = await catalogs.calendar('000000', at);
  return {
    store, catalogs, calendar,
    days: (await catalogs.rows('calendars', at, 'days')).filter(row => row['layer'] === calendar.id && row['status'] !== 'retired'),
    years: (await catalogs.rows('calendars', at, 'years')).filter(row => row['layer'] === calendar.id),
    close: async () => {
      await catalogs.close();
      await store.close();
    },
  };
}

import {join} from 'node:path';
import {createCatalogService, readCatalogFolder, type CatalogService} from '@banli/catalogs';
import type {PlanDeps} from '@banli/deadlines';
import type {CatalogRow} from '@banli/formats/catalogs';
import {dueOf, parseMoment, type Clock} from '@banli/time';
import {catalogsFolder} from './calendars.js';
import {benchFacts, noClockBegins, type BenchChange, type BenchClock} from './recompute.js';

const startedAt = parseMoment('2026-06-01 10:00');
const changed = '2026.99.0';

/** Every limit of a resolution one longer, asked of the real service with the shipped catalogs; the cases lie in all matters and all areas. */
export const limitChange: BenchChange = {
  label: 'limits', catalogId: 'limits', at: '2026-06-01 11:00',
  async open(store, clock) {
    const service = createCatalogService(store, clock);
    await service.publishFolders(catalogsFolder, 'bench');
    const clocks = await clocksOf(service, clock);
    const {files} = await readCatalogFolder(join(catalogsFolder, 'limits'), 'limits');
    const longer = Object.entries(files).map(([name, text]) => [name, name.endsWith('.csv') ? text.replace(/,resolve,(\d+),/g, (_all, value: string) => `,resolve,${Number(value) + 1},`) : text.replace(/^version: .*$/m, `version: ${changed}`)] as const);
    await service.publish([{name: 'limits', files: Object.fromEntries(longer)}], 'bench');
    return {catalogs: planCatalogs(service), rowOf: index => needClock(clocks, index)};
  },
};

function needClock(clocks: readonly BenchClock[], index: number): BenchClock {
  const found = clocks[index % clocks.length];
  if (!found) throw new Error('There is no matter and no area.');
  return found;
}

/** The service as it is, but only limits are published: plans of other catalogs would look at every case, too. */
function planCatalogs(service: CatalogService): PlanDeps['catalogs'] {
  return {
    limit: noClockBegins,
    calendar: (area, at, tx) => service.calendar(area, at, tx),
    calendarOfVersion: (area, version, tx) => service.calendarOfVersion(area, version, tx),
    limitBy: (lookup, tx) => service.limitBy(lookup, tx),
    limitMatter: (version, code, tx) => service.limitMatter(version, code, tx),
    limitLevel: (area, tx) => service.limitLevel(area, tx),
    receiverTitles: (version, tx) => service.receiverTitles(version, tx),
    isLayered: (catalog, area, at, tx) => service.isLayered(catalog, area, at, tx),
    layersOf: (catalog, tx) => service.layersOf(catalog, tx),
    versionThrough: (catalog, layer, area, at, tx) => service.versionThrough(catalog, layer, area, at, tx),
    versionsOf: async (catalog, tx) => (catalog === 'limits' ? (await service.versionsOf(catalog, tx)).filter(({version}) => version === changed) : catalog === 'matters' ? service.versionsOf(catalog, tx) : []),
  };
}

/** Pairs of matter and area; cases behind them begin again with the first. */
const mostPlaces = 20_000;

/** A clock for each pair of matter and area, under the limits that are shipped. */
async function clocksOf(service: CatalogService, clock: Clock): Promise<readonly BenchClock[]> {
  const at = clock.now();
  const codes = (rows: readonly CatalogRow[]): readonly string[] => rows.flatMap(row => (row['status'] === 'retired' || !row['code'] ? [] : [row['code']]));
  const [matters, areas] = [codes(await service.rows('matters', at)), codes(await service.rows('areas', at))];
  const clocks: BenchClock[] = [];
  for (let turn = 0; turn < mostPlaces; turn += 1) clocks.push(await clockOf(service, matters[turn % matters.length] ?? '', areas[turn % areas.length] ?? '', at));
  return clocks;
}

async function clockOf(service: CatalogService, matter: string, areaCode: string, at: number): Promise<BenchClock> {
  const asked = {matter, urgency: 'normal', kind: 'resolve'} as const;
  const {limit, warnBeforeMs, row, version, source, text, ladder, warnReceivers} = await service.limit({matterCode: matter, urgency: asked.urgency, kind: asked.kind, areaCode, at});
  const {calendar, version: calendarVersion} = await service.calendar(areaCode, at);
  const dueAt = dueOf({startAt: startedAt, limit}, calendar) ?? startedAt;
  const facts = benchFacts(areaCode, {limit, warnBeforeMs, origin: {catalog: 'limits', version, row, source, text}, ladder: ladder.map(({after, text: measure, receivers}) => ({after, text: measure, receivers})), warnReceivers}, asked);
  return {started_at: startedAt, due_at: dueAt, warn_at: dueAt - (warnBeforeMs ?? 0), critical_at: dueAt - 14_400_000, calendar_version: calendarVersion, ...facts};
}

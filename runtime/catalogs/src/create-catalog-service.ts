import {basename, resolve} from 'node:path';
import type {Store, Tx} from '@banli/store';
import {dayOf, formatDate, parseDate, type Clock} from '@banli/time';
import {calendarOf} from './build-calendar.js';
import {chainOf} from './chain-of.js';
import {choicesOf, leavesOf, titleOf} from './choices.js';
import {candidatesOf, type MatterCandidate} from './dispatch/candidates.js';
import {createDispatchReports, type DispatchReports} from './dispatch/dispatch-reports.js';
import {elementTablesOf} from './element-tables.js';
import {catalogErrors} from './errors.js';
import {findHandling} from './find-handling.js';
import {findLead} from './find-lead.js';
import {findLimit, limitOfRow} from './find-limit.js';
import {publishCatalogs, type CatalogSource, type PublishResult} from './publish.js';
import {readCatalogFolder, readCatalogFolders} from './read-folder.js';
import {rowTitle, type ElsewhereTitle} from './row-title.js';
import {searchMatters, type MatterMatch} from './search-matters.js';
import type {CatalogRowAt, CatalogService, CatalogSummary, DispatchAnswer, DispatchRequest, LimitRequest, VersionAt} from './service.js';
import {VersionStore, type VersionStoreOptions} from './version-store.js';
import type {PublishedRow, PublishedVersion} from './version.js';

/** Makes the one query service for catalogs; see `CatalogService`. */
export function createCatalogService(store: Store, clock: Clock, options: VersionStoreOptions = {}): CatalogService {
  return new StoredCatalogService(store, clock, new VersionStore(store, options));
}

class StoredCatalogService implements CatalogService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #versions: VersionStore;

  readonly reports: DispatchReports;

  constructor(store: Store, clock: Clock, versions: VersionStore) {
    this.reports = createDispatchReports(versions);
    this.#store = store;
    this.#clock = clock;
    this.#versions = versions;
  }

  start(): Promise<void> {
    return this.#versions.refresh(this.#clock.now());
  }

  close(): Promise<void> {
    return this.#versions.settle();
  }

  async publish(sources: readonly CatalogSource[], by: string): Promise<readonly PublishResult[]> {
    return this.#versions.whileBusy(async () => {
      const results = await publishCatalogs(this.#store, sources, by, this.#clock.now());
      await this.start();
      return results;
    });
  }

  async publishFolder(folder: string, by: string): Promise<readonly PublishResult[]> {
    return this.publish([await readCatalogFolder(resolve(folder), basename(resolve(folder)))], by);
  }

  async publishFolders(root: string, by: string): Promise<readonly PublishResult[]> {
    return this.publish(await readCatalogFolders(resolve(root)), by);
  }

  async list(at: number): Promise<readonly CatalogSummary[]> {
    const heads = [...(await this.#versions.heads(at)).values()].flatMap(versions => versions.findLast(head => head.effectiveAt <= at) ?? []);
    return heads.map(head => ({
      id: head.catalogId, kind: head.kind, title: {'zh-CN': head.titleZh, en: head.titleEn}, owner: head.owner, version: head.version,
      effectiveFrom: formatDate(dayOf(head.effectiveAt)), publishedAt: head.publishedAt, rows: head.rowCount,
    }));
  }

  async rows(catalogId: string, at: number, table = catalogId): Promise<ReadonlyArray<PublishedRow['values']>> {
    const version = await this.#versions.versionAt(catalogId, at);
    return (version.tables.get(table)?.rows ?? []).map(row => row.values);
  }

  async row(catalogId: string, key: string, at: number, table = catalogId): Promise<CatalogRowAt> {
    const version = await this.#versions.versionAt(catalogId, at);
    const row = needRow(version, key, table);
    return {key: row.key, values: row.values, title: titleOf(row), status: row.values['status'] === 'retired' ? 'retired' : 'active', version: version.head.version};
  }

  async checkRow(catalogId: string, key: string, at: number): Promise<{readonly title: string; readonly version: string}> {
    const version = await this.#versions.versionAt(catalogId, at);
    const row = needActiveRow(version, key);
    if (catalogId === 'matters') needLeaf(version, row);
    return {title: titleOf(row)['zh-CN'], version: version.head.version};
  }

  async title(catalogId: string, key: string, at: number): Promise<string> {
    const row = (await this.#knownAt(catalogId, at))?.tables.get(catalogId)?.byKey.get(key);
    return row ? titleOf(row)['zh-CN'] : key;
  }

  async rowTitle(catalogId: string, key: string, at: number, elsewhere: ElsewhereTitle = () => null) {
    const version = await this.#knownAt(catalogId, at);
    return version && rowTitle(version, key, other => this.#knownAt(other, at), elsewhere);
  }

  async elements(catalogId: string, at: number, tx?: Tx) {
    const version = await this.#knownAt(catalogId, at, tx);
    return version && elementTablesOf(version);
  }

  async branches(catalogId: string, key: string, at: number, tx?: Tx): Promise<readonly string[]> {
    const version = await this.#knownAt(catalogId, at, tx);
    return version ? chainOf(version, key).map(row => row.key) : [];
  }

  async #knownAt(catalogId: string, at: number, tx?: Tx): Promise<PublishedVersion | null> {
    const known = (await this.#versions.heads(at, tx)).get(catalogId)?.some(head => head.effectiveAt <= at);
    return known ? this.#versions.versionAt(catalogId, at, tx) : null;
  }

  async choices(catalogId: string, at: number) {
    const version = await this.#versions.versionAt(catalogId, at);
    return {version: version.head.version, choices: choicesOf(version)};
  }

  async searchMatters(text: string, at: number, limit: number): Promise<readonly MatterMatch[]> {
    return searchMatters(await this.#versions.versionAt('matters', at), text, limit, await this.#knownAt('elements', at));
  }

  async candidates(text: string, at: number, most: number): Promise<readonly MatterCandidate[]> {
    return candidatesOf(await this.searchMatters(text, at, most + 1), most);
  }

  async dispatch(request: DispatchRequest, tx?: Tx): Promise<DispatchAnswer> {
    const {at, excludeUnitIds} = request;
    const matters = await this.#versions.versionAt('matters', at, tx);
    const areas = await this.#versions.versionAt('areas', at, tx);
    const responsibility = await this.#versions.versionAt('responsibility', at, tx);
    const limits = await this.#versions.versionAt('limits', at, tx);
    const matter = needActiveRow(matters, request.matterCode);
    needLeaf(matters, matter);
    needActiveRow(areas, request.areaCode);
    const lead = findLead(responsibility, {areas: chainOf(areas, request.areaCode), matters: chainOf(matters, matter.key), excludeUnitIds});
    const group = matter.values['groupCode'] ?? '';
    const urgency = request.urgency ?? matter.values['urgencyCode'] ?? '';
    const question = {group, urgency, ...(await this.#limitPlace(request, at, tx))};
    return {...lead, version: responsibility.head.version, handling: findHandling(matters, chainOf(matters, matter.key)), limits: {respond: findLimit(limits, question, 'respond'), resolve: findLimit(limits, question, 'resolve')}};
  }

  async limit(request: LimitRequest, tx?: Tx) {
    const matters = await this.#versions.versionAt('matters', request.at, tx);
    const matter = needRow(matters, request.matterCode, 'matters');
    const question = {group: matter.values['groupCode'] ?? '', urgency: request.urgency, ...(await this.#limitPlace(request, request.at, tx))};
    const found = findLimit(await this.#versions.versionAt('limits', request.at, tx), question, request.kind);
    if (!found) throw catalogErrors.LIMIT_MISSING({kind: request.kind, matter: request.matterCode, urgency: request.urgency});
    return found;
  }

  /** What the matrix of limits asks besides: the industries from the inside out, and the level of the area or the nearest one that is listed. */
  async #limitPlace(request: {readonly areaCode?: string; readonly industryCode?: string}, at: number, tx?: Tx): Promise<{readonly industries: readonly string[]; readonly level: string | null}> {
    const {areaCode, industryCode} = request;
    const industries = industryCode === undefined ? [] : chainOf(await this.#versions.versionAt('industries', at, tx), industryCode).map(row => row.key);
    if (areaCode === undefined) return {industries, level: null};
    const [nearest] = await this.#areaChain(areaCode, at, tx);
    const areas = await this.#versions.versionAt('areas', at, tx);
    return {industries, level: (nearest === undefined ? undefined : areas.tables.get('areas')?.byKey.get(nearest)?.values['level']) ?? null};
  }

  async calendar(areaCode: string, at: number, tx?: Tx) {
    const version = await this.#versions.versionAt('calendars', at, tx);
    return {calendar: calendarOf(version, await this.#areaChain(areaCode, at, tx)), version: version.head.version};
  }

  async calendarKnownOn(areaCode: string, knownOn: string, at: number) {
    const version = await this.#versions.versionAt('calendars', at);
    return {calendar: calendarOf(version, await this.#areaChain(areaCode, at), formatDate(parseDate(knownOn))), version: version.head.version};
  }

  async calendarOfVersion(areaCode: string, number: string, tx?: Tx) {
    const now = this.#clock.now();
    const version = await this.#versions.versionNamed('calendars', number, now, tx);
    return version && {calendar: calendarOf(version, await this.#areaChain(areaCode, now, tx)), version: number};
  }

  async limitOfRow(number: string, row: string, tx?: Tx) {
    const version = await this.#versions.versionNamed('limits', number, this.#clock.now(), tx);
    return version && limitOfRow(version, row);
  }

  async versionsOf(catalogId: string, tx?: Tx): Promise<readonly VersionAt[]> {
    const heads = (await this.#versions.heads(this.#clock.now(), tx)).get(catalogId) ?? [];
    return heads.map(({version, effectiveAt, publishedAt}) => ({version, effectiveAt, publishedAt}));
  }

  async #areaChain(areaCode: string, at: number, tx?: Tx): Promise<readonly string[]> {
    const areas = await this.#versions.versionAt('areas', at, tx);
    const known = nearestAreas(areaCode).find(code => areas.tables.get('areas')?.byKey.has(code));
    return known === undefined ? [] : chainOf(areas, known).map(row => row.key);
  }
}

function needRow(version: PublishedVersion, key: string, table: string): PublishedRow {
  const row = version.tables.get(table)?.byKey.get(key);
  if (!row) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key});
  return row;
}

function needActiveRow(version: PublishedVersion, key: string): PublishedRow {
  const {catalogId} = version.head;
  const row = needRow(version, key, catalogId);
  if (row.values['status'] === 'retired') throw catalogErrors.ROW_RETIRED({catalog: catalogId, key, title: titleOf(row)['zh-CN'], version: version.head.version});
  return row;
}

function needLeaf(version: PublishedVersion, row: PublishedRow): void {
  if (!leavesOf(version).has(row.key)) throw catalogErrors.MATTER_NOT_LEAF({key: row.key, title: titleOf(row)['zh-CN']});
}

/** The code itself and the codes above it by its digits (GB/T 2260: two each for province, prefecture, county; three each below). */
function nearestAreas(code: string): readonly string[] {
  const digits = /^\d{2,12}$/.test(code) ? code : '';
  return [code, digits.slice(0, 9), digits.slice(0, 6), digits.slice(0, 4).padEnd(6, '0'), digits.slice(0, 2).padEnd(6, '0')];
}

import {basename, resolve} from 'node:path';
import {requiredElements} from '@banli/formats/catalogs';
import type {Store, Tx} from '@banli/store';
import {dayOf, formatDate, parseDate, type Clock} from '@banli/time';
import {areaChainOf} from './area-chain.js';
import {calendarOf} from './build-calendar.js';
import {chainOf} from './chain-of.js';
import {changesSince} from './changes-since.js';
import {choicesOf, leavesOf, titleOf} from './choices.js';
import {createDispatchRules, type DispatchRules} from './dispatch/dispatch-rules.js';
import {createDispatchReports, type DispatchReports} from './dispatch/dispatch-reports.js';
import {createWordHints, type WordHints} from './dispatch/word-hints.js';
import {elementTablesOf} from './element-tables.js';
import {catalogErrors} from './errors.js';
import {findHandling} from './find-handling.js';
import {attributeValues} from './attribute-values.js';
import {findLead} from './find-lead.js';
import {findLimit, limitOfRow, type FoundLimit} from './find-limit.js';
import {findSupervisor} from './find-supervisor.js';
import {effectivePage, type EffectivePage, type EffectiveQuery} from './issue/effective-rows.js';
import {guidanceFor, type GuidanceQuestion} from './guidance.js';
import {handlersOf, handlingOf, mayHandle} from './issue/handling.js';
import {hearMatters} from './hear-matters.js';
import {lastChangeFor} from './issue/last-change.js';
import {limitOrigin} from './issue/limit-origin.js';
import {originsOf, type RowOrigins} from './issue/origins.js';
import {publishCatalogs, type CatalogSource, type FileReferences, type PublishResult} from './publish.js';
import {readCatalogFolder, readCatalogFolders} from './read-folder.js';
import {rowTitle, type ElsewhereTitle} from './row-title.js';
import {searchEnterprises} from './search-enterprises.js';
import {levelOf, limitPlace, limitQuestion, matterKeyOf} from './limit-place.js';
import {prepareSearches, searchMatters, type MatterMatch} from './search-matters.js';
import type {CatalogRowAt, CatalogService, CatalogSummary, ChangesPage, ChangesQuery, DispatchAnswer, DispatchRequest, LayerAt, LimitLookup, LimitRequest, VersionAt} from './service.js';
import {VersionStore, type VersionStoreOptions} from './version-store.js';
import {handlingTable} from './handling-problems.js';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';

/** Makes the one query service for catalogs; see `CatalogService`. */
export function createCatalogService(store: Store, clock: Clock, options: VersionStoreOptions = {}): CatalogService {
  return new StoredCatalogService(store, clock, new VersionStore(store, options, prepareSearches));
}

class StoredCatalogService implements CatalogService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #versions: VersionStore;

  readonly reports: DispatchReports;
  readonly words: WordHints = createWordHints((id, at, areaCode) => this.#known(id, at, areaCode));
  readonly dispatchRules: DispatchRules = createDispatchRules((id, at, areaCode) => this.#known(id, at, areaCode));

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

  async publish(sources: readonly CatalogSource[], by: string, outside?: FileReferences): Promise<readonly PublishResult[]> {
    return this.#versions.whileBusy(async () => {
      const results = await publishCatalogs(this.#store, sources, by, this.#clock.now(), outside);
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
    const versions = await Promise.all(heads.map(head => this.#versions.versionById(head.catalogId, head.id)));
    return versions.map(({head, manifest}) => ({
      issuable: Object.values(manifest.tables).some(table => table.issue), id: head.catalogId, kind: head.kind, title: {'zh-CN': head.titleZh, en: head.titleEn}, owner: head.owner, version: head.version,
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

  async checkRow(catalogId: string, key: string, at: number, areaCode?: string): Promise<{readonly title: string; readonly version: string}> {
    const version = await this.#holding(catalogId, at, areaCode);
    const row = needActiveRow(version, key);
    if (catalogId === 'matters') needLeaf(version, row);
    return {title: titleOf(row)['zh-CN'], version: version.head.version};
  }

  async title(catalogId: string, key: string, at: number): Promise<string> {
    const row = (await this.#having(catalogId, key, at))?.tables.get(catalogId)?.byKey.get(key);
    return row ? titleOf(row)['zh-CN'] : key;
  }

  async rowTitle(catalogId: string, key: string, at: number, elsewhere: ElsewhereTitle = () => null) {
    const version = await this.#having(catalogId, key, at);
    return version && rowTitle(version, key, other => this.#versions.knownAt(other, at), elsewhere);
  }

  async cell(catalogId: string, key: string, column: string, at: number): Promise<string | null> {
    return (await this.#having(catalogId, key, at))?.tables.get(catalogId)?.byKey.get(key)?.values[column] ?? null;
  }

  async elements(catalogId: string, at: number, tx?: Tx, areaCode?: string) {
    const version = (await this.#versions.knownAt(catalogId, at, tx)) && (await this.#holding(catalogId, at, areaCode, tx));
    return version && elementTablesOf(version);
  }

  async matterForms() {
    const now = this.#clock.now();
    const heads = (await this.#versions.heads(now)).get(handlingTable.catalog) ?? [];
    const current = heads.findLast(head => head.effectiveAt <= now);
    const found: Record<string, Record<string, readonly string[]>> = {};
    for (const head of heads.filter(each => each === current || each.effectiveAt > now)) {
      for (const {key, values: {processCode = '', formCode = ''}} of activeRows(await this.#versions.versionById(handlingTable.catalog, head.id), handlingTable.table)) {
        const forms = (found[processCode] ??= {});
        forms[formCode] = [...new Set([...(forms[formCode] ?? []), key])];
      }
    }
    return found;
  }

  async requiredElements() {
    const now = this.#clock.now();
    const found: Record<string, Record<string, readonly string[]>> = {};
    const note = (catalogId: string, version: PublishedVersion): void => {
      const own = (found[catalogId] ??= {});
      for (const [code, by] of requiredElements(elementTablesOf(version))) own[code] = [...new Set([...(own[code] ?? []), ...by])];
    };
    for (const [catalogId, heads] of await this.#versions.heads(now)) {
      const current = heads.findLast(head => head.effectiveAt <= now);
      for (const head of heads.filter(each => each === current || each.effectiveAt > now)) {
        const version = await this.#versions.versionById(catalogId, head.id);
        if (!version.tables.has('elements') || !version.tables.has('uses')) break;
        note(catalogId, version);
      }
      for (const layer of found[catalogId] ? await this.#layersFrom(catalogId, now) : []) note(catalogId, layer);
    }
    return found;
  }

  async branches(catalogId: string, key: string, at: number, tx?: Tx): Promise<readonly string[]> {
    const version = await this.#versions.knownAt(catalogId, at, tx);
    return version ? chainOf(version, key).map(row => row.key) : [];
  }

  /** What holds for an area, or what the owner published where none is named. */
  async #holding(catalogId: string, at: number, areaCode?: string, tx?: Tx): Promise<PublishedVersion> {
    const hasLayers = areaCode !== undefined && (await this.#versions.layerHeads(catalogId, at, tx)).size > 0;
    return hasLayers ? this.#versions.versionFor(catalogId, await this.#areaChain(areaCode, at, tx), at, tx) : this.#versions.versionAt(catalogId, at, tx);
  }

  /** As `#holding`; `null` for an unknown catalog. */
  async #known(catalogId: string, at: number, areaCode?: string): Promise<PublishedVersion | null> {
    return (await this.#versions.knownAt(catalogId, at)) ? this.#holding(catalogId, at, areaCode) : null;
  }

  /** What the owner published, or the newest layer that has a row the owner does not: rows of a unit's own are named wherever their key is shown. `null` for unknown catalogs. */
  async #having(catalogId: string, key: string, at: number): Promise<PublishedVersion | null> {
    const published = await this.#versions.knownAt(catalogId, at);
    if (!published || [...published.tables.values()].some(table => table.byKey.has(key))) return published;
    const layers = [...(await this.#versions.layerHeads(catalogId, at)).values()].flat().filter(layer => layer.kind !== 'ended').sort((a, b) => b.madeAt - a.madeAt);
    for (const layer of layers) {
      const laid = await this.#versions.laid(layer);
      if ([...laid.tables.values()].some(table => table.byKey.has(key))) return laid;
    }
    return published;
  }

  /** Layers that hold at a moment, and those that will. */
  async #layersFrom(catalogId: string, at: number): Promise<readonly PublishedVersion[]> {
    const areas = [...(await this.#versions.layerHeads(catalogId, at)).values()];
    const heads = areas.flatMap(list => list.slice(Math.max(0, list.findLastIndex(layer => layer.effectiveAt <= at)))).filter(layer => layer.kind !== 'ended');
    return Promise.all(heads.map(head => this.#versions.laid(head)));
  }

  async choices(catalogId: string, at: number, areaCode?: string) {
    const version = await this.#holding(catalogId, at, areaCode);
    return {version: version.head.version, choices: choicesOf(version)};
  }

  async searchMatters(text: string, at: number, limit: number, areaCode?: string): Promise<readonly MatterMatch[]> {
    const elements = (await this.#versions.knownAt('elements', at)) && (await this.#holding('elements', at, areaCode));
    return searchMatters(await this.#holding('matters', at, areaCode), text, limit, elements);
  }

  async hearMatters(text: string, at: number, limit: number, areaCode?: string): Promise<readonly MatterMatch[]> {
    return hearMatters(await this.#holding('matters', at, areaCode), text, limit, await this.searchMatters(text, at, limit, areaCode));
  }

  async searchEnterprises(text: string, at: number, limit: number) {
    return searchEnterprises(await this.#versions.versionAt('enterprises', at), text, limit);
  }

  async dispatch(request: DispatchRequest, tx?: Tx): Promise<DispatchAnswer> {
    const {at, excludeUnitIds} = request;
    const matters = await this.#versions.versionAt('matters', at, tx);
    const areas = await this.#versions.versionAt('areas', at, tx);
    const chain = await this.#areaChain(request.areaCode, at, tx);
    const responsibility = await this.#versions.versionFor('responsibility', chain, at, tx);
    const limits = await this.#versions.versionFor('limits', chain, at, tx);
    const matter = needActiveRow(matters, request.matterCode);
    needLeaf(matters, matter);
    needActiveRow(areas, request.areaCode);
    const branches = chainOf(matters, matter.key);
    const group = matter.values['groupCode'] ?? '';
    const urgency = request.urgency ?? matter.values['urgencyCode'] ?? '';
    const attributes = {...request.attributes, ...(urgency === '' ? {} : {urgencyCode: urgency})};
    const asked = {areas: chainOf(areas, request.areaCode), matters: branches, excludeUnitIds, attributes};
    const found = findLead(responsibility, asked);
    // Words for values are looked up only where an attribute decided.
    const lead = found.attributes.length === 0 ? found : findLead(responsibility, {...asked, values: await attributeValues(this.#versions, at, tx)});
    const question = {group, urgency, ...(await limitPlace(this.#versions, {...request, urgency}, branches, at, tx))};
    return {...lead, version: responsibility.head.version, handling: findHandling(matters, branches), limits: {respond: await this.#withOwn(findLimit(limits, question, 'respond'), areas), resolve: await this.#withOwn(findLimit(limits, question, 'resolve'), areas)}};
  }

  async matterHandling(matterCode: string, at: number, tx?: Tx) {
    const version = await this.#versions.knownAt('matters', at, tx);
    return version?.tables.get('matters')?.byKey.has(matterCode) ? findHandling(version, chainOf(version, matterCode)) : null;
  }

  async limit(request: LimitRequest, tx?: Tx) {
    const matters = await this.#versions.versionAt('matters', request.at, tx);
    const matter = request.matterCode === null ? null : needRow(matters, request.matterCode, 'matters');
    const question = await limitQuestion(this.#versions, request, {matters, matter, at: request.at}, tx);
    const chain = request.areaCode === undefined ? [] : await this.#areaChain(request.areaCode, request.at, tx);
    const found = findLimit(await this.#versions.versionFor('limits', chain, request.at, tx), question, request.kind);
    if (!found) throw catalogErrors.LIMIT_MISSING({kind: request.kind, matter: request.matterCode ?? '*', urgency: question.urgency});
    return found;
  }

  async industrySupervisor({matterCode, areaCode, at, industryCode}: {readonly matterCode: string; readonly areaCode: string; readonly industryCode?: string; readonly at: number}, tx?: Tx) {
    const [list, matters] = [await this.#versions.knownAt('industries', at, tx), await this.#versions.knownAt('matters', at, tx)];
    if (!list || !matters) return null;
    const code = industryCode ?? chainOf(matters, matterCode).find(row => row.values['industryCode'] !== undefined)?.values['industryCode'];
    return code === undefined ? null : findSupervisor(list, {industries: chainOf(list, code).map(row => row.key), areas: await this.#areaChain(areaCode, at, tx)});
  }

  async limitBy({limitsVersion, mattersVersion, matterCode, urgency, kind, ...place}: LimitLookup, tx?: Tx) {
    const now = this.#clock.now();
    const matters = mattersVersion === null ? await this.#versions.versionAt('matters', now, tx) : await this.#versions.versionNamed('matters', mattersVersion, now, tx);
    const limits = await this.#versions.versionNamed('limits', limitsVersion, now, tx);
    const matter = matterCode === null ? null : matters?.tables.get('matters')?.byKey.get(matterCode);
    if (!matters || !limits || matter === undefined) return null;
    return findLimit(limits, await limitQuestion(this.#versions, {...place, urgency}, {matters, matter, at: now}, tx), kind);
  }

  async limitMatter(mattersVersion: string | null, matterCode: string, tx?: Tx) {
    const now = this.#clock.now();
    const matters = mattersVersion === null ? await this.#versions.versionAt('matters', now, tx) : await this.#versions.versionNamed('matters', mattersVersion, now, tx);
    return matters && matterKeyOf(matters, matterCode);
  }

  limitLevel(areaCode: string, tx?: Tx) {
    return levelOf(this.#versions, areaCode, this.#clock.now(), tx);
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

  async receiverTitles(limitsVersion: string, tx?: Tx) {
    const version = await this.#versions.versionNamed('limits', limitsVersion, this.#clock.now(), tx);
    return new Map((version?.tables.get('receivers')?.rows ?? []).map(row => [row.key, titleOf(row)] as const));
  }

  async limitOfRow(number: string, row: string, tx?: Tx) {
    const version = await this.#versions.versionNamed('limits', number, this.#clock.now(), tx);
    return version && limitOfRow(version, row);
  }

  /** Says of a limit that an area set it for itself. */
  async #withOwn(limit: FoundLimit | null, areas: PublishedVersion): Promise<FoundLimit | null> {
    const own = limit && (await this.limitOrigin(limit.version, limit.row));
    const area = own && areas.tables.get('areas')?.byKey.get(own.areaCode);
    return own ? {...limit, own: {area: area ? titleOf(area) : {'zh-CN': own.areaCode}, above: own.above}} : limit;
  }

  async limitOrigin(version: string, row: string) {
    return limitOrigin(this.#versions, version, row, this.#clock.now());
  }

  async versionsOf(catalogId: string, tx?: Tx): Promise<readonly VersionAt[]> {
    const heads = (await this.#versions.heads(this.#clock.now(), tx)).get(catalogId) ?? [];
    return heads.map(({version, effectiveAt, publishedAt}) => ({version, effectiveAt, publishedAt}));
  }

  async versionFor(catalogId: string, areaCode: string, at: number, tx?: Tx): Promise<string> {
    return (await this.#versions.versionFor(catalogId, await this.#areaChain(areaCode, at, tx), at, tx)).head.version;
  }

  async isLayered(catalogId: string, areaCode: string, at: number, tx?: Tx): Promise<boolean> {
    return (await this.#versions.layersFor(catalogId, await this.#areaChain(areaCode, at, tx), at, tx)).length > 0;
  }

  async layersOf(catalogId: string, tx?: Tx): Promise<readonly LayerAt[]> {
    const layers = await this.#versions.layerHeads(catalogId, this.#clock.now(), tx);
    return [...layers.values()].flat().map(({name, unitId, areaCode, effectiveAt}) => ({name, unitId, areaCode, effectiveAt}));
  }

  async versionThrough(catalogId: string, layer: string, areaCode: string, at: number, tx?: Tx): Promise<string | null> {
    const chain = await this.#areaChain(areaCode, at, tx);
    if (lastChangeFor(await this.#versions.layerHeads(catalogId, at, tx), chain, at)?.name !== layer) return null;
    return (await this.#versions.versionFor(catalogId, chain, at, tx)).head.version;
  }

  async effectiveRows(query: EffectiveQuery): Promise<EffectivePage> {
    const {catalogId, areaCode, at} = query;
    return effectivePage(await this.#holding(catalogId, at, areaCode), query);
  }

  async changesSince(query: ChangesQuery): Promise<ChangesPage> {
    return changesSince(this.#versions, query.areaCode === undefined ? [] : await this.#areaChain(query.areaCode, query.at), query);
  }

  async origins(catalogId: string, areaCode: string, key: string, at: number, table = catalogId): Promise<RowOrigins> {
    const areas = await this.#areaChain(areaCode, at);
    return originsOf({versions: this.#versions, layers: await this.#versions.layersFor(catalogId, areas, at), version: await this.#versions.versionFor(catalogId, areas, at)}, table, key);
  }

  async mayHandle(unitId: string, matterCode: string, areaCode: string, at: number, excludeUnitIds: readonly string[] = []) {
    return mayHandle(this.#versions, {unitId, matterCode, areaCode, at, excludeUnitIds});
  }

  async handlers(matterCode: string, areaCode: string, at: number) {
    return handlersOf(this.#versions, {matterCode, areaCode, at});
  }

  async handling(unitId: string, at: number) {
    return handlingOf(this.#versions, unitId, at);
  }

  guidance(question: GuidanceQuestion) {
    return guidanceFor(this.#versions, question);
  }

  async #areaChain(areaCode: string, at: number, tx?: Tx): Promise<readonly string[]> {
    return areaChainOf(await this.#versions.versionAt('areas', at, tx), areaCode);
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

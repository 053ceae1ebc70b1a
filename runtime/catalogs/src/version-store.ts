import {fromRow, queryRows, type Store, type Tx} from '@banli/store';
import {compareVersions, type CatalogManifest, type CatalogRow} from '@banli/formats/catalogs';
import {breathe, formatDate, dayOf} from '@banli/time';
import {catalogErrors} from './errors.js';
import {readLayer, readLayerHeads, readLayerRows} from './issue/layer-store.js';
import {createLayers, type LayerSource} from './issue/layers.js';
import type {LayerHead} from './issue/model.js';
import type {PublishedRow, PublishedTable, PublishedVersion, VersionHead} from './version.js';

const headColumns = 'id, catalog_id, version, kind, title_zh, title_en, owner, effective_at, published_at, published_by, hash, row_count, withdrawn_at, withdrawn_by_name, withdraw_reason, superseded_by';

/** How long a look at the database stays good, and where a failed refresh is told. */
export interface VersionStoreOptions {
  /** Milliseconds of real time after which a query starts a refresh behind itself. Default 300. */
  readonly freshMs?: number;
  /** Milliseconds of real time after which a query outside a transaction waits for that refresh. Default 1000. */
  readonly staleMs?: number;
  readonly onRefreshError?: (error: unknown) => void;
}

/** Versions that were read and will answer queries. */
export interface LoadedView {
  readonly now: number;
  /** When the versions of a catalog begin to hold. */
  momentsOf(catalogId: string): readonly number[];
  /** The version that holds at a moment, if it is in memory. */
  versionAt(catalogId: string, at: number): PublishedVersion | null;
}

/**
 * Keeps the published versions in memory. Queries are answered from there; one that finds the view old starts a refresh behind
 * itself. They wait for the database only for a version that is not loaded yet, and outside a transaction for a view older than a
 * second: so another process's publishing shows within a second, also to the first query after a quiet night.
 */
export class VersionStore {
  readonly #store: Store;
  readonly #freshMs: number;
  readonly #staleMs: number;
  readonly #onRefreshError: (error: unknown) => void;
  #heads: ReadonlyMap<string, readonly VersionHead[]> | null = null;
  /** With those that were withdrawn: what was once said of them is still to be had. */
  #allHeads: ReadonlyMap<string, readonly VersionHead[]> = new Map();
  readonly #loaded = new Map<string, PublishedVersion>();
  #layerHeads: LayersByArea = new Map();
  readonly #layers = createLayers();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;
  readonly #prepare: (view: LoadedView) => Promise<void>;
  #busy = 0;

  /** @param prepare - What must be ready before a new view answers queries. */
  constructor(store: Store, options: VersionStoreOptions = {}, prepare: (view: LoadedView) => Promise<void> = () => Promise.resolve()) {
    this.#prepare = prepare;
    this.#store = store;
    this.#freshMs = options.freshMs ?? 300;
    this.#staleMs = options.staleMs ?? 1_000;
    this.#onRefreshError = options.onRefreshError ?? (error => process.emitWarning(`Catalogs could not be refreshed: ${String(error)}`));
  }

  /** Reads heads and the rows of all versions that hold now or later. */
  async refresh(now: number): Promise<void> {
    // Layers first: what they stand on was there before them.
    const layers = byArea(await readLayerHeads(this.#store.knex));
    this.#allHeads = await readAllHeads(this.#store.knex);
    const heads = standing(this.#allHeads);
    for (const versions of heads.values()) {
      const current = versions.findLastIndex(head => head.effectiveAt <= now);
      for (const head of versions.slice(Math.max(0, current))) await this.#load(head, this.#store.knex);
    }
    for (const areas of layers.values()) {
      for (const list of areas.values()) {
        const current = list.findLastIndex(layer => layer.effectiveAt <= now);
        for (const layer of list.slice(Math.max(0, current))) if (layer.kind !== 'ended') await this.#layers.laid(layer, this.#source(heads, this.#store.knex));
      }
    }
    await this.#prepare({now, momentsOf: id => (heads.get(id) ?? []).map(head => head.effectiveAt), versionAt: (id, at) => this.#loaded.get(heads.get(id)?.findLast(head => head.effectiveAt <= at)?.id ?? '') ?? null});
    this.#heads = heads;
    this.#layerHeads = layers;
    this.#lookedAt = performance.now();
  }

  /**
   * Runs work that holds the database for a while, such as publishing: meanwhile queries are answered from the view there is and wait for no
   * refresh, which would wait for the database.
   */
  async whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      await this.settle();
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /** Waits for a refresh that is under way. */
  async settle(): Promise<void> {
    await this.#refreshing;
  }

  /**
   * Heads of all catalogs, versions in the order in which they hold.
   * @param tx - The running transaction: inside one nothing waits for a refresh, because the connection may be the only one.
   */
  async heads(now: number, tx?: Tx): Promise<ReadonlyMap<string, readonly VersionHead[]>> {
    if (!this.#heads) await this.refresh(now);
    if (this.#busy > 0 && this.#heads) return this.#heads;
    const age = performance.now() - this.#lookedAt;
    if (age > this.#freshMs && !this.#refreshing) {
      this.#refreshing = this.refresh(now).catch(this.#onRefreshError).finally(() => {
        this.#refreshing = null;
      });
    }
    if (tx === undefined && age > this.#staleMs) await this.#refreshing;
    return this.#heads ?? new Map();
  }

  /**
   * The version of a catalog that holds at a moment.
   * @param tx - The running transaction, if there is one: a version that is not in memory is read through it.
   * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_NOT_EFFECTIVE`
   */
  async versionAt(catalogId: string, at: number, tx?: Tx): Promise<PublishedVersion> {
    const versions = (await this.heads(at, tx)).get(catalogId);
    if (!versions) throw catalogErrors.UNKNOWN({catalog: catalogId});
    const head = versions.findLast(candidate => candidate.effectiveAt <= at);
    if (!head) throw catalogErrors.NOT_EFFECTIVE({catalog: catalogId, date: formatDate(dayOf(at))});
    return this.#load(head, tx ?? this.#store.knex);
  }

  /** The version that holds at a moment; `null` for none, or an unknown catalog. */
  async knownAt(catalogId: string, at: number, tx?: Tx): Promise<PublishedVersion | null> {
    const known = (await this.heads(at, tx)).get(catalogId)?.some(head => head.effectiveAt <= at);
    return known ? this.versionAt(catalogId, at, tx) : null;
  }

  /** A version by its number, whether it holds or not; `null` when there is none. */
  async versionNamed(catalogId: string, version: string, now: number, tx?: Tx): Promise<PublishedVersion | null> {
    const heads = await this.heads(now, tx);
    const head = [heads, this.#allHeads].map(each => each.get(catalogId)?.find(candidate => candidate.version === version)).find(found => found !== undefined);
    if (head) return this.#load(head, tx ?? this.#store.knex);
    const layer = [...(this.#layerHeads.get(catalogId)?.values() ?? [])].flat().find(candidate => candidate.name === version && candidate.kind !== 'ended');
    return layer ? this.#layers.laid(layer, this.#source(heads, tx ?? this.#store.knex)) : null;
  }

  /**
   * The version that holds at a moment for an area: the layer of the innermost area that has one, else what the owner published.
   * @param areas - The area and those it lies in, innermost first.
   * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_NOT_EFFECTIVE`
   */
  async versionFor(catalogId: string, areas: readonly string[], at: number, tx?: Tx): Promise<PublishedVersion> {
    const heads = await this.heads(at, tx);
    const layers = this.#layerHeads.get(catalogId);
    for (const area of layers ? areas : []) {
      const layer = layers?.get(area)?.findLast(candidate => candidate.effectiveAt <= at);
      if (layer && layer.kind !== 'ended') return this.#layers.laid(layer, this.#source(heads, tx ?? this.#store.knex));
    }
    return this.versionAt(catalogId, at, tx);
  }

  /** Areas that have, at a moment, a layer of a catalog. */
  async layeredAreas(catalogId: string, at: number): Promise<readonly string[]> {
    await this.heads(at);
    return [...(this.#layerHeads.get(catalogId) ?? [])].flatMap(([area, list]) => ((list.findLast(layer => layer.effectiveAt <= at)?.kind ?? 'ended') === 'ended' ? [] : [area]));
  }

  /** Every layer from the one that holds for an area at a moment down to what it stands on, innermost first; empty where the owner's version holds. */
  async layersFor(catalogId: string, areas: readonly string[], at: number, tx?: Tx): Promise<readonly LayerHead[]> {
    const source = this.#source(await this.heads(at, tx), tx ?? this.#store.knex);
    const found: LayerHead[] = [];
    const top = areas.map(area => this.#layerHeads.get(catalogId)?.get(area)?.findLast(layer => layer.effectiveAt <= at)).find(layer => layer !== undefined && layer.kind !== 'ended');
    for (let layer: LayerHead | null = top ?? null; layer; layer = layer.baseLayerId === null ? null : await source.layer(layer.baseLayerId)) found.push(layer);
    return found;
  }

  /** Every layer of a catalog, by area and number, ended ones included. */
  async layerHeads(catalogId: string, now: number, tx?: Tx): Promise<ReadonlyMap<string, readonly LayerHead[]>> {
    await this.heads(now, tx);
    return this.#layerHeads.get(catalogId) ?? new Map();
  }

  /** A version by its id. @throws AppError `CATALOG_VERSION_UNKNOWN` */
  async versionById(catalogId: string, versionId: string): Promise<PublishedVersion> {
    return this.#source(this.#heads ?? new Map(), this.#store.knex).version(catalogId, versionId);
  }

  /** A layer as a version. */
  async laid(layer: LayerHead): Promise<PublishedVersion> {
    return this.#layers.laid(layer, this.#source(await this.heads(layer.effectiveAt), this.#store.knex));
  }

  /** Reads what layers stand on: from memory, else through the connection given. */
  #source(heads: ReadonlyMap<string, readonly VersionHead[]>, on: Store['knex'] | Tx): LayerSource {
    return {
      version: async (catalogId, versionId) => {
        const head = [heads, this.#allHeads].map(each => each.get(catalogId)?.find(candidate => candidate.id === versionId)).find(found => found !== undefined);
        if (!head) throw catalogErrors.VERSION_UNKNOWN({catalog: catalogId, version: versionId});
        return this.#load(head, on);
      },
      layer: async layerId => {
        const known = [...this.#layerHeads.values()].flatMap(areas => [...areas.values()].flat()).find(layer => layer.id === layerId) ?? (await readLayer(on, layerId));
        if (!known) throw catalogErrors.VERSION_UNKNOWN({catalog: '', version: layerId});
        return known;
      },
      rows: layerId => readLayerRows(on, layerId),
    };
  }

  async #load(head: VersionHead, knex: Store['knex'] | Tx): Promise<PublishedVersion> {
    const known = this.#loaded.get(head.id);
    if (known) return known;
    const version = await readVersion(head, knex);
    this.#loaded.set(head.id, version);
    return version;
  }
}

/** Layers by catalog and area, by number. */
type LayersByArea = ReadonlyMap<string, ReadonlyMap<string, readonly LayerHead[]>>;

function byArea(layers: readonly LayerHead[]): LayersByArea {
  const catalogs = new Map<string, Map<string, LayerHead[]>>();
  for (const layer of layers) {
    const areas = catalogs.get(layer.catalogId) ?? new Map<string, LayerHead[]>();
    areas.set(layer.areaCode, [...(areas.get(layer.areaCode) ?? []), layer]);
    catalogs.set(layer.catalogId, areas);
  }
  return catalogs;
}

/** Reads the heads of every version that holds, did or will, by catalog, in the order in which they hold. */
export async function readHeads(knex: Store['knex'] | Tx): Promise<ReadonlyMap<string, readonly VersionHead[]>> {
  return standing(await readAllHeads(knex));
}

/** Leaves out what was withdrawn. */
function standing(all: ReadonlyMap<string, readonly VersionHead[]>): ReadonlyMap<string, readonly VersionHead[]> {
  return new Map([...all].map(([catalogId, heads]) => [catalogId, heads.filter(head => head.withdrawnAt === null)] as const).filter(([, heads]) => heads.length > 0));
}

/** As `readHeads`, with the versions that were withdrawn before they took effect. */
export async function readAllHeads(knex: Store['knex'] | Tx): Promise<ReadonlyMap<string, readonly VersionHead[]>> {
  const rows = await queryRows(knex, `select ${headColumns} from catalog_version`, []);
  const heads = new Map<string, VersionHead[]>();
  const ordered = rows.map(row => fromRow<VersionHead>(row)).sort((a, b) => a.effectiveAt - b.effectiveAt || compareVersions(a.version, b.version));
  for (const head of ordered) heads.set(head.catalogId, [...(heads.get(head.catalogId) ?? []), head]);
  return heads;
}

/** The sample set has three dozen catalogs; their last versions and some old ones fit, unless they are large. */
const mostKept = 64;
const mostRowsKept = 100_000;

const kept = new Map<string, PublishedVersion>();
let rowsKept = 0;

/**
 * One version with its rows. What was published never changes, but for what its head says, and ids are given once: the versions last asked for stay in memory, for whoever
 * asks over whichever connection, so that a publication does not read every catalog again and what is computed from a version is computed once.
 */
export async function readVersion(head: VersionHead, knex: Store['knex'] | Tx): Promise<PublishedVersion> {
  const known = kept.get(head.id) ?? (await readWhole(head, knex));
  const version = isSameHead(known.head, head) ? known : {...known, head};
  forget(head.id);
  kept.set(head.id, version);
  rowsKept += rowsOf(version);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept && rowsKept <= mostRowsKept) break;
    forget(oldest);
  }
  return version;
}

function forget(id: string): void {
  const version = kept.get(id);
  if (version && kept.delete(id)) rowsKept -= rowsOf(version);
}

function rowsOf({tables}: PublishedVersion): number {
  return [...tables.values()].reduce((sum, table) => sum + table.rows.length, 0);
}

function isSameHead(one: VersionHead, other: VersionHead): boolean {
  return (Object.keys(one) as Array<keyof VersionHead>).every(key => one[key] === other[key]);
}

/** Rows read at once; between two reads whoever waits for the thread has a turn. */
const rowsAtOnce = 1_000;

async function readWhole(head: VersionHead, knex: Store['knex'] | Tx): Promise<PublishedVersion> {
  const found = await knex('catalog_version').where({id: head.id}).first<{manifest: string}>('manifest');
  const byTable = new Map<string, PublishedRow[]>();
  for (let [table, position] = ['', -1]; ;) {
    const rows = await queryRows(knex, `select table_name, position, row_key, data from catalog_row where version_id = ? and (table_name > ? or (table_name = ? and position > ?)) order by table_name, position limit ${rowsAtOnce}`, [head.id, table, table, position]);
    for (const row of rows) {
      [table, position] = [String(row['table_name']), Number(row['position'])];
      const list = byTable.get(table) ?? [];
      list.push({key: String(row['row_key']), values: JSON.parse(String(row['data'])) as CatalogRow});
      byTable.set(table, list);
    }
    if (rows.length < rowsAtOnce) break;
    await breathe();
  }
  const tables = new Map<string, PublishedTable>();
  for (const [name, list] of byTable) tables.set(name, {rows: list, byKey: new Map(list.map(row => [row.key, row]))});
  return {head, manifest: JSON.parse(found.manifest) as CatalogManifest, tables};
}

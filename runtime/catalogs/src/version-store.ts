import {fromRow, queryRows, type Store, type Tx} from '@banli/store';
import {compareVersions, type CatalogManifest, type CatalogRow} from '@banli/formats/catalogs';
import {formatDate, dayOf} from '@banli/time';
import {catalogErrors} from './errors.js';
import type {PublishedRow, PublishedTable, PublishedVersion, VersionHead} from './version.js';

const headColumns = 'id, catalog_id, version, kind, title_zh, title_en, owner, effective_at, published_at, published_by, hash, row_count';

/** How long a look at the database stays good, and where a failed refresh is told. */
export interface VersionStoreOptions {
  /** Milliseconds of real time after which a query starts a refresh behind itself. Default 300. */
  readonly freshMs?: number;
  /** Milliseconds of real time after which a query outside a transaction waits for that refresh. Default 1000. */
  readonly staleMs?: number;
  readonly onRefreshError?: (error: unknown) => void;
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
  readonly #loaded = new Map<string, PublishedVersion>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | null = null;
  #busy = 0;

  constructor(store: Store, options: VersionStoreOptions = {}) {
    this.#store = store;
    this.#freshMs = options.freshMs ?? 300;
    this.#staleMs = options.staleMs ?? 1_000;
    this.#onRefreshError = options.onRefreshError ?? (error => process.emitWarning(`Catalogs could not be refreshed: ${String(error)}`));
  }

  /** Reads heads and the rows of all versions that hold now or later. */
  async refresh(now: number): Promise<void> {
    const heads = await readHeads(this.#store.knex);
    for (const versions of heads.values()) {
      const current = versions.findLastIndex(head => head.effectiveAt <= now);
      for (const head of versions.slice(Math.max(0, current))) await this.#load(head, this.#store.knex);
    }
    this.#heads = heads;
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

  /** A version by its number, whether it holds or not; `null` when there is none. */
  async versionNamed(catalogId: string, version: string, now: number, tx?: Tx): Promise<PublishedVersion | null> {
    const head = (await this.heads(now, tx)).get(catalogId)?.find(candidate => candidate.version === version);
    return head ? this.#load(head, tx ?? this.#store.knex) : null;
  }

  async #load(head: VersionHead, knex: Store['knex'] | Tx): Promise<PublishedVersion> {
    const known = this.#loaded.get(head.id);
    if (known) return known;
    const version = await readVersion(head, knex);
    this.#loaded.set(head.id, version);
    return version;
  }
}

/** Reads the heads of every version, by catalog, in the order in which they hold. */
export async function readHeads(knex: Store['knex'] | Tx): Promise<ReadonlyMap<string, readonly VersionHead[]>> {
  const rows = await queryRows(knex, `select ${headColumns} from catalog_version`, []);
  const heads = new Map<string, VersionHead[]>();
  const ordered = rows.map(row => fromRow<VersionHead>(row)).sort((a, b) => a.effectiveAt - b.effectiveAt || compareVersions(a.version, b.version));
  for (const head of ordered) heads.set(head.catalogId, [...(heads.get(head.catalogId) ?? []), head]);
  return heads;
}

/** Reads one version with its rows. */
export async function readVersion(head: VersionHead, knex: Store['knex'] | Tx): Promise<PublishedVersion> {
  const found = await knex('catalog_version').where({id: head.id}).first<{manifest: string}>('manifest');
  const rows = await knex('catalog_row').where({version_id: head.id}).orderBy(['table_name', 'position']).select<Array<{table_name: string; row_key: string; data: string}>>('table_name', 'row_key', 'data');
  const byTable = new Map<string, PublishedRow[]>();
  for (const row of rows) {
    const list = byTable.get(row.table_name) ?? [];
    list.push({key: row.row_key, values: JSON.parse(row.data) as CatalogRow});
    byTable.set(row.table_name, list);
  }
  const tables = new Map<string, PublishedTable>();
  for (const [name, list] of byTable) tables.set(name, {rows: list, byKey: new Map(list.map(row => [row.key, row]))});
  return {head, manifest: JSON.parse(found.manifest) as CatalogManifest, tables};
}

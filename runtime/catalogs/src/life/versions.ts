import {compareVersions} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import {catalogErrors} from '../errors.js';
import {readAllHeads, readHeads, readVersion} from '../version-store.js';
import {isUnborn, type PublishedVersion, type VersionHead} from '../version.js';
import {readRows} from './change-store.js';
import {creationOf} from './creation/creation-store.js';
import {unbornVersion} from './creation/unborn.js';
import {changeErrors} from './errors.js';
import {withShapeTables} from './fields/shape-tables.js';
import type {ChangeSet, RowChange} from './model.js';

/** A version with the schemas of its rows by path. */
export interface BaseVersion extends PublishedVersion {
  readonly schemas: Readonly<Record<string, string>>;
}

/** Reads published versions outside of transactions; the few last asked for stay in memory. */
export interface Versions {
  /** Heads of a catalog, oldest version first, without those that were withdrawn; none of one that is being made. @throws AppError `CATALOG_UNKNOWN` */
  heads(catalogId: string): Promise<readonly VersionHead[]>;
  /** The same with those that were withdrawn. @throws AppError `CATALOG_UNKNOWN` */
  allHeads(catalogId: string): Promise<readonly VersionHead[]>;
  /** The version with the highest number that was not withdrawn: it holds, or is the last of those that will. Of a catalog that is being made, what its set stands on. @throws AppError `CATALOG_UNKNOWN` */
  last(catalogId: string): Promise<PublishedVersion>;
  /** As `last`, for whoever wants what was published. @throws AppError `CATALOG_UNKNOWN`, also for a catalog that is being made */
  published(catalogId: string): Promise<PublishedVersion>;
  /** @throws AppError `CATALOG_CHANGE_VERSION_UNKNOWN` */
  named(catalogId: string, version: string): Promise<PublishedVersion>;
  byId(catalogId: string, id: string): Promise<PublishedVersion>;
  /** What a set began with; one that creates a catalog with what its rows, by default those that are written, make of it. @throws AppError `CATALOG_CHANGE_ID_TAKEN` for one that creates a catalog which was published from files meanwhile */
  baseOf(change: ChangeSet, rows?: readonly RowChange[]): Promise<PublishedVersion>;
  /** The last version of every catalog. */
  lastOfAll(): Promise<readonly PublishedVersion[]>;
  /** The schemas of the rows of a version by path; `null` for one from before they were kept. */
  schemasOf(version: PublishedVersion): Promise<Readonly<Record<string, string>> | null>;
  /** @throws AppError `CATALOG_CHANGE_SCHEMAS_MISSING` */
  withSchemas(version: PublishedVersion): Promise<BaseVersion>;
}

/** A catalog set of the sample has two dozen catalogs; their last versions and some old ones fit. */
const mostKept = 64;

const readers = new WeakMap<Store, Versions>();

/** The reader of published versions over a store: change sets, issues, subscriptions and texts share it, so that a version is read and kept once. */
export function versionsOf(store: Store): Versions {
  const reader = readers.get(store) ?? createVersions(store);
  readers.set(store, reader);
  return reader;
}

function createVersions(store: Store): Versions {
  const read = keepVersions(async head => withFields(await readVersion(head, store.knex), await readSchemas(store, head.id)));
  const load = async (head: VersionHead): Promise<PublishedVersion> => {
    const version = await read(head);
    // Only what is said of a version changes: that it was withdrawn.
    return version.head.withdrawnAt === head.withdrawnAt ? version : {...version, head};
  };
  const sorted = async (catalogId: string, from: typeof readHeads): Promise<readonly VersionHead[]> => {
    const found = (await from(store.knex)).get(catalogId);
    if (!found && !(await creationOf(store.knex, catalogId))) throw catalogErrors.UNKNOWN({catalog: catalogId});
    return [...(found ?? [])].sort((a, b) => compareVersions(a.version, b.version));
  };
  const heads = (catalogId: string): Promise<readonly VersionHead[]> => sorted(catalogId, readHeads);
  const allHeads = (catalogId: string): Promise<readonly VersionHead[]> => sorted(catalogId, readAllHeads);
  const published = async (catalogId: string): Promise<PublishedVersion> => {
    const head = lastOf(await heads(catalogId));
    if (!head) throw catalogErrors.UNKNOWN({catalog: catalogId});
    return load(head);
  };
  const find = async (catalogId: string, wanted: string, fits: (head: VersionHead) => boolean): Promise<PublishedVersion> => {
    const head = (await allHeads(catalogId)).find(fits);
    if (!head) throw changeErrors.VERSION_UNKNOWN({catalog: catalogId, version: wanted});
    return load(head);
  };
  const schemasOf = (version: PublishedVersion): Promise<Readonly<Record<string, string>> | null> => (isUnborn(version.head) ? Promise.resolve((version as BaseVersion).schemas) : readSchemas(store, version.head.id));
  return {
    heads,
    allHeads,
    published,
    async last(catalogId) {
      if (lastOf(await heads(catalogId))) return published(catalogId);
      const creation = await creationOf(store.knex, catalogId);
      if (!creation) throw catalogErrors.UNKNOWN({catalog: catalogId});
      return unbornVersion(creation, await readRows(store.knex, creation.id));
    },
    named: (catalogId, version) => find(catalogId, version, head => head.version === version),
    byId: (catalogId, id) => find(catalogId, id, head => head.id === id),
    async baseOf(change, rows) {
      const {catalogId, baseVersionId} = change;
      if (baseVersionId !== null) return find(catalogId, baseVersionId, head => head.id === baseVersionId);
      if ((await readHeads(store.knex)).has(catalogId)) throw changeErrors.ID_TAKEN({id: catalogId});
      return unbornVersion(change, rows ?? (await readRows(store.knex, change.id)));
    },
    async lastOfAll() {
      const last = [...(await readHeads(store.knex)).values()].flatMap(list => lastOf(list) ?? []);
      const versions: PublishedVersion[] = [];
      for (const head of last) versions.push(await load(head));
      return versions;
    },
    schemasOf,
    async withSchemas(version) {
      const schemas = await schemasOf(version);
      if (!schemas) throw changeErrors.SCHEMAS_MISSING({catalog: version.head.catalogId, version: version.head.version});
      return {...version, schemas};
    },
  };
}

/** Keeps the versions last asked for; who asks while one is being read waits for the same reading, and one that failed is read again. */
function keepVersions(read: (head: VersionHead) => Promise<PublishedVersion>): (head: VersionHead) => Promise<PublishedVersion> {
  const kept = new Map<string, Promise<PublishedVersion>>();
  return async head => {
    const version = kept.get(head.id) ?? read(head);
    kept.delete(head.id);
    kept.set(head.id, version);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    try {
      return await version;
    } catch (error) {
      if (kept.get(head.id) === version) kept.delete(head.id);
      throw error;
    }
  };
}

async function readSchemas(store: Store, versionId: string): Promise<Readonly<Record<string, string>> | null> {
  const row = await store.knex('catalog_version').where({id: versionId}).first<{row_schemas: string | null} | undefined>('row_schemas');
  return row?.row_schemas ? (JSON.parse(row.row_schemas) as Record<string, string>) : null;
}

/** A version with its columns and settings as rows; without schemas it has none. */
function withFields(version: PublishedVersion, schemas: Readonly<Record<string, string>> | null): PublishedVersion {
  return schemas ? withShapeTables(version, schemas) : version;
}

/** The head with the highest version number. */
export function lastOf(heads: readonly VersionHead[]): VersionHead | undefined {
  return heads.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
}

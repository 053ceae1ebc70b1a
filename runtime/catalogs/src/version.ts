import type {CatalogKind, CatalogManifest, CatalogRow} from '@banli/formats/catalogs';

/** A published version without its rows. `effectiveAt` is the start of the day in Asia/Shanghai, UTC milliseconds. */
export interface VersionHead {
  readonly id: string;
  readonly catalogId: string;
  readonly version: string;
  readonly kind: CatalogKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly owner: string;
  readonly effectiveAt: number;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly hash: string;
  readonly rowCount: number;
  /** When it was withdrawn, before it took effect; such a version is history and never holds. */
  readonly withdrawnAt?: number | null;
  readonly withdrawnByName?: string | null;
  readonly withdrawReason?: string | null;
  /** The number of the version that was made in its place. */
  readonly supersededBy?: string | null;
}

/** Whether a head is that of a catalog of which no version was published yet: what the set that creates it stands on. */
export function isUnborn(head: Pick<VersionHead, 'version'>): boolean {
  return head.version === '';
}

/** One row of a published table. */
export interface PublishedRow {
  readonly key: string;
  readonly values: CatalogRow;
}

/** A published version with its rows by table; immutable, so it is kept in memory as long as it is asked for. */
export interface PublishedVersion {
  readonly head: VersionHead;
  readonly manifest: CatalogManifest;
  readonly tables: ReadonlyMap<string, PublishedTable>;
}

/** Rows in the order of the file, and by key. */
export interface PublishedTable {
  readonly rows: readonly PublishedRow[];
  readonly byKey: ReadonlyMap<string, PublishedRow>;
}

/** Rows of a table that are not retired. */
export function activeRows(version: PublishedVersion, table: string): readonly PublishedRow[] {
  return (version.tables.get(table)?.rows ?? []).filter(row => row.values['status'] !== 'retired');
}

/** Computes a value of an immutable version once. */
export function memoPerVersion<T>(compute: (version: PublishedVersion) => T): (version: PublishedVersion) => T {
  const known = new WeakMap<PublishedVersion, T>();
  return version => {
    let value = known.get(version);
    if (value === undefined) {
      value = compute(version);
      known.set(version, value);
    }
    return value;
  };
}

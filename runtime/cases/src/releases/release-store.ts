import type {BundleFiles, CompiledBundle} from '@banli/formats';
import {fromRow, toRow, type SqlRow, type Store, type Tx} from '@banli/store';

/** `deploying` until the engine has it; `refused` when the engine will never take it. */
export type ReleaseStatus = 'deploying' | 'deployed' | 'refused';

/** A release as lists show it. Moments in UTC milliseconds. */
export interface ReleaseRow {
  readonly hash: string;
  readonly bundleId: string;
  readonly version: string;
  readonly status: ReleaseStatus;
  readonly definitionId: string | null;
  readonly refusal: string | null;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly publishedByName: string;
  readonly deployedAt: number | null;
}

/** A release with its drawn files and what they were compiled to. */
export interface StoredRelease extends ReleaseRow {
  readonly release: CompiledBundle;
}

const listed = ['hash', 'bundle_id', 'version', 'status', 'definition_id', 'refusal', 'published_at', 'published_by', 'published_by_name', 'deployed_at'];

/** Reads one release; `null` when there is none. */
export async function readRelease(store: Store, hash: string, using?: Tx): Promise<StoredRelease | null> {
  const row: SqlRow | undefined = await (using ?? store.knex)('bundle_release').where({hash}).first();
  if (!row) return null;
  const files = JSON.parse(String(row['files'])) as BundleFiles;
  const compiled = JSON.parse(String(row['compiled'])) as CompiledBundle;
  return {...toReleaseRow(row), release: {...compiled, bundle: {...compiled.bundle, files}}};
}

/** Writes a new release; the drawn files stand in a column of their own. */
export async function writeRelease(tx: Tx, row: ReleaseRow, release: CompiledBundle): Promise<void> {
  const {files, ...bundle} = release.bundle;
  await tx('bundle_release').insert({...toRow({...row}), files: JSON.stringify(files), compiled: JSON.stringify({...release, bundle})});
}

/** Releases of a bundle, or of all, newest first. */
export async function listReleases(store: Store, where: {readonly bundleId?: string; readonly status?: ReleaseStatus}): Promise<readonly ReleaseRow[]> {
  const rows: SqlRow[] = await store.knex('bundle_release').where(toRow(where)).orderBy('published_at', 'desc').orderBy('hash').select(listed);
  return rows.map(toReleaseRow);
}

/** Hash of the release that new cases of a bundle get; `null` before the first one. */
export async function readCurrent(store: Store, bundleId: string): Promise<string | null> {
  const row = await store.knex('bundle_current').where({bundle_id: bundleId}).first<{hash: string} | undefined>();
  return row?.hash ?? null;
}

/** Bundles that have a release, with its hash. */
export async function listCurrent(store: Store): Promise<ReadonlyArray<{readonly bundleId: string; readonly hash: string}>> {
  const rows: SqlRow[] = await store.knex('bundle_current').orderBy('bundle_id').select('bundle_id', 'hash');
  return rows.map(row => fromRow<{bundleId: string; hash: string}>(row));
}

/** Marks a release as taken by the engine, and makes it the one that new cases get if it was published last. */
export async function markDeployed(tx: Tx, row: ReleaseRow, definitionId: string, at: number): Promise<void> {
  await tx('bundle_release').where({hash: row.hash}).update({status: 'deployed', definition_id: definitionId, deployed_at: at, refusal: null});
  const newer = await tx('bundle_release').where({bundle_id: row.bundleId, status: 'deployed'}).andWhere('published_at', '>', row.publishedAt).first<SqlRow | undefined>('hash');
  if (!newer) await tx('bundle_current').insert({bundle_id: row.bundleId, hash: row.hash}).onConflict('bundle_id').merge();
}

/** Marks a release that the engine will never take. */
export async function markRefused(store: Store, hash: string, reason: string): Promise<void> {
  await store.knex('bundle_release').where({hash}).update({status: 'refused', refusal: reason.slice(0, 255)});
}

function toReleaseRow(row: SqlRow): ReleaseRow {
  const {files, compiled, ...rest} = fromRow<Record<string, unknown>>(row);
  return {...(rest as unknown as ReleaseRow), publishedAt: Number(rest['publishedAt']), deployedAt: rest['deployedAt'] === null ? null : Number(rest['deployedAt'])};
}

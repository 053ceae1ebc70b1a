import type {BundleFiles} from '@banli/formats';
import {isDuplicateKey, type SqlRow, type Store, type Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import {releaseErrors} from '../errors.js';
import type {Actor, CaseAudit} from '../ports.js';
import {readCurrent, readRelease} from './release-store.js';

/** The files an analyst works on; `revision` 0 means nothing was saved since the current release. */
export interface DesignDraft {
  readonly files: BundleFiles;
  readonly revision: number;
  readonly savedAt: number | null;
  readonly savedBy: string | null;
  readonly baseHash: string | null;
}

/** One draft per bundle, shared by all analysts. */
export interface DesignDrafts {
  read(bundleId: string): Promise<DesignDraft>;
  /**
   * Merges changed files into the draft; an empty text removes the file.
   * @throws AppError `RELEASE_DRAFT_CHANGED` when somebody saved meanwhile.
   */
  save(bundleId: string, changed: BundleFiles, revision: number, actor: Actor): Promise<DesignDraft>;
  /** Throws the draft away if it is still at this revision; a newer one stays. Answers whether it did. */
  discard(bundleId: string, revision: number, actor: Actor): Promise<boolean>;
  list(): Promise<ReadonlyArray<{readonly bundleId: string; readonly savedAt: number | null; readonly savedBy: string | null}>>;
}

/** What drafts stand on. */
export interface DesignDraftDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: CaseAudit;
}

/** Makes the drafts of the designer. */
export function createDesignDrafts({store, clock, audit}: DesignDraftDeps): DesignDrafts {
  const read = async (bundleId: string): Promise<DesignDraft> => {
    const row: SqlRow | undefined = await store.knex('bundle_draft').where({bundle_id: bundleId}).first();
    if (row) return {files: JSON.parse(String(row['files'])) as BundleFiles, revision: Number(row['revision']), savedAt: Number(row['saved_at']), savedBy: String(row['saved_by_name']), baseHash: row['base_hash'] === null ? null : String(row['base_hash'])};
    const hash = await readCurrent(store, bundleId);
    const stored = hash === null ? null : await readRelease(store, hash);
    return {files: stored?.release.bundle.files ?? {}, revision: 0, savedAt: null, savedBy: null, baseHash: hash};
  };
  return {
    read,
    async save(bundleId, changed, revision, actor) {
      const before = await read(bundleId);
      if (before.revision !== revision) throw releaseErrors.DRAFT_CHANGED({revision: before.revision});
      const files = Object.fromEntries(Object.entries({...before.files, ...changed}).filter(([, text]) => text !== ''));
      const next: DesignDraft = {files, revision: revision + 1, savedAt: clock.now(), savedBy: actor.personName, baseHash: before.baseHash};
      await store.tx(async tx => {
        await writeDraft(tx, bundleId, revision, next, actor.personId);
        await audit.record(tx, {actor, action: 'design.saveDraft', subject: bundleId, result: 'done', at: clock.now(), data: {revision: next.revision, files: Object.keys(changed).sort().slice(0, mostNamed)}});
      });
      return next;
    },
    discard: (bundleId, revision, actor) =>
      store.tx(async tx => {
        if ((await tx('bundle_draft').where({bundle_id: bundleId, revision}).delete()) === 0) return false;
        await audit.record(tx, {actor, action: 'design.discardDraft', subject: bundleId, result: 'done', at: clock.now(), data: {revision}});
        return true;
      }),
    async list() {
      const rows: SqlRow[] = await store.knex('bundle_draft').orderBy('bundle_id').select('bundle_id', 'saved_at', 'saved_by_name');
      return rows.map(row => ({bundleId: String(row['bundle_id']), savedAt: row['saved_at'] === null ? null : Number(row['saved_at']), savedBy: row['saved_by_name'] === null ? null : String(row['saved_by_name'])}));
    },
  };
}

/** File names that a row of the audit log lists. */
const mostNamed = 50;

async function writeDraft(tx: Tx, bundleId: string, revision: number, next: DesignDraft, personId: string): Promise<void> {
  const row = {files: JSON.stringify(next.files), revision: next.revision, base_hash: next.baseHash, saved_at: next.savedAt, saved_by: personId, saved_by_name: next.savedBy};
  try {
    const changed = revision === 0 ? (await tx('bundle_draft').insert({bundle_id: bundleId, ...row}), 1) : await tx('bundle_draft').where({bundle_id: bundleId, revision}).update(row);
    if (changed === 0) throw releaseErrors.DRAFT_CHANGED({revision});
  } catch (error) {
    if (isDuplicateKey(error)) throw releaseErrors.DRAFT_CHANGED({revision: 1}, {cause: error});
    throw error;
  }
}

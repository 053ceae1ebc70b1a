import {designRoutes, type AnswerOf} from '@banli/api';
import {releaseErrors, type DesignDrafts, type ReleaseRow, type Releases} from '@banli/cases';
import type {Store} from '@banli/store';
import {bindRoute, type BoundRoute} from '../http/index.js';

type Palette = AnswerOf<typeof designRoutes.palette>;
type ReleaseJson = AnswerOf<typeof designRoutes.publish>['release'];

/** What the designer's routes stand on. `palette` lists what can be drawn with. Who published, saved or discarded what is audited where it happens. */
export interface DesignRouteDeps {
  readonly releases: Releases;
  readonly drafts: DesignDrafts;
  readonly store: Store;
  readonly palette: () => Promise<Palette>;
}

/** Bundles, their draft, checks, publishing. */
export function bindDesignRoutes(deps: DesignRouteDeps): readonly BoundRoute[] {
  const {releases, drafts} = deps;
  return [
    bindRoute(designRoutes.bundles, async () => ({bundles: await listBundles(deps)})),
    bindRoute(designRoutes.draft, async ({params}) => {
      const draft = await drafts.read(params.bundleId);
      return {...draft, files: {...draft.files}};
    }),
    bindRoute(designRoutes.saveDraft, async ({actor, params, body}) => {
      const saved = await drafts.save(params.bundleId, body.files, body.revision, actor);
      return {revision: saved.revision, savedAt: saved.savedAt ?? 0};
    }),
    bindRoute(designRoutes.discardDraft, async ({actor, params}) => {
      const {revision} = await drafts.read(params.bundleId);
      const isGone = await drafts.discard(params.bundleId, revision, actor);
      return {revision: isGone ? 0 : (await drafts.read(params.bundleId)).revision};
    }),
    bindRoute(designRoutes.check, async ({body}) => ({problems: (await releases.check(body.files)).map(problem => ({...problem}))})),
    bindRoute(designRoutes.publish, async ({actor, params, body}) => {
      const draft = await drafts.read(params.bundleId);
      if (draft.revision !== body.revision) throw releaseErrors.DRAFT_CHANGED({revision: draft.revision});
      const release = await releases.publish(draft.files, actor, {bundleId: params.bundleId, nextVersion: true});
      // What a colleague saved while the engine took the release is his draft, and stays.
      await drafts.discard(params.bundleId, body.revision, actor);
      return {release: releaseJson(release, 0, true)};
    }),
    bindRoute(designRoutes.releases, async ({params}) => ({releases: await listReleases(deps, params.bundleId)})),
    bindRoute(designRoutes.palette, () => deps.palette()),
  ];
}

async function listBundles(deps: DesignRouteDeps): Promise<AnswerOf<typeof designRoutes.bundles>['bundles']> {
  const drafts = new Map((await deps.drafts.list()).map(draft => [draft.bundleId, draft]));
  const current = await deps.releases.bundles();
  const ids = [...new Set([...current.map(each => each.bundleId), ...drafts.keys()])].sort();
  return Promise.all(ids.map(async bundleId => {
    const found = await deps.releases.current(bundleId);
    const rows = await listReleases(deps, bundleId);
    const draft = drafts.get(bundleId);
    return {bundleId, title: found?.release.bundle.manifest.title ?? {'zh-CN': bundleId}, current: rows.find(row => row.current) ?? null, draftSavedAt: draft?.savedAt ?? null, draftBy: draft?.savedBy ?? null};
  }));
}

async function listReleases(deps: DesignRouteDeps, bundleId: string): Promise<ReleaseJson[]> {
  const current = (await deps.releases.bundles()).find(each => each.bundleId === bundleId)?.hash;
  const rows = await deps.releases.list(bundleId);
  const counts = await deps.store.knex('case_record').where({bundle_id: bundleId, status: 'open'}).groupBy('release_hash').select<Array<{release_hash: string; total: number | string}>>('release_hash', deps.store.knex.raw('count(*) as total'));
  const open = new Map(counts.map(row => [row.release_hash, Number(row.total)]));
  return rows.map(row => releaseJson(row, open.get(row.hash) ?? 0, row.hash === current));
}

function releaseJson(row: ReleaseRow, openCases: number, current: boolean): ReleaseJson {
  return {hash: row.hash, version: row.version, publishedAt: row.publishedAt, publishedBy: row.publishedByName, status: row.status, openCases, current};
}

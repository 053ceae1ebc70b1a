import {isDuplicateKey, type Tx} from '@banli/store';
import {toConfirm} from '../content/places.js';
import type {CoverageChange} from '../dispatch/coverage-change.js';
import {lockPublishing, publishIn} from '../publish.js';
import {isUnborn} from '../version.js';
import {releaseId} from './creation/creation-store.js';
import {checkText, commit, commitIn, openChange, type ChangeRef, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {mergeChanges, type CellChoice} from './merge.js';
import type {ChangeSet, LifeActor} from './model.js';
import {asRefusal, checkDay, prepare, type Remade} from './prepare.js';
import {markWithdrawn, sawLast} from './standing.js';
import {putRows, readRows} from './change-store.js';

/** A set that is to be published: the first day on which it holds, and whether new gaps and overlaps of dispatch, and warnings about content, are accepted. */
export type PublishRef = ChangeRef & {readonly effectiveFrom: string; readonly acceptGaps?: boolean; readonly acceptWarnings?: boolean; readonly versionName?: string};

/**
 * Publishes a set that passed its review: the last version plus its changes become a new version, with every check of publishing, or nothing
 * happens at all. Of two at once one wins. Before a scheduled version it is a correction, which that version is made again with.
 *
 * @param ref - With the first day on which the version holds, `YYYY-MM-DD`, Asia/Shanghai, today or later.
 * `acceptGaps`: whoever publishes saw the new gaps and overlaps of dispatch and accepts them; `versionName`: what the version is called besides its number; `acceptWarnings`: likewise warnings about content, such as limits that are lost. Both are audited.
 * @throws AppError of `openChange` and `prepare`; `CATALOG_CHANGE_DAY_INVALID`, `CATALOG_CHANGE_GAPS_NEW`, `CATALOG_CHANGE_WARNINGS_NEW`, `CATALOG_CHANGE_PUBLISHED_MEANWHILE`.
 */
export async function publishSet(desk: Desk, actor: LifeActor, ref: PublishRef): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.publish', ['approved']);
  const at = desk.clock.now();
  checkDay(ref.effectiveFrom, at);
  const versionName = ref.versionName === undefined || ref.versionName.trim() === '' ? null : checkText(ref.versionName, 'versionName', 100);
  const {draft, read, version, newest, remade, warnings, coverage} = await prepare(desk, change, ref.effectiveFrom);
  const worse = worseThan(await coverage());
  if (worse && ref.acceptGaps !== true) throw changeErrors.GAPS_NEW(worse);
  const confirmed = toConfirm(warnings);
  if (confirmed.length > 0 && ref.acceptWarnings !== true) throw changeErrors.WARNINGS_NEW({count: confirmed.length}, {problems: confirmed});
  const saved = await desk.store.tx(async tx => {
    await lockPublishing(tx);
    const taken = (await sawLast(tx, [...(isUnborn(newest) ? [] : [newest]), ...draft.others.map(other => other.head)])) && (await supersede(tx, actor, remade, at));
    if (!taken) throw changeErrors.PUBLISHED_MEANWHILE({catalog: change.catalogId});
    for (const each of [read, ...remade.map(again => again.read)]) await publishIn(tx, each, actor.personId, at, desk.references.isUnit ? {isUnit: desk.references.isUnit} : {});
    await releaseId(tx, change.id);
    return commitIn(desk, tx, {actor, seen: change, at, step: {
      action: 'publish',
      patch: {state: 'published', publishedAt: at, publishedBy: actor.personId, publishedByName: actor.personName, publishedVersion: version, versionName},
      line: {kind: 'published', opinion: null},
      data: {version, ...(versionName === null ? {} : {versionName}), effectiveFrom: ref.effectiveFrom, rows: draft.changes.length + draft.fields.length, ...(worse ? {acceptedGaps: worse.gaps, acceptedOverlaps: worse.overlaps} : {}), ...(confirmed.length > 0 ? {acceptedWarnings: confirmed.map(({code, place}) => `${code} ${place.element ?? ''}`).slice(0, 100)} : {}), ...(remade.length === 0 ? {} : {remade: remade.map(again => `${again.head.version} → ${again.version}`)})},
    }});
  }).catch((error: unknown) => {
    if (isDuplicateKey(error)) throw changeErrors.PUBLISHED_MEANWHILE({catalog: change.catalogId}, {cause: error});
    throw asRefusal(error, draft);
  });
  await desk.onPublished();
  return saved;
}

/**
 * Moves a set onto the last version; every cell that both sides changed needs a choice. What was reviewed changes, so it is 待提交审核 again.
 *
 * @throws AppError of `openChange`; `CATALOG_CHANGE_CONFLICTS` with the cells that no choice decides, `CATALOG_CHANGE_CREATION_OPEN` for a set that stands on no version.
 */
export async function rebaseSet(desk: Desk, actor: LifeActor, ref: ChangeRef, choices: readonly CellChoice[]): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed', 'approved']);
  if (change.baseVersionId === null) throw changeErrors.CREATION_OPEN({catalog: change.catalogId});
  const last = await desk.versions.last(change.catalogId);
  const rows = await readRows(desk.store.knex, change.id);
  const {changes, conflicts} = mergeChanges(rows, last, choices);
  if (conflicts.length > 0) throw changeErrors.CONFLICTS({version: last.head.version, count: conflicts.length}, {problems: conflicts});
  const patch = {state: 'editing' as const, baseVersionId: last.head.id, baseVersion: last.head.version};
  return commit(desk, actor, change, {action: 'rebase', patch, line: {kind: 'rebased', opinion: null}, data: {from: change.baseVersion, to: last.head.version}}, async tx => {
    await tx('catalog_change_row').where({change_id: change.id}).delete();
    await putRows(tx, change.id, changes);
  });
}

/** Takes scheduled versions out of the way of those made in their place; whether all of them still stood. */
async function supersede(tx: Tx, actor: LifeActor, remade: readonly Remade[], at: number): Promise<boolean> {
  for (const {head, version} of remade) {
    if (!(await markWithdrawn(tx, head.id, {actor, at, reason: null, supersededBy: version}))) return false;
  }
  return true;
}

/** New gaps and overlaps by number; `null` when there are none. */
function worseThan(coverage: CoverageChange | null): {readonly gaps: number; readonly overlaps: number} | null {
  return coverage && coverage.gaps + coverage.overlaps > 0 ? {gaps: coverage.gaps, overlaps: coverage.overlaps} : null;
}

import {fromRow, type SqlRow, type Tx} from '@banli/store';
import {commit, demandPart, openChange, type ChangeRef, type Desk} from './desk.js';
import {readChange} from './change-store.js';
import {changeErrors} from './errors.js';
import type {BasisFile, ChangeSet, LifeActor} from './model.js';

/** Files of one set. Own decision. */
const mostFiles = 10;

/**
 * Ties a file that the actor uploaded to a set as what it rests on (依据文件). A set that failed its review is under work again.
 *
 * @throws AppError of `openChange`; `CATALOG_CHANGE_BASIS_TOO_MANY`; `FILES_UNKNOWN` for a file of somebody else, or one that is held already.
 * @see Source: requirements/zhengzhou-oa-ding.md §2.4.1 (依据标准, 依据文件); the bound is our own.
 */
export async function attachBasis(desk: Desk, actor: LifeActor, ref: ChangeRef, fileId: string): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed']);
  const {files} = desk;
  if (files === undefined || (await basisOf(desk, change.id)).length >= mostFiles) throw changeErrors.BASIS_TOO_MANY({most: files === undefined ? 0 : mostFiles});
  return commit(desk, actor, change, {action: 'attachBasis', patch: {state: 'editing'}, data: {fileId}}, async tx => {
    const at = desk.clock.now();
    const {name, type, sizeBytes} = await files.hold(tx, {fileId, personId: actor.personId, at});
    await tx('catalog_basis_file').insert({change_id: change.id, file_id: fileId, name, type, size_bytes: sizeBytes, added_at: at, added_by_name: actor.personName});
  });
}

/** Takes a file off a set. @throws AppError of `openChange`; `CATALOG_CHANGE_BASIS_UNKNOWN` */
export async function detachBasis(desk: Desk, actor: LifeActor, ref: ChangeRef, fileId: string): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed']);
  return commit(desk, actor, change, {action: 'detachBasis', patch: {state: 'editing'}, data: {fileId}}, async tx => {
    const gone = await tx('catalog_basis_file').where({change_id: change.id, file_id: fileId}).delete();
    if (gone !== 1) throw changeErrors.BASIS_UNKNOWN();
    await desk.files?.letGo(tx, fileId);
  });
}

/** Gives up all files of a set that is deleted for good, in its transaction. */
export async function dropBasis(desk: Desk, tx: Tx, changeId: string): Promise<void> {
  const rows = (await tx('catalog_basis_file').where({change_id: changeId}).select('file_id')) as Array<{file_id: string}>;
  await tx('catalog_basis_file').where({change_id: changeId}).delete();
  for (const row of rows) await desk.files?.letGo(tx, row.file_id);
}

/** What a set rests on, in the order in which it was given. */
export async function basisOf(desk: Desk, changeId: string): Promise<readonly BasisFile[]> {
  const rows = (await desk.store.knex('catalog_basis_file').where({change_id: changeId}).orderBy(['added_at', 'file_id']).select('file_id', 'name', 'type', 'size_bytes', 'added_at', 'added_by_name')) as SqlRow[];
  return rows.map(row => {
    const file = fromRow<BasisFile>(row);
    return {...file, sizeBytes: Number(file.sizeBytes), addedAt: Number(file.addedAt)};
  });
}

/** Whether somebody may read a file as the basis of a set: that of a version like the version itself, that of any other set like the set. */
export async function mayReadBasis(desk: Desk, actor: LifeActor, fileId: string): Promise<boolean> {
  const held = (await desk.store.knex('catalog_basis_file').where({file_id: fileId}).first('change_id')) as {change_id: string} | undefined;
  if (held === undefined) return false;
  const change = await readChange(desk.store.knex, held.change_id);
  if (change.publishedVersion !== null && desk.rights.may(actor, 'catalogs.read', actor.unitId)) return true;
  await demandSight(desk, actor, change);
  return true;
}

/** Refuses whoever may neither read of the owner nor has a part in the review; answers the last version. @throws AppError `CATALOG_CHANGE_NOT_YOURS` */
export async function demandSight(desk: Desk, actor: LifeActor, change: ChangeSet): ReturnType<typeof demandPart> {
  const sees = change.reviewCaseId !== null && (await desk.chains?.maySee(actor, change.reviewCaseId)) === true;
  return sees ? desk.versions.last(change.catalogId) : demandPart(desk, actor, 'catalogs.read', change.catalogId);
}

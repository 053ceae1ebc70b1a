import type {Tx} from '@banli/store';
import {fileErrors} from './errors.js';
import {toView, type FileRow, type FileView} from './file-row.js';

/** Keeps a file that nothing has yet. The row is written first: a sweep that runs meanwhile then sees that it was taken. @throws AppError `FILES_UNKNOWN` */
export async function holdFile(tx: Tx, {fileId, personId, at}: {readonly fileId: string; readonly personId: string; readonly at: number}): Promise<FileView> {
  const taken = await tx('file').where({id: fileId, person_id: personId}).whereNull('linked_at').update({linked_at: at});
  const row = (await tx('file').where({id: fileId}).first()) as FileRow | undefined;
  if (taken !== 1 || !row) throw fileErrors.UNKNOWN();
  return toView(row);
}

/** Gives a file up: one that no case has either waits for the sweep. */
export async function letFileGo(tx: Tx, fileId: string): Promise<void> {
  const linked: unknown = await tx('file_link').where({file_id: fileId}).first();
  if (linked === undefined) await tx('file').where({id: fileId}).update({linked_at: null});
}

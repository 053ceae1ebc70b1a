import type {Tx} from '@banli/store';
import {fileErrors} from './errors.js';
import type {FileRow} from './file-row.js';
import type {FileLimits} from './limits.js';

/** Files that a case takes. `personId` is who sends them; `null` when the platform itself passes them on to another case. */
export interface FileLinking {
  readonly caseId: string;
  readonly field: string;
  readonly fileIds: readonly string[];
  readonly personId: string | null;
  readonly at: number;
}

/**
 * Ties files to a case. A person may tie his own files and those the case already has; several cases may hold the same file
 * (several matters in one call).
 *
 * @throws AppError `FILES_UNKNOWN`, `FILES_QUOTA`, `FILES_TOO_MANY`.
 */
export async function linkFiles(tx: Tx, limits: FileLimits, linking: FileLinking): Promise<void> {
  const {caseId, field, personId, at} = linking;
  const wanted = [...new Set(linking.fileIds)];
  if (wanted.length === 0) return;
  // The row is locked by writing it first: a sweep that runs meanwhile then sees that it was taken.
  await tx('file').whereIn('id', wanted).whereNull('linked_at').update({linked_at: at});
  const rows = (await tx('file').whereIn('id', wanted)) as FileRow[];
  const held = (await tx('file').join('file_link', 'file_link.file_id', 'file.id').where({case_id: caseId}).select('file.*', 'file_link.field')) as Array<FileRow & {field: string}>;
  for (const id of wanted) {
    const row = rows.find(candidate => candidate.id === id);
    const own = row && (personId === null || row.person_id === personId || held.some(other => other.id === id));
    if (!own) throw fileErrors.UNKNOWN();
  }
  const all = new Map([...held, ...rows].map(row => [row.id, row]));
  if (all.size > limits.caseFiles) throw fileErrors.TOO_MANY({most: limits.caseFiles});
  const bytes = [...all.values()].reduce((sum, row) => sum + Number(row.size_bytes), 0);
  if (bytes > limits.caseBytes) throw fileErrors.QUOTA({what: 'case', mostMegabytes: Math.floor(limits.caseBytes / 1_048_576)});
  const fresh = wanted.filter(id => !held.some(row => row.id === id && row.field === field));
  if (fresh.length > 0) await tx('file_link').insert(fresh.map(id => ({file_id: id, case_id: caseId, field, linked_at: at})));
}

import {join} from 'node:path';

/** A stored file; `createdBy` is a name. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** A row of the table `file`. */
export interface FileRow { readonly id: string; readonly name: string; readonly type: string; readonly size_bytes: number; readonly sha256: string; readonly person_id: string; readonly person_name: string; readonly created_at: number; readonly linked_at: number | null }

/** Where the bytes of a file lie: folders by the last two characters of the id, which are random. */
export function pathOf(folder: string, fileId: string): string {
  return join(folder, fileId.slice(-2), fileId);
}

/** A row as callers see it. */
export function toView(row: FileRow): FileView {
  return {id: row.id, name: row.name, type: row.type, sizeBytes: Number(row.size_bytes), sha256: row.sha256, createdAt: Number(row.created_at), createdBy: row.person_name};
}

import {createReadStream} from 'node:fs';
import {mkdir, rename, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Readable} from 'node:stream';
import {newId, type Store, type Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import {checkContent, checkName} from './check-content.js';
import {fileErrors} from './errors.js';
import {cleanName} from './file-kinds.js';
import {pathOf, toView, type FileRow, type FileView} from './file-row.js';
import {fileLimits, type FileLimits} from './limits.js';
import {holdFile, letFileGo} from './hold.js';
import {linkFiles, type FileLinking} from './link.js';
import {receive} from './receive.js';
import {sweepFiles} from './sweep.js';

/** Who uploads or reads. */
export interface FileActor {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly address: string;
}

/** Who may read the files of a case: answered by whoever knows cases. `field` is the form field that holds the file, `''` when it was not told. */
export interface FileAccess {
  canRead(actor: FileActor, holding: {readonly caseId: string; readonly field: string; readonly fileId: string}): Promise<boolean>;
  /** Whether somebody may read a file that something other than a case holds (`Files.hold`). Without it nobody may. */
  canReadHeld?(actor: FileActor, fileId: string): Promise<boolean>;
}

/** Notes who stored what, in the transaction that does. `data` holds no name: people write what they like into it. */
export interface FileAudit {
  record(tx: Tx, entry: {readonly actor: FileActor; readonly action: string; readonly subject: string; readonly result: 'done'; readonly at: number; readonly data: Readonly<Record<string, unknown>>}): Promise<void>;
}

/** What files need. `folder` holds the bytes and nothing else. */
export interface FileParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly folder: string;
  readonly access: FileAccess;
  readonly audit: FileAudit;
  readonly limits?: FileLimits;
}

/** Attachments: stored under names of our own, typed by content, readable by whoever may see a case that holds them. */
export interface Files {
  /**
   * Stores a stream.
   * @throws AppError `FILES_TYPE_REFUSED`, `FILES_TYPE_FALSE`, `FILES_ARCHIVE_UNSAFE`, `FILES_TOO_LARGE`, `FILES_EMPTY`, `FILES_QUOTA`, `FILES_CUT_OFF`.
   */
  upload(actor: FileActor, upload: {readonly name: string; readonly source: Readable}): Promise<FileView>;
  /** Opens a file for reading; the stream must be consumed or destroyed. @throws AppError `FILES_UNKNOWN`, also for a file one may not see. */
  open(actor: FileActor, fileId: string): Promise<{readonly file: FileView; readonly stream: Readable}>;
  /** Files of a case, oldest first, those that the actor may read. */
  ofCase(actor: FileActor, caseId: string): Promise<readonly FileView[]>;
  /** Names and sizes for lists and papers; unknown ids are left out. */
  describe(fileIds: readonly string[]): Promise<readonly FileView[]>;
  /** Ties files to a case in the transaction of the command that sends them. @throws AppError `FILES_UNKNOWN`, `FILES_QUOTA`, `FILES_TOO_MANY`. */
  link(tx: Tx, linking: FileLinking): Promise<void>;
  /** `link` at this moment without a field; the person `system` passes on files of other cases. */
  take(tx: Tx, taking: {readonly fileIds: readonly string[]; readonly caseId: string; readonly personId: string}): Promise<void>;
  /** Keeps a file that no case has yet for something else, in the transaction of its command; only who uploaded it may give it. @throws AppError `FILES_UNKNOWN` */
  hold(tx: Tx, holding: {readonly fileId: string; readonly personId: string; readonly at: number}): Promise<FileView>;
  /** Gives up what `hold` kept: where no case has the file, it is thrown away in time. */
  letGo(tx: Tx, fileId: string): Promise<void>;
  /** Throws away what no case took in time, and bytes without a row; answers how many. */
  sweep(): Promise<number>;
}

/** Makes files on the tables `file` and `file_link` and a folder. */
export function createFiles(parts: FileParts): Files {
  const {store, access, folder} = parts;
  const limits = parts.limits ?? fileLimits;
  return {
    upload: (actor, upload) => storeUpload(parts, limits, actor, upload),
    async open(actor, fileId) {
      const row = await store.knex('file').where({id: fileId}).first<FileRow | undefined>();
      if (!row || !(await mayRead(parts, actor, row))) throw fileErrors.UNKNOWN();
      return {file: toView(row), stream: createReadStream(pathOf(folder, row.id))};
    },
    async ofCase(actor, caseId) {
      const rows = (await store.knex('file').join('file_link', 'file_link.file_id', 'file.id').where({case_id: caseId}).orderBy('file.id').select('file.*', 'file_link.field')) as Array<FileRow & {field: string}>;
      const seen = new Map<string, FileView>();
      for (const row of rows) if (await access.canRead(actor, {caseId, field: row.field, fileId: row.id})) seen.set(row.id, toView(row));
      return [...seen.values()];
    },
    async describe(fileIds) {
      const rows = (await store.knex('file').whereIn('id', [...fileIds]).orderBy('id')) as FileRow[];
      return rows.map(toView);
    },
    link: (tx, linking) => linkFiles(tx, limits, linking),
    take: (tx, {fileIds, caseId, personId}) => linkFiles(tx, limits, {fileIds, caseId, field: '', personId: personId === 'system' ? null : personId, at: parts.clock.now()}),
    hold: holdFile,
    letGo: letFileGo,
    sweep: () => sweepFiles({...parts, limits}),
  };
}

async function mayRead(parts: FileParts, actor: FileActor, row: FileRow): Promise<boolean> {
  const links = (await parts.store.knex('file_link').where({file_id: row.id}).select('case_id', 'field')) as Array<{case_id: string; field: string}>;
  if (links.length === 0 && row.linked_at === null) return row.person_id === actor.personId;
  for (const link of links) if (await parts.access.canRead(actor, {caseId: link.case_id, field: link.field, fileId: row.id})) return true;
  return (await parts.access.canReadHeld?.(actor, row.id)) ?? false;
}

async function storeUpload(parts: FileParts, limits: FileLimits, actor: FileActor, upload: {readonly name: string; readonly source: Readable}): Promise<FileView> {
  const {store, clock, folder} = parts;
  const name = cleanName(upload.name);
  checkName(name);
  await checkQuota(store, limits, actor.personId);
  const id = newId(clock.now());
  const incoming = join(folder, 'incoming', id);
  const received = await receive(upload.source, incoming, limits.fileBytes);
  try {
    const kind = await checkContent(incoming, name, received.sizeBytes);
    const row = {id, name, type: kind.type, size_bytes: received.sizeBytes, sha256: received.sha256, person_id: actor.personId, person_name: actor.personName, unit_id: actor.unitId, created_at: clock.now(), linked_at: null};
    await mkdir(dirname(pathOf(folder, id)), {recursive: true});
    await rename(incoming, pathOf(folder, id));
    await store.tx(async tx => {
      await tx('file').insert(row);
      await parts.audit.record(tx, {actor, action: 'files.upload', subject: id, result: 'done', at: row.created_at, data: {type: row.type, sizeBytes: row.size_bytes, sha256: row.sha256}});
    });
    return toView(row);
  } catch (error) {
    await rm(incoming, {force: true});
    await rm(pathOf(folder, id), {force: true});
    throw error;
  }
}

async function checkQuota(store: Store, limits: FileLimits, personId: string): Promise<void> {
  const sum = async (where: (query: ReturnType<Store['knex']>) => ReturnType<Store['knex']>) => {
    const row = (await where(store.knex('file')).sum({sum: 'size_bytes'}).first()) as {sum: number | string | null} | undefined;
    return Number(row?.sum ?? 0);
  };
  const megabytes = (bytes: number) => Math.floor(bytes / 1_048_576);
  if ((await sum(query => query.where({person_id: personId}).whereNull('linked_at'))) >= limits.personBytes) throw fileErrors.QUOTA({what: 'person', mostMegabytes: megabytes(limits.personBytes)});
  if ((await sum(query => query)) >= limits.totalBytes) throw fileErrors.QUOTA({what: 'installation', mostMegabytes: megabytes(limits.totalBytes)});
}

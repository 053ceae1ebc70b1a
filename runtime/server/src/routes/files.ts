import type {IncomingMessage} from 'node:http';
import type {Readable} from 'node:stream';
import busboy from 'busboy';
import {fileRoutes} from '@banli/api';
import type {Cases} from '@banli/cases';
import {isAppError} from '@banli/errors';
import {sleep} from '@banli/time';
import {fileErrors, fileLimits, type FileActor, type Files, type FileView} from '@banli/files';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of attachments stand on. `cases` says of a case whether it may be seen. */
export interface FileRouteDeps {
  readonly files: Files;
  readonly cases: Pick<Cases, 'assertVisible'>;
}

/** Binds the routes of attachments. */
export function bindFileRoutes({files, cases}: FileRouteDeps): readonly BoundRoute[] {
  return [
    bindRoute(fileRoutes.upload, async ({incoming, actor}) => toFile(await readUpload(files, actor, incoming))),
    bindRoute(fileRoutes.download, async ({params, actor}) => {
      const {file, stream} = await files.open(actor, params.fileId);
      return {stream, name: file.name, type: file.type, sizeBytes: file.sizeBytes};
    }),
    bindRoute(fileRoutes.ofCase, async ({params, actor}) => {
      await cases.assertVisible(actor, params.caseId);
      return {files: (await files.ofCase(actor, params.caseId)).map(toFile)};
    }),
  ];
}

/** How long the rest of a refused upload is taken in, milliseconds. */
const longestRestMs = 5_000;

function toFile({id, name, type, sizeBytes, createdAt, createdBy}: FileView) {
  return {id, name, type, sizeBytes, createdAt, createdBy};
}

/**
 * Streams the one file of a multipart form to its store; other fields are ignored.
 *
 * @throws AppError `FILES_FORM_BROKEN` without a file or for a form that is none; whatever `Files.upload` throws.
 */
export async function readUpload(files: Pick<Files, 'upload'>, actor: FileActor, incoming: IncomingMessage): Promise<FileView> {
  const form = openForm(incoming);
  const stored = new Promise<FileView>((resolve, reject) => {
    let uploading: Promise<FileView> | null = null;
    let refused = false;
    const refuse = (cause: unknown): void => {
      // Once a file is on its way, its receiver says what became of it: a refused one breaks its stream and its form, too.
      if (uploading !== null) return;
      // A form goes on after a part that is broken: what comes then belongs to an upload that was refused.
      refused = true;
      reject(isAppError(cause) ? cause : fileErrors.FORM_BROKEN({}, {cause}));
    };
    form.on('file', (name: string, source: Readable, info: {readonly filename?: string}) => {
      source.on('error', refuse);
      if (name !== 'file' || uploading !== null || refused) return void source.resume();
      uploading = files.upload(actor, {name: info.filename ?? '', source});
      uploading.then(resolve, reject);
    });
    form.once('close', () => refuse(undefined));
    form.on('error', refuse);
    incoming.once('aborted', () => form.destroy(fileErrors.CUT_OFF()));
    incoming.pipe(form);
  });
  return stored.finally(async () => {
    incoming.unpipe(form);
    incoming.resume();
    await takenIn(incoming);
  });
}

/** A refusal that comes while the sender still sends may never reach him: the rest is thrown away first, for a while. */
async function takenIn(incoming: IncomingMessage): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  if (incoming.readableEnded || incoming.destroyed) return;
  incoming.once('end', end).once('close', end);
  await sleep(longestRestMs, over.signal);
}

function openForm(incoming: IncomingMessage): busboy.Busboy {
  try {
    return busboy({headers: incoming.headers, defParamCharset: 'utf8', limits: {files: 2, fields: 10, parts: 12, fieldSize: 1000, headerPairs: 50, fileSize: fileLimits.fileBytes + 1}});
  } catch (cause) {
    throw fileErrors.FORM_BROKEN({}, {cause});
  }
}

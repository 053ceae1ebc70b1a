import type {IncomingMessage} from 'node:http';
import type {Readable} from 'node:stream';
import busboy from 'busboy';
import {fileErrors} from '@banli/files';

/**
 * Reads the one file of a multipart form (field `file`) into memory; what goes beyond `most` bytes is thrown away, so that the caller sees
 * a file that is too large. Other fields are ignored.
 *
 * @throws AppError `FILES_FORM_BROKEN` without a file or for a form that is none, `FILES_CUT_OFF`.
 */
export async function readUploadBytes(incoming: IncomingMessage, most: number): Promise<Buffer> {
  const form = openForm(incoming, most);
  return new Promise<Buffer>((resolve, reject) => {
    let chunks: Buffer[] | null = null;
    form.on('file', (name: string, source: Readable) => {
      if (name !== 'file' || chunks !== null) return void source.resume();
      const own: Buffer[] = [];
      chunks = own;
      source.on('data', (chunk: Buffer) => void own.push(chunk));
      source.on('error', cause => reject(fileErrors.FORM_BROKEN({}, {cause})));
    });
    form.once('close', () => (chunks === null ? reject(fileErrors.FORM_BROKEN()) : resolve(Buffer.concat(chunks))));
    form.on('error', cause => reject(fileErrors.FORM_BROKEN({}, {cause})));
    incoming.once('aborted', () => reject(fileErrors.CUT_OFF()));
    incoming.pipe(form);
  }).finally(() => {
    incoming.unpipe(form);
    incoming.resume();
  });
}

function openForm(incoming: IncomingMessage, most: number): busboy.Busboy {
  try {
    return busboy({headers: incoming.headers, defParamCharset: 'utf8', limits: {files: 2, fields: 10, parts: 12, fieldSize: 1000, headerPairs: 50, fileSize: most}});
  } catch (cause) {
    throw fileErrors.FORM_BROKEN({}, {cause});
  }
}

import {createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {mkdir, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {Transform, type Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {isAppError} from '@banli/errors';
import {fileErrors} from './errors.js';

/** What arrived. */
export interface Received {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Writes a stream to a file, counting and hashing on the way; never more than the limit is on the disk, and nothing stays when it fails.
 *
 * @throws AppError `FILES_TOO_LARGE`, `FILES_EMPTY`, `FILES_CUT_OFF`.
 */
export async function receive(source: Readable, path: string, mostBytes: number): Promise<Received> {
  await mkdir(dirname(path), {recursive: true});
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const meter = new Transform({
    transform(piece: Buffer, _encoding, next) {
      sizeBytes += piece.length;
      if (sizeBytes > mostBytes) return next(fileErrors.TOO_LARGE({mostMegabytes: Math.floor(mostBytes / 1_048_576)}));
      hash.update(piece);
      next(null, piece);
    },
  });
  try {
    await pipeline(source, meter, createWriteStream(path, {flags: 'wx', mode: 0o600, flush: true}));
    if (sizeBytes === 0) throw fileErrors.EMPTY();
    return {sizeBytes, sha256: hash.digest('hex')};
  } catch (error) {
    await rm(path, {force: true});
    throw isAppError(error) || isOurs(error) ? error : fileErrors.CUT_OFF({}, {cause: error});
  }
}

/** Failures of our own disk, not of the sender. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EACCES', 'EIO', 'EEXIST', 'EROFS', 'EMFILE'].includes(String(error.code));
}

import type {IncomingMessage} from 'node:http';
import {httpErrors} from './errors.js';

/** Largest JSON body in bytes. */
export const mostJsonBytes = 1_048_576;
const mostDepth = 40;

/**
 * Reads a JSON body and refuses what JSON allows but nobody needs: deep nesting, `__proto__`, NUL signs, numbers beyond all bounds.
 *
 * @throws AppError `HTTP_MEDIA_WRONG`, `HTTP_TOO_LARGE`, `HTTP_JSON_BROKEN`, `HTTP_JSON_UNSAFE`, `HTTP_CUT_OFF`.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type)) throw httpErrors.MEDIA_WRONG({wanted: 'application/json'});
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity') throw httpErrors.MEDIA_WRONG({wanted: 'an uncompressed body'});
  const value = parse(await readBytes(request));
  checkValue(value, 0);
  return value;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => httpErrors.TOO_LARGE({mostKilobytes: mostJsonBytes / 1024});
  if (Number(request.headers['content-length'] ?? 0) > mostJsonBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > mostJsonBytes) break;
      pieces.push(piece);
    }
  } catch (cause) {
    throw httpErrors.CUT_OFF({}, {cause});
  }
  if (length > mostJsonBytes) throw tooLarge();
  return Buffer.concat(pieces);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true, ignoreBOM: false}).decode(bytes)) as unknown;
  } catch (cause) {
    throw httpErrors.JSON_BROKEN({}, {cause});
  }
}

function checkValue(value: unknown, depth: number): void {
  if (depth > mostDepth) throw httpErrors.JSON_UNSAFE({what: 'too many levels'});
  if (typeof value === 'string' && value.includes('\u0000')) throw httpErrors.JSON_UNSAFE({what: 'a NUL sign'});
  if (typeof value === 'number' && !Number.isFinite(value)) throw httpErrors.JSON_UNSAFE({what: 'an endless number'});
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__' || key.includes('\u0000')) throw httpErrors.JSON_UNSAFE({what: 'a forbidden key'});
    checkValue(item, depth + 1);
  }
}

import {open, type FileHandle} from 'node:fs/promises';
import {fileTypeFromBuffer} from 'file-type';
import {fileErrors} from './errors.js';
import {extensionOf, fileKinds, kindOf, type FileKind} from './file-kinds.js';
import {readZipNames} from './zip-directory.js';

/** How much of a file is looked at for its signature. */
const headBytes = 8192;
const zipMagic = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** What a browser might take for a page or a program, whatever the file is called. */
const markup = /^\s*(<\?xml|<!doctype|<html|<svg|<script|<body|<iframe|#!|MZ|%!PS)/i;

/** Says whether a name's kind is taken at all, before a byte is read. @throws AppError `FILES_TYPE_REFUSED` */
export function checkName(name: string): FileKind {
  const kind = kindOf(name);
  if (kind) return kind;
  throw fileErrors.TYPE_REFUSED({extension: extensionOf(name) || '?', taken: fileKinds.flatMap(known => known.extensions)});
}

/**
 * Compares a file's content with what its name says. What the uploader declared plays no part.
 *
 * @throws AppError `FILES_TYPE_FALSE`, `FILES_ARCHIVE_UNSAFE`.
 * @see Source: OWASP ASVS 5.0, 5.2 (file upload): type by content, unpacked size.
 */
export async function checkContent(path: string, name: string, sizeBytes: number): Promise<FileKind> {
  const kind = checkName(name);
  const file = await open(path, 'r');
  try {
    if (!(await fits(file, kind, sizeBytes))) throw fileErrors.TYPE_FALSE({extension: extensionOf(name)});
    return kind;
  } finally {
    await file.close();
  }
}

async function fits(file: FileHandle, kind: FileKind, sizeBytes: number): Promise<boolean> {
  const head = Buffer.alloc(Math.min(headBytes, sizeBytes));
  await file.read(head, 0, head.length, 0);
  const {check} = kind;
  if (check.by === 'text') return isText(file, head, sizeBytes);
  if (check.by === 'package') return head.subarray(0, 4).equals(zipMagic) && ((await readZipNames(file, sizeBytes))?.has(check.part) ?? false);
  if (head.subarray(0, 4).equals(zipMagic) || head.subarray(0, 2).toString('latin1') === 'PK') return false;
  const found = await fileTypeFromBuffer(head);
  return found !== undefined && check.mimes.includes(found.mime);
}

/** UTF-8 or GB 18030 without control signs, and nothing that looks like a page. */
async function isText(file: FileHandle, head: Buffer, sizeBytes: number): Promise<boolean> {
  if (markup.test(head.toString('utf8').replace(/^\uFEFF/, '')) || (await fileTypeFromBuffer(head)) !== undefined) return false;
  const decoders = [new TextDecoder('utf-8', {fatal: true}), new TextDecoder('gb18030', {fatal: true})];
  const alive = [true, true];
  const piece = Buffer.alloc(65_536);
  for (let position = 0; position < sizeBytes; ) {
    const {bytesRead} = await file.read(piece, 0, piece.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const bytes = piece.subarray(0, bytesRead);
    if (/[\x00-\x08\x0e-\x1f\x7f]/.test(bytes.toString('latin1'))) return false;
    decoders.forEach((decoder, index) => {
      alive[index] = alive[index] === true && decodes(decoder, bytes, position < sizeBytes);
    });
  }
  return alive.includes(true);
}

function decodes(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, more: boolean): boolean {
  try {
    decoder.decode(bytes, {stream: more});
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

import type {FileHandle} from 'node:fs/promises';
import {fileErrors} from './errors.js';

/** Limits of an office package, so that unpacking it cannot fill a disk. Own figures. */
const mostEntries = 5000;
const mostUnpackedBytes = 300 * 1024 * 1024;
const mostRatio = 200;
const mostDirectoryBytes = 4 * 1024 * 1024;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/**
 * Reads the names in a zip's directory and refuses what unpacks dangerously. Nothing is unpacked.
 *
 * @returns `null` when it is not a zip.
 * @throws AppError `FILES_ARCHIVE_UNSAFE`: too many or too large entries, a path that leaves the folder, macros, encryption, zip64.
 */
export async function readZipNames(file: FileHandle, sizeBytes: number): Promise<ReadonlySet<string> | null> {
  const tail = await readAt(file, Math.max(0, sizeBytes - 65_557), Math.min(sizeBytes, 65_557));
  const end = findEnd(tail);
  if (end === null) return null;
  const [entries, length, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (entries === 0xffff || length === 0xffffffff || start === 0xffffffff) throw fileErrors.ARCHIVE_UNSAFE({reason: 'zip64'});
  if (entries > mostEntries || length > mostDirectoryBytes || start + length > sizeBytes) throw fileErrors.ARCHIVE_UNSAFE({reason: 'directory'});
  return readDirectory(await readAt(file, start, length), entries, sizeBytes);
}

function readDirectory(directory: Buffer, entries: number, sizeBytes: number): ReadonlySet<string> {
  const names = new Set<string>();
  let unpacked = 0;
  let position = 0;
  for (let index = 0; index < entries; index += 1) {
    if (position + 46 > directory.length || directory.readUInt32LE(position) !== entrySignature) throw fileErrors.ARCHIVE_UNSAFE({reason: 'directory'});
    const nameLength = directory.readUInt16LE(position + 28);
    const name = directory.toString('utf8', position + 46, position + 46 + nameLength);
    if ((directory.readUInt16LE(position + 8) & 1) === 1) throw fileErrors.ARCHIVE_UNSAFE({reason: 'encrypted'});
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:/.test(name)) throw fileErrors.ARCHIVE_UNSAFE({reason: 'path'});
    if (/vbaProject\.bin$|\.(exe|dll|js|vbs|bat|cmd|ps1)$/i.test(name)) throw fileErrors.ARCHIVE_UNSAFE({reason: 'macro'});
    unpacked += directory.readUInt32LE(position + 24);
    names.add(name);
    position += 46 + nameLength + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  if (unpacked > mostUnpackedBytes || unpacked > sizeBytes * mostRatio) throw fileErrors.ARCHIVE_UNSAFE({reason: 'size'});
  return names;
}

function findEnd(tail: Buffer): number | null {
  for (let position = tail.length - 22; position >= 0; position -= 1) {
    if (tail.readUInt32LE(position) === endSignature && position + 22 + tail.readUInt16LE(position + 20) === tail.length) return position;
  }
  return null;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const {bytesRead} = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

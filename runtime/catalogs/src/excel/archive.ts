import {inflateRawSync} from 'node:zlib';
import {excelErrors} from './errors.js';

const megabyte = 1_048_576;
/** Own figures: 500 rows of the widest catalog need a tenth of this. */
const mostPacked = 2 * megabyte;
const mostUnpacked = 32 * megabyte;

/**
 * Refuses an archive that is too large, packed or unpacked: what it says of its own sizes is not believed.
 *
 * @throws AppError `CATALOG_EXCEL_NOT_XLSX`, `CATALOG_EXCEL_TOO_LARGE`
 */
export function checkArchive(bytes: Buffer): void {
  const tooLarge = () => excelErrors.TOO_LARGE({mostMegabytes: mostPacked / megabyte, unpackedMegabytes: mostUnpacked / megabyte});
  if (bytes.length > mostPacked) throw tooLarge();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) throw excelErrors.NOT_XLSX();
  let rest = mostUnpacked;
  try {
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
      const size = unpackedSize(bytes, at, rest);
      if (size > rest) throw tooLarge();
      rest -= size;
      at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    if (isCode(error, 'ERR_BUFFER_TOO_LARGE')) throw tooLarge();
    if (error instanceof RangeError || isCode(error, 'Z_')) throw excelErrors.NOT_XLSX({}, {cause: error});
    throw error;
  }
}

/** Bytes of one entry of the central directory; at most `most` are unpacked to find out. */
function unpackedSize(bytes: Buffer, at: number, most: number): number {
  const [method, packed, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  if (bytes.readUInt32LE(at) !== 0x02014b50 || (method !== 0 && method !== 8)) throw excelErrors.NOT_XLSX();
  if (packed === 0 || method === 0) return packed;
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  return inflateRawSync(bytes.subarray(start, start + packed), {maxOutputLength: Math.max(1, most)}).length;
}

function isCode(error: unknown, start: string): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(start);
}

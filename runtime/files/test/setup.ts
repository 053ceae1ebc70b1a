import {readdir} from 'node:fs/promises';
import {Readable} from 'node:stream';
import {openTestStore} from '@banli/store/testing';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {createTestClock} from '@banli/time';
import {createFiles, fileLimits, type FileLimits, type FileAudit} from '../src/index.js';

export const actor = (personId: string) => ({personId, personName: `人${personId}`, unitId: 'u1', roles: ['clerk'], requestId: 'r', address: ''});

/** The first bytes of a PNG with nothing behind it. */
export const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
export const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n%%EOF\n', 'latin1');

/** A zip that only has a directory: names, claimed unpacked size of each, flags. */
export function zip(names: readonly string[], options: {unpacked?: number; flags?: number} = {}): Buffer {
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(26)]);
  const entries = names.map(name => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(options.flags ?? 0, 8);
    entry.writeUInt32LE(options.unpacked ?? 10, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    return Buffer.concat([entry, Buffer.from(name)]);
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

export const docx = zip(['[Content_Types].xml', 'word/document.xml']);

/** Files in a scratch folder; `readers` may read fields of cases, `held` what something else holds. */
export async function setup(limits: Partial<FileLimits> = {}) {
  const folder = scratchFolder('files');
  const store = await openTestStore();
  const clock = createTestClock(1_760_000_000_000);
  const readers = new Set<string>();
  const held = new Set<string>();
  const audited: Array<Parameters<FileAudit['record']>[1]> = [];
  const files = createFiles({store, clock, folder, limits: {...fileLimits, ...limits}, audit: {record: async (_, entry) => void audited.push(entry)}, access: {canRead: async (reader, {caseId, field}) => readers.has(`${reader.personId} ${caseId} ${field}`), canReadHeld: async (reader, fileId) => held.has(`${reader.personId} ${fileId}`)}});
  const upload = (name: string, content: Buffer | string, personId = 'p1') => files.upload(actor(personId), {name, source: Readable.from([Buffer.from(content)])});
  const link = (caseId: string, fileIds: readonly string[], personId: string | null = 'p1') => store.tx(tx => files.link(tx, {caseId, field: 'attachments', fileIds, personId, at: clock.now()}));
  const onDisk = async () => (await readdir(folder, {recursive: true, withFileTypes: true})).filter(entry => entry.isFile()).length;
  const close = async () => {
    await store.close();
  };
  return {folder, store, clock, readers, held, audited, files, upload, link, onDisk, close};
}

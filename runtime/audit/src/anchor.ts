import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';
import {open, readFile, rename} from 'node:fs/promises';
import {auditErrors} from './errors.js';

/** The head of the chain, remembered outside the database: what lies before it cannot be cut off unseen. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

/** Keeps the head of the chain in a file beside the keys. */
export interface AnchorFile {
  readonly path: string;
  /** `null` when there is no file. @throws AppError `AUDIT_ANCHOR_FORGED` */
  read(): Promise<Anchor | null>;
  /** Writes whole or not at all. */
  write(anchor: Anchor): Promise<void>;
}

/** Makes an anchor file; its content is signed with the audit key. */
export function createAnchorFile(path: string, key: Buffer): AnchorFile {
  const macOf = (anchor: Anchor) => createHmac('sm3', key).update(`anchor\n${anchor.seq}\n${anchor.hash}`).digest('hex');
  return {
    path,
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return null;
      const anchor = parse(text);
      if (!anchor || !same(anchor.mac, macOf(anchor))) throw auditErrors.ANCHOR_FORGED({path});
      return {seq: anchor.seq, hash: anchor.hash};
    },
    async write(anchor) {
      const draft = `${path}.${randomBytes(4).toString('hex')}`;
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify({...anchor, mac: macOf(anchor)})}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    },
  };
}

function parse(text: string): (Anchor & {mac: string}) | null {
  try {
    const value = JSON.parse(text) as Partial<Anchor & {mac: string}>;
    const {seq, hash, mac} = value;
    return typeof seq === 'number' && typeof hash === 'string' && typeof mac === 'string' ? {seq, hash, mac} : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function same(one: string, two: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(two)];
  return first.length === second.length && timingSafeEqual(first, second);
}

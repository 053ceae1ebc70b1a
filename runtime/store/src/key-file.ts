import {randomBytes} from 'node:crypto';
import {link, mkdir, open, readFile, rm, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {storeErrors} from './errors.js';

/** Secrets of one purpose: several cipher keys by id, of which `current` seals, and one key that never changes for looking things up. */
export interface KeyFile {
  readonly current: string;
  readonly keys: Readonly<Record<string, {readonly cipher: Buffer; readonly mac: Buffer}>>;
  readonly index: Buffer;
}

interface KeyFileJson {
  current: string;
  keys: Record<string, {cipher: string; mac: string}>;
  index: string;
}

/**
 * Reads a key file, or makes it at the first start: readable by its owner alone, written whole or not at all, so that two
 * processes that start together agree on one.
 *
 * @param create - `false` refuses to make one, for a database that was sealed with keys that are gone.
 * @throws AppError `STORE_KEYS_MISSING`, `STORE_KEYS_OPEN` when others may read it, `STORE_KEYS_BROKEN`.
 */
export async function loadKeyFile(path: string, options: {create: boolean}): Promise<KeyFile> {
  const known = await readIfThere(path);
  if (known !== null) return parseKeyFile(path, known);
  if (!options.create) throw storeErrors.KEYS_MISSING({path});
  await writeOnce(path, JSON.stringify(newKeys(), null, 2));
  return parseKeyFile(path, await readFile(path, 'utf8'));
}

/** Makes keys that live in memory only, for tests and trials. */
export function createKeys(): KeyFile {
  return decode(newKeys());
}

async function readIfThere(path: string): Promise<string | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return null;
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) throw storeErrors.KEYS_OPEN({path});
  return readFile(path, 'utf8');
}

/** `link` refuses to replace, so whoever comes second reads what the first one wrote. */
async function writeOnce(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, {force: true});
  }
}

function newKeys(): KeyFileJson {
  const id = `k${randomBytes(4).toString('hex')}`;
  return {
    current: id,
    keys: {[id]: {cipher: randomBytes(16).toString('base64'), mac: randomBytes(32).toString('base64')}},
    index: randomBytes(32).toString('base64'),
  };
}

function parseKeyFile(path: string, text: string): KeyFile {
  let keys: KeyFile;
  try {
    keys = decode(JSON.parse(text) as KeyFileJson);
  } catch (cause) {
    throw storeErrors.KEYS_BROKEN({path}, {cause});
  }
  const whole = keys.keys[keys.current] !== undefined && keys.index.length >= 32 && Object.entries(keys.keys).every(([id, key]) => /^[a-z0-9]{1,20}$/.test(id) && key.cipher.length === 16 && key.mac.length >= 32);
  if (!whole) throw storeErrors.KEYS_BROKEN({path});
  return keys;
}

function decode(json: KeyFileJson): KeyFile {
  const keys = Object.entries(json.keys).map(([id, key]) => [id, {cipher: Buffer.from(key.cipher, 'base64'), mac: Buffer.from(key.mac, 'base64')}] as const);
  return {current: json.current, keys: Object.fromEntries(keys), index: Buffer.from(json.index, 'base64')};
}

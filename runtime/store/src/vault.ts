import {createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual} from 'node:crypto';
import {storeErrors} from './errors.js';
import {loadKeyFile, type KeyFile} from './key-file.js';
import {isDuplicateKey} from './retry.js';
import type {Store} from './store.js';

/** Seals what must not be read in the database, and finds it again by exact match. */
export interface Vault {
  /** Encrypts a text; the same text gives another result each time. */
  seal(text: string): string;
  /** @throws AppError `STORE_SEAL_BROKEN` when one bit was changed, `STORE_SEAL_KEY_UNKNOWN` when its key is not in the key file. */
  open(sealed: string): string;
  /** Keyed hash (64 hex characters) of the normalised text: equal for the same phone or id number however it was typed. */
  blindIndex(text: string): string;
  /** A key of 256 bits (64 hex characters) for a purpose: always the same, and telling nothing of those for others. */
  keyFor(purpose: string): string;
}

const macBytes = 32;
const ivBytes = 16;

/**
 * Makes a vault on keys: SM4-CTR, then HMAC-SM3 over header, counter block and cipher text.
 * The id of the key stands in the sealed text (`v1.<key id>.<base64url>`), so keys can change while old values stay readable.
 *
 * @see Source: GB/T 32907 (SM4), GB/T 32905 (SM3), GB/T 39786 level 3: important data confidential and whole at rest.
 */
export function createVault(keys: KeyFile): Vault {
  return {
    seal(text) {
      const key = keys.keys[keys.current];
      if (!key) throw storeErrors.SEAL_KEY_UNKNOWN({key: keys.current});
      const header = `v1.${keys.current}.`;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('sm4-ctr', key.cipher, iv);
      const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]);
      return header + Buffer.concat([body, macOf(key.mac, header, body)]).toString('base64url');
    },
    open(sealed) {
      const [version, keyId, text, ...rest] = sealed.split('.');
      if (version !== 'v1' || keyId === undefined || text === undefined || rest.length > 0) throw storeErrors.SEAL_BROKEN();
      const key = Object.hasOwn(keys.keys, keyId) ? keys.keys[keyId] : undefined;
      if (!key) throw storeErrors.SEAL_KEY_UNKNOWN({key: keyId});
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < ivBytes + macBytes || bytes.toString('base64url') !== text) throw storeErrors.SEAL_BROKEN();
      const body = bytes.subarray(0, bytes.length - macBytes);
      if (!timingSafeEqual(macOf(key.mac, `v1.${keyId}.`, body), bytes.subarray(bytes.length - macBytes))) throw storeErrors.SEAL_BROKEN();
      const decipher = createDecipheriv('sm4-ctr', key.cipher, body.subarray(0, ivBytes));
      return Buffer.concat([decipher.update(body.subarray(ivBytes)), decipher.final()]).toString('utf8');
    },
    blindIndex: text => createHmac('sm3', keys.index).update(normalise(text), 'utf8').digest('hex'),
    // What is indexed has no small letters and no blanks, so that no index is a key.
    keyFor: purpose => createHmac('sm3', keys.index).update(`key for ${purpose}`, 'utf8').digest('hex'),
  };
}

/**
 * Opens the vault of an installation. The database remembers a fingerprint of its keys, so that a lost key file is noticed at
 * start and never replaced by a new one that cannot open anything.
 *
 * @throws AppError `STORE_KEYS_MISSING`, `STORE_KEYS_WRONG`, `STORE_KEYS_OPEN`, `STORE_KEYS_BROKEN`.
 */
export async function openVault(store: Store, path: string): Promise<Vault> {
  const name = 'vault.fingerprint';
  const known = await store.knex('setting').where({name}).first<{value: string} | undefined>();
  const keys = await loadKeyFile(path, {create: known === undefined});
  const fingerprint = createHash('sm3').update('banli vault').update(keys.index).digest('hex');
  if (known === undefined) {
    try {
      await store.knex('setting').insert({name, value: fingerprint});
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return openVault(store, path);
    }
  } else if (known.value !== fingerprint) {
    throw storeErrors.KEYS_WRONG({path});
  }
  return createVault(keys);
}

/** Full-width and half-width, blanks, dashes, brackets and case do not matter; +86 before a mobile number neither. */
function normalise(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s\-‐-―()（）]/g, '').toUpperCase();
  return plain.replace(/^(?:\+|00)86(?=1\d{10}$)/, '');
}

function macOf(key: Buffer, header: string, body: Buffer): Buffer {
  return createHmac('sm3', key).update(header, 'utf8').update(body).digest();
}

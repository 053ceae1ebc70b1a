import type {NetStorage} from './autosave.js';
import {keptKey, keptOf, type KeptStorage} from './kept-texts.js';

/** What a browser's storage offers of what is needed here; `localStorage` fits. */
export interface BaseStorage extends NetStorage, KeptStorage {}

/** A storage of unsaved texts that only their person can read: in the browser they lie encrypted, on the open page they are at hand. */
export interface SealedStorage extends BaseStorage {
  /**
   * Opens what a person left here; before that nothing can be read. What his key does not open is of no use any more and goes.
   *
   * @param key - 64 hexadecimal digits that the server tells him alone, the same at each sign-in.
   */
  unlock(personId: string, key: string): Promise<void>;
  /** Takes over what another tab has written under a name, or removed (`null`). */
  noteOther(name: string, stored: string | null): Promise<void>;
  /** Resolves when everything written so far lies in the browser. */
  settled(): Promise<void>;
}

const mark = 'sealed1.';
const ivBytes = 12;

/**
 * Makes a sealed storage on a browser's one: AES-GCM with 256 bits, each entry bound to its name.
 *
 * @param subtle - Missing where the page came by plain HTTP from another machine: browsers offer no encryption there, and texts lie open as they
 *   went over the network.
 */
export function createSealedStorage(base: BaseStorage, subtle: SubtleCrypto | undefined): SealedStorage {
  return new Sealed(base, subtle);
}

class Sealed implements SealedStorage {
  private readonly open = new Map<string, string>();
  /** The last write under each name; an older one that ends later is dropped. */
  private readonly writes = new Map<string, symbol>();
  private running: Promise<unknown> = Promise.resolve();
  private key_: CryptoKey | null = null;
  private holder: {readonly personId: string; readonly key: string} | null = null;

  constructor(private readonly base: BaseStorage, private readonly subtle: SubtleCrypto | undefined) {}

  get length(): number {
    return this.names().length;
  }

  key(index: number): string | null {
    return this.names()[index] ?? null;
  }

  getItem(name: string): string | null {
    return this.open.get(name) ?? null;
  }

  setItem(name: string, text: string): void {
    this.open.set(name, text);
    if (!this.subtle) return this.base.setItem(name, text);
    const write = Symbol(name);
    this.writes.set(name, write);
    const before = this.running;
    const own = this.seal(name, text).then(sealed => {
      if (sealed !== null && this.writes.get(name) === write) put(this.base, name, sealed);
    });
    this.running = Promise.all([before, own]);
  }

  removeItem(name: string): void {
    this.open.delete(name);
    this.writes.delete(name);
    this.base.removeItem(name);
  }

  async unlock(personId: string, key: string): Promise<void> {
    if (this.holder?.personId === personId && this.holder.key === key) return;
    this.key_ = this.subtle ? await this.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['encrypt', 'decrypt']) : null;
    this.holder = {personId, key};
    this.open.clear();
    for (const name of keptOf(this.base, personId)) {
      const stored = this.base.getItem(name) ?? '';
      const text = await this.read(name, stored);
      if (text === null) this.removeItem(name);
      else if (stored.startsWith(mark)) this.open.set(name, text);
      else this.setItem(name, text);
    }
  }

  async noteOther(name: string, stored: string | null): Promise<void> {
    if (!this.holder || !name.startsWith(keptKey(this.holder.personId, ''))) return;
    const text = stored === null ? null : await this.read(name, stored);
    if (text === null) this.open.delete(name);
    else this.open.set(name, text);
  }

  async settled(): Promise<void> {
    await this.running;
  }

  private names(): readonly string[] {
    const stored = Array.from({length: this.base.length}, (_, index) => this.base.key(index) ?? '');
    return [...new Set([...stored, ...this.open.keys()])];
  }

  private async seal(name: string, text: string): Promise<string | null> {
    if (!this.subtle || !this.key_) return null;
    const iv = globalThis.crypto.getRandomValues(new Uint8Array(ivBytes));
    const body = await this.subtle.encrypt({name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name)}, this.key_, new TextEncoder().encode(text));
    return mark + textOf(iv) + textOf(new Uint8Array(body));
  }

  /** The text of an entry; one without the mark was kept before there was a key. `null` for what the key does not open. */
  private async read(name: string, stored: string): Promise<string | null> {
    if (!stored.startsWith(mark)) return stored;
    if (!this.subtle || !this.key_) return null;
    const all = bytesOf(stored.slice(mark.length));
    try {
      const plain = await this.subtle.decrypt({name: 'AES-GCM', iv: all.slice(0, ivBytes), additionalData: new TextEncoder().encode(name)}, this.key_, all.slice(ivBytes));
      return new TextDecoder().decode(plain);
    } catch (error) {
      // Another key, or a changed entry.
      if (!(error instanceof Error)) throw error;
      return null;
    }
  }
}

/** A full or closed storage is no reason to stop typing: the server copy still follows. */
function put(base: BaseStorage, name: string, sealed: string): void {
  try {
    base.setItem(name, sealed);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** Bytes as hexadecimal digits. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Hexadecimal digits as bytes. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({length: Math.floor(text.length / 2)}, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}

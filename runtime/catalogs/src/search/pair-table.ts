import type {BigramIndex} from './bigram-index.js';
import {KeyTable} from './key-table.js';

/** What `PairTable.askedOf` answers with, as bits: the parts of an index that know every pair of a query, and whether a part of the query may be found. */
export const parts = {titles: 1, words: 2, initials: 4, elements: 8, paths: 16, some: 32} as const;

/** Digits that a synonym or an element of digits alone holds: other digits are found in no sentence. */
const numbers = 64;

/** Of these, a part of a query is enough: the words of a sentence. Letters and branches have to hold all of it. */
const inSentences = parts.titles | parts.words | parts.elements;

/** What the table is made of: the parts of an index, and the texts that a sentence may hold whole. */
export interface PairSources {
  readonly indexes: ReadonlyArray<readonly [part: number, index: BigramIndex]>;
  readonly whole: ReadonlyArray<readonly string[]>;
}

/**
 * All pairs of characters, and single ones, of an index in one table, each with the parts that know it: a query that none of them can hold is told by one look for each of its pairs, before anything is made for
 * it. Never says no to what can be found.
 */
export class PairTable {
  readonly #keys = new KeyTable();
  readonly #parts: Uint8Array;

  constructor({indexes, whole}: PairSources) {
    const known: number[] = [];
    for (const [part, index] of indexes) {
      index.eachKey(key => {
        const slot = this.#keys.slotOf(key, true);
        known[slot] = (known[slot] ?? 0) | part;
      });
    }
    for (const text of whole.flat()) {
      if (!/^\d{2,}$/.test(text)) continue;
      for (let at = 1; at < text.length; at += 1) {
        const slot = this.#keys.slotOf(pairAt(text, at), true);
        known[slot] = (known[slot] ?? 0) | numbers;
      }
    }
    this.#parts = Uint8Array.from(known);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#keys.bytes + this.#parts.byteLength;
  }

  /** @param query - Normalised, not empty. @returns Bits of `parts`; 0 when nothing can be found. */
  askedOf(query: string): number {
    if (query.length === 1) return this.#partsOf(query.charCodeAt(0)) & ~numbers;
    let [all, any] = [-1, 0];
    for (let at = 1; at < query.length; at += 1) {
      const known = this.#partsOf(pairAt(query, at));
      all &= known;
      any |= known & (isDigit(query.charCodeAt(at - 1)) && isDigit(query.charCodeAt(at)) ? numbers : inSentences);
    }
    return (all & ~numbers) | (any === 0 ? 0 : parts.some);
  }

  #partsOf(key: number): number {
    const slot = this.#keys.slotOf(key, false);
    return slot < 0 ? 0 : (this.#parts[slot] ?? 0);
  }
}

function pairAt(text: string, at: number): number {
  return text.charCodeAt(at - 1) * 65_536 + text.charCodeAt(at);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

import {atOnce} from '@banli/time';
import {KeyTable} from './key-table.js';

/** Before the first character of every text: so that a prefix is a pair like any other. */
const start = '\uffff';

/** Texts between two pauses of building. */
const textsPerStep = 500;

/** The arrays of an index: postings of slot `s` lie from `from[s]` to `from[s + 1]`. */
export interface PostingLists {
  readonly keys: KeyTable;
  readonly from: Uint32Array;
  readonly postings: Uint32Array;
}

/** Makes the arrays of an index: counts, then fills. Pauses now and then. */
export function* postingsOf(texts: readonly string[]): Generator<void, PostingLists> {
  const keys = new KeyTable();
  const counts: number[] = [];
  const counting = visitor(texts, keys, slot => {
    counts[slot] = (counts[slot] ?? 0) + 1;
  });
  for (let start = 0; start < texts.length; start += textsPerStep) {
    counting(start);
    yield;
  }
  const from = new Uint32Array(counts.length + 1);
  counts.forEach((count, slot) => {
    from[slot + 1] = (from[slot] ?? 0) + count;
  });
  const postings = new Uint32Array(from[counts.length] ?? 0);
  const next = from.slice();
  const filling = visitor(texts, keys, (slot, id) => {
    postings[next[slot] ?? 0] = id;
    next[slot] = (next[slot] ?? 0) + 1;
  });
  for (let start = 0; start < texts.length; start += textsPerStep) {
    filling(start);
    yield;
  }
  return {keys, from, postings};
}

/** Visits each pair and character of some texts from a place on, each once a text. */
function visitor(texts: readonly string[], keys: KeyTable, visit: (slot: number, id: number) => void): (from: number) => void {
  const seenIn: number[] = [];
  return from => {
    for (let id = from; id < Math.min(texts.length, from + textsPerStep); id += 1) {
      const text = texts[id] ?? '';
      let before = start.charCodeAt(0);
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        for (let part = 0; part < 2; part += 1) {
          const slot = keys.slotOf(part === 0 ? before * 65_536 + code : code, true);
          if (seenIn[slot] === id) continue;
          seenIn[slot] = id;
          visit(slot, id);
        }
        before = code;
      }
    }
  };
}

/**
 * Postings of all pairs of characters, and of single ones, in typed arrays: for each the numbers of the texts that hold it, in order. Finds
 * every text with a substring, none left out, without looking at most of the others. Immutable; 4 bytes for each pair of a text.
 *
 * @see Source: page on performance, bench (c).
 */
export class BigramIndex {
  readonly #texts: readonly string[];
  readonly #keys: KeyTable;
  /** Postings of slot `s` lie in `#postings` from `#from[s]` to `#from[s + 1]`. */
  readonly #from: Uint32Array;
  readonly #postings: Uint32Array;

  /** @param lists - What `postingsOf` made of the same texts. */
  constructor(texts: readonly string[], lists: PostingLists = atOnce(postingsOf(texts))) {
    this.#texts = texts;
    this.#keys = lists.keys;
    this.#from = lists.from;
    this.#postings = lists.postings;
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#from.byteLength + this.#postings.byteLength + this.#keys.bytes;
  }

  /** The numbers of the texts that hold one character or pair, in order. */
  postings(pair: string): Uint32Array {
    return this.#listOf(this.#slot(pair, 0));
  }

  /** Visits the key of each character, and of each pair: the code units in 16 bits each. */
  eachKey(visit: (key: number) => void): void {
    this.#keys.each(visit);
  }

  /** Whether the pair of characters at a place of `query` stands in any text. */
  hasPair(query: string, at: number): boolean {
    return this.#slot(query, at) >= 0;
  }

  /** Visits the texts that contain `query`, in order, until `visit` answers `false`. */
  containing(query: string, visit: (id: number) => boolean): void {
    this.#find(query, query, visit, id => this.#texts[id]?.includes(query) ?? false);
  }

  /** Visits the texts that begin with `query`, in order, until `visit` answers `false`. */
  startingWith(query: string, visit: (id: number) => boolean): void {
    this.#find(start + query, query, visit, id => this.#texts[id]?.startsWith(query) ?? false);
  }

  /** Walks the shortest list, passes over what the second shortest does not hold, and looks into the rest. */
  #find(marked: string, query: string, visit: (id: number) => boolean, holds: (id: number) => boolean): void {
    if (query === '') return;
    let [rareSlot, secondSlot] = [-1, -1];
    for (let place = 0; place === 0 || place < marked.length - 1; place += 1) {
      const slot = this.#slot(marked, place);
      if (slot < 0) return;
      if (rareSlot < 0 || this.#lengthOf(slot) < this.#lengthOf(rareSlot)) [rareSlot, secondSlot] = [slot, rareSlot];
      else if (secondSlot < 0 || this.#lengthOf(slot) < this.#lengthOf(secondSlot)) secondSlot = slot;
    }
    const rare = this.#listOf(rareSlot);
    const second = secondSlot < 0 ? rare : this.#listOf(secondSlot);
    const exact = marked.length <= 2;
    let at = 0;
    for (const id of rare) {
      if (second !== rare) {
        at = firstFrom(second, id, at);
        if (at >= second.length) return;
        if (second[at] !== id) continue;
      }
      if ((exact || holds(id)) && !visit(id)) return;
    }
  }

  /** The slot of the pair of characters at a place, or of a single character; -1 when no text has it. */
  #slot(text: string, at: number): number {
    return this.#keys.slotOf(text.length === 1 ? text.charCodeAt(0) : text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1), false);
  }

  #lengthOf(slot: number): number {
    return (this.#from[slot + 1] ?? 0) - (this.#from[slot] ?? 0);
  }

  #listOf(slot: number): Uint32Array {
    return slot < 0 ? this.#postings.subarray(0, 0) : this.#postings.subarray(this.#from[slot], this.#from[slot + 1]);
  }
}

/** The first place from `at` on that holds `id` or more: steps that double, then halves. */
function firstFrom(list: Uint32Array, id: number, at: number): number {
  let low = at;
  let step = 1;
  while (low + step < list.length && (list[low + step] ?? 0) < id) {
    low += step;
    step *= 2;
  }
  let high = Math.min(list.length, low + step + 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

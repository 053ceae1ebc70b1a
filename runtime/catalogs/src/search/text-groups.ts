import {BigramIndex} from './bigram-index.js';

/** Entries by a text that several may share, such as a branch or a synonym; the texts are found by any part of them. */
export class TextGroups {
  readonly #ids = new Map<string, number[]>();
  /** Each text once. */
  readonly texts: readonly string[];
  readonly index: BigramIndex;
  /** Code units of the longest text. */
  readonly #longest: number;

  /** @param textsOf - The texts of each entry, by its place. */
  constructor(textsOf: ReadonlyArray<readonly string[]>) {
    textsOf.forEach((texts, id) => {
      for (const text of texts) {
        const ids = this.#ids.get(text);
        if (ids) ids.push(id);
        else this.#ids.set(text, [id]);
      }
    });
    this.texts = [...this.#ids.keys()];
    this.index = new BigramIndex(this.texts);
    this.#longest = this.texts.reduce((most, text) => Math.max(most, text.length), 0);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.index.bytes;
  }

  /** The entries of a text, in order. */
  of(text: string): readonly number[] {
    return this.#ids.get(text) ?? [];
  }

  /** The entries of all texts that contain `query`, in order, each once. */
  containing(query: string): readonly number[] {
    const found: number[] = [];
    this.index.containing(query, textId => found.push(...this.of(this.texts[textId] ?? '')) > 0);
    return sorted(found);
  }

  /** Visits the texts of two code units and more that stand in `query`, with their entries, from its beginning on; one that stands there twice comes twice. */
  within(query: string, visit: (text: string, ids: readonly number[]) => void): void {
    for (let from = 0; from + 1 < query.length; from += 1) {
      // What no text has, no longer part has either.
      for (let to = from + 2; to <= Math.min(query.length, from + this.#longest) && this.index.hasPair(query, to - 2); to += 1) {
        const text = query.slice(from, to);
        const ids = this.#ids.get(text);
        if (ids) visit(text, ids);
      }
    }
  }
}

/** Places in order, each once. */
export function sorted(ids: readonly number[]): readonly number[] {
  return ids.length === 0 ? ids : [...new Set(ids)].sort((a, b) => a - b);
}

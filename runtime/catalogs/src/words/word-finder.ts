import {normalise} from '../search/normalise.js';

/** A listed word where it stands in a text: UTF-16 places from `from` up to, not with, `to`, in the text as it was given. */
export interface FoundWord<T> {
  readonly from: number;
  readonly to: number;
  /** The words of the text as they were typed. */
  readonly text: string;
  readonly value: T;
}

interface Node {
  readonly next: Map<string, Node>;
  /** The node of the longest proper suffix that some word begins with. */
  fail: Node | null;
  /** The node of the longest word that ends here, this one or a suffix. */
  word: Node | null;
  /** Characters from the root, after folding. */
  readonly depth: number;
  value: unknown;
}

/**
 * Finds listed words in a text, in one pass (Aho–Corasick): time grows with the text, not with the list. Characters are compared as the search index
 * does (full width, case); blanks inside a word do not matter, punctuation ends it. A word counts unless it lies wholly inside a longer listed
 * one: 天然气泄漏 is told, 泄漏 in it is not.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.18.4 (words are matched and marked by themselves); what hides what is our own.
 */
export class WordFinder<T> {
  readonly #root: Node = makeNode(0);

  /** @param words - Pairs of a word and what it stands for; a word that is listed twice stands for the last. A word without a letter or digit is never found. */
  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, value] of words) this.#add(word, value);
    this.#link();
  }

  /** The words of a text from left to right; of words that overlap without one holding the other, both. */
  find(text: string): ReadonlyArray<FoundWord<T>> {
    const {places, ends} = this.#walk(text);
    const found: Array<FoundWord<T>> = [];
    let leftmost = Infinity;
    // From the right: a word lies inside another one exactly when one that ends no earlier begins no later.
    for (let at = ends.length - 1; at >= 0; at -= 1) {
      const node = ends[at];
      const from = node ? at - node.depth + 1 : Infinity;
      if (!node || from >= leftmost) continue;
      leftmost = from;
      const [start, end] = [places[from]?.from ?? 0, places[at]?.to ?? 0];
      found.push({from: start, to: end, text: text.slice(start, end), value: node.value as T});
    }
    return found.reverse();
  }

  /** Where each folded character came from, and the longest word that ends at it. */
  #walk(text: string): {readonly places: ReadonlyArray<{readonly from: number; readonly to: number}>; readonly ends: ReadonlyArray<Node | null>} {
    const places: Array<{readonly from: number; readonly to: number}> = [];
    const ends: Array<Node | null> = [];
    let node = this.#root;
    let at = 0;
    for (const character of text) {
      const from = at;
      at += character.length;
      const folded = normalise(character);
      if (folded === '' && character.trim() !== '') node = this.#root;
      for (const unit of folded) {
        node = step(node, unit);
        places.push({from, to: at});
        ends.push(node.word);
      }
    }
    return {places, ends};
  }

  #add(word: string, value: T): void {
    let node = this.#root;
    for (const unit of normalise(word)) {
      const next = node.next.get(unit) ?? makeNode(node.depth + 1);
      node.next.set(unit, next);
      node = next;
    }
    if (node === this.#root) return;
    node.word = node;
    node.value = value;
  }

  #link(): void {
    const queue: Node[] = [this.#root];
    for (let at = 0; at < queue.length; at += 1) {
      const node = queue[at];
      for (const [unit, next] of node?.next ?? []) {
        next.fail = node?.fail ? step(node.fail, unit) : this.#root;
        next.word ??= next.fail.word;
        queue.push(next);
      }
    }
  }
}

function makeNode(depth: number): Node {
  return {next: new Map(), fail: null, word: null, depth, value: undefined};
}

function step(from: Node, unit: string): Node {
  for (let node: Node | null = from; node; node = node.fail) {
    const next = node.next.get(unit);
    if (next) return next;
    if (node.fail === null) return node;
  }
  return from;
}

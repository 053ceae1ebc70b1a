import type {LocalizedText} from '@banli/formats';
import {atOnce} from '@banli/time';
import {BigramIndex, postingsOf} from './bigram-index.js';
import {pairsOf} from './normalise.js';

/** What can be found, its texts normalised. */
export interface SearchEntry {
  readonly key: string;
  readonly title: string;
  /** First letters of the Chinese title in pinyin. */
  readonly initials: string;
  /** Synonyms, each once. */
  readonly words: readonly string[];
  /** Titles of the branches above, in one. */
  readonly path: string;
  /** Titles of the elements that a form for it asks, and of the values to choose from. */
  readonly elements: readonly string[];
}

/** An entry that fits, by its place, with its points and the reason. */
export interface SearchHit {
  readonly id: number;
  readonly points: number;
  readonly why: LocalizedText;
}

/** Points of the reasons: code, title, synonym, letters, the words of a sentence, elements, branches. */
export const points = {codeEqual: 100, code: 90, titleStart: 80, wordEqual: 75, title: 70, initialsStart: 62, initials: 61, word: 60, element: 6, path: 5} as const;

/** Groups of entries under one text, such as a branch. */
type Groups = ReadonlyMap<string, readonly number[]>;

/** What a `MatterIndex` looks into. */
export interface MatterParts {
  readonly titles: BigramIndex;
  readonly initials: BigramIndex;
  readonly byWord: Groups;
  readonly byElement: Groups;
  readonly byPath: Groups;
}

/** Makes the parts of an index; pauses now and then, because a large catalog takes a while. */
export function* matterPartsOf(entries: readonly SearchEntry[]): Generator<void, MatterParts> {
  const titles = entries.map(entry => entry.title);
  const initials = entries.map(entry => entry.initials);
  const byTitle = new BigramIndex(titles, yield* postingsOf(titles));
  const byInitials = new BigramIndex(initials, yield* postingsOf(initials));
  const byWord = group(entries, entry => entry.words);
  yield;
  const byElement = group(entries, entry => entry.elements);
  yield;
  return {titles: byTitle, initials: byInitials, byWord, byElement, byPath: group(entries, entry => [entry.path])};
}

/**
 * Finds entries by code, title, synonym, pinyin initials, sentence, element and branch: best reason first, equal ones by key. The same entries
 * and query always give the same answer. Reasons are tried from the best down and looking ends when enough are found.
 */
export class MatterIndex {
  readonly #entries: readonly SearchEntry[];
  readonly #titles: BigramIndex;
  readonly #initials: BigramIndex;
  readonly #words: BigramIndex;
  readonly #wordList: readonly string[];
  readonly #byWord: Groups;
  readonly #byElement: Groups;
  readonly #byPath: Groups;
  readonly #longestWord: number;
  readonly #shared: Uint8Array;
  readonly #longestElement: number;

  /**
   * @param entries - Sorted by key.
   * @param parts - What `matterPartsOf` made of the same entries.
   */
  constructor(entries: readonly SearchEntry[], parts: MatterParts = atOnce(matterPartsOf(entries))) {
    this.#entries = entries;
    this.#titles = parts.titles;
    this.#initials = parts.initials;
    this.#byWord = parts.byWord;
    this.#byElement = parts.byElement;
    this.#byPath = parts.byPath;
    this.#wordList = [...this.#byWord.keys()];
    this.#words = new BigramIndex(this.#wordList);
    this.#longestWord = longest(this.#wordList);
    this.#longestElement = longest([...this.#byElement.keys()]);
    this.#shared = new Uint8Array(entries.length);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#titles.bytes + this.#initials.bytes + this.#words.bytes + this.#shared.byteLength;
  }

  /** @param query - Normalised. @returns At most `limit` hits. */
  search(query: string, limit: number): readonly SearchHit[] {
    if (query === '' || limit < 1) return [];
    const hits = new Hits(limit);
    if (/^\d+$/.test(query)) this.#codes(query, hits);
    else if (!this.#strong(query, hits) && !this.#sentence(query, hits)) this.#weak(query, hits);
    return hits.list;
  }

  #codes(query: string, hits: Hits): void {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.key ?? '') < query) low = middle + 1;
      else high = middle;
    }
    for (let id = low; this.#entries[id]?.key.startsWith(query); id += 1) {
      const key = this.#entries[id]?.key ?? '';
      if (!hits.add({id, points: key === query ? points.codeEqual : points.code, why: {'zh-CN': `编码 ${key}`, en: `code ${key}`}})) return;
    }
  }

  /** Reasons that hold the whole query. @returns Whether enough were found; so do the others. */
  #strong(query: string, hits: Hits): boolean {
    const put = (score: number, why: LocalizedText) => (id: number) => hits.add({id, points: score, why});
    this.#titles.startingWith(query, put(points.titleStart, {'zh-CN': `名称以“${query}”开头`, en: `title begins with “${query}”`}));
    hits.addAll(this.#byWord.get(query) ?? [], points.wordEqual, synonymText(query));
    if (!hits.full) this.#titles.containing(query, put(points.title, {'zh-CN': `名称含“${query}”`, en: `title contains “${query}”`}));
    if (!hits.full && /^[a-z]{2,}$/.test(query)) {
      const why = {'zh-CN': `拼音首字母“${query}”`, en: `pinyin initials “${query}”`};
      this.#initials.startingWith(query, put(points.initialsStart, why));
      if (!hits.full) this.#initials.containing(query, put(points.initials, why));
    }
    return hits.full || this.#holdingWords(query, hits);
  }

  #holdingWords(query: string, hits: Hits): boolean {
    const holding: number[] = [];
    this.#words.containing(query, wordId => holding.push(...(this.#byWord.get(this.#wordList[wordId] ?? '') ?? [])) > 0);
    for (const id of sorted(holding)) {
      const word = this.#entries[id]?.words.find(candidate => candidate.includes(query)) ?? '';
      if (!hits.add({id, points: points.word, why: synonymText(word)})) return true;
    }
    return hits.full;
  }

  /** A sentence counts by the synonyms it holds and by the pairs of characters it shares with the title. */
  #sentence(query: string, hits: Hits): boolean {
    const held: number[] = [];
    for (let from = 0; from < query.length; from += 1) {
      for (let length = 2; length <= Math.min(this.#longestWord, query.length - from); length += 1) held.push(...(this.#byWord.get(query.slice(from, from + length)) ?? []));
    }
    const pairs = pairsOf(query);
    const scored = sorted(held).flatMap((id): readonly SearchHit[] => {
      const {title, words} = this.#entries[id] ?? {title: '', words: []};
      const own = words.filter(word => word.length > 1 && query.includes(word));
      const length = own.reduce((sum, word) => sum + word.length, 0);
      const shared = pairs.filter(pair => title.includes(pair)).length;
      return [{id, points: Math.min(59, 30 + 4 * length + 2 * shared), why: synonymText(own.join('、'))}];
    });
    for (const hit of scored.sort((a, b) => b.points - a.points || a.id - b.id)) if (!hits.add(hit)) return true;
    return hits.full || this.#sharedPairs(query, pairs, hits);
  }

  /** An entry counts by the pairs that its title shares with the sentence, and by the elements and their values that the sentence names. */
  #sharedPairs(query: string, pairs: readonly string[], hits: Hits): boolean {
    const counts = this.#shared.fill(0);
    const named = this.#namedElements(query);
    let top = 0;
    for (const pair of pairs) top = Math.max(top, pair.length === 2 ? addTo(counts, this.#titles.postings(pair)) : this.#addAstral(counts, pair));
    for (const element of named) top = Math.max(top, addTo(counts, this.#byElement.get(element) ?? []));
    // From five on all count alike.
    for (let most = top; most >= 1 && !hits.full; most -= 1) {
      for (let id = counts.indexOf(most); id >= 0; id = counts.indexOf(most, id + 1)) {
        if (!hits.has(id) && !hits.add({id, points: Math.min(29, 10 + 4 * most), why: this.#similarity(id, pairs, named)})) return true;
      }
    }
    return hits.full;
  }

  /** A pair with a character of two code units is found by looking. */
  #addAstral(counts: Uint8Array, pair: string): number {
    const ids: number[] = [];
    this.#titles.containing(pair, id => ids.push(id) > 0);
    return addTo(counts, ids);
  }

  /** Elements and their values that a sentence names. What more than an eighth of all entries ask says nothing of any. */
  #namedElements(query: string): readonly string[] {
    const named = new Set<string>();
    for (let from = 0; from < query.length && this.#longestElement > 0; from += 1) {
      for (let length = 2; length <= Math.min(this.#longestElement, query.length - from); length += 1) {
        const text = query.slice(from, from + length);
        if (isTelling(this.#byElement.get(text)?.length ?? 0, this.#entries.length)) named.add(text);
      }
    }
    return [...named];
  }

  #similarity(id: number, pairs: readonly string[], named: readonly string[]): LocalizedText {
    const {title = '', elements = []} = this.#entries[id] ?? {};
    const own = [...new Set(pairs.filter(pair => title.includes(pair)))];
    const asked = named.filter(element => elements.includes(element));
    const zh = [...(own.length > 0 ? [`名称相近：${own.join('、')}`] : []), ...(asked.length > 0 ? [`表单要素：${asked.join('、')}`] : [])];
    const en = [...(own.length > 0 ? [`similar title: ${own.join(', ')}`] : []), ...(asked.length > 0 ? [`elements of the form: ${asked.join(', ')}`] : [])];
    return {'zh-CN': zh.join('；'), en: en.join('; ')};
  }

  #weak(query: string, hits: Hits): void {
    const inGroups = (groups: Groups): readonly number[] => sorted([...groups].flatMap(([text, ids]) => (text.includes(query) ? ids : [])));
    if (!hits.full) hits.addAll(inGroups(this.#byElement), points.element, {'zh-CN': `表单要素含“${query}”`, en: `an element of the form contains “${query}”`});
    if (!hits.full) hits.addAll(inGroups(this.#byPath), points.path, {'zh-CN': `所属分类含“${query}”`, en: `branch contains “${query}”`});
  }
}

/** The most that is counted: from five on all are alike. */
const mostShared = 5;

/** Counts entries once more. @returns The highest count among them. */
function addTo(counts: Uint8Array, ids: Uint32Array | readonly number[]): number {
  let top = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    const next = (counts[id] ?? 0) + 1;
    if (next > mostShared) {
      top = mostShared;
      continue;
    }
    counts[id] = next;
    if (next > top) top = next;
  }
  return top;
}

/** Whether a text that so many entries ask for tells them from the others. */
export function isTelling(asked: number, all: number): boolean {
  return asked > 0 && asked * 8 <= Math.max(8, all);
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}

/** Hits in the order they are found, each entry once. */
class Hits {
  readonly list: SearchHit[] = [];
  readonly #known = new Set<number>();

  constructor(readonly limit: number) {}

  get full(): boolean {
    return this.list.length >= this.limit;
  }

  has(id: number): boolean {
    return this.#known.has(id);
  }

  /** @returns Whether there is room for more. */
  add(hit: SearchHit): boolean {
    if (!this.full && !this.#known.has(hit.id)) {
      this.#known.add(hit.id);
      this.list.push(hit);
    }
    return !this.full;
  }

  addAll(ids: readonly number[], score: number, why: LocalizedText): void {
    for (const id of ids) if (!this.add({id, points: score, why})) return;
  }
}

function group(entries: readonly SearchEntry[], textsOf: (entry: SearchEntry) => readonly string[]): Groups {
  const groups = new Map<string, number[]>();
  entries.forEach((entry, id) => {
    for (const text of textsOf(entry)) {
      const ids = groups.get(text);
      if (ids) ids.push(id);
      else groups.set(text, [id]);
    }
  });
  return groups;
}

function sorted(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

function synonymText(word: string): LocalizedText {
  return {'zh-CN': `同义说法“${word}”`, en: `synonym “${word}”`};
}

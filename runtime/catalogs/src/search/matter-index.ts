import type {LocalizedText} from '@banli/formats';
import {atOnce} from '@banli/time';
import {BigramIndex, postingsOf} from './bigram-index.js';
import {pairsOf} from './normalise.js';
import {SharedCounts} from './shared-counts.js';
import {sorted, TextGroups} from './text-groups.js';

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

/** What a `MatterIndex` looks into. */
export interface MatterParts {
  readonly titles: BigramIndex;
  readonly initials: BigramIndex;
  readonly words: TextGroups;
  readonly elements: TextGroups;
  readonly paths: TextGroups;
}

/** Makes the parts of an index; pauses now and then, because a large catalog takes a while. */
export function* matterPartsOf(entries: readonly SearchEntry[]): Generator<void, MatterParts> {
  const titles = entries.map(entry => entry.title);
  const initials = entries.map(entry => entry.initials);
  const byTitle = new BigramIndex(titles, yield* postingsOf(titles));
  const byInitials = new BigramIndex(initials, yield* postingsOf(initials));
  const words = new TextGroups(entries.map(entry => entry.words));
  yield;
  const elements = new TextGroups(entries.map(entry => entry.elements));
  yield;
  return {titles: byTitle, initials: byInitials, words, elements, paths: new TextGroups(entries.map(entry => [entry.path]))};
}

/**
 * Finds entries by code, title, synonym, pinyin initials, sentence, element and branch: best reason first, equal ones by key. The same entries
 * and query always give the same answer. Reasons are tried from the best down and looking ends when enough are found.
 */
export class MatterIndex {
  readonly #entries: readonly SearchEntry[];
  readonly #keys: readonly string[];
  readonly #titles: BigramIndex;
  readonly #initials: BigramIndex;
  readonly #words: TextGroups;
  readonly #elements: TextGroups;
  readonly #paths: TextGroups;
  readonly #shared: SharedCounts;

  /**
   * @param entries - Sorted by key.
   * @param parts - What `matterPartsOf` made of the same entries.
   */
  constructor(entries: readonly SearchEntry[], parts: MatterParts = atOnce(matterPartsOf(entries))) {
    this.#entries = entries;
    this.#keys = entries.map(entry => entry.key);
    this.#titles = parts.titles;
    this.#initials = parts.initials;
    this.#words = parts.words;
    this.#elements = parts.elements;
    this.#paths = parts.paths;
    this.#shared = new SharedCounts(entries.length);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#titles.bytes + this.#initials.bytes + this.#words.bytes + this.#elements.bytes + this.#paths.bytes + this.#shared.bytes;
  }

  /** @param query - Normalised. @returns At most `limit` hits. */
  search(query: string, limit: number): readonly SearchHit[] {
    if (query === '' || limit < 1) return [];
    const hits = new Hits(limit);
    if (/^\d+$/.test(query)) this.#codes(query, hits);
    else if (query.length > 1 && !this.#knows(query)) return [];
    else if (!this.#strong(query, hits) && !this.#sentence(query, hits)) this.#weak(query, hits);
    return hits.list;
  }

  /** Whether any text holds two neighbouring characters of the query: without, no reason can hold. */
  #knows(query: string): boolean {
    return this.#titles.knows(query) || this.#words.knows(query) || this.#initials.knows(query) || this.#elements.knows(query) || this.#paths.knows(query);
  }

  #codes(query: string, hits: Hits): void {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < query) low = middle + 1;
      else high = middle;
    }
    for (let id = low; id < this.#keys.length; id += 1) {
      const key = this.#keys[id] ?? '';
      if (!key.startsWith(query) || !hits.addNew({id, points: key === query ? points.codeEqual : points.code, why: {'zh-CN': `编码 ${key}`, en: `code ${key}`}})) return;
    }
  }

  /** Reasons that hold the whole query. @returns Whether enough were found; so do the others. */
  #strong(query: string, hits: Hits): boolean {
    const inTitles = this.#titles.knowsAll(query);
    if (inTitles) this.#titles.startingWith(query, hits.putter(points.titleStart, () => ({'zh-CN': `名称以“${query}”开头`, en: `title begins with “${query}”`})));
    hits.addAll(this.#words.of(query), points.wordEqual, () => synonymText(query));
    if (inTitles && !hits.full) this.#titles.containing(query, hits.putter(points.title, () => ({'zh-CN': `名称含“${query}”`, en: `title contains “${query}”`})));
    if (!hits.full && this.#initials.knowsAll(query) && /^[a-z]{2,}$/.test(query)) {
      const why = () => ({'zh-CN': `拼音首字母“${query}”`, en: `pinyin initials “${query}”`});
      this.#initials.startingWith(query, hits.putter(points.initialsStart, why));
      if (!hits.full) this.#initials.containing(query, hits.putter(points.initials, why));
    }
    return hits.full || this.#holdingWords(query, hits);
  }

  #holdingWords(query: string, hits: Hits): boolean {
    for (const id of this.#words.containing(query)) {
      const word = this.#entries[id]?.words.find(candidate => candidate.includes(query)) ?? '';
      if (!hits.add({id, points: points.word, why: synonymText(word)})) return true;
    }
    return hits.full;
  }

  /** A sentence counts by the synonyms it holds and by the pairs of characters it shares with the title. */
  #sentence(query: string, hits: Hits): boolean {
    const held: number[] = [];
    this.#words.within(query, (_, ids) => void held.push(...ids));
    const pairs = this.#titles.knows(query) ? pairsOf(query) : [];
    const scored = held.length === 0 ? [] : sorted(held).flatMap((id): readonly SearchHit[] => {
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
    const named = this.#namedElements(query);
    if (pairs.length === 0 && named.length === 0) return hits.full;
    const lists = [...pairs.map(pair => (pair.length === 2 ? this.#titles.postings(pair) : this.#astral(pair))), ...named.map(element => Uint32Array.from(this.#elements.of(element)))];
    this.#shared.visit(lists, (id, count) => hits.has(id) || hits.add({id, points: Math.min(29, 10 + 4 * count), why: this.#similarity(id, pairs, named)}));
    return hits.full;
  }

  /** A pair with a character of two code units is found by looking. */
  #astral(pair: string): Uint32Array {
    const ids: number[] = [];
    this.#titles.containing(pair, id => ids.push(id) > 0);
    return Uint32Array.from(ids);
  }

  /** Elements and their values that a sentence names. What more than an eighth of all entries ask says nothing of any. */
  #namedElements(query: string): readonly string[] {
    if (!this.#elements.knows(query)) return [];
    const named = new Set<string>();
    this.#elements.within(query, (text, ids) => {
      if (isTelling(ids.length, this.#entries.length)) named.add(text);
    });
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
    if (!hits.full) hits.addAll(this.#elements.containing(query), points.element, () => ({'zh-CN': `表单要素含“${query}”`, en: `an element of the form contains “${query}”`}));
    if (!hits.full) hits.addAll(this.#paths.containing(query), points.path, () => ({'zh-CN': `所属分类含“${query}”`, en: `branch contains “${query}”`}));
  }
}

/** Whether a text that so many entries ask for tells them from the others. */
export function isTelling(asked: number, all: number): boolean {
  return asked > 0 && asked * 8 <= Math.max(8, all);
}

/** Hits in the order they are found, each entry once. */
class Hits {
  readonly list: SearchHit[] = [];
  #known: Set<number> | null = null;

  constructor(readonly limit: number) {}

  get full(): boolean {
    return this.list.length >= this.limit;
  }

  has(id: number): boolean {
    return this.#known?.has(id) ?? false;
  }

  /** @returns Whether there is room for more. */
  add(hit: SearchHit): boolean {
    if (!this.full && !this.has(hit.id)) {
      (this.#known ??= new Set()).add(hit.id);
      this.list.push(hit);
    }
    return !this.full;
  }

  /** Adds an entry that was not there before and will not come again. @returns Whether there is room for more. */
  addNew(hit: SearchHit): boolean {
    this.list.push(hit);
    return !this.full;
  }

  /** Adds entries for one reason, which is worded with the first. */
  putter(score: number, why: () => LocalizedText): (id: number) => boolean {
    let worded: LocalizedText | null = null;
    return id => this.add({id, points: score, why: (worded ??= why())});
  }

  addAll(ids: readonly number[], score: number, why: () => LocalizedText): void {
    if (ids.length === 0) return;
    const put = this.putter(score, why);
    for (const id of ids) if (!put(id)) return;
  }
}

function synonymText(word: string): LocalizedText {
  return {'zh-CN': `同义说法“${word}”`, en: `synonym “${word}”`};
}

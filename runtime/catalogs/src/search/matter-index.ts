import type {LocalizedText} from '@banli/formats';
import {atOnce} from '@banli/time';
import {BigramIndex, postingsOf} from './bigram-index.js';
import {Hits, type SearchHit} from './hits.js';
import {PairTable, parts as part} from './pair-table.js';
import {SentenceSearch, termsOf, type SentenceParts} from './sentence-search.js';
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

/** Points of the reasons: code, beginning of a title or whole synonym, title, letters, part of a synonym, elements, branches; the words of a sentence lie between letters and elements (`sentencePoints`). */
export const points = {codeEqual: 100, code: 90, named: 80, title: 70, initialsStart: 62, initials: 61, word: 60, element: 6, path: 5} as const;

/** What a `MatterIndex` looks into. */
export interface MatterParts extends SentenceParts {
  readonly initials: BigramIndex;
  readonly paths: TextGroups;
  readonly pairs: PairTable;
}

/** Makes the parts of an index; pauses now and then, because a large catalog takes a while. */
export function* matterPartsOf(entries: readonly SearchEntry[]): Generator<void, MatterParts> {
  const titles = entries.map(entry => entry.title);
  const initials = entries.map(entry => entry.initials);
  const byTitle = new BigramIndex(titles, yield* postingsOf(titles));
  const byInitials = new BigramIndex(initials, yield* postingsOf(initials));
  const words = new TextGroups(entries.map(entry => entry.words));
  yield;
  const terms = entries.map(termsOf);
  const byTerms = new BigramIndex(terms, yield* postingsOf(terms));
  const elements = new TextGroups(entries.map(entry => entry.elements));
  yield;
  const paths = new TextGroups(entries.map(entry => [entry.path]));
  yield;
  const pairs = new PairTable({
    indexes: [[part.titles, byTitle], [part.words, words.index], [part.initials, byInitials], [part.elements, elements.index], [part.paths, paths.index]],
    whole: [words.texts, elements.texts],
  });
  return {titles: byTitle, initials: byInitials, terms: byTerms, words, elements, paths, pairs};
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
  readonly #pairs: PairTable;
  readonly #parts: MatterParts;
  readonly #sentences: SentenceSearch;

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
    this.#pairs = parts.pairs;
    this.#parts = parts;
    this.#sentences = new SentenceSearch(entries, parts);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#titles.bytes + this.#initials.bytes + this.#words.bytes + this.#elements.bytes + this.#paths.bytes + this.#pairs.bytes + this.#parts.terms.bytes + this.#sentences.bytes;
  }

  /** @param query - Normalised. @returns At most `limit` hits. */
  search(query: string, limit: number): readonly SearchHit[] {
    if (query === '' || limit < 1) return [];
    const hits = new Hits(limit);
    if (/^\d+$/.test(query) && this.#codes(query, hits)) return hits.list;
    const known = this.#pairs.askedOf(query);
    if (known === 0) return hits.list;
    if (!this.#strong(query, known, hits) && !((known & part.some) !== 0 && this.#sentences.find(query, hits))) this.#weak(query, known, hits);
    return hits.list;
  }

  /** @returns Whether any code begins so. */
  #codes(query: string, hits: Hits): boolean {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < query) low = middle + 1;
      else high = middle;
    }
    for (let id = low; id < this.#keys.length; id += 1) {
      const key = this.#keys[id] ?? '';
      if (!key.startsWith(query) || !hits.addNew({id, points: key === query ? points.codeEqual : points.code, why: {'zh-CN': `编码 ${key}`, en: `code ${key}`}})) break;
    }
    return hits.list.length > 0;
  }

  /** Reasons that hold the whole query. @returns Whether enough were found; so do the others. */
  #strong(query: string, known: number, hits: Hits): boolean {
    const inTitles = (known & part.titles) !== 0;
    if (inTitles || (known & part.words) !== 0) this.#named(query, inTitles, hits);
    if (inTitles && !hits.full) this.#titles.containing(query, hits.putter(points.title, () => ({'zh-CN': `名称含“${query}”`, en: `title contains “${query}”`})));
    if (!hits.full && (known & part.initials) !== 0 && /^[a-z]{2,}$/.test(query)) {
      const why = () => ({'zh-CN': `拼音首字母“${query}”`, en: `pinyin initials “${query}”`});
      this.#initials.startingWith(query, hits.putter(points.initialsStart, why));
      if (!hits.full) this.#initials.containing(query, hits.putter(points.initials, why));
    }
    return hits.full || ((known & part.words) !== 0 && this.#holdingWords(query, hits));
  }

  /** Titles that begin with the query and synonyms that are it stand side by side: neither hides the other. */
  #named(query: string, inTitles: boolean, hits: Hits): void {
    const starting: number[] = [];
    if (inTitles) this.#titles.startingWith(query, id => starting.push(id) < hits.limit);
    const [titleText, wordText] = [{'zh-CN': `名称以“${query}”开头`, en: `title begins with “${query}”`}, synonymText(query)];
    const equal = this.#words.of(query);
    const begins = new Set(starting);
    for (const id of equal.length === 0 ? starting : sorted([...starting, ...equal])) if (!hits.add({id, points: points.named, why: begins.has(id) ? titleText : wordText})) return;
  }

  #holdingWords(query: string, hits: Hits): boolean {
    for (const id of this.#words.containing(query)) {
      const word = this.#entries[id]?.words.find(candidate => candidate.includes(query)) ?? '';
      if (!hits.add({id, points: points.word, why: synonymText(word)})) return true;
    }
    return hits.full;
  }

  #weak(query: string, known: number, hits: Hits): void {
    if (!hits.full && (known & part.elements) !== 0) hits.addAll(this.#elements.containing(query), points.element, () => ({'zh-CN': `表单要素含“${query}”`, en: `an element of the form contains “${query}”`}));
    if (!hits.full && (known & part.paths) !== 0) hits.addAll(this.#paths.containing(query), points.path, () => ({'zh-CN': `所属分类含“${query}”`, en: `branch contains “${query}”`}));
  }
}

function synonymText(word: string): LocalizedText {
  return {'zh-CN': `同义说法“${word}”`, en: `synonym “${word}”`};
}

import type {LocalizedText} from '@banli/formats';
import type {BigramIndex} from './bigram-index.js';
import type {Hits, SearchHit} from './hits.js';
import type {SearchEntry} from './matter-index.js';
import {pairsOf} from './normalise.js';
import {runsOf} from './runs.js';
import {SharedCounts, type WeighedList} from './shared-counts.js';
import {mostUnits, unitsOf, weighPairs} from './term-weights.js';
import {sorted, type TextGroups} from './text-groups.js';

/** Points of an entry that shares the least, and the most that a sentence can give. */
export const sentencePoints = {least: 10, most: 59} as const;

/** What a `SentenceSearch` looks into. `terms` holds the synonyms of each entry as one text. */
export interface SentenceParts {
  readonly titles: BigramIndex;
  readonly terms: BigramIndex;
  readonly words: TextGroups;
  readonly elements: TextGroups;
}

/** A sentence as it is compared: its pairs and what they weigh, the synonyms and the elements that it names. */
interface Heard {
  readonly text: string;
  readonly pairs: readonly string[];
  readonly weights: ReadonlyMap<string, number>;
  readonly named: readonly string[];
  readonly most: number;
}

/**
 * Finds entries by the words of a sentence: by pairs of characters that it shares with title and synonyms, rare ones before common ones, by synonyms that stand in it whole, and by elements of the form, and
 * their values, that it names.
 */
export class SentenceSearch {
  readonly #entries: readonly SearchEntry[];
  readonly #parts: SentenceParts;
  readonly #shared: SharedCounts;

  constructor(entries: readonly SearchEntry[], parts: SentenceParts) {
    this.#entries = entries;
    this.#parts = parts;
    this.#shared = new SharedCounts(entries.length);
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#shared.bytes;
  }

  /** Adds what the sentence is about, best first, equal ones by place. @returns Whether enough were found. */
  find(text: string, hits: Hits): boolean {
    const {titles, terms, words} = this.#parts;
    const held = new Map<string, readonly number[]>();
    words.within(text, (word, ids) => void held.set(word, ids));
    const weights = weighPairs(text, [...held.keys()], pair => listOf(titles, pair).length + listOf(terms, pair).length, this.#entries.length);
    const named = this.#namedElements(text);
    if (weights.size === 0 && named.length === 0) return hits.full;
    const heard = {text, pairs: pairsOf(text), weights, named, most: mostUnits(weights, this.#entries.length, sentencePoints.most - sentencePoints.least)};
    this.#merge(heard, this.#holding(heard, sorted([...held.values()].flat()), hits), hits);
    return hits.full;
  }

  /** Joins entries whose synonyms stand whole in the text, scored one by one, with those that only share something, which are counted all together. */
  #merge(heard: Heard, holding: readonly SearchHit[], hits: Hits): void {
    const apart = new Set(holding.map(hit => hit.id));
    let next = 0;
    this.#shared.visit(this.#listsOf(heard), heard.most, (id, units) => {
      if (apart.has(id) || hits.has(id)) return true;
      const points = sentencePoints.least + units;
      for (let hit = holding[next]; hit && (hit.points > points || (hit.points === points && hit.id < id)); hit = holding[next]) {
        next += 1;
        if (!hits.add(hit)) return false;
      }
      return hits.add({id, points, why: this.#reason(id, heard)});
    });
    for (const hit of holding.slice(next)) if (!hits.add(hit)) return;
  }

  #listsOf({weights, named}: Heard): readonly WeighedList[] {
    const {titles, terms, elements} = this.#parts;
    const pairs = [...weights].flatMap(([pair, weight]) => [{ids: listOf(titles, pair), weight: weight * unitsOf.title}, {ids: listOf(terms, pair), weight: weight * unitsOf.synonym}]);
    return [...pairs, ...named.map(element => ({ids: Uint32Array.from(elements.of(element)), weight: unitsOf.element}))];
  }

  #holding(heard: Heard, ids: readonly number[], hits: Hits): readonly SearchHit[] {
    return ids.filter(id => !hits.has(id)).map(id => ({id, points: this.#pointsOf(id, heard), why: this.#reason(id, heard)})).filter(hit => hit.points > sentencePoints.least).sort((a, b) => b.points - a.points || a.id - b.id);
  }

  #pointsOf(id: number, {text, weights, named, most}: Heard): number {
    const {title = '', words = [], elements = []} = this.#entries[id] ?? {};
    let units = named.filter(element => elements.includes(element)).length * unitsOf.element;
    for (const [pair, weight] of weights) {
      if (title.includes(pair)) units += weight * unitsOf.title;
      else if (words.some(word => word.includes(pair))) units += weight * unitsOf.synonym;
    }
    return Math.min(sentencePoints.most, sentencePoints.least + Math.min(most, units) + wholeUnits(words, text, weights));
  }

  /** Elements and their values that a sentence names. What more than an eighth of all entries ask says nothing of any. */
  #namedElements(text: string): readonly string[] {
    const {elements} = this.#parts;
    const named = new Set<string>();
    elements.within(text, (element, ids) => {
      if (isTelling(ids.length, this.#entries.length)) named.add(element);
    });
    return [...named];
  }

  /** Everything that counted for an entry: synonyms that stand whole in the text, words of the title, parts of other synonyms, elements; words that weigh more come first. */
  #reason(id: number, {text, pairs, weights, named}: Heard): LocalizedText {
    const {title = '', words = [], elements = []} = this.#entries[id] ?? {};
    const whole = wholeIn(words, text);
    const own = runsOf(pairs, weights, pair => title.includes(pair));
    const parts = words.flatMap(word => (whole.includes(word) ? [] : runsOf(pairs, weights, pair => word.includes(pair)))).filter((run, at, all) => all.indexOf(run) === at && ![...whole, ...own].some(text => text.includes(run)));
    const asked = named.filter(element => elements.includes(element));
    const zh = [...(whole.length > 0 ? [`同义说法“${whole.join('、')}”`] : []), ...said('名称相近：', own, '、'), ...said('同义说法相近：', parts, '、'), ...said('表单要素：', asked, '、')];
    const en = [...(whole.length > 0 ? [`synonym “${whole.join(', ')}”`] : []), ...said('similar title: ', own, ', '), ...said('similar synonyms: ', parts, ', '), ...said('elements of the form: ', asked, ', ')];
    return {'zh-CN': zh.join('；'), en: en.join('; ')};
  }
}

/** The synonyms of an entry as one text, without the pairs of characters that its title has anyway: what title and synonym say alike counts once. */
export function termsOf({title, words}: Pick<SearchEntry, 'title' | 'words'>): string {
  const kept: string[] = [];
  for (const word of words) {
    let [run, before] = ['', ''];
    for (const character of word) {
      if (before !== '' && title.includes(before + character)) {
        kept.push(run);
        run = '';
      }
      run += character;
      before = character;
    }
    kept.push(run);
  }
  return kept.filter(run => run.length > 1).join('\n');
}

/** What synonyms that stand whole in a text add. */
export function wholeUnits(words: readonly string[], text: string, weights: ReadonlyMap<string, number>): number {
  const pairs = wholeIn(words, text).flatMap(word => [...new Set(pairsOf(word))]);
  return pairs.reduce((sum, pair) => sum + (weights.get(pair) ?? 0) * unitsOf.wholeSynonym, 0);
}

/** Whether a text that so many entries ask for tells them from the others. */
export function isTelling(asked: number, all: number): boolean {
  return asked > 0 && asked * 8 <= Math.max(8, all);
}

function wholeIn(words: readonly string[], text: string): readonly string[] {
  return words.filter(word => word.length > 1 && text.includes(word));
}

function said(head: string, texts: readonly string[], between: string): readonly string[] {
  return texts.length === 0 ? [] : [`${head}${texts.join(between)}`];
}

/** The places of a pair; one with a character of two code units is found by looking. */
function listOf(index: BigramIndex, pair: string): Uint32Array {
  if (pair.length === 2) return index.postings(pair);
  const ids: number[] = [];
  index.containing(pair, id => ids.push(id) > 0);
  return Uint32Array.from(ids);
}

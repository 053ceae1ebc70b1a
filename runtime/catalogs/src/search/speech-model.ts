import {atOnce} from '@banli/time';
import {commonWords} from './common-words.js';
import {pairsOf} from './normalise.js';
import {runsOf} from './runs.js';

/** What is known of how people speak of an entry, normalised. */
export interface SpeechEntry {
  readonly title: string;
  /** Synonyms, each once. */
  readonly words: readonly string[];
  /** Sentences that were said about it. */
  readonly examples: readonly string[];
}

/** An entry that a text may be about. `score` has no unit: only that of the same text compares. */
export interface SpeechHit {
  readonly id: number;
  readonly score: number;
}

interface Postings {
  readonly ids: number[];
  readonly gains: number[];
}

/** How soon saying a thing again counts no more, and how much of an entry's length is made good. @see Source: Okapi BM25's k1 and b; chosen on sentences that the tests do not hold it to. */
const [saturation, lengthShare] = [3, 0.6] as const;
/** What a title counts; a synonym and an example count once each. */
const titleCounts = 2;
/** What a single character counts beside a pair: 漏 says less than 漏水, but it is said in more ways. */
const characterCounts = 0.6;
/** What a pair, and a character, of everyday words count: a call says much that is about nothing (请有关部门尽快核实), and of that little stands in titles and examples, so that it would pass for rare. */
const [commonPairCounts, commonCharacterCounts] = [0.2, 0.3] as const;
const common: ReadonlySet<string> = new Set([...commonWords.flatMap(pairsOf), ...commonWords.join('')]);
/** Words named at most. */
const mostShared = 5;
const entriesPerStep = 100;

/**
 * Ranks entries by how people speak of them: by the characters and pairs of characters of titles, synonyms and examples, rare ones before common ones (BM25). Immutable; the same entries and text
 * give the same answer.
 */
export class SpeechModel {
  readonly #postings: ReadonlyMap<string, Postings>;
  readonly #count: number;

  /** @param postings - What `speechPostings` made of the same entries. */
  constructor(entries: readonly SpeechEntry[], postings: ReadonlyMap<string, Postings> = atOnce(speechPostings(entries))) {
    this.#postings = postings;
    this.#count = entries.length;
  }

  /** @param text - Normalised. @returns The best first, equal ones by place. */
  hear(text: string, limit: number): readonly SpeechHit[] {
    const scores = new Float64Array(this.#count);
    const touched = new Set<number>();
    for (const feature of featuresOf(text)) {
      const {ids = [], gains = []} = this.#postings.get(feature) ?? {};
      ids.forEach((id, at) => {
        scores[id] = (scores[id] ?? 0) + (gains[at] ?? 0);
        touched.add(id);
      });
    }
    return [...touched].map(id => ({id, score: scores[id] ?? 0})).sort((a, b) => b.score - a.score || a.id - b.id).slice(0, limit);
  }

  /** How near two texts are by what they share, rare things before common ones: 0 to 1, 1 for the same text. @see Source: cosine of weights. */
  nearness(text: string, other: string): number {
    const [mine, theirs] = [featuresOf(text), featuresOf(other)];
    const shared = [...mine].filter(feature => theirs.has(feature));
    const all = Math.sqrt(this.#squares(mine) * this.#squares(theirs));
    return all === 0 ? 0 : this.#squares(shared) / all;
  }

  /** The words that a text has in common with others, the most telling first. */
  shared(text: string, others: readonly string[]): readonly string[] {
    const pairs = pairsOf(text);
    const weights = new Map(pairs.map(pair => [pair, this.#rarity(pair)]));
    return runsOf(pairs, weights, pair => others.some(other => other.includes(pair))).slice(0, mostShared);
  }

  #squares(features: Iterable<string>): number {
    let sum = 0;
    for (const feature of features) sum += this.#rarity(feature) ** 2;
    return sum;
  }

  #rarity(feature: string): number {
    const holding = this.#postings.get(feature)?.ids.length ?? 0;
    return holding === 0 ? 0 : rarity(feature, holding, this.#count);
  }
}

/** Makes what a model looks into; pauses now and then. */
export function* speechPostings(entries: readonly SpeechEntry[]): Generator<void, ReadonlyMap<string, Postings>> {
  const counts = new Map<string, Map<number, number>>();
  const lengths: number[] = [];
  for (const [id, {title, words, examples}] of entries.entries()) {
    if (id % entriesPerStep === 0) yield;
    let length = 0;
    const add = (text: string, times: number): void => {
      for (const feature of featuresOf(text)) {
        const holding = counts.get(feature) ?? new Map<number, number>();
        counts.set(feature, holding.set(id, (holding.get(id) ?? 0) + times));
        length += times;
      }
    };
    add(title, titleCounts);
    for (const text of [...words, ...examples]) add(text, 1);
    lengths.push(length);
  }
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const postings = new Map<string, Postings>();
  for (const [feature, holding] of counts) {
    if (postings.size % (entriesPerStep * 50) === 0) yield;
    const weight = rarity(feature, holding.size, entries.length) * (saturation + 1);
    const gains = [...holding].map(([id, times]) => (weight * times) / (times + saturation * (1 - lengthShare + (lengthShare * (lengths[id] ?? 0)) / mean)));
    postings.set(feature, {ids: [...holding.keys()], gains});
  }
  return postings;
}

/** Inverse document frequency, as BM25 has it, and less for single characters and everyday words. */
function rarity(feature: string, holding: number, all: number): number {
  const isCharacter = feature.length === 1;
  const everyday = common.has(feature) ? (isCharacter ? commonCharacterCounts : commonPairCounts) : 1;
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5)) * everyday * (isCharacter ? characterCounts : 1);
}

const latin = /[a-z0-9]/;

/** The pairs of a text, and its Chinese characters, each once. */
function featuresOf(text: string): ReadonlySet<string> {
  return new Set([...pairsOf(text), ...[...text].filter(character => !latin.test(character))]);
}

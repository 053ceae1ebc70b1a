import {commonWords} from './common-words.js';
import {pairsOf} from './normalise.js';
import {firstStretch} from './shared-counts.js';

/** What the rarest pair of characters weighs; the most common one weighs 1. */
const heaviest = 6;

/** What a pair weighs at most that no word of the text holds whole, such as 区停 in 小区停水: it may be an accident. */
const mostAcross = 3;

const common = new Set(commonWords.flatMap(pairsOf));
const words = new Intl.Segmenter('zh', {granularity: 'word'});

/**
 * What a pair of characters weighs by how rare it is: 1 when more than an eighth of all entries hold it, one more for each time that so many fewer are half as many.
 *
 * @param holding - Entries that hold it, by title or synonym: 1 or more.
 * @see Source: inverse document frequency, in whole steps; the steps are our own.
 */
export function rarity(holding: number, all: number): number {
  return Math.max(1, Math.min(heaviest, 31 - Math.clz32(Math.max(1, Math.floor(all / holding))) - 2));
}

/**
 * The pairs of a text with what each weighs, in the order of the text, each once; pairs that no entry holds are left out. Rare pairs weigh more than common ones, those
 * of everyday words, of two letters, and across the borders of words least; numbers count in known terms alone.
 *
 * @param text - Normalised.
 * @param known - Terms of the catalog that stand in the text: words whatever a dictionary says.
 * @param holding - How many entries hold a pair.
 */
export function weighPairs(text: string, known: readonly string[], holding: (pair: string) => number, all: number): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const within = new Set<string>(known.flatMap(pairsOf));
  for (const pair of pairsOf(text)) {
    const latin = isWithin(pair, 'a', 'z');
    const count = weights.has(pair) || (isWithin(pair, '0', '9') && !within.has(pair)) ? 0 : holding(pair);
    if (count > 0) weights.set(pair, latin || common.has(pair) ? 1 : rarity(count, all));
  }
  if (weights.size === 0) return weights;
  for (const {segment} of words.segment(text)) if (segment.length > 1) for (const pair of pairsOf(segment)) within.add(pair);
  for (const [pair, weight] of weights) if (weight > mostAcross && !within.has(pair)) weights.set(pair, mostAcross);
  return weights;
}

function isWithin(pair: string, first: string, last: string): boolean {
  return [...pair].every(character => character >= first && character <= last);
}

/** Lighter pairs of a text, heavier than a third of all, that a title of a large catalog has to share to be as near as can be. */
const enoughPairs = 5;

/**
 * What entries can gain by pairs and elements at most. In a large catalog five lighter pairs (heavier than a third of all) are as good as more, so that looking ends where enough such entries are found.
 *
 * @param most - What can be gained in a small catalog.
 */
export function mostUnits(weights: ReadonlyMap<string, number>, all: number, most: number): number {
  if (all <= firstStretch || weights.size === 0) return most;
  const sorted = [...weights.values()].sort((a, b) => a - b);
  return Math.min(most, enoughPairs * unitsOf.title * (sorted[Math.floor((sorted.length - 1) / 3)] ?? 1));
}

/** What a pair counts in a title and in a synonym, as multiples of its weight (a synonym that stands whole in the text counts its pairs once more); and what an element counts. */
export const unitsOf = {title: 2, synonym: 1, wholeSynonym: 1, element: 4} as const;

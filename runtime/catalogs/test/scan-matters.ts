import {points, type SearchEntry} from '../src/search/matter-index.js';
import {isTelling, sentencePoints, wholeUnits} from '../src/search/sentence-search.js';
import {mostUnits, unitsOf, weighPairs} from '../src/search/term-weights.js';

/** What the index must find, the plain way: every entry is looked at. Ids with their points, best first, then by place. */
export function scanMatters(entries: readonly SearchEntry[], query: string): ReadonlyArray<{readonly id: number; readonly points: number}> {
  if (query === '') return [];
  const codes = /^\d+$/.test(query) && entries.some(({key}) => key.startsWith(query));
  const holding = (pair: string): number => entries.filter(({title}) => title.includes(pair)).length + entries.filter(({title, words}) => !title.includes(pair) && words.some(word => word.includes(pair))).length;
  const weights = weighPairs(query, entries.flatMap(({words}) => words.filter(word => word.length > 1 && query.includes(word))), holding, entries.length);
  const telling = [...new Set(entries.flatMap(({elements}) => elements))].filter(element => element.length > 1 && query.includes(element) && isTelling(entries.filter(other => other.elements.includes(element)).length, entries.length));
  const most = mostUnits(weights, entries.length, sentencePoints.most - sentencePoints.least);
  const pointsIn = (entry: SearchEntry): number => (codes ? (entry.key === query ? points.codeEqual : entry.key.startsWith(query) ? points.code : 0) : namePoints(entry, query) || sentenceOf(entry, query, weights, telling, most) || weakPoints(entry, query));
  return entries
    .map((entry, id) => ({id, points: pointsIn(entry)}))
    .filter(hit => hit.points > 0)
    .sort((a, b) => b.points - a.points || a.id - b.id);
}

function namePoints({title, initials, words}: SearchEntry, query: string): number {
  const letters = /^[a-z]{2,}$/.test(query);
  if (title.startsWith(query) || words.includes(query)) return points.named;
  if (title.includes(query)) return points.title;
  if (letters && initials.startsWith(query)) return points.initialsStart;
  if (letters && initials.includes(query)) return points.initials;
  return words.some(word => word.includes(query)) ? points.word : 0;
}

function sentenceOf({title, words, elements}: SearchEntry, query: string, weights: ReadonlyMap<string, number>, telling: readonly string[], most: number): number {
  const named = telling.filter(element => elements.includes(element)).length;
  const shared = [...weights].reduce((sum, [pair, weight]) => sum + (title.includes(pair) ? weight * unitsOf.title : 0) + (!title.includes(pair) && words.some(word => word.includes(pair)) ? weight * unitsOf.synonym : 0), named * unitsOf.element);
  if (shared === 0) return 0;
  return Math.min(sentencePoints.most, sentencePoints.least + Math.min(most, shared) + wholeUnits(words, query, weights));
}

function weakPoints({path, elements}: SearchEntry, query: string): number {
  if (elements.some(element => element.includes(query))) return points.element;
  return path.includes(query) ? points.path : 0;
}

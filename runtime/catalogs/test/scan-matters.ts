import {isTelling, points, type SearchEntry} from '../src/search/matter-index.js';
import {pairsOf} from '../src/search/normalise.js';

/** What the index must find, the plain way: every entry is looked at. Ids with their points, best first, then by place. */
export function scanMatters(entries: readonly SearchEntry[], query: string): ReadonlyArray<{readonly id: number; readonly points: number}> {
  if (query === '') return [];
  return entries
    .map((entry, id) => ({id, points: pointsOf(entry, query, element => isTelling(entries.filter(other => other.elements.includes(element)).length, entries.length))}))
    .filter(hit => hit.points > 0)
    .sort((a, b) => b.points - a.points || a.id - b.id);
}

function pointsOf({key, title, initials, words, path, elements}: SearchEntry, query: string, telling: (element: string) => boolean): number {
  if (/^\d+$/.test(query)) return key === query ? points.codeEqual : key.startsWith(query) ? points.code : 0;
  const letters = /^[a-z]{2,}$/.test(query);
  if (title.startsWith(query)) return points.titleStart;
  if (words.includes(query)) return points.wordEqual;
  if (title.includes(query)) return points.title;
  if (letters && initials.startsWith(query)) return points.initialsStart;
  if (letters && initials.includes(query)) return points.initials;
  if (words.some(word => word.includes(query))) return points.word;
  const held = words.filter(word => word.length > 1 && query.includes(word)).reduce((sum, word) => sum + word.length, 0);
  const shared = pairsOf(query).filter(pair => title.includes(pair)).length;
  if (held > 0) return Math.min(59, 30 + 4 * held + 2 * shared);
  const named = elements.filter(element => element.length > 1 && query.includes(element) && telling(element)).length;
  if (shared + named > 0) return Math.min(29, 10 + 4 * (shared + named));
  if (elements.some(element => element.includes(query))) return points.element;
  return path.includes(query) ? points.path : 0;
}

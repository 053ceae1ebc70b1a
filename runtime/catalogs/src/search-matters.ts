import type {LocalizedText} from '@banli/formats';
import {choicesOf, type Choice} from './choices.js';
import {MatterIndex, type SearchEntry} from './search/matter-index.js';
import {initialsOf, normalise} from './search/normalise.js';
import {activeRows, type PublishedVersion} from './version.js';

/** A matter that fits, and why. `points` orders the reasons: 100 for the code itself, 5 for a branch. */
export interface MatterMatch {
  readonly choice: Choice;
  readonly why: LocalizedText;
  readonly points: number;
}

interface Searchable {
  readonly choices: readonly Choice[];
  readonly index: MatterIndex;
}

const built = new WeakMap<PublishedVersion, {readonly elements: PublishedVersion | null; readonly searchable: Searchable}>();

/** Built once for a version of matters together with a version of elements. */
function searchableOf(version: PublishedVersion, elements: PublishedVersion | null): Searchable {
  const known = built.get(version);
  if (known?.elements === elements) return known.searchable;
  const choices = choicesOf(version).filter(choice => choice.leaf && choice.status === 'active').sort((a, b) => (a.key < b.key ? -1 : 1));
  const searchable = {choices, index: new MatterIndex(entriesOf(version, choices, elements))};
  built.set(version, {elements, searchable});
  return searchable;
}

/** The texts of leaf matters, normalised, in the order of the choices. */
export function entriesOf(version: PublishedVersion, choices: readonly Choice[], elements: PublishedVersion | null): readonly SearchEntry[] {
  const words = gather(version, 'synonyms', 'word', word => word);
  const titles = new Map((elements ? activeRows(elements, 'elements') : []).map(row => [row.key, row.values['titleZh'] ?? '']));
  const asked = elements ? gather(elements, 'uses', 'elementCode', code => titles.get(code) ?? '') : new Map<string, string[]>();
  const parents = new Map(choicesOf(version).map(choice => [choice.key, choice.parentKey]));
  const askedOf = (key: string): readonly string[] => {
    const all: string[] = [];
    for (let at: string | null = key; at !== null; at = parents.get(at) ?? null) all.push(...(asked.get(at) ?? []));
    return all;
  };
  return choices.map(choice => ({
    key: choice.key,
    title: normalise(`${choice.title['zh-CN']}${choice.title.en ?? ''}`),
    initials: initialsOf(choice.title['zh-CN']),
    words: unique(words.get(choice.key)),
    path: normalise(choice.path.join('')),
    elements: unique(askedOf(choice.key)),
  }));
}

function unique(texts: readonly string[] = []): readonly string[] {
  return texts.length === 0 ? texts : [...new Set(texts.map(normalise))].filter(text => text !== '');
}

function gather(version: PublishedVersion, table: string, column: string, textOf: (cell: string) => string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const row of activeRows(version, table)) {
    const key = row.values['matterCode'] ?? '';
    const list = found.get(key) ?? [];
    list.push(textOf(row.values[column] ?? ''));
    found.set(key, list);
  }
  return found;
}

/**
 * Finds leaf matters by code, title, synonym, pinyin initials, the words of a sentence, elements or branches, best first; equal ones in the order
 * of the codes.
 *
 * @param text - What was typed; blanks and case do not matter.
 * @param elements - The elements catalog, if there is one.
 * @returns At most `limit` matters; none for a blank text.
 */
export function searchMatters(version: PublishedVersion, text: string, limit: number, elements: PublishedVersion | null = null): readonly MatterMatch[] {
  const {choices, index} = searchableOf(version, elements);
  return index.search(normalise(text), limit).flatMap(({id, why, points}) => {
    const choice = choices[id];
    return choice ? [{choice, why, points}] : [];
  });
}

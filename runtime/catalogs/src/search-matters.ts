import type {LocalizedText} from '@banli/formats';
import {inSteps} from '@banli/time';
import {choicesOf, type Choice} from './choices.js';
import {MatterIndex, matterPartsOf, type SearchEntry} from './search/matter-index.js';
import {initialsOf, normalise} from './search/normalise.js';
import type {LoadedView} from './version-store.js';
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

/** For a version of matters with one of elements, or with none. */
const none = {};
const built = new WeakMap<PublishedVersion, WeakMap<object, Promise<Searchable>>>();

/**
 * Builds what searching looks into, once for a version of matters together with a version of elements. Building pauses now and then; whoever asks meanwhile
 * waits for the same one.
 */
export function prepareSearch(version: PublishedVersion, elements: PublishedVersion | null): Promise<Searchable> {
  const known = built.get(version) ?? new WeakMap<object, Promise<Searchable>>();
  built.set(version, known);
  const found = known.get(elements ?? none) ?? inSteps(searchableOf(version, elements));
  known.set(elements ?? none, found);
  return found;
}

/** Builds what searching will look into now and when later versions begin to hold, so that no search waits for it. */
export async function prepareSearches(view: LoadedView): Promise<void> {
  const later = ['matters', 'elements'].flatMap(id => view.momentsOf(id)).filter(at => at > view.now);
  for (const at of [view.now, ...later]) {
    const matters = view.versionAt('matters', at);
    if (matters) await prepareSearch(matters, view.versionAt('elements', at));
  }
}

function* searchableOf(version: PublishedVersion, elements: PublishedVersion | null): Generator<void, Searchable> {
  const choices = openLeaves(version);
  yield;
  const entries = yield* entriesOf(version, choices, elements);
  return {choices, index: new MatterIndex(entries, yield* matterPartsOf(entries))};
}

/** Leaf matters that may be chosen, in the order of their codes. */
export function openLeaves(version: PublishedVersion): readonly Choice[] {
  return choicesOf(version).filter(choice => choice.leaf && choice.status === 'active').sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Texts of a column by matter, as they stand in the rows. */
export function textsOfMatters(version: PublishedVersion, table: string, column: string): (matterCode: string) => readonly string[] {
  const found = gather(version, table, column, text => [text]);
  return code => found.get(code) ?? [];
}

/** Entries between two pauses. */
const entriesPerStep = 250;

/** The texts of leaf matters, normalised, in the order of the choices. Pauses now and then. */
function* entriesOf(version: PublishedVersion, choices: readonly Choice[], elements: PublishedVersion | null): Generator<void, readonly SearchEntry[]> {
  const words = gather(version, 'synonyms', 'word', word => [word]);
  const asked = elements ? gather(elements, 'uses', 'elementCode', textsOf(elements)) : new Map<string, string[]>();
  const parents = new Map(choicesOf(version).map(choice => [choice.key, choice.parentKey]));
  const askedOf = (key: string): readonly string[] => {
    const all: string[] = [];
    for (let at: string | null = key; at !== null; at = parents.get(at) ?? null) all.push(...(asked.get(at) ?? []));
    return all;
  };
  const entries: SearchEntry[] = [];
  for (const choice of choices) {
    if (entries.length % entriesPerStep === 0) yield;
    entries.push({
      key: choice.key,
      title: normalise(`${choice.title['zh-CN']}${choice.title.en ?? ''}`),
      initials: initialsOf(choice.title['zh-CN']),
      words: unique(words.get(choice.key)),
      path: normalise(choice.path.join('')),
      elements: unique(askedOf(choice.key)),
    });
  }
  return entries;
}

/** The title of an element and those of the values to choose from, by its code. */
function textsOf(elements: PublishedVersion): (code: string) => readonly string[] {
  const texts = new Map(activeRows(elements, 'elements').map(row => [row.key, [row.values['titleZh'] ?? '']]));
  for (const {values} of activeRows(elements, 'options')) texts.get(values['elementCode'] ?? '')?.push(values['titleZh'] ?? '');
  return code => texts.get(code) ?? [];
}

function unique(texts: readonly string[] = []): readonly string[] {
  return texts.length === 0 ? texts : [...new Set(texts.map(normalise))].filter(text => text !== '');
}

function gather(version: PublishedVersion, table: string, column: string, textsOfCell: (cell: string) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const row of activeRows(version, table)) {
    const key = row.values['matterCode'] ?? '';
    const list = found.get(key) ?? [];
    list.push(...textsOfCell(row.values[column] ?? ''));
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
export async function searchMatters(version: PublishedVersion, text: string, limit: number, elements: PublishedVersion | null = null): Promise<readonly MatterMatch[]> {
  const {choices, index} = await prepareSearch(version, elements);
  return index.search(normalise(text), limit).flatMap(({id, why, points}) => {
    const choice = choices[id];
    return choice ? [{choice, why, points}] : [];
  });
}

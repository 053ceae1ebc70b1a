import {randomKey} from '../http/random-key.js';

/** What an entry of the browser's history carries when its words may not stand in the address: a name for them, not the words. */
interface AskedState {
  readonly asked: string;
}

/** Words that live on this page alone and for whoever typed them, by the name their entry of the history carries; a reload forgets them. */
const kept = new Map<string, {readonly personId: string; readonly words: string}>();
/** Searches that one can come back to, at most. */
const mostKept = 50;

/** Says whether words are, or begin, a number of a person (telephone, identity card): these stand neither in addresses nor in histories. */
export function isPersonNumber(words: string): boolean {
  return /^\+?\d{6,18}X?$/i.test(words.normalize('NFKC').replace(/[\s\-()]/g, ''));
}

/** Where a search stands: what may be read goes into the address, a person's number is kept aside. */
export function placeOfSearch(words: string, filters: Readonly<Record<string, string>>, personId: string): {readonly to: string; readonly state: AskedState | null} {
  const isHidden = isPersonNumber(words);
  const search = new URLSearchParams({...(words === '' || isHidden ? {} : {q: words}), ...filters}).toString();
  return {to: `/search${search === '' ? '' : `?${search}`}`, state: isHidden ? keep(words, personId) : null};
}

/** The words of a search, from its address or from what was kept aside for this entry of the history. */
export function askedWords(search: URLSearchParams, state: unknown, personId: string): string {
  const name = typeof state === 'object' && state !== null && 'asked' in state ? String(state.asked) : null;
  const found = name === null ? undefined : kept.get(name);
  return (found?.personId === personId ? found.words : undefined) ?? search.get('q') ?? '';
}

function keep(words: string, personId: string): AskedState {
  const asked = randomKey();
  kept.set(asked, {personId, words});
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return {asked};
}

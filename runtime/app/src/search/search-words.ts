/** Words that would tell of somebody, for as long as the page is open and for who typed them: by a number that the history of the browser may hold. */
const kept = new Map<number, {readonly personId: string; readonly words: string}>();

/** Says that words may be a phone or id number: digits alone. The number of a case has its day between dashes. */
export function mayBePersonal(words: string): boolean {
  return /^[+(]?[\d\s()-]{4,}[\dXx]$/.test(words.trim()) && !/\d{4,}-\d{8}-\d+/.test(words);
}

/** What goes into the address of a search, and what is only remembered: a bookmark and the server's log must not hold a phone number. */
export function putWords(words: string, personId: string): {readonly query: Readonly<Record<string, string>>; readonly state: {readonly words: number} | null} {
  if (words === '') return {query: {}, state: null};
  if (!mayBePersonal(words)) return {query: {q: words}, state: null};
  const key = kept.size + 1;
  kept.set(key, {personId, words});
  return {query: {}, state: {words: key}};
}

/** The words of a search by its address and what was remembered; none when the page was loaded anew since. */
export function wordsOf(search: URLSearchParams, state: unknown, personId: string): string {
  const remembered = typeof state === 'object' && state !== null && 'words' in state && typeof state.words === 'number' ? kept.get(state.words) : undefined;
  return (remembered?.personId === personId ? remembered.words : null) ?? search.get('q') ?? '';
}

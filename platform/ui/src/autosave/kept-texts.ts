/** What keeps unsaved texts in a browser; `localStorage` fits. */
export interface KeptStorage {
  readonly length: number;
  key(index: number): string | null;
  removeItem(key: string): void;
}

const prefix = 'banli.typed';

/** Name of an entry: whose it is and what was typed. Ids hold no spaces, so nobody's entries are taken for another's. */
export function keptKey(personId: string, what: string): string {
  return `${prefix} ${personId} ${what}`;
}

/** What of a person's texts stands in the browser alone, because the server does not have it yet. */
export function keptOf(storage: KeptStorage, personId: string): readonly string[] {
  return kept(storage).filter(key => key.startsWith(keptKey(personId, '')));
}

/**
 * Removes unsaved texts from the browser: all of them when somebody leaves, those of everybody else when somebody comes.
 *
 * @param stays - The person whose texts stay: his session has merely expired, and they are offered to him again.
 */
export function forgetKept(storage: KeptStorage, stays: string | null): void {
  for (const key of kept(storage)) if (stays === null || !key.startsWith(keptKey(stays, ''))) storage.removeItem(key);
}

/** Every entry that holds something typed, those under names of earlier versions, too. */
function kept(storage: KeptStorage): readonly string[] {
  const keys = Array.from({length: storage.length}, (_, index) => storage.key(index) ?? '');
  return keys.filter(key => key.startsWith(prefix));
}

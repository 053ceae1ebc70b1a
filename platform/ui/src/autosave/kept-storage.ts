import {useEffect, useState} from 'react';
import {createSealedStorage, type SealedStorage} from './sealed-storage.js';

let storage: SealedStorage | null = null;

/** Where this page keeps unsaved texts: in the browser's storage, for their person alone. Tabs tell each other. */
export function keptStorage(): SealedStorage {
  if (storage !== null) return storage;
  const made = createSealedStorage(globalThis.localStorage, globalThis.crypto?.subtle);
  globalThis.addEventListener('storage', event => {
    if (event.key !== null) void made.noteOther(event.key, event.newValue);
  });
  storage = made;
  return made;
}

/**
 * Opens what a person left unsaved in this browser.
 *
 * @param personId - Who is signed in; `null` while nobody is.
 * @param key - What his session tells to open it with.
 * @returns Whether it is open, or cannot be opened, which is reported: before that, nothing that autosaves may be shown.
 */
export function useKeptStorage(personId: string | null, key: string): boolean {
  const [opened, setOpened] = useState<string | null>(null);
  useEffect(() => {
    if (personId === null) return undefined;
    let isCurrent = true;
    void keptStorage()
      .unlock(personId, key)
      // A browser that cannot open it is no reason to keep somebody from work: what is typed still goes to the server.
      .catch((error: unknown) => globalThis.reportError(error))
      .then(() => (isCurrent ? setOpened(personId) : undefined));
    return () => {
      isCurrent = false;
    };
  }, [personId, key]);
  return personId !== null && opened === personId;
}

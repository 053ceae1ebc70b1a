/** What is asked of everything that is being typed on the page when its person leaves. */
export interface LiveAutosave {
  flush(): Promise<void>;
  forget(): void;
}

const live = new Set<LiveAutosave>();

/** Notes something that is being typed on this page; ends with what it returns. */
export function noteLive(autosave: LiveAutosave): () => void {
  live.add(autosave);
  return () => void live.delete(autosave);
}

/** Sends everything typed on this page once more; resolves when each was tried. */
export async function flushLive(): Promise<void> {
  await Promise.all([...live].map(autosave => autosave.flush()));
}

/** Forgets everything typed on this page, also what a save on its way would bring back. */
export function forgetLive(): void {
  for (const autosave of live) autosave.forget();
}

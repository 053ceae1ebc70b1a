import {forgetKept, keptOf, type KeptStorage} from '../autosave/kept-texts.js';

/** What leaving stands on; `flush` and `forget` mean what is being typed on the page. */
export interface LeaveParts {
  readonly storage: KeptStorage;
  readonly personId: string;
  readonly flush: () => Promise<void>;
  readonly forget: () => void;
  /** Asked when the server does not have everything: leaving would lose it. Says whether to leave. */
  readonly ask: () => Promise<boolean>;
  /** Ends the session on the server. */
  readonly end: () => Promise<unknown>;
  /** Tells the other tabs of this browser. */
  readonly tell: () => void;
}

/**
 * Signs a person out so that nothing of his stays in the browser: what was typed goes to the server first, then the session ends, then the
 * browser forgets. When the server cannot end the session, nothing is forgotten.
 *
 * @returns Whether he left; `false` when he wants to look after what is not saved.
 */
export async function leave({storage, personId, flush, forget, ask, end, tell}: LeaveParts): Promise<boolean> {
  await flush();
  if (keptOf(storage, personId).length > 0 && !(await ask())) return false;
  await end();
  forget();
  forgetKept(storage, null);
  tell();
  return true;
}

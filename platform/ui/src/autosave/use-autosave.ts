import {sleep, type Clock} from '@banli/time';
import {useEffect, useMemo, useRef, useSyncExternalStore} from 'react';
import {useLanguage} from '../i18n/hooks.js';
import {canSaveLater, viewError} from '../problems/problem-map.js';
import {createAutosave, type Autosave, type SaveState} from './autosave.js';
import {keptStorage} from './kept-storage.js';
import {keptKey} from './kept-texts.js';
import {noteLive} from './live-autosaves.js';

/**
 * Autosave of one thing on the page: sends a last time when the tab is hidden, the page is left or the part is closed,
 * and tries again as soon as the browser is online.
 *
 * @param personId - Who types: his texts alone stay in the browser when his session expires, and all go when he leaves.
 * @param what - Kind and id of the thing; another one is another thing.
 */
export function useAutosave<T>(personId: string, what: string, clock: Clock, save: (value: T) => Promise<number>): Autosave<T> & {readonly current: SaveState} {
  const language = useLanguage();
  const latest = useRef({save, language});
  latest.current = {save, language};
  const autosave = useMemo(
    () =>
      createAutosave<T>({
        key: keptKey(personId, what),
        storage: keptStorage(),
        clock,
        save: value => latest.current.save(value),
        judge: error => ({passing: canSaveLater(error), reason: viewError(error, latest.current.language).summary}),
        wait: sleep,
      }),
    [personId, what, clock],
  );
  useEffect(() => {
    const end = noteLive(autosave);
    const flush = () => void autosave.flush();
    const hidden = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', hidden);
    globalThis.addEventListener('pagehide', flush);
    globalThis.addEventListener('online', flush);
    return () => {
      end();
      document.removeEventListener('visibilitychange', hidden);
      globalThis.removeEventListener('pagehide', flush);
      globalThis.removeEventListener('online', flush);
      flush();
      autosave.stop();
    };
  }, [autosave]);
  const current = useSyncExternalStore(autosave.subscribe, autosave.state);
  return useMemo(() => ({...autosave, current}), [autosave, current]);
}

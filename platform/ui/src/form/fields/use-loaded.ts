import {useCallback, useEffect, useState} from 'react';

/** What was loaded so far, and why it failed. The last good value stays while another is loading. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * Loads something and forgets an answer that comes after the key has changed.
 *
 * @param key - Loads again when it changes; `null` loads nothing.
 */
export function useLoaded<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{value: T | undefined; error: unknown}>({value: undefined, error: null});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    if (key !== null) {
      load().then(
        value => isCurrent && setState({value, error: null}),
        (error: unknown) => isCurrent && setState(before => ({...before, error})),
      );
    }
    return () => {
      isCurrent = false;
    };
    // The key stands for everything that `load` depends on.
  }, [key, round]);
  return {...state, retry: useCallback(() => setRound(count => count + 1), [])};
}

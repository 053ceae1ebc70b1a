import {useSyncExternalStore} from 'react';

const query = '(prefers-reduced-motion: reduce)';

/** Says whether the person asked the system for less movement, and when that changes. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(watch, () => window.matchMedia(query).matches);
}

function watch(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

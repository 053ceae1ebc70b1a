import {useLayoutEffect, useState} from 'react';

interface Place {
  readonly row: string | null;
  readonly scroll: number;
}

const places = new Map<string, Place>();

/** Remembers the chosen row and the scroll position of a list as long as the page lives, so that one comes back to the same place. */
export function usePlace(key: string): readonly [string | null, (row: string | null) => void] {
  const [row, setRow] = useState<string | null>(() => places.get(key)?.row ?? null);
  // A layout effect lets go before the next page shortens what scrolls: that scrolling would be taken for the person's.
  useLayoutEffect(() => {
    const page = document.getElementById('page');
    const place = places.get(key);
    if (page && place) page.scrollTop = place.scroll;
    const note = () => places.set(key, {row: places.get(key)?.row ?? null, scroll: page?.scrollTop ?? 0});
    page?.addEventListener('scroll', note, {passive: true});
    return () => page?.removeEventListener('scroll', note);
  }, [key]);
  const choose = (next: string | null) => {
    places.set(key, {row: next, scroll: document.getElementById('page')?.scrollTop ?? 0});
    setRow(next);
  };
  return [row, choose];
}

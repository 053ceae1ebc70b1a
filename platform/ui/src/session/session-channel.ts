import {useEffect, useRef} from 'react';
import {keptStorage} from '../autosave/kept-storage.js';
import {forgetKept} from '../autosave/kept-texts.js';

const channelName = 'banli.session';

/** Tells the other tabs of this browser who is signed in now; `null`: nobody. */
export function tellTabs(personId: string | null): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage({personId});
  channel.close();
}

/** Somebody has signed in by hand: what others left unsaved in this browser goes, and the other tabs learn of it. */
export function noteEntered(personId: string): void {
  forgetKept(keptStorage(), personId);
  tellTabs(personId);
}

/**
 * Keeps a page to its person: when he leaves in another tab, or somebody else signs in there, the page goes to `home` at once, and a page
 * that the browser kept aside for 后退 is loaded anew. When he signs in again in another tab, `onAgain` is called.
 *
 * @param personId - Who is signed in on this page; `null` before.
 */
export function useOwnSession(personId: string | null, home: string, onAgain: () => void): void {
  const latest = useRef({personId, onAgain});
  latest.current = {personId, onAgain};
  useEffect(() => {
    if (personId !== null) forgetKept(keptStorage(), personId);
  }, [personId]);
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = (event: MessageEvent<{readonly personId: string | null}>) => {
      const own = latest.current.personId;
      if (event.data.personId === own) latest.current.onAgain();
      else if (own !== null) globalThis.location.replace(home);
    };
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) globalThis.location.reload();
    };
    globalThis.addEventListener('pageshow', shown);
    return () => {
      channel.close();
      globalThis.removeEventListener('pageshow', shown);
    };
  }, [home]);
}

import {useLayoutEffect} from 'react';

/** Gives the focus back to what had it before this part of the page came, once it is gone: for drawers that are taken away when they close. */
export function useReturnFocus(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({preventScroll: true});
    };
  }, []);
}

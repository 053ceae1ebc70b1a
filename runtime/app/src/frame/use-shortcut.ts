import {useEffect, useRef} from 'react';

/** Says that a key belongs to what is being typed, or to an open dialog, and not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const {target} = event;
  if (!(target instanceof HTMLElement)) return false;
  // A box to tick takes the space bar alone, unless it stands in a dialog.
  if (target instanceof HTMLInputElement && target.type === 'checkbox' && target.closest('[role="dialog"], .ant-popover') === null) return event.key === ' ';
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role="dialog"], [role="listbox"], .ant-select') !== null;
}

/** Calls `act` on a key: plain keys only where nobody is typing, Ctrl (or Command) combinations everywhere. */
export function useShortcut(key: string, act: (event: KeyboardEvent) => void, options: {readonly ctrl?: boolean; readonly isOff?: boolean} = {}): void {
  const latest = useRef(act);
  latest.current = act;
  const {ctrl = false, isOff = false} = options;
  useEffect(() => {
    if (isOff) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key.toLowerCase() || event.altKey || (event.ctrlKey || event.metaKey) !== ctrl) return;
      if (!ctrl && isTyping(event)) return;
      if (ctrl) event.preventDefault();
      latest.current(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key, ctrl, isOff]);
}

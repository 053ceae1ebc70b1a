import {useEffect, useRef, useState} from 'react';
import {useText} from '../texts/hook.js';
import {useCounts} from './use-counts.js';

/** Tells screen readers when new tasks come, and shows the number in the tab's title for everyone else. */
export function TaskAnnouncer() {
  const t = useText();
  const {data: counts} = useCounts();
  const before = useRef<number | null>(null);
  const [words, setWords] = useState('');
  const todo = counts?.todo;
  useEffect(() => {
    if (todo === undefined) return;
    const more = before.current === null ? 0 : todo - before.current;
    if (more > 0) setWords(t('inbox.more', {count: more}));
    before.current = todo;
    document.title = todo > 0 ? `(${todo}) ${t('app.name')}` : t('app.name');
  }, [todo, t]);
  return (
    <div role="status" aria-live="polite" className="banli-visually-hidden">
      {words}
    </div>
  );
}

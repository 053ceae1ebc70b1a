import {useEffect, useState} from 'react';
import {sleep} from '@banli/time';
import {useLocalize, useUiText} from '../i18n/hooks.js';
import {useFormSurroundings} from './form-context.js';

const pauseMs = 600;

type Words = Awaited<ReturnType<NonNullable<ReturnType<typeof useFormSurroundings>['services']['seatWords']>>>;

/** Beneath a text that goes to a citizen: wording that should be looked at again. It hinders nothing, and says nothing where nobody answers. */
export function SeatWords({id, text}: {readonly id: string; readonly text: string}) {
  const {services} = useFormSurroundings();
  const t = useUiText();
  const localize = useLocalize();
  const [found, setFound] = useState<Words>([]);
  useEffect(() => {
    const gone = new AbortController();
    const look = async () => {
      await sleep(pauseMs, gone.signal);
      if (gone.signal.aborted) return;
      const words = text.trim() === '' ? [] : await services.seatWords?.(text);
      if (!gone.signal.aborted) setFound(words ?? []);
    };
    look().catch(() => !gone.signal.aborted && setFound([]));
    return () => gone.abort();
  }, [text, services]);
  if (found.length === 0) return null;
  return (
    <div id={`${id}-words`} className="banli-field-words" role="status">
      {t('form.seatWords', {words: found.map(({word, meaning}) => t('form.seatWord', {word, meaning: localize(meaning)})).join(t('form.seatWordsJoin'))})}
    </div>
  );
}

import {dispatchRoutes} from '@banli/api';
import {useFormValues, useLocalize} from '@banli/ui';
import {sleep} from '@banli/time';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {Tag} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {toldText} from './told-text.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';

const pauseMs = 500;

/** The matters that what was typed is most likely about, until one is chosen; a click chooses. Silent where nothing fits or nobody answers: the field itself works without it. */
export function LikelyMatters({call}: {readonly call: Call}) {
  const t = useText();
  const localize = useLocalize();
  const values = useFormValues(call.model);
  const field = meaningOf(call.start, 'matter');
  const isOpen = field !== null && (values[field] ?? '') === '';
  const told = isOpen ? toldText(call.model.fields.values(), values, meaningOf(call.start, 'title')) : '';
  const found = useQuery({
    queryKey: ['likelyMatters', told],
    queryFn: async ({signal}) => {
      await sleep(pauseMs, signal);
      return api.call(dispatchRoutes.candidates, {query: {q: told}, signal});
    },
    enabled: told.length >= 4,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const candidates = told.length >= 4 ? (found.data?.candidates ?? []) : [];
  if (field === null || candidates.length === 0) return null;
  // The buttons go away with the choice: the focus moves to what was filled in.
  const take = (key: string) => {
    call.model.fill({[field]: key});
    call.model.focus(field);
  };
  return (
    <section className="app-rail-part app-likely" aria-live="polite">
      <h2>{t('likely.title')}</h2>
      <ul className="app-plain-list">
        {candidates.map(({key, title, path, certainty, why}) => (
          <li key={key}>
            <button type="button" className="app-likely-matter" onClick={() => take(key)}>
              <span className="app-likely-title">
                <strong>{localize(title)}</strong>
                <Tag className="app-likely-mark" color={certainty === 'sure' ? 'green' : certainty === 'likely' ? 'blue' : 'default'}>{t(`likely.${certainty}`)}</Tag>
              </span>
              <span className="banli-secondary">{path.join(' / ')}</span>
              <span className="banli-secondary">{localize(why)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

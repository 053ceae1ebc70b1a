import {useSyncExternalStore} from 'react';
import {useLanguage, useUiText} from '../i18n/hooks.js';
import {nodeTitle} from './fields-of.js';
import {useFormProblems} from './form-context.js';
import type {FormModel} from './form-model.js';

/**
 * Everything to correct in a form that was refused, here or by the server: each field by its title with its sentence, which leads to the field.
 * Nothing while one is still typing: a field that is left says by itself what is wrong with it.
 */
export function FormProblems({model}: {readonly model: FormModel}) {
  const t = useUiText();
  const language = useLanguage();
  const byField = useFormProblems(model);
  const reading = [...model.fields.keys()];
  const problems = Object.entries(byField).sort(([a], [b]) => reading.indexOf(a) - reading.indexOf(b));
  const isRefused = useSyncExternalStore(model.subscribe, model.isRefused);
  if (!isRefused || problems.length === 0) return null;
  return (
    <section className="banli-form-problems" role="alert" aria-label={t('error.fields', {count: problems.length})}>
      <strong>{t('error.fields', {count: problems.length})}</strong>
      <ul>
        {problems.map(([name, text]) => {
          const field = model.fields.get(name);
          const title = field ? nodeTitle(name, field.node, language) : name;
          return (
            <li key={name}>
              <button type="button" className="banli-link" title={t('error.jump', {field: title})} onClick={() => model.focus(name)}>
                {text.includes(title) ? text : t('error.field', {field: title, text})}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

import {nodeTitle, useLanguage} from '@banli/ui';
import {Tag} from 'antd';
import {useText} from '../texts/hook.js';
import type {ComposedForm, OutlineField} from './compose-form.js';
import {sourceWords} from './source-words.js';

/** Every field of the form in its sections, each with the layer it comes from; hidden ones below. Parts that only the base form fills are folded. Alt with an arrow moves the one in hand. */
export function LayoutOutline({form, selected, onSelect, onMove}: {
  readonly form: ComposedForm;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Left out where nothing may be changed. */
  readonly onMove: ((id: string, by: -1 | 1) => void) | null;
}) {
  const t = useText();
  const language = useLanguage();
  const row = (field: OutlineField): React.ReactNode => (
    <li key={field.id}>
      <button
        type="button"
        className="designer-layout-row"
        aria-pressed={selected === field.id}
        data-field-id={field.id}
        onClick={() => onSelect(field.id)}
        onKeyDown={event => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onSelect(field.id);
          onMove?.(field.id, event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <span className="banli-one-line">
          {nodeTitle(field.name, field.node, language)}
          {field.isDemanded ? <span className="banli-field-star" title={t('layout.demanded')}>*</span> : null}
        </span>
        <span className="designer-layout-sources">{field.sources.map(source => <Tag key={`${source.layer} ${source.title?.['zh-CN'] ?? ''}`} bordered={false} color={source.layer === 'base' ? 'default' : 'blue'}>{sourceWords(source, t, language)}</Tag>)}</span>
      </button>
    </li>
  );
  return (
    <nav className="designer-layout-outline" aria-label={t('layout.outline')}>
      {form.sections.map(({name, node, fields}) => (
        <details key={name} open={fields.some(field => field.isPlaceable)}>
          <summary>{nodeTitle(name, node, language)}<span className="banli-secondary">{fields.length}</span></summary>
          <ul>{fields.map(row)}</ul>
        </details>
      ))}
      {form.hidden.length > 0 ? (
        <details open>
          <summary>{t('layout.hiddenOnes')}<span className="banli-secondary">{form.hidden.length}</span></summary>
          <ul>{form.hidden.map(row)}</ul>
        </details>
      ) : null}
    </nav>
  );
}

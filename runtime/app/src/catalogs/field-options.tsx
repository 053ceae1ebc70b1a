import {Button, Input} from 'antd';
import {useFieldText} from '../texts/fields-hook.js';
import type {EditedOption} from './field-cells.js';

/** The options of a choice: value, title, English title. Those in effect (`kept`) keep their value and stay. */
export function FieldOptions({options, kept, onChange}: {readonly options: readonly EditedOption[]; readonly kept: ReadonlySet<string>; readonly onChange: (options: readonly EditedOption[]) => void}) {
  const t = useFieldText();
  const put = (index: number, part: Partial<EditedOption>) => onChange(options.map((option, at) => (at === index ? {...option, ...part} : option)));
  return (
    <div className="app-field-options" id="field-options" tabIndex={-1}>
      {options.map((option, index) => {
        const count = index + 1;
        const isKept = kept.has(option.value) && options.findIndex(each => each.value === option.value) === index;
        return (
          <div key={index} className="app-field-option">
            {isKept ? <span className="app-number" title={t('option.kept')}>{option.value}</span> : <Input aria-label={t('option.valueOf', {count})} placeholder={t('option.value')} maxLength={40} value={option.value} onChange={event => put(index, {value: event.target.value})} />}
            <Input aria-label={t('option.zhOf', {count})} placeholder={t('titleZh')} maxLength={40} value={option.zh} onChange={event => put(index, {zh: event.target.value})} />
            <Input aria-label={t('option.enOf', {count})} placeholder={t('titleEn')} maxLength={40} value={option.en} onChange={event => put(index, {en: event.target.value})} />
            <Button type="text" disabled={isKept} title={isKept ? t('option.kept') : t('option.removeOf', {count})} aria-label={t('option.removeOf', {count})} onClick={() => onChange(options.filter((_, at) => at !== index))}>×</Button>
          </div>
        );
      })}
      <Button onClick={() => onChange([...options, {value: '', zh: '', en: ''}])}>{t('option.add')}</Button>
    </div>
  );
}

import {DeleteOutlined, PlusOutlined} from '@ant-design/icons';
import {useLanguage} from '@banli/ui';
import {Button, Select} from 'antd';
import {useText} from '../texts/hook.js';
import {FieldChoice, useFieldChoices} from './field-choice.js';
import {replaced} from './replaced.js';
import {useRules} from './rules-context.js';
import {TextBox} from './text-box.js';

type Pairs = Readonly<Record<string, string>>;

/** Fields with a text each. `isKept`: they are values, chosen where the field has choices, and the last one cannot go. */
export function PairRows({pairs, valueLabel, isKept = false, onChange}: {readonly pairs: Pairs; readonly valueLabel: string; readonly isKept?: boolean; readonly onChange: (pairs: Pairs) => void}) {
  const t = useText();
  const {mayEdit, rules} = useRules();
  const language = useLanguage();
  const choices = useFieldChoices(({node}) => node.type === 'string');
  const entries = Object.entries(pairs);
  const replace = (index: number, ...pair: ReadonlyArray<readonly [string, string]>): void => onChange(Object.fromEntries(replaced<readonly [string, string]>(entries, index, pair)));
  const optionsOf = (name: string): Array<{value: string; label: string}> => (rules.forms.flatMap(({fields}) => fields).find(field => field.name === name)?.node.enum ?? []).map(({value, label, labelEn}) => ({value: String(value), label: language === 'en' ? (labelEn ?? label) : label}));
  const free = choices.find(({value}) => !Object.hasOwn(pairs, value));
  return (
    <>
      {entries.map(([name, value], index) => (
        <div key={name} className="designer-rules-line">
          <FieldChoice label={t('rules.field')} value={name} fits={field => field.node.type === 'string' && (field.name === name || !Object.hasOwn(pairs, field.name))} onChange={next => next !== undefined && replace(index, [next, value])} />
          {isKept && optionsOf(name).length > 0
            ? <Select className="designer-rules-choice" aria-label={valueLabel} disabled={!mayEdit} value={value} options={optionsOf(name)} onChange={(next: string) => replace(index, [name, next])} />
            : <TextBox label={valueLabel} isRequired max={200} value={value} onDone={text => replace(index, [name, text])} />}
          <Button icon={<DeleteOutlined />} disabled={!mayEdit || (isKept && entries.length === 1)} aria-label={t('rules.pairRemove', {name})} onClick={() => replace(index)} />
        </div>
      ))}
      <Button size="small" type="dashed" className="designer-rules-add" icon={<PlusOutlined />} disabled={!mayEdit || !free} onClick={() => free && onChange({...pairs, [free.value]: isKept ? (optionsOf(free.value)[0]?.value ?? 'value') : 'title'})}>{t('rules.pairAdd')}</Button>
    </>
  );
}

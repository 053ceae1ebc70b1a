import {nodeTitle, useLanguage} from '@banli/ui';
import {Select} from 'antd';
import type {FormField} from '@banli/bundles';
import {useText} from '../texts/hook.js';
import {useRules} from './rules-context.js';

/** What fields are called: title and name, each name once. */
export function useFieldChoices(fits: (field: FormField) => boolean): ReadonlyArray<{readonly value: string; readonly label: string}> {
  const {rules} = useRules();
  const language = useLanguage();
  const found = new Map(rules.forms.flatMap(({fields}) => fields).filter(fits).map(({name, node}) => [name, `${nodeTitle(name, node, language)}（${name}）`]));
  return [...found].map(([value, label]) => ({value, label: language === 'en' ? label.replace('（', ' (').replace('）', ')') : label}));
}

/** Chooses a field of the forms; a name that no form has stays visible, as the check names it. */
export function FieldChoice({id, label, value, fits, isOptional = false, onChange}: {readonly id?: string; readonly label: string; readonly value: string | undefined; readonly fits: (field: FormField) => boolean; readonly isOptional?: boolean; readonly onChange: (name: string | undefined) => void}) {
  const t = useText();
  const {mayEdit} = useRules();
  const choices = useFieldChoices(fits);
  return (
    <Select
      {...(id === undefined ? {} : {id})} className="designer-rules-choice" aria-label={label} showSearch optionFilterProp="label" allowClear={isOptional} disabled={!mayEdit}
      placeholder={t(isOptional ? 'rules.notKept' : 'rules.chooseField')} value={value ?? null} options={[...choices]} onChange={(name: string | null | undefined) => onChange(name ?? undefined)}
    />
  );
}

import {PlusOutlined} from '@ant-design/icons';
import type {FormField} from '@banli/bundles';
import {nodeTitle, useLanguage} from '@banli/ui';
import {Select} from 'antd';
import {useText} from '../texts/hook.js';
import {fillFrom} from './edit-rules.js';
import {PairRows} from './pair-rows.js';
import {placeKey} from './read-rules.js';
import {RuleRow, RulesSection} from './rule-row.js';
import {useRules} from './rules-context.js';

interface Choice {
  readonly form: string;
  readonly field: FormField;
}

/** Which fields the choice of a row of a catalog fills, and from which of its columns. */
export function FillSection() {
  const t = useText();
  const language = useLanguage();
  const {rules, files, mayEdit, write} = useRules();
  const choices: readonly Choice[] = rules.forms.flatMap(({path, fields}) => fields.filter(({node}) => node['x-banli']?.catalog).map(field => ({form: path, field})));
  const filling = choices.filter(({field}) => field.node['x-banli']?.catalog?.fill);
  const rest = choices.filter(choice => !filling.includes(choice));
  const titleOf = ({field: {name, node}}: Choice): string => `${nodeTitle(name, node, language)} · ${node['x-banli']?.catalog?.id ?? ''}`;
  const put = ({form, field}: Choice, fill: Readonly<Record<string, string>>): void => write(fillFrom(files, form, field, fill));
  const target = rules.forms.flatMap(({fields}) => fields).find(({node}) => node.type === 'string' && !node['x-banli']?.catalog);
  return (
    <RulesSection title={t('rules.fill')} help={t('rules.fillHelp')}>
      {filling.map(choice => (
        <RuleRow key={`${choice.form} ${choice.field.name}`} label={titleOf(choice)} place={placeKey(choice.form, `${choice.field.name}.fill`)}>
          <PairRows pairs={choice.field.node['x-banli']?.catalog?.fill ?? {}} valueLabel={t('rules.column')} onChange={fill => put(choice, fill)} />
        </RuleRow>
      ))}
      <Select
        className="designer-rules-choice" aria-label={t('rules.fillAdd')} showSearch optionFilterProp="label" disabled={!mayEdit || !target || rest.length === 0} suffixIcon={<PlusOutlined />} placeholder={t('rules.fillAdd')} value={null}
        options={rest.map((choice, index) => ({value: index, label: titleOf(choice)}))} onChange={(index: number | null) => index !== null && rest[index] && target && put(rest[index], {[target.name]: 'title'})}
      />
    </RulesSection>
  );
}

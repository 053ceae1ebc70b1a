import {localize, nodeTitle, useLanguage} from '@banli/ui';
import {Select} from 'antd';
import {useText} from '../texts/hook.js';
import type {DesignerKey} from '../texts/zh-cn.js';
import {lookForWords, type Written} from './edit-rules.js';
import {ruleKinds, type RulesForm} from './read-rules.js';
import {RuleRow, RulesSection} from './rule-row.js';
import {useRules} from './rules-context.js';

const words: Readonly<Record<string, readonly [title: DesignerKey, help: DesignerKey]>> = {order: ['rules.order', 'rules.orderHelp'], seat: ['rules.seat', 'rules.seatHelp']};

/** In which texts listed words are looked for: what a citizen says, and what he is told. */
export function WordsSection() {
  const t = useText();
  const language = useLanguage();
  const {rules} = useRules();
  const forms = rules.forms.filter(({fields}) => fields.some(({node}) => isText(node)));
  return (
    <RulesSection title={t('rules.words')} help={t('rules.wordsHelp')}>
      {forms.map(form => ruleKinds.words.map(kind => {
        const [title = 'rules.order', help = 'rules.orderHelp'] = words[kind] ?? [];
        return <RuleRow key={`${form.path} ${kind}`} label={`${localize(form.title, language)} · ${t(title)}`} help={t(help)}><Texts form={form} kind={kind} label={`${localize(form.title, language)} · ${t(title)}`} /></RuleRow>;
      }))}
    </RulesSection>
  );
}

function Texts({form, kind, label}: {readonly form: RulesForm; readonly kind: string; readonly label: string}) {
  const t = useText();
  const language = useLanguage();
  const {files, mayEdit, write} = useRules();
  const texts = form.fields.filter(({node}) => isText(node));
  const chosen = texts.filter(({node}) => node['x-banli']?.words === kind).map(({name}) => name);
  const choose = (names: readonly string[]): void => {
    const changed = texts.filter(({name}) => names.includes(name) !== chosen.includes(name));
    const made = changed.reduce<Written>(([path, text], field) => lookForWords({...files, [path]: text}, path, field, names.includes(field.name) ? kind : undefined), [form.path, files[form.path] ?? '']);
    write(made);
  };
  return <Select mode="multiple" className="designer-rules-wide" aria-label={label} disabled={!mayEdit} optionFilterProp="label" placeholder={t('rules.noTexts')} value={chosen} onChange={choose} options={texts.map(({name, node}) => ({value: name, label: nodeTitle(name, node, language)}))} />;
}

/** Something that people write sentences into. */
function isText({type, enum: choices, format, 'x-component': component}: RulesForm['fields'][number]['node']): boolean {
  return type === 'string' && choices === undefined && format === undefined && (component === 'Input' || component === 'Input.TextArea');
}

import {DeleteOutlined, PlusOutlined} from '@ant-design/icons';
import type {RegistrationRules} from '@banli/formats';
import {Button} from 'antd';
import {useText} from '../texts/hook.js';
import {putAnswers} from './edit-rules.js';
import {PairRows} from './pair-rows.js';
import {placeKey} from './read-rules.js';
import {replaced} from './replaced.js';
import {RuleRow, RulesSection} from './rule-row.js';
import {useRules} from './rules-context.js';
import {TextBox} from './text-box.js';

type Answer = NonNullable<RegistrationRules['answers']>[number];

/** As long as texts of the manifest are read well on a button. */
const longest = 40;

/** Ways to register a case that the citizen only gets an answer to, where the negative list speaks against it. */
export function AnswersSection() {
  const t = useText();
  const {rules, files, mayEdit, write} = useRules();
  const answers = rules.manifest.registration?.answers ?? [];
  const put = (index: number, answer: Answer | null): void => write(putAnswers(files, replaced(answers, index, answer === null ? [] : [answer])));
  const first = rules.forms.flatMap(({fields}) => fields).find(({node}) => node.type === 'string' && node.enum !== undefined);
  const add = (): void => write(putAnswers(files, [...answers, {title: {'zh-CN': t('rules.answerNew'), en: 'Answer it'}, values: {[first?.name ?? 'title']: String(first?.node.enum?.[0]?.value ?? '')}}]));
  return (
    <RulesSection title={t('rules.answers')} help={t('rules.answersHelp')}>
      {answers.map((answer, index) => (
        <RuleRow key={index} label={t('rules.answer', {number: index + 1})} place={placeKey('bundle.yaml', `registration.answers.${index}`)}>
          <div className="designer-rules-line">
            <TextBox label={t('rules.titleZh')} isRequired max={longest} value={answer.title['zh-CN']} onDone={text => put(index, {...answer, title: {...answer.title, 'zh-CN': text}})} />
            <TextBox label={t('rules.titleEn')} max={longest} value={answer.title.en ?? ''} onDone={text => put(index, {...answer, title: {'zh-CN': answer.title['zh-CN'], ...(text === '' ? {} : {en: text})}})} />
            <Button icon={<DeleteOutlined />} disabled={!mayEdit} aria-label={t('rules.answerRemove', {number: index + 1})} onClick={() => put(index, null)} />
          </div>
          <PairRows pairs={answer.values} valueLabel={t('rules.value')} isKept onChange={values => put(index, {...answer, values})} />
        </RuleRow>
      ))}
      <Button icon={<PlusOutlined />} disabled={!mayEdit || first === undefined} onClick={add}>{t('rules.answerAdd')}</Button>
    </RulesSection>
  );
}

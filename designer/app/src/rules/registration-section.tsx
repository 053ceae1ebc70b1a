import type {RegistrationRules} from '@banli/formats';
import {useText} from '../texts/hook.js';
import type {DesignerKey} from '../texts/zh-cn.js';
import {FieldChoice} from './field-choice.js';
import {nameField} from './edit-rules.js';
import {placeKey, ruleKinds} from './read-rules.js';
import {RuleRow, RulesSection} from './rule-row.js';
import {useRules} from './rules-context.js';

type Hint = Exclude<keyof RegistrationRules, 'answers'>;

const words: Readonly<Record<Hint, readonly [title: DesignerKey, help: DesignerKey]>> = {
  hints: ['rules.hints', 'rules.hintsHelp'],
  sensitive: ['rules.sensitive', 'rules.sensitiveHelp'],
  hotClass: ['rules.hotClass', 'rules.hotClassHelp'],
  acceptReason: ['rules.acceptReason', 'rules.acceptReasonHelp'],
  natureReason: ['rules.natureReason', 'rules.natureReasonHelp'],
};

/** Where it is kept what lists of words say of a new case: a field for each hint that the schema of the manifest knows. */
export function RegistrationSection() {
  const t = useText();
  const {rules, files, write} = useRules();
  return (
    <RulesSection title={t('rules.registration')} help={t('rules.registrationHelp')}>
      {ruleKinds.registration.map(name => {
        const hint = name as Hint;
        const [title, help] = words[hint];
        return (
          <RuleRow key={hint} label={t(title)} help={t(help)} htmlFor={`rules-${hint}`} place={placeKey('bundle.yaml', `registration.${hint}`)}>
            <FieldChoice id={`rules-${hint}`} label={t(title)} isOptional value={rules.manifest.registration?.[hint]} fits={({node}) => node.type === (hint === 'sensitive' ? 'boolean' : 'string')} onChange={field => write(nameField(files, hint, field))} />
          </RuleRow>
        );
      })}
    </RulesSection>
  );
}

import {describeDuration, isDuration, parseDuration} from '@banli/time';
import {localize, useLanguage, type Language} from '@banli/ui';
import {Select} from 'antd';
import {useText} from '../texts/hook.js';
import type {DesignerKey} from '../texts/zh-cn.js';
import {notify} from './edit-rules.js';
import {placeKey, ruleKinds, type Notice} from './read-rules.js';
import {RuleRow, RulesSection} from './rule-row.js';
import {useRules} from './rules-context.js';
import {TextBox} from './text-box.js';

const names: Readonly<Record<string, DesignerKey>> = {industrySupervisor: 'rules.industrySupervisor'};
/** Where an expression names the unit. */
const byUnit = 'unit';

/** Whom notices of clocks go to: the unit that an expression names, or one that a catalog names. */
export function NoticesSection() {
  const t = useText();
  const language = useLanguage();
  const {rules} = useRules();
  return (
    <RulesSection title={t('rules.notices')} help={t('rules.noticesHelp')}>
      {rules.notices.map(notice => {
        const {clock, list, index, step} = notice;
        const moment = 'at' in step ? t(step.at === 'warn' ? 'rules.atWarn' : 'rules.atNear') : afterWords(step.after, t, language);
        const label = `${localize(clock.title, language)} · ${moment}`;
        return (
          <RuleRow key={`${clock.id}.${list}.${index}`} label={<>{label}<span className="banli-secondary designer-rules-said">{localize(step.text, language)}</span></>} place={placeKey('limits.yaml', `${clock.id}.${list}.${index}`)}>
            <Receiver notice={notice} label={`${label} ${t('rules.receiver')}`} />
          </RuleRow>
        );
      })}
    </RulesSection>
  );
}

/** When after the due time; a length that is none yet, as while it is typed, stands as it is. */
function afterWords(after: string, t: ReturnType<typeof useText>, language: Language): string {
  if (!isDuration(after)) return t('rules.afterDue', {after});
  const ms = parseDuration(after);
  return ms === 0 ? t('rules.atDue') : t('rules.afterDue', {after: describeDuration(ms, language)});
}

function Receiver({notice, label}: {readonly notice: Notice; readonly label: string}) {
  const t = useText();
  const {rules, files, mayEdit, write} = useRules();
  const {recipient, unit, role = ''} = notice.step;
  const roles = rules.manifest.roles.filter(({id}) => role.split(',').map(each => each.trim()).includes(id)).map(({title}) => title);
  const language = useLanguage();
  return (
    <div className="designer-rules-line">
      <Select
        className="designer-rules-choice" aria-label={label} disabled={!mayEdit} value={recipient ?? byUnit}
        options={[{value: byUnit, label: t('rules.byUnit')}, ...ruleKinds.recipients.map(value => ({value, label: names[value] ? t(names[value]) : value}))]}
        onChange={(value: string) => write(notify(files, notice, value === byUnit ? {unit: '=if holder != null then holder else acceptingUnit'} : {recipient: value}))}
      />
      {recipient === undefined ? <TextBox label={t('rules.unit')} isRequired max={2_000} value={unit ?? ''} onDone={text => write(notify(files, notice, {unit: text}))} /> : null}
      <span className="banli-secondary">{roles.length > 0 ? roles.map(title => localize(title, language)).join(language === 'en' ? ', ' : '、') : t('rules.rolesByRule')}</span>
    </div>
  );
}

import {PlusOutlined} from '@ant-design/icons';
import {bundleErrors} from '@banli/bundles';
import {feelTypes} from '@banli/expressions';
import {Button} from 'antd';
import {EffectEditor} from './effect-editor.js';
import {ChoiceRow, FeelRow, ManyRow, TextRow} from './fields.js';
import {ItemList} from './item-list.js';
import {freeId, replaceAt} from './lists.js';
import {usePanel} from './panel-context.js';
import type {ExtensionData} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** The ways to finish a step, each with its effects. */
export function OutcomesSection() {
  const t = useProcessText();
  return (
    <ItemList type="banli:Outcome" title={t('outcome.section')} addWords={t('outcome.add')} removeWords={name => t('outcome.remove', {name})} fresh={outcomes => ({attributes: {id: freeId('outcome', outcomes), name: t('outcome.new'), ...(outcomes.length === 0 ? {tone: 'primary'} : {})}})}>
      {(outcome, onWrite) => <OutcomeEditor outcome={outcome} onWrite={onWrite} />}
    </ItemList>
  );
}

function OutcomeEditor({outcome, onWrite}: {readonly outcome: ExtensionData; readonly onWrite: (outcome: ExtensionData) => void}) {
  const t = useProcessText();
  const {design} = usePanel();
  const {attributes, effects = []} = outcome;
  const write = (name: string) => (value: string): void => onWrite({...outcome, attributes: {...attributes, [name]: value}});
  const writeEffects = (next: readonly ExtensionData[]): void => onWrite({...outcome, effects: next});
  const tones = (['primary', 'default', 'danger'] as const).map(id => ({id, title: {'zh-CN': t(`tone.${id}`)}}));
  return (
    <>
      <TextRow label={t('panel.name')} value={attributes['name'] ?? ''} onWrite={write('name')} />
      <TextRow label={t('outcome.nameEn')} value={attributes['nameEn'] ?? ''} onWrite={write('nameEn')} />
      <TextRow label={t('panel.id')} value={attributes['id'] ?? ''} check={id => (/^[a-z][A-Za-z0-9]{0,59}$/.test(id) ? undefined : bundleErrors.ID_FORM({id}))} onWrite={write('id')} />
      <ChoiceRow bare label={t('outcome.tone')} none={t('tone.default')} value={attributes['tone'] ?? ''} choices={tones.filter(({id}) => id !== 'default')} onWrite={write('tone')} />
      <ManyRow label={t('outcome.requires')} value={attributes['requires'] ?? ''} choices={design.fields} onWrite={write('requires')} />
      <FeelRow label={t('outcome.when')} value={attributes['when'] ?? ''} model={design.models.ofCommand} expected={feelTypes.boolean} onWrite={write('when')} />
      <TextRow label={t('outcome.confirm')} value={attributes['confirm'] ?? ''} onWrite={write('confirm')} />
      {attributes['confirm'] ? <FeelRow label={t('outcome.confirmWhen')} value={attributes['confirmWhen'] ?? ''} model={design.models.ofForm} expected={feelTypes.boolean} onWrite={write('confirmWhen')} /> : null}
      <ChoiceRow bare label={t('outcome.batch')} help={t('outcome.batchHelp')} none={t('outcome.batchNo')} value={attributes['batch'] ?? ''} choices={[{id: 'true', title: {'zh-CN': t('outcome.batchYes')}}]} onWrite={write('batch')} />
      <div className="banli-panel-sub">
        <span>{t('effect.section')}</span>
        <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => writeEffects([...effects, {attributes: {kind: 'set'}}])}>{t('effect.add')}</Button>
      </div>
      {effects.map((effect, index) => (
        <EffectEditor key={index} effect={effect} onWrite={next => writeEffects(replaceAt(effects, index, next))} onRemove={() => writeEffects(effects.filter((_, place) => place !== index))} />
      ))}
    </>
  );
}

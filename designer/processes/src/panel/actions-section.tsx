import {feelTypes} from '@banli/expressions';
import {ChoiceRow, FeelRow, ManyRow, TextRow} from './fields.js';
import {ItemList} from './item-list.js';
import {freeId} from './lists.js';
import {usePanel} from './panel-context.js';
import {readMessages, type ExtensionData} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** What may be asked for while the task stays open: extension, pause, resumption. */
export function ActionsSection() {
  const t = useProcessText();
  return (
    <ItemList type="banli:Action" title={t('action.section')} addWords={t('action.add')} removeWords={name => t('action.remove', {name})} fresh={actions => ({attributes: {id: freeId('request', actions), name: t('action.new'), command: 'extend'}})}>
      {(action, onWrite) => <ActionEditor action={action} onWrite={onWrite} />}
    </ItemList>
  );
}

function ActionEditor({action, onWrite}: {readonly action: ExtensionData; readonly onWrite: (action: ExtensionData) => void}) {
  const t = useProcessText();
  const {design, modeler} = usePanel();
  const {attributes} = action;
  const write = (name: string) => (value: string): void => onWrite({attributes: {...attributes, [name]: value}});
  const commands = (['extend', 'pause', 'resume'] as const).map(id => ({id, title: {'zh-CN': t(`command.${id}`)}}));
  const messages = readMessages(modeler).map(id => ({id, title: {'zh-CN': id}}));
  return (
    <>
      <TextRow label={t('panel.name')} value={attributes['name'] ?? ''} onWrite={write('name')} />
      <TextRow label={t('outcome.nameEn')} value={attributes['nameEn'] ?? ''} onWrite={write('nameEn')} />
      <ChoiceRow bare label={t('action.command')} value={attributes['command'] ?? ''} choices={commands} onWrite={write('command')} />
      <ChoiceRow label={t('action.message')} value={attributes['message'] ?? ''} choices={messages} onWrite={write('message')} />
      {attributes['command'] === 'extend' ? <ChoiceRow label={t('action.clock')} value={attributes['clock'] ?? ''} choices={design.clocks} onWrite={write('clock')} /> : null}
      <ManyRow label={t('action.fields')} value={attributes['fields'] ?? ''} choices={design.fields} onWrite={write('fields')} />
      <ManyRow label={t('outcome.requires')} value={attributes['requires'] ?? ''} choices={design.fields} onWrite={write('requires')} />
      {attributes['command'] === 'extend' ? <ChoiceRow label={t('action.amountField')} value={attributes['amountField'] ?? ''} choices={design.fields} onWrite={write('amountField')} /> : null}
      <ChoiceRow label={t('action.reasonField')} value={attributes['reasonField'] ?? ''} choices={design.fields} onWrite={write('reasonField')} />
      {attributes['command'] === 'pause' ? <ChoiceRow label={t('action.untilField')} value={attributes['untilField'] ?? ''} choices={design.fields} onWrite={write('untilField')} /> : null}
      <FeelRow label={t('outcome.when')} value={attributes['when'] ?? ''} model={design.models.ofCommand} expected={feelTypes.boolean} onWrite={write('when')} />
    </>
  );
}

import {DeleteOutlined, PlusOutlined} from '@ant-design/icons';
import {feelTypes} from '@banli/expressions';
import {useLanguage} from '@banli/ui';
import {Button, Collapse} from 'antd';
import {ChoiceRow, FeelRow, ManyRow, Section, TextRow} from './fields.js';
import {freeId, nameIn, replaceAt} from './lists.js';
import {usePanel} from './panel-context.js';
import {readExtensions, readMessages, writeExtensions, type ExtensionData} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** What may be asked for while the task stays open: extension, pause, resumption. */
export function ActionsSection() {
  const t = useProcessText();
  const {element, modeler} = usePanel();
  const language = useLanguage();
  const actions = readExtensions(element, 'banli:Action');
  const write = (next: readonly ExtensionData[]): void => writeExtensions(modeler, element, 'banli:Action', next);
  const add = (): void => write([...actions, {attributes: {id: freeId('request', actions), name: t('action.new'), command: 'extend'}}]);
  return (
    <Section title={t('action.section')} extra={<Button size="small" type="text" icon={<PlusOutlined />} onClick={add}>{t('action.add')}</Button>}>
      <Collapse
        size="small"
        ghost
        collapsible="header"
        items={actions.map((action, index) => {
          const {id = ''} = action.attributes;
          const name = nameIn(language, action.attributes);
          const words = t('action.remove', {name});
          return {
            key: index,
            label: <span>{name} <span className="banli-secondary">{id}</span></span>,
            extra: <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={words} title={words} onClick={event => { event.stopPropagation(); write(actions.filter((_, place) => place !== index)); }} />,
            children: <ActionEditor action={action} onWrite={next => write(replaceAt(actions, index, next))} />,
          };
        })}
      />
    </Section>
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

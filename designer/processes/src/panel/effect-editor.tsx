import {DeleteOutlined} from '@ant-design/icons';
import {feelTypes, listOf, type FeelType} from '@banli/expressions';
import {Button} from 'antd';
import {ChoiceRow, FeelRow, TextRow} from './fields.js';
import {usePanel} from './panel-context.js';
import {readMessages, type ExtensionData} from '../modeler/edits.js';
import type {Choice} from '../design/design-context.js';
import {useProcessText} from '../texts/hook.js';
import type {ProcessKey} from '../texts/zh-cn.js';

const kinds = ['set', 'field', 'hold', 'participants', 'request', 'excludeUnit', 'round', 'message'] as const;
const holdOps = ['set', 'push', 'pop', 'clear'] as const;
const requestOps = ['approve', 'refuse'] as const;

/** One effect of an outcome: its kind decides which parts it has. */
export function EffectEditor({effect, onWrite, onRemove}: {readonly effect: ExtensionData; readonly onWrite: (effect: ExtensionData) => void; readonly onRemove: () => void}) {
  const t = useProcessText();
  const {design} = usePanel();
  const {kind = '', name = '', op = '', value = '', when = ''} = effect.attributes;
  const names = useNames(kind);
  const expected = useExpected(kind, name);
  const write = (part: string) => (text: string): void => onWrite({attributes: {...effect.attributes, [part]: text}});
  const choices = (list: readonly string[], prefix: 'kind' | 'op'): readonly Choice[] => list.map(id => ({id, title: {'zh-CN': t(`${prefix}.${id}` as ProcessKey)}}));
  const hasValue = kind === 'set' || kind === 'field' || kind === 'participants' || kind === 'excludeUnit' || (kind === 'hold' && (op === 'set' || op === 'push'));
  return (
    <div className="banli-panel-item">
      <Button className="banli-panel-item-remove" size="small" type="text" icon={<DeleteOutlined />} aria-label={t('effect.remove')} title={t('effect.remove')} onClick={onRemove} />
      <ChoiceRow bare label={t('effect.kind')} value={kind} choices={choices(kinds, 'kind')} onWrite={next => onWrite({attributes: {kind: next, ...(when ? {when} : {})}})} />
      {names ? <ChoiceRow label={t('effect.name')} value={name} choices={names} onWrite={write('name')} /> : null}
      {kind === 'hold' || kind === 'request' ? <ChoiceRow bare label={t('effect.op')} value={op} choices={choices(kind === 'hold' ? holdOps : requestOps, 'op')} onWrite={write('op')} /> : null}
      {hasValue ? <FeelRow label={t('effect.value')} optional={false} value={value} model={design.models.ofCommand} expected={expected} onWrite={write('value')} /> : null}
      {kind === 'hold' && hasValue ? <RightRows attributes={effect.attributes} onWrite={write} /> : null}
      {kind === 'excludeUnit' ? <ReturnRows attributes={effect.attributes} onWrite={write} /> : null}
      <FeelRow label={t('effect.when')} value={when} model={design.models.ofCommand} expected={feelTypes.boolean} onWrite={write('when')} />
    </div>
  );
}

/** What becomes of a unit without the right to handle the matter. */
function RightRows({attributes, onWrite}: {readonly attributes: ExtensionData['attributes']; readonly onWrite: (part: string) => (text: string) => void}) {
  const t = useProcessText();
  const {design} = usePanel();
  const {right = '', reason = ''} = attributes;
  const choices = (['refuse', 'reason'] as const).map(id => ({id, title: {'zh-CN': t(`right.${id}`)}}));
  return (
    <>
      <ChoiceRow bare label={t('effect.right')} help={t('effect.rightHelp')} value={right} choices={choices} onWrite={onWrite('right')} />
      {right === 'reason' || reason ? <ChoiceRow label={t('effect.rightReason')} value={reason} choices={design.fields} onWrite={onWrite('reason')} /> : null}
    </>
  );
}

/** Who had handed the case down, and what the reason says about the choice of the unit. */
function ReturnRows({attributes, onWrite}: {readonly attributes: ExtensionData['attributes']; readonly onWrite: (part: string) => (text: string) => void}) {
  const t = useProcessText();
  const {design} = usePanel();
  const {sender = '', reason = '', column = ''} = attributes;
  return (
    <>
      <FeelRow label={t('effect.sender')} help={t('effect.senderHelp')} value={sender} model={design.models.ofCommand} expected={feelTypes.string} onWrite={onWrite('sender')} />
      <ChoiceRow label={t('effect.reason')} value={reason} choices={design.fields} onWrite={onWrite('reason')} />
      {reason || column ? <TextRow label={t('effect.column')} help={t('effect.columnHelp')} value={column} onWrite={onWrite('column')} /> : null}
    </>
  );
}

/** What an effect of this kind may name; `null` when it names nothing. */
function useNames(kind: string): readonly Choice[] | null {
  const {design, modeler} = usePanel();
  const plain = (ids: readonly string[]): readonly Choice[] => ids.map(id => ({id, title: {'zh-CN': id}}));
  if (kind === 'set') return plain(design.variables.map(({name}) => name));
  if (kind === 'field') return design.fields;
  if (kind === 'participants') return modeler.nodes(['bpmn:UserTask']).map(({id, name}) => ({id, title: {'zh-CN': name || id}}));
  if (kind === 'message') return [...plain(readMessages(modeler)), ...design.clocks.map(({id, title}) => ({id: `clock.${id}`, title}))];
  return null;
}

function useExpected(kind: string, name: string): FeelType {
  const {design} = usePanel();
  if (kind === 'set') return feelTypes[design.variables.find(variable => variable.name === name)?.type ?? 'any'];
  if (kind === 'participants') return listOf(feelTypes.string);
  if (kind === 'field') {
    const form = design.models.ofCase['form'];
    return (form?.kind === 'context' ? form.entries[name] : undefined) ?? feelTypes.any;
  }
  return feelTypes.string;
}

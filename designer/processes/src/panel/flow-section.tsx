import {feelTypes} from '@banli/expressions';
import {Switch} from 'antd';
import {FeelRow, ManyRow, Row, Section} from './fields.js';
import {usePanel} from './panel-context.js';
import {isDefault, readAttribute, readCondition, readExtensions, writeAttributes, writeCondition, writeDefault} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** When a flow is taken: on outcomes after a step, by condition after a gateway. */
export function FlowSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const {source} = element;
  if (source?.type === 'bpmn:UserTask') {
    const outcomes = readExtensions(source, 'banli:Outcome').map(({attributes}) => ({id: attributes['id'] ?? '', title: {'zh-CN': attributes['name'] ?? '', ...(attributes['nameEn'] ? {en: attributes['nameEn']} : {})}}));
    return (
      <Section title={t('flow.section')}>
        <ManyRow label={t('flow.outcomes')} help={t('flow.outcomesHelp')} value={readAttribute(element, 'banli:outcome')} choices={outcomes} onWrite={value => writeAttributes(modeler, element, {'banli:outcome': value})} />
      </Section>
    );
  }
  if (source?.type !== 'bpmn:ExclusiveGateway') return null;
  const chosen = isDefault(element);
  return (
    <Section title={t('flow.section')}>
      <Row label={t('flow.default')} help={t('flow.defaultHelp')}>{id => <Switch id={id} checked={chosen} onChange={next => writeDefault(modeler, element, next)} />}</Row>
      {chosen ? null : <FeelRow label={t('flow.condition')} optional={false} engine value={readCondition(element)} model={design.models.ofEngine} expected={feelTypes.boolean} onWrite={body => writeCondition(modeler, element, body)} />}
    </Section>
  );
}

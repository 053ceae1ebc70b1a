import {feelTypes} from '@banli/expressions';
import {Switch} from 'antd';
import {ChoiceRow, FeelRow, ManyRow, Row, Section} from './fields.js';
import {usePanel} from './panel-context.js';
import {isMultiple, readAttribute, readExtensions, writeAttributes, writeExtensions, writeMultiple} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** Form, state and participation of a step done by people. */
export function StepSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const write = (name: string) => (value: string): void => writeAttributes(modeler, element, {[name]: value});
  return (
    <Section title={t('step.section')}>
      <ChoiceRow label={t('step.form')} value={readAttribute(element, 'banli:form')} choices={design.forms} onWrite={write('banli:form')} />
      <ChoiceRow label={t('step.state')} none={t('step.stateNone')} value={readAttribute(element, 'banli:state')} choices={design.states} onWrite={write('banli:state')} />
      {element.type === 'bpmn:UserTask'
        ? <Row label={t('step.multiple')} help={t('step.multipleHelp')}>{id => <Switch id={id} checked={isMultiple(element)} onChange={multiple => writeMultiple(modeler, element, multiple)} />}</Row>
        : null}
    </Section>
  );
}

/** Who gets the task. */
export function AssignmentSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const attributes = readExtensions(element, 'banli:Assignment')[0]?.attributes ?? {};
  const write = (name: string) => (value: string): void => writeExtensions(modeler, element, 'banli:Assignment', [{attributes: {...attributes, [name]: value}}]);
  const steps = modeler.nodes(['bpmn:UserTask', 'bpmn:StartEvent']).map(({id, name}) => ({id, title: {'zh-CN': name || id}}));
  const outcomes = modeler.nodes(['bpmn:UserTask']).flatMap(({id, name}) => readExtensions(modeler.element(id) ?? element, 'banli:Outcome').map(({attributes: own}) => ({id: `${id}.${own['id'] ?? ''}`, title: {'zh-CN': `${name || id}：${own['name'] ?? own['id'] ?? ''}`}})));
  return (
    <Section title={t('assign.section')}>
      <ManyRow label={t('assign.role')} help={t('assign.roleHelp')} free separator="," value={attributes['role'] ?? ''} choices={design.roles} onWrite={write('role')} />
      <FeelRow label={t('assign.unit')} help={t('assign.unitHelp')} textAllowed optional={false} value={attributes['unit'] ?? ''} model={design.models.ofTask} expected={feelTypes.string} onWrite={write('unit')} />
      <ChoiceRow label={t('assign.sameAs')} value={attributes['sameAs'] ?? ''} choices={steps} onWrite={write('sameAs')} />
      <ChoiceRow bare label={t('assign.follow')} help={t('assign.followHelp')} none={t('assign.followNo')} value={attributes['follow'] ?? ''} choices={[{id: 'true', title: {'zh-CN': t('assign.followYes')}}]} onWrite={write('follow')} />
      <ManyRow label={t('assign.exclude')} help={t('assign.excludeHelp')} value={attributes['exclude'] ?? ''} choices={[...steps, ...outcomes]} onWrite={write('exclude')} />
    </Section>
  );
}

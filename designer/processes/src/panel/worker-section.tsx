import {ChoiceRow, FeelRow, Section} from './fields.js';
import {usePanel} from './panel-context.js';
import {readAttribute, readExtensions, writeAttributes, writeExtensions} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** Which worker does the step, with what. Choosing one offers its inputs. */
export function WorkerSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const topic = readAttribute(element, 'banli:topic');
  const inputs = readExtensions(element, 'banli:Input');
  const known = design.workers.find(worker => worker.topic === topic)?.inputs ?? [];
  const names = [...new Set([...known, ...inputs.map(({attributes}) => attributes['name'] ?? '')])].filter(name => name !== '');
  const write = (name: string, value: string): void => {
    const others = inputs.filter(({attributes}) => attributes['name'] !== name);
    writeExtensions(modeler, element, 'banli:Input', value.trim() === '' ? others : [...others, {attributes: {name, value}}]);
  };
  return (
    <Section title={t('worker.section')}>
      <ChoiceRow label={t('worker.topic')} value={topic} choices={design.workers.map(worker => ({id: worker.topic, title: worker.title}))} onWrite={value => writeAttributes(modeler, element, {'banli:topic': value})} />
      <ChoiceRow label={t('step.state')} none={t('step.stateNone')} value={readAttribute(element, 'banli:state')} choices={design.states} onWrite={value => writeAttributes(modeler, element, {'banli:state': value})} />
      {names.length > 0 ? <div className="banli-panel-sub"><span>{t('worker.inputs')}</span></div> : null}
      {names.map(name => (
        <FeelRow key={name} label={name} value={inputs.find(({attributes}) => attributes['name'] === name)?.attributes['value'] ?? ''} model={design.models.ofCase} onWrite={value => write(name, value)} />
      ))}
    </Section>
  );
}

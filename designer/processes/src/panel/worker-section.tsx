import {feelTypes} from '@banli/expressions';
import {useLocalize} from '@banli/ui';
import {Select} from 'antd';
import type {ElementTemplate, TemplateField} from '../design/element-templates.js';
import {checkTyped, inputsFor, readTyped, writeTyped} from '../design/element-templates.js';
import {readAttribute, readExtensions, writeAttributes, writeExtensions, writeWorker} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';
import {ChoiceRow, FeelRow, Row, Section} from './fields.js';
import {usePanel} from './panel-context.js';

/** Which worker does the step, with what. An element template names the inputs and checks them; without one each input is FEEL. */
export function WorkerSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const topic = readAttribute(element, 'banli:topic');
  const template = templateOf(design.templates, readAttribute(element, 'banli:template'), topic);
  const inputs = new Map(readExtensions(element, 'banli:Input').map(({attributes}) => [attributes['name'] ?? '', attributes['value'] ?? '']));
  const fields = template?.fields.filter(({kind}) => kind !== 'constant') ?? [];
  const named = template?.fields.map(({name}) => name) ?? [];
  const schema = design.workers.find(worker => worker.topic === topic)?.inputSchema;
  const others = [...new Set([...Object.keys((schema?.['properties'] ?? {}) as Readonly<Record<string, unknown>>), ...inputs.keys()])].filter(name => name !== '' && !named.includes(name));
  const write = (name: string, value: string): void => {
    const next = new Map(inputs).set(name, value.trim());
    writeExtensions(modeler, element, 'banli:Input', [...next].filter(([, feel]) => feel !== '').map(([key, feel]) => ({attributes: {name: key, value: feel}})));
  };
  return (
    <Section title={t('worker.section')}>
      <TemplateChoice topic={topic} template={template} inputs={inputs} />
      <ChoiceRow label={t('step.state')} none={t('step.stateNone')} value={readAttribute(element, 'banli:state')} choices={design.states} onWrite={value => writeAttributes(modeler, element, {'banli:state': value})} />
      {fields.length > 0 ? <div className="banli-panel-sub"><span>{t('worker.inputs')}</span></div> : null}
      {fields.map(field => <TemplateRow key={`${template?.id ?? ''} ${field.name}`} field={field} feel={inputs.get(field.name) ?? ''} onWrite={value => write(field.name, value)} />)}
      {others.length > 0 ? <div className="banli-panel-sub"><span>{t(template ? 'worker.others' : 'worker.inputs')}</span></div> : null}
      {others.map(name => <FeelRow key={name} label={name} value={inputs.get(name) ?? ''} model={design.models.ofCase} onWrite={value => write(name, value)} />)}
    </Section>
  );
}

/** Templates by name and description, then workers without one; choosing sets topic and inputs in one step of undo. */
function TemplateChoice({topic, template, inputs}: {readonly topic: string; readonly template: ElementTemplate | undefined; readonly inputs: ReadonlyMap<string, string>}) {
  const t = useProcessText();
  const localize = useLocalize();
  const {element, modeler, design} = usePanel();
  const plain = design.workers.filter(worker => !design.templates.some(each => each.topic === worker.topic));
  const options = [
    ...design.templates.map(each => ({value: each.id, label: localize(each.title), more: localize(each.description)})),
    ...plain.map(worker => ({value: worker.topic, label: localize(worker.title), more: t('worker.noTemplate')})),
  ];
  const value = template?.id ?? topic;
  const unknown = value === '' || options.some(option => option.value === value) ? [] : [{value, label: value, more: ''}];
  const choose = (id: string | undefined): void => {
    const chosen = design.templates.find(each => each.id === id);
    const kept = chosen ? inputsFor(chosen, inputs) : [];
    writeWorker(modeler, element, {topic: chosen?.topic ?? id ?? '', template: chosen?.id ?? '', inputs: kept.map(attributes => ({attributes: {...attributes}}))});
  };
  return (
    <Row label={t('worker.template')} required help={template ? localize(template.description) : undefined}>
      {id => (
        <Select
          id={id}
          value={value === '' ? undefined : value}
          placeholder={t('worker.templateNone')}
          showSearch
          allowClear
          optionFilterProp="label"
          options={[...options, ...unknown]}
          optionRender={({data}) => <span className="banli-template-option" title={data.value}><span>{data.label}</span><span>{data.more}</span></span>}
          onChange={(next: string | undefined) => choose(next)}
        />
      )}
    </Row>
  );
}

/** One input as its template describes it. */
function TemplateRow({field, feel, onWrite}: {readonly field: TemplateField; readonly feel: string; readonly onWrite: (feel: string) => void}) {
  const t = useProcessText();
  const localize = useLocalize();
  const {design} = usePanel();
  const label = localize(field.title);
  const typed = readTyped(field.kind, feel);
  const help = field.help === '' ? {} : {help: field.help};
  const check = (text: string): string | undefined => {
    const wrong = checkTyped(field, text);
    if (wrong === null) return undefined;
    if (wrong === 'pattern') return field.patternHelp || t('worker.pattern');
    return t(`worker.${wrong}`, {count: (wrong === 'short' ? field.minLength : field.maxLength) ?? 0});
  };
  if (field.kind === 'choice') return <ChoiceRow bare label={label} required={field.required} error={check(typed)} {...help} value={typed} choices={field.choices} onWrite={value => onWrite(writeTyped('choice', value))} />;
  if (field.kind === 'number' || field.kind === 'boolean') {
    return <FeelRow label={label} required={field.required} check={check} {...help} value={typed} model={design.models.ofCase} expected={feelTypes[field.kind]} onWrite={value => onWrite(writeTyped(field.kind, value))} />;
  }
  return <FeelRow label={label} required={field.required} check={check} textAllowed help={field.help || t('worker.textOrFeel')} value={typed} model={design.models.ofCase} onWrite={value => onWrite(writeTyped(field.kind, value))} />;
}

/** The template a step was made from; a step drawn without one has that of its topic. */
function templateOf(templates: readonly ElementTemplate[], id: string, topic: string): ElementTemplate | undefined {
  return templates.find(template => template.id === id && template.topic === topic) ?? templates.find(template => template.topic === topic);
}

import {AutoComplete, Switch} from 'antd';
import {useEffect, useState} from 'react';
import {ChoiceRow, Row, Section} from './fields.js';
import {usePanel} from './panel-context.js';
import {definitionOf, readAttribute, readMessage, readMessages, writeAttributes, writeMessage} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** What an event waits for: the lapse of a clock, or a message. */
export function EventSection() {
  const t = useProcessText();
  const {element, modeler, design} = usePanel();
  const definition = definitionOf(element);
  if (!definition || definition.$type === 'bpmn:TerminateEventDefinition') return null;
  const property = element.type === 'bpmn:BoundaryEvent' ? 'cancelActivity' : 'isInterrupting';
  return (
    <Section title={t('event.section')}>
      {definition.$type === 'bpmn:TimerEventDefinition'
        ? <ChoiceRow label={t('event.clock')} value={readAttribute(element, 'banli:clock')} choices={design.clocks} onWrite={value => writeAttributes(modeler, element, {'banli:clock': value})} />
        : <MessageRow />}
      <Row label={t('event.interrupting')}>
        {id => <Switch id={id} checked={element.businessObject.get<boolean | undefined>(property) !== false} onChange={value => modeler.modeling.updateProperties(element, {[property]: value})} />}
      </Row>
    </Section>
  );
}

function MessageRow() {
  const t = useProcessText();
  const {element, modeler} = usePanel();
  const value = readMessage(element);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const write = (name: string): void => {
    if (name.trim() !== '' && name !== value) writeMessage(modeler, element, name.trim());
  };
  return (
    <Row label={t('event.message')} help={t('event.messageHelp')}>
      {id => <AutoComplete id={id} value={typed} options={readMessages(modeler).map(name => ({value: name}))} onChange={setTyped} onSelect={write} onBlur={() => write(typed)} />}
    </Row>
  );
}

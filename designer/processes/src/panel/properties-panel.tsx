import type {ReactNode} from 'react';
import {ActionsSection} from './actions-section.js';
import {EventSection} from './event-section.js';
import {FieldErrorsContext, useFieldErrors} from './field-errors.js';
import {FlowSection} from './flow-section.js';
import {GeneralSection} from './general-section.js';
import {OutcomesSection} from './outcomes-section.js';
import {PanelContext, type PanelTools} from './panel-context.js';
import {AssignmentSection, StepSection} from './step-section.js';
import {WorkerSection} from './worker-section.js';
import {useProcessText} from '../texts/hook.js';
import './panel.css';

/** The properties of the selected element, or of the process; each section writes through the command stack. On top: how many problems it has, in words those that stand at no field. */
export function PropertiesPanel({tools, problems}: {readonly tools: PanelTools; readonly problems: readonly string[]}) {
  const t = useProcessText();
  const {element} = tools;
  const {shown, tell} = useFieldErrors();
  const elsewhere = problems.filter(text => !shown.has(text));
  return (
    <PanelContext.Provider value={tools}>
      <div className="banli-panel">
        {problems.length > 0 ? (
          <div className="banli-panel-problems">
            {t('panel.problems', {count: problems.length})}
            {elsewhere.length > 0 ? <ul>{elsewhere.map((text, index) => <li key={index}>{text}</li>)}</ul> : null}
          </div>
        ) : null}
        <FieldErrorsContext.Provider value={tell}>
          <div key={element.id}>
            <GeneralSection />
            {sectionsOf(tools)}
          </div>
        </FieldErrorsContext.Provider>
      </div>
    </PanelContext.Provider>
  );
}

function sectionsOf({element}: PanelTools): ReactNode {
  const inProcess = element.businessObject.$parent?.$type === 'bpmn:Process';
  switch (element.type) {
    case 'bpmn:UserTask':
      return <><StepSection /><AssignmentSection /><OutcomesSection /><ActionsSection /></>;
    case 'bpmn:ServiceTask':
      return <WorkerSection />;
    case 'bpmn:SequenceFlow':
      return <FlowSection />;
    case 'bpmn:StartEvent':
      return <>{inProcess ? <StepSection /> : null}<EventSection /></>;
    case 'bpmn:BoundaryEvent':
      return <EventSection />;
    default:
      return null;
  }
}

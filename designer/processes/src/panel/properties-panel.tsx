import type {ReactNode} from 'react';
import {ActionsSection} from './actions-section.js';
import {EventSection} from './event-section.js';
import {FlowSection} from './flow-section.js';
import {GeneralSection} from './general-section.js';
import {OutcomesSection} from './outcomes-section.js';
import {PanelContext, type PanelTools} from './panel-context.js';
import {AssignmentSection, StepSection} from './step-section.js';
import {WorkerSection} from './worker-section.js';
import './panel.css';

/** The properties of the selected element, or of the process; each section writes through the command stack. */
export function PropertiesPanel({tools, problems}: {readonly tools: PanelTools; readonly problems: readonly string[]}) {
  const {element} = tools;
  return (
    <PanelContext.Provider value={tools}>
      <div className="banli-panel">
        {problems.length > 0 ? <ul className="banli-panel-problems">{problems.map(text => <li key={text}>{text}</li>)}</ul> : null}
        <div key={element.id}>
          <GeneralSection />
          {sectionsOf(tools)}
        </div>
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

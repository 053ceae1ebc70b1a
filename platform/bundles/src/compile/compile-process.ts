import type {ClockEvent} from '@banli/formats';
import {definitionOf, type Drawing, type DrawnFlow, type DrawnNode} from '../drawing/drawing.js';
import {readClockEvents} from '../drawing/read-steps.js';
import {xmlNamespaces} from '../xml/namespaces.js';
import {childrenOf} from '../xml/read-xml.js';
import {writeXml, type XmlDraft} from '../xml/write-xml.js';

/** How long the engine keeps the history of an ended process; what must be explained later is in our own tables. */
export const historyTimeToLive = 'P180D';

/** A compiled process and the elements whose ids were made by the compiler. */
export interface CompiledProcess {
  readonly xml: string;
  readonly elementMap: Readonly<Record<string, string>>;
}

interface Work {
  readonly drawing: Drawing;
  readonly clocks: ReadonlyMap<string, ClockEvent>;
  readonly elementMap: Record<string, string>;
}

/**
 * Writes the BPMN that the engine gets: the drawn elements with their drawn ids, no diagram, nothing of ours.
 * Outcomes become conditions over `<stepId>Outcome` with a default, so that every place where the way divides is total;
 * service tasks become external tasks; timers bound to a clock become message events.
 */
export function compileProcess(drawing: Drawing): CompiledProcess {
  const clocks = readClockEvents(drawing);
  const work: Work = {drawing, clocks: new Map(clocks.map(event => [event.elementId, event])), elementMap: {}};
  const names = [...new Set(clocks.map(({messageName}) => messageName))];
  for (const event of clocks) work.elementMap[clockMessageId(event.messageName)] = event.elementId;
  const {id = '', name} = drawing.process.attributes;
  const process: XmlDraft = {
    name: 'bpmn:process',
    attributes: {id, name, isExecutable: 'true', 'camunda:historyTimeToLive': historyTimeToLive},
    children: compileScope(work, null),
  };
  const messages = [...drawing.messages.map(message => ({id: message.id, name: message.name})), ...names.map(each => ({id: clockMessageId(each), name: each}))];
  const {bpmn, camunda, xsi} = xmlNamespaces;
  const root: XmlDraft = {
    name: 'bpmn:definitions',
    attributes: {'xmlns:bpmn': bpmn, 'xmlns:camunda': camunda, 'xmlns:xsi': xsi, id: `${id}Definitions`, targetNamespace: 'http://banli.dev/schema/compiled/1.0'},
    children: [...messages.map(attributes => ({name: 'bpmn:message', attributes})), process],
  };
  return {xml: writeXml(root), elementMap: work.elementMap};
}

function compileScope(work: Work, scope: string | null): readonly XmlDraft[] {
  const nodes = work.drawing.nodes.filter(node => node.scope === scope).map(node => compileNode(work, node));
  const flows = work.drawing.flows.filter(flow => flow.scope === scope).map(flow => compileFlow(work, flow));
  return [...nodes, ...flows];
}

function compileNode(work: Work, node: DrawnNode): XmlDraft {
  const {id, type, element} = node;
  const draft = (attributes: XmlDraft['attributes'], children: readonly XmlDraft[] = []): XmlDraft => ({name: `bpmn:${type}`, attributes: {id, name: node.name || undefined, ...attributes}, children});
  if (type === 'userTask') {
    const multiple = childrenOf(element, 'bpmn:multiInstanceLoopCharacteristics').length > 0;
    return draft({default: node.outgoing.length > 1 ? node.outgoing.at(-1)?.id : undefined}, multiple ? [loopOf(id)] : []);
  }
  if (type === 'serviceTask') return draft({'camunda:type': 'external', 'camunda:topic': element.attributes['banli:topic']});
  if (type === 'exclusiveGateway') return draft({default: node.outgoing.length > 1 ? element.attributes['default'] : undefined});
  if (type === 'subProcess') return draft({triggeredByEvent: element.attributes['triggeredByEvent'] === 'true' ? 'true' : undefined}, compileScope(work, id));
  if (type === 'boundaryEvent') return draft({attachedToRef: element.attributes['attachedToRef'], cancelActivity: element.attributes['cancelActivity'] ?? 'true'}, definitions(work, node));
  if (type === 'startEvent') return draft({isInterrupting: definitionOf(node) ? element.attributes['isInterrupting'] ?? 'true' : undefined}, definitions(work, node));
  return draft({}, type === 'endEvent' ? definitions(work, node) : []);
}

function definitions(work: Work, node: DrawnNode): readonly XmlDraft[] {
  const clock = work.clocks.get(node.id);
  if (clock) return [{name: 'bpmn:messageEventDefinition', attributes: {messageRef: clockMessageId(clock.messageName)}}];
  const definition = definitionOf(node);
  return definition ? [{name: definition.name, attributes: {messageRef: definition.attributes['messageRef']}}] : [];
}

function loopOf(stepId: string): XmlDraft {
  return {name: 'bpmn:multiInstanceLoopCharacteristics', attributes: {isSequential: 'false'}, children: [{name: 'bpmn:loopCardinality', attributes: {'xsi:type': 'bpmn:tFormalExpression'}, text: `\${${stepId}Count}`}]};
}

function compileFlow(work: Work, flow: DrawnFlow): XmlDraft {
  const attributes = {id: flow.id, name: flow.name || undefined, sourceRef: flow.source, targetRef: flow.target};
  const condition = conditionOf(work, flow);
  return {name: 'bpmn:sequenceFlow', attributes, children: condition === null ? [] : [{name: 'bpmn:conditionExpression', attributes: {'xsi:type': 'bpmn:tFormalExpression', language: 'feel'}, text: condition}]};
}

function conditionOf(work: Work, flow: DrawnFlow): string | null {
  const source = work.drawing.nodes.find(({id}) => id === flow.source);
  if (!source || source.outgoing.length < 2) return null;
  if (source.type === 'exclusiveGateway') return source.element.attributes['default'] === flow.id ? null : flow.condition;
  if (source.type !== 'userTask' || source.outgoing.at(-1)?.id === flow.id) return null;
  return flow.outcomes.map(outcome => `${source.id}Outcome = "${outcome}"`).join(' or ');
}

function clockMessageId(messageName: string): string {
  return messageName.replace(/\./g, '_');
}

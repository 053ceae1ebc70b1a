import {childrenOf, type XmlElement} from '../xml/read-xml.js';

/** A flow node of a drawing with its flows. */
export interface DrawnNode {
  readonly id: string;
  readonly name: string;
  /** `banli:nameEn`, or `null`. */
  readonly nameEn: string | null;
  /** BPMN type without prefix: `userTask`. */
  readonly type: string;
  /** Sub-process it stands in, or `null`. */
  readonly scope: string | null;
  readonly element: XmlElement;
  readonly incoming: DrawnFlow[];
  readonly outgoing: DrawnFlow[];
}

/** A sequence flow. `source` and `target` are ids as drawn, whether they exist or not. */
export interface DrawnFlow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly scope: string | null;
  readonly element: XmlElement;
  /** Outcomes it is taken on. */
  readonly outcomes: readonly string[];
  /** Condition text as drawn, or `null`. */
  readonly condition: string | null;
}

/** A process as drawn: nodes and flows of all levels in drawing order. */
export interface Drawing {
  readonly file: string;
  readonly processId: string;
  readonly process: XmlElement;
  readonly nodes: readonly DrawnNode[];
  readonly flows: readonly DrawnFlow[];
  readonly messages: ReadonlyArray<{readonly id: string; readonly name: string}>;
}

const nodeTypes = new Set(['startEvent', 'endEvent', 'userTask', 'serviceTask', 'exclusiveGateway', 'parallelGateway', 'subProcess', 'boundaryEvent']);

/** Reads nodes, flows and messages out of the tree; flows whose ends are missing stay in `flows` and are left out of the nodes. */
export function readDrawing(file: string, root: XmlElement, process: XmlElement): Drawing {
  const nodes: DrawnNode[] = [];
  const flows: DrawnFlow[] = [];
  collect(process, null, nodes, flows);
  const byId = new Map(nodes.map(node => [node.id, node]));
  for (const flow of flows) {
    byId.get(flow.source)?.outgoing.push(flow);
    byId.get(flow.target)?.incoming.push(flow);
  }
  const messages = childrenOf(root, 'bpmn:message').map(({attributes}) => ({id: attributes['id'] ?? '', name: attributes['name'] ?? ''}));
  return {file, processId: process.attributes['id'] ?? '', process, nodes, flows, messages};
}

function collect(parent: XmlElement, scope: string | null, nodes: DrawnNode[], flows: DrawnFlow[]): void {
  for (const element of parent.children) {
    const type = element.name.replace('bpmn:', '');
    const {id = '', name = '', sourceRef = '', targetRef = ''} = element.attributes;
    if (type === 'sequenceFlow') {
      const condition = childrenOf(element, 'bpmn:conditionExpression')[0];
      flows.push({id, name, source: sourceRef, target: targetRef, scope, element, outcomes: words(element.attributes['banli:outcome']), condition: condition ? condition.text.trim() : null});
    } else if (nodeTypes.has(type)) {
      nodes.push({id, name: oneLine(name), nameEn: oneLine(element.attributes['banli:nameEn'] ?? '') || null, type, scope, element, incoming: [], outgoing: []});
      if (type === 'subProcess') collect(element, id, nodes, flows);
    }
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Splits a space-separated list. */
export function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\s+/).filter(word => word !== '');
}

/** Says whether the node is an event sub-process. */
export function isEventScope(node: DrawnNode | undefined): boolean {
  return node?.type === 'subProcess' && node.element.attributes['triggeredByEvent'] === 'true';
}

/** The one event definition below an event (`messageEventDefinition` …), or `null`. */
export function definitionOf(node: DrawnNode): XmlElement | null {
  return node.element.children.find(child => child.name.endsWith('EventDefinition')) ?? null;
}

/** Children of a node's extension elements with this name. */
export function extensionsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return childrenOf(element, 'bpmn:extensionElements').flatMap(each => childrenOf(each, name));
}

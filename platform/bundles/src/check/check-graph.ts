import type {ProblemPlace} from '@banli/errors';
import {definitionOf, isEventScope, type Drawing, type DrawnFlow, type DrawnNode} from '../drawing/drawing.js';
import {bundleErrors} from '../errors.js';
import {reportInto, type Report} from '../report.js';
import type {XmlElement} from '../xml/read-xml.js';
import {kinds, needKnown, type World} from './world.js';

/** Checks the shape of a drawing: starts, ends, ways, ids. */
export function checkGraph(world: World, drawing: Drawing): void {
  const report = reportInto(world.problems, drawing.file);
  const byId = new Map(drawing.nodes.map(node => [node.id, node]));
  for (const node of drawing.nodes) {
    if (!/^[a-z][A-Za-z0-9]{0,59}$/.test(node.id)) report(bundleErrors.ID_FORM, {id: node.id}, placeOf(node));
    if (node.name === '' && ['userTask', 'serviceTask', 'subProcess'].includes(node.type)) report(bundleErrors.NAME_MISSING, {}, placeOf(node));
    checkEvent(node, byId, report);
    checkWays(node, byId, report);
  }
  for (const flow of drawing.flows) checkFlow(flow, byId, report);
  const scopes = [null, ...drawing.nodes.filter(({type}) => type === 'subProcess').map(({id}) => id)];
  for (const scope of scopes) checkScope(drawing, scope, byId, report);
  checkReach(drawing, report);
}

/** Ids that are used twice anywhere in the drawings; shapes and edges of the diagram count, too. */
export function checkIds(drawings: ReadonlyArray<{readonly file: string; readonly root: XmlElement}>, problems: World['problems']): void {
  const seen = new Set<string>();
  for (const {file, root} of drawings) {
    const report = reportInto(problems, file);
    const visit = (element: XmlElement, shared: boolean): void => {
      const id = element.attributes['id'];
      const own = !element.name.startsWith('banli:') && !shared;
      if (id && own && seen.has(id)) report(bundleErrors.ID_DUPLICATE, {id}, {element: id, line: element.line, column: element.column});
      if (id && own) seen.add(id);
      for (const child of element.children) visit(child, shared || child.name.startsWith('bpmndi:'));
    };
    visit({...root, attributes: {}}, false);
  }
}

/** Place of a node or flow for a problem. */
export function placeOf(item: DrawnNode | DrawnFlow): ProblemPlace {
  return {element: item.id, line: item.element.line, column: item.element.column};
}

function checkScope(drawing: Drawing, scope: string | null, byId: ReadonlyMap<string, DrawnNode>, report: Report): void {
  const owner = scope === null ? undefined : byId.get(scope);
  const starts = drawing.nodes.filter(node => node.scope === scope && node.type === 'startEvent');
  const place = owner ? placeOf(owner) : {element: drawing.processId, line: drawing.process.line, column: drawing.process.column};
  if (isEventScope(owner)) {
    if (starts.length !== 1 || starts.some(start => definitionOf(start) === null)) report(bundleErrors.EVENT_START, {scope: scope ?? ''}, place);
    return;
  }
  const plain = starts.filter(start => definitionOf(start) === null);
  if (plain.length !== 1 || starts.length !== 1) report(bundleErrors.START_COUNT, {scope: scope ?? drawing.processId, count: starts.length}, place);
}

function checkEvent(node: DrawnNode, byId: ReadonlyMap<string, DrawnNode>, report: Report): void {
  const definitions = node.element.children.filter(child => child.name.endsWith('EventDefinition'));
  const allowed = node.type === 'boundaryEvent' ? ['message', 'timer'] : node.type === 'startEvent' ? ['message', 'timer', 'none'] : ['terminate', 'none'];
  if (definitions.length > 1 || (node.type === 'boundaryEvent' && definitions.length === 0)) report(bundleErrors.EVENT_DEFINITION, {allowed}, placeOf(node));
  if (node.type !== 'boundaryEvent') return;
  const host = byId.get(node.element.attributes['attachedToRef'] ?? '');
  if (!host || host.scope !== node.scope || !['userTask', 'serviceTask', 'subProcess'].includes(host.type)) {
    needKnown(report, kinds.element, node.element.attributes['attachedToRef'] ?? '', [], placeOf(node));
  }
}

function checkWays(node: DrawnNode, byId: ReadonlyMap<string, DrawnNode>, report: Report): void {
  const ends = node.type === 'endEvent';
  const count = node.outgoing.length;
  if (ends && count > 0) report(bundleErrors.FLOW_COUNT, {name: 'endEvent', limit: 0, count}, placeOf(node));
  if ((node.type === 'startEvent' || node.type === 'serviceTask' || node.type === 'subProcess' || node.type === 'boundaryEvent') && count > 1) report(bundleErrors.FLOW_COUNT, {name: node.type, limit: 1, count}, placeOf(node));
  if (!ends && count === 0 && !isEventScope(node)) report(bundleErrors.NO_WAY_OUT, {}, placeOf(node));
  if (isEventScope(node) && (count > 0 || node.incoming.length > 0)) report(bundleErrors.FLOW_COUNT, {name: 'event subProcess', limit: 0, count: count + node.incoming.length}, placeOf(node));
  const {default: chosen} = node.element.attributes;
  if (chosen && !node.outgoing.some(flow => flow.id === chosen)) needKnown(report, kinds.flow, chosen, node.outgoing.map(({id}) => id), placeOf(node));
}

function checkFlow(flow: DrawnFlow, byId: ReadonlyMap<string, DrawnNode>, report: Report): void {
  const source = byId.get(flow.source);
  const target = byId.get(flow.target);
  if (!source || !target || source.scope !== flow.scope || target.scope !== flow.scope || target.type === 'startEvent' || target.type === 'boundaryEvent') report(bundleErrors.FLOW_END, {}, placeOf(flow));
  const language = flow.element.children.find(child => child.name === 'bpmn:conditionExpression')?.attributes['language'];
  if (flow.condition !== null && (language ?? '').toLowerCase() !== 'feel') report(bundleErrors.CONDITION_LANGUAGE, {language: language ?? 'JUEL'}, placeOf(flow));
}

function checkReach(drawing: Drawing, report: Report): void {
  const reached = new Set<string>();
  const queue = drawing.nodes.filter(node => node.scope === null && (node.type === 'startEvent' || isEventScope(node)));
  while (queue.length > 0) {
    const node = queue.pop();
    if (!node || reached.has(node.id)) continue;
    reached.add(node.id);
    const targets = new Set(node.outgoing.map(flow => flow.target));
    queue.push(...drawing.nodes.filter(each => targets.has(each.id)
      || (each.type === 'boundaryEvent' && each.element.attributes['attachedToRef'] === node.id)
      || (each.scope === node.id && (each.type === 'startEvent' || isEventScope(each)))));
  }
  for (const node of drawing.nodes) if (!reached.has(node.id)) report(bundleErrors.UNREACHABLE, {}, placeOf(node));
}

import {feelTypes} from '@banli/expressions';
import {definitionOf, isEventScope, type Drawing, type DrawnNode} from '../drawing/drawing.js';
import {bundleErrors} from '../errors.js';
import {checkFeel, reportInto, type Report} from '../report.js';
import {placeOf} from './check-graph.js';
import {kinds, needKnown, type World} from './world.js';

/** Checks that every place where the way divides is total: outcomes of steps, conditions of gateways; and what events wait for. */
export function checkRoutes(world: World, drawing: Drawing): void {
  const report = reportInto(world.problems, drawing.file);
  for (const node of drawing.nodes) {
    if (node.type === 'exclusiveGateway') checkGateway(world, drawing, node, report);
    if (node.type === 'userTask') checkOutcomeFlows(world, node, report);
    if (node.type !== 'exclusiveGateway') {
      for (const flow of node.outgoing) if (flow.condition !== null) report(bundleErrors.CONDITION_PLACE, {}, placeOf(flow));
    }
    if (node.type !== 'userTask') {
      for (const flow of node.outgoing) if (flow.outcomes.length > 0) report(bundleErrors.ATTRIBUTE_REFUSED, {name: 'bpmn:sequenceFlow', attribute: 'banli:outcome'}, placeOf(flow));
    }
    checkWaiting(world, drawing, node, report);
  }
  checkClocksAreDrawn(world);
}

function checkGateway(world: World, drawing: Drawing, node: DrawnNode, report: Report): void {
  if (node.outgoing.length < 2) {
    for (const flow of node.outgoing) if (flow.condition !== null) report(bundleErrors.CONDITION_PLACE, {}, placeOf(flow));
    return;
  }
  const chosen = node.element.attributes['default'];
  if (!chosen) report(bundleErrors.DEFAULT_MISSING, {}, placeOf(node));
  for (const flow of node.outgoing) {
    if (flow.id === chosen && flow.condition !== null) report(bundleErrors.CONDITION_PLACE, {}, placeOf(flow));
    if (flow.id === chosen) continue;
    if (flow.condition === null || flow.condition === '') {
      report(bundleErrors.CONDITION_MISSING, {}, placeOf(flow));
      continue;
    }
    checkFeel(world.problems, {text: flow.condition, model: world.models.ofEngine, expected: feelTypes.boolean, engine: true, file: drawing.file, place: {...placeOf(flow), field: 'condition'}});
  }
}

function checkOutcomeFlows(world: World, node: DrawnNode, report: Report): void {
  const outcomes = world.steps[node.id]?.outcomes.map(({id}) => id) ?? [];
  for (const flow of node.outgoing) {
    for (const outcome of flow.outcomes) if (!outcomes.includes(outcome)) report(bundleErrors.OUTCOME_UNKNOWN, {outcome, step: node.id}, placeOf(flow));
    if (node.outgoing.length > 1 && flow.outcomes.length === 0) report(bundleErrors.FLOW_NO_OUTCOME, {}, placeOf(flow));
  }
  if (node.outgoing.length < 2) return;
  for (const outcome of outcomes) {
    const count = node.outgoing.filter(flow => flow.outcomes.includes(outcome)).length;
    if (count === 0) report(bundleErrors.OUTCOME_NO_FLOW, {outcome}, placeOf(node));
    if (count > 1) report(bundleErrors.OUTCOME_TWO_FLOWS, {outcome}, placeOf(node));
  }
}

function checkWaiting(world: World, drawing: Drawing, node: DrawnNode, report: Report): void {
  const definition = definitionOf(node);
  const clock = node.element.attributes['banli:clock'];
  if (definition?.name === 'bpmn:messageEventDefinition') {
    needKnown(report, kinds.message, definition.attributes['messageRef'] ?? '', drawing.messages.map(({id}) => id), placeOf(node));
  }
  if (definition?.name === 'bpmn:timerEventDefinition') {
    if (!clock) report(bundleErrors.CLOCK_MISSING, {}, placeOf(node));
    else if (needKnown(report, kinds.clock, clock, world.limits.clocks.map(({id}) => id), placeOf(node))) checkClockSpeaks(world, clock, node, report);
  } else if (clock) {
    report(bundleErrors.ATTRIBUTE_REFUSED, {name: `bpmn:${node.type}`, attribute: 'banli:clock'}, placeOf(node));
  }
  const inEventScope = isEventScope(drawing.nodes.find(each => each.id === node.scope));
  if (node.type === 'startEvent' && definition && !inEventScope) report(bundleErrors.EVENT_DEFINITION, {allowed: ['none']}, placeOf(node));
}

function checkClockSpeaks(world: World, clock: string, node: DrawnNode, report: Report): void {
  const speaks = world.limits.clocks.find(({id}) => id === clock)?.lapse.some(step => step.do === 'message');
  if (!speaks) report(bundleErrors.CLOCK_SILENT, {clock}, placeOf(node));
}

function checkClocksAreDrawn(world: World): void {
  const report = reportInto(world.problems, 'limits.yaml');
  world.limits.clocks.forEach((clock, index) => {
    const speaks = clock.lapse.some(step => step.do === 'message');
    const known = world.problems.some(problem => problem.code === 'BUNDLES_CLOCK_NOT_DRAWN' && problem.details?.['clock'] === clock.id);
    if (speaks && !known && !world.clockEvents.some(event => event.clock === clock.id)) {
      report(bundleErrors.CLOCK_NOT_DRAWN, {clock: clock.id}, {field: clock.id, ...world.locate('limits.yaml', ['clocks', index])});
    }
  });
}

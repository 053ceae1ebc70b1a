import type {Assignment, ClockEvent, Effect, EffectChange, LocalizedText, Outcome, StepAction, StepModel} from '@banli/formats';
import {childrenOf, type XmlElement} from '../xml/read-xml.js';
import {definitionOf, extensionsOf, words, type Drawing, type DrawnNode} from './drawing.js';

/** The steps of a drawing in drawing order: start events with a form, user tasks, service tasks. Incomplete ones are read as far as they go. */
export function readSteps(drawing: Drawing): readonly StepModel[] {
  return drawing.nodes.flatMap(node => {
    if (node.type === 'startEvent' && node.element.attributes['banli:form']) return [readStart(node, drawing.processId)];
    if (node.type === 'userTask') return [readUserTask(node, drawing.processId)];
    return node.type === 'serviceTask' ? [readWorker(node, drawing.processId)] : [];
  });
}

/** Timers that are bound to a clock, with the message that the compiler puts in their place. */
export function readClockEvents(drawing: Drawing): readonly ClockEvent[] {
  return drawing.nodes.flatMap(node => {
    const clock = node.element.attributes['banli:clock'];
    if (!clock || definitionOf(node)?.name !== 'bpmn:timerEventDefinition') return [];
    const attachedTo = node.element.attributes['attachedToRef'] ?? null;
    return [{elementId: node.id, clock, messageName: attachedTo ? `clock.${clock}.${attachedTo}` : `clock.${clock}`, attachedTo, scope: node.scope}];
  });
}

function common(node: DrawnNode, processId: string): Pick<StepModel, 'id' | 'name' | 'nameEn' | 'processId' | 'scope'> {
  return {id: node.id, name: node.name, ...(node.nameEn === null ? {} : {nameEn: node.nameEn}), processId, scope: node.scope};
}

function readStart(node: DrawnNode, processId: string): StepModel {
  const drawn = extensionsOf(node.element, 'banli:outcome').map(readOutcome);
  const submit: Outcome = {id: 'submit', name: {'zh-CN': '提交', en: 'Submit'}, tone: 'primary', requires: [], effects: []};
  const {'banli:form': form = null, 'banli:state': state = null} = node.element.attributes;
  return {...common(node, processId), kind: 'start', form, state, assignment: null, outcomes: drawn.length > 0 ? drawn : [submit], actions: [], multiInstance: null, topic: null, inputs: [], outcomeVariable: `${node.id}Outcome`};
}

function readUserTask(node: DrawnNode, processId: string): StepModel {
  const {element} = node;
  const assignment = extensionsOf(element, 'banli:assignment')[0];
  const multiple = childrenOf(element, 'bpmn:multiInstanceLoopCharacteristics').length > 0;
  return {
    ...common(node, processId),
    kind: 'user',
    form: element.attributes['banli:form'] ?? null,
    state: element.attributes['banli:state'] || null,
    assignment: assignment ? readAssignment(assignment) : null,
    outcomes: extensionsOf(element, 'banli:outcome').map(readOutcome),
    actions: extensionsOf(element, 'banli:action').map(readAction),
    multiInstance: multiple ? {countVariable: `${node.id}Count`} : null,
    topic: null,
    inputs: [],
    outcomeVariable: `${node.id}Outcome`,
  };
}

function readWorker(node: DrawnNode, processId: string): StepModel {
  const inputs = extensionsOf(node.element, 'banli:input').map(({attributes}) => ({name: attributes['name'] ?? '', value: attributes['value'] ?? ''}));
  return {...common(node, processId), kind: 'worker', form: null, state: node.element.attributes['banli:state'] || null, assignment: null, outcomes: [], actions: [], multiInstance: null, topic: node.element.attributes['banli:topic'] || null, inputs, outcomeVariable: null};
}

function readAssignment({attributes}: XmlElement): Assignment {
  const {role = '', unit = '', sameAs, exclude, follow} = attributes;
  return {role, unit, ...(sameAs ? {sameAs} : {}), exclude: words(exclude), ...(follow === 'true' ? {follow: true as const} : {})};
}

function readOutcome(element: XmlElement): Outcome {
  const {id = '', tone, requires, when, confirm, confirmEn, confirmWhen, batch} = element.attributes;
  return {
    id,
    name: title(element),
    tone: tone === 'primary' || tone === 'danger' ? tone : 'default',
    requires: words(requires),
    ...(when ? {when} : {}),
    ...(confirm ? {confirm: {'zh-CN': confirm, ...(confirmEn ? {en: confirmEn} : {})}} : {}),
    ...(confirmWhen ? {confirmWhen} : {}),
    ...(batch === 'true' ? {batch: true as const} : {}),
    effects: childrenOf(element, 'banli:effect').flatMap(each => readEffect(each) ?? []),
  };
}

/** An effect with all parts that its kind needs, or `null`. */
export function readEffect(element: XmlElement): Effect | null {
  const change = readChange(element);
  const {when} = element.attributes;
  return change && {...change, ...(when ? {when} : {})};
}

function readChange({attributes}: XmlElement): EffectChange | null {
  const {kind, name, op, value, sender, reason, column, right} = attributes;
  if ((kind === 'set' || kind === 'field' || kind === 'participants') && name && value) return {kind, name, value};
  if (kind === 'hold' && (op === 'pop' || op === 'clear')) return {kind, op};
  if (kind === 'hold' && (op === 'set' || op === 'push') && value && (right === 'reason') === Boolean(reason)) {
    return {kind, op, value, ...(right === 'reason' && reason ? {right: {without: 'reason', field: reason}} : right ? {right: {without: 'refuse'}} : {})};
  }
  if (kind === 'request' && (op === 'approve' || op === 'refuse')) return {kind, op};
  if (kind === 'excludeUnit' && value && !reason === !column) return {kind, value, ...(sender ? {sender} : {}), ...(reason && column ? {judge: {field: reason, column}} : {})};
  if (kind === 'round') return {kind};
  if (kind === 'message' && name) return {kind, name};
  return null;
}

function readAction(element: XmlElement): StepAction {
  const {id = '', command, message = '', fields, requires, when, clock, amountField, reasonField, untilField} = element.attributes;
  return {
    id,
    name: title(element),
    command: command === 'pause' || command === 'resume' ? command : 'extend',
    message,
    fields: words(fields),
    requires: words(requires),
    ...(when ? {when} : {}),
    ...(clock ? {clock} : {}),
    ...(amountField ? {amountField} : {}),
    ...(reasonField ? {reasonField} : {}),
    ...(untilField ? {untilField} : {}),
  };
}

function title({attributes}: XmlElement): LocalizedText {
  const {name = '', nameEn} = attributes;
  return {'zh-CN': name, ...(nameEn ? {en: nameEn} : {})};
}

import type {Effect, Outcome, StepModel} from '@banli/formats';
import {feelTypes, listOf, type FeelType} from '@banli/expressions';
import {extensionsOf, type Drawing, type DrawnNode} from '../drawing/drawing.js';
import {readEffect} from '../drawing/read-steps.js';
import {bundleErrors} from '../errors.js';
import {typeOfField} from '../model.js';
import {checkFeel, checkTextOrFeel, reportInto, type Report} from '../report.js';
import {childrenOf} from '../xml/read-xml.js';
import {placeOf} from './check-graph.js';
import {checkInputs} from './check-inputs.js';
import {kinds, needKnown, type World} from './world.js';

const {string, boolean, any} = feelTypes;

interface StepCheck {
  readonly world: World;
  readonly drawing: Drawing;
  readonly node: DrawnNode;
  readonly step: StepModel;
  readonly report: Report;
}

/** Checks what stands in the steps: forms, states, people, outcomes, effects, actions, topics, inputs. */
export function checkSteps(world: World, drawing: Drawing): void {
  const report = reportInto(world.problems, drawing.file);
  for (const node of drawing.nodes) {
    const step = world.steps[node.id];
    if (!step) {
      if (node.type === 'startEvent' && node.scope === null && drawing.processId === world.manifest.mainProcess) report(bundleErrors.START_FORM, {}, placeOf(node));
      continue;
    }
    const check: StepCheck = {world, drawing, node, step, report};
    if (step.state !== null) needKnown(report, kinds.state, step.state, world.manifest.states.map(({id}) => id), {...placeOf(node), field: 'state'});
    if (step.kind === 'worker') checkWorker(check);
    else checkPersonStep(check);
  }
}

function checkPersonStep(check: StepCheck): void {
  const {world, node, step, report} = check;
  needKnown(report, kinds.form, step.form ?? '', Object.keys(world.forms), {...placeOf(node), field: 'form'});
  if (step.kind === 'user') checkAssignment(check);
  if (step.kind === 'user' && step.outcomes.length === 0) report(bundleErrors.OUTCOME_NONE, {}, placeOf(node));
  checkUnique(check, [...step.outcomes, ...step.actions].map(({id}) => id));
  for (const outcome of step.outcomes) checkOutcome(check, outcome);
  checkRawEffects(check);
  for (const action of step.actions) {
    const place = {...placeOf(node), field: `action ${action.id}`};
    needKnown(report, kinds.message, action.message, check.drawing.messages.map(({name}) => name), place);
    for (const field of [...action.fields, ...action.requires, ...[action.amountField, action.reasonField, action.untilField].flatMap(name => name ?? [])]) needKnown(report, kinds.field, field, Object.keys(world.fields), place);
    if (action.clock !== undefined) needKnown(report, kinds.clock, action.clock, world.limits.clocks.map(({id}) => id), place);
    if (action.when) checkFeel(world.problems, {text: action.when, model: world.models.ofCommand, expected: boolean, file: check.drawing.file, place});
  }
  if (step.multiInstance && !namesParticipants(world, step.id)) report(bundleErrors.PARTICIPANTS_MISSING, {}, placeOf(node));
}

function checkAssignment({world, drawing, node, step, report}: StepCheck): void {
  if (!step.assignment) return report(bundleErrors.ASSIGNMENT_MISSING, {}, placeOf(node));
  const {role, unit, sameAs, exclude} = step.assignment;
  const place = {...placeOf(node), field: 'assignment'};
  const at = {model: world.models.ofTask, expected: string, file: drawing.file, place};
  if (!role.startsWith('=')) for (const each of role.split(',')) needKnown(report, kinds.role, each.trim(), world.manifest.roles.map(({id}) => id), place);
  checkTextOrFeel(world.problems, {...at, text: role});
  checkTextOrFeel(world.problems, {...at, text: unit});
  const people = Object.values(world.steps).filter(({kind}) => kind !== 'worker');
  const steps = people.map(({id}) => id);
  if (sameAs) needKnown(report, kinds.step, sameAs, steps, place);
  const done = [...steps, ...people.flatMap(({id, outcomes}) => outcomes.map(outcome => `${id}.${outcome.id}`))];
  for (const id of exclude) needKnown(report, kinds.step, id, done, place);
}

function checkUnique({node, report}: StepCheck, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    const place = {...placeOf(node), field: id};
    if (!/^[a-z][A-Za-z0-9]{0,59}$/.test(id)) report(bundleErrors.ID_FORM, {id}, place);
    if (ids.indexOf(id) !== index) report(bundleErrors.ID_DUPLICATE, {id}, place);
  });
}

function checkOutcome(check: StepCheck, outcome: Outcome): void {
  const {world, drawing, node, report} = check;
  const place = {...placeOf(node), field: `outcome ${outcome.id}`};
  for (const field of outcome.requires) needKnown(report, kinds.field, field, Object.keys(world.fields), place);
  for (const text of Object.values(outcome.confirm ?? {})) for (const [, field = ''] of text.matchAll(/\{(\w+)\}/g)) needKnown(report, kinds.field, field, Object.keys(world.fields), place);
  if (outcome.batch && (outcome.requires.length > 0 || check.step.kind === 'start')) report(bundleErrors.OUTCOME_BATCH, {outcome: outcome.id}, place);
  if (outcome.confirmWhen) checkFeel(world.problems, {text: outcome.confirmWhen, model: world.models.ofForm, expected: boolean, file: drawing.file, place});
  if (outcome.when) checkFeel(world.problems, {text: outcome.when, model: world.models.ofCommand, expected: boolean, file: drawing.file, place});
  for (const effect of outcome.effects) checkEffect(check, outcome, effect);
}

function checkEffect({world, drawing, node, step, report}: StepCheck, outcome: Outcome, effect: Effect): void {
  const place = {...placeOf(node), field: `outcome ${outcome.id} effect ${effect.kind}`};
  const feel = (text: string, expected: FeelType): void => checkFeel(world.problems, {text, model: world.models.ofCommand, expected, file: drawing.file, place});
  if (effect.when !== undefined) feel(effect.when, boolean);
  if (effect.kind === 'set') {
    const variable = world.manifest.variables.find(({name}) => name === effect.name);
    needKnown(report, kinds.variable, effect.name, world.manifest.variables.map(({name}) => name), place);
    feel(effect.value, variable ? feelTypes[variable.type] : any);
  } else if (effect.kind === 'field') {
    const field = world.fields[effect.name];
    needKnown(report, kinds.field, effect.name, Object.keys(world.fields), place);
    feel(effect.value, field ? typeOfField(field.node) : any);
  } else if (effect.kind === 'participants') {
    needKnown(report, kinds.step, effect.name, Object.values(world.steps).filter(step => step.multiInstance).map(({id}) => id), place);
    feel(effect.value, listOf(string));
  } else if (effect.kind === 'message') {
    needKnown(report, kinds.message, effect.name, [...drawing.messages.map(({name}) => name), ...world.clockEvents.map(({messageName}) => messageName)], place);
  } else if (effect.kind === 'excludeUnit') {
    for (const text of [effect.value, effect.sender]) if (text !== undefined) feel(text, string);
    if (effect.judge) needKnown(report, kinds.field, effect.judge.field, Object.entries(world.fields).filter(([, field]) => field.node['x-banli']?.catalog).map(([name]) => name), place);
  } else if (effect.kind === 'hold' && effect.value) {
    feel(effect.value, string);
    if (effect.right?.without === 'reason') needKnown(report, kinds.field, effect.right.field, Object.keys(world.fields), place);
  }
  if (step.kind === 'start' && ((effect.kind === 'excludeUnit' && effect.judge) || (effect.kind === 'hold' && effect.right))) report(bundleErrors.EFFECT_AT_START, {kind: effect.kind}, place);
}

/** Effects that lack a part are left out of the model, so they are looked for in the drawing itself. */
function checkRawEffects({node, report}: StepCheck): void {
  for (const outcome of extensionsOf(node.element, 'banli:outcome')) {
    for (const effect of childrenOf(outcome, 'banli:effect')) {
      if (readEffect(effect)) continue;
      const {kind = '', name, op, value, reason, column, right} = effect.attributes;
      const part = kind === 'hold' && value && (right === 'reason') !== Boolean(reason) ? (reason ? 'right' : 'reason') : kind === 'excludeUnit' && value && !reason !== !column ? (reason ? 'column' : 'reason') : kind === 'hold' && op ? 'value' : kind === 'hold' || kind === 'request' ? 'op' : name || kind === 'excludeUnit' ? (value ? 'op' : 'value') : 'name';
      report(bundleErrors.EFFECT_INCOMPLETE, {kind, part}, {...placeOf(node), field: `outcome ${outcome.attributes['id'] ?? ''}`, line: effect.line, column: effect.column});
    }
  }
}

function namesParticipants(world: World, step: string): boolean {
  return Object.values(world.steps).some(({outcomes}) => outcomes.some(({effects}) => effects.some(effect => effect.kind === 'participants' && effect.name === step)));
}

function checkWorker({world, drawing, node, step, report}: StepCheck): void {
  if (step.topic === null) report(bundleErrors.TOPIC_MISSING, {}, placeOf(node));
  else if (!/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(step.topic)) report(bundleErrors.ATTRIBUTE_VALUE, {name: 'bpmn:serviceTask', attribute: 'banli:topic', value: step.topic, allowed: 'pluginId.verbThing'}, placeOf(node));
  else if (world.installed.topics) needKnown(report, kinds.topic, step.topic, world.installed.topics, {...placeOf(node), field: 'topic'});
  checkInputs({world, step, file: drawing.file, place: placeOf(node), report});
}

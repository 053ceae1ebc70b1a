import type {StepModel} from '@banli/formats';
import {feelTypes, type FeelType} from '@banli/expressions';
import type {ProblemPlace} from '@banli/errors';
import {bundleErrors} from '../errors.js';
import {checkFeel, type Report} from '../report.js';
import type {World} from './world.js';

/** The step whose inputs are checked, and where its problems stand. */
export interface InputCheck {
  readonly world: World;
  readonly step: Pick<StepModel, 'inputs' | 'topic'>;
  readonly file: string;
  readonly place: ProblemPlace;
  readonly report: Report;
}

/** Checks what a drawing gives to a worker: each name once, FEEL that fits what the worker takes, nothing required left out. */
export function checkInputs({world, step, file, place, report}: InputCheck): void {
  const schema = step.topic === null ? undefined : world.installed.inputs?.[step.topic];
  const names = step.inputs.map(({name}) => name);
  for (const {name, value} of step.inputs) {
    const at = {...place, field: `input ${name}`};
    if (names.indexOf(name) !== names.lastIndexOf(name)) report(bundleErrors.ID_DUPLICATE, {id: name}, at);
    const expected = typeOfInput(schema, name);
    checkFeel(world.problems, {text: value, model: world.models.ofCase, file, place: at, ...(expected ? {expected} : {})});
  }
  for (const name of requiredInputs(schema)) {
    if (!names.includes(name)) report(bundleErrors.INPUT_MISSING, {topic: step.topic ?? '', input: name}, {...place, field: `input ${name}`});
  }
}

/** Names a worker cannot do without, as its JSON Schema says. */
export function requiredInputs(schema: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const required = schema?.['required'];
  return Array.isArray(required) ? required.filter(name => typeof name === 'string') : [];
}

/** The FEEL type of an input, where its JSON Schema names a plain one; an input that may be null is of the other type. */
function typeOfInput(schema: Readonly<Record<string, unknown>> | undefined, name: string): FeelType | undefined {
  const property = (schema?.['properties'] as Readonly<Record<string, {readonly type?: unknown}>> | undefined)?.[name];
  const types = [property?.type].flat().filter(type => type !== 'null');
  if (types.length !== 1) return undefined;
  if (types[0] === 'integer') return feelTypes.number;
  return types[0] === 'string' || types[0] === 'number' || types[0] === 'boolean' ? feelTypes[types[0]] : undefined;
}

import type {Bundle, CompiledBundle, StepModel} from '@banli/formats';
import type {Drawing} from '../drawing/drawing.js';
import {readClockEvents} from '../drawing/read-steps.js';
import {hashBundle} from '../hash.js';
import {compileProcess} from './compile-process.js';

/** Puts a checked bundle's parts together; no checks here. */
export function compileParts(bundle: Bundle, drawings: readonly Drawing[], steps: Readonly<Record<string, StepModel>>): CompiledBundle {
  const compiled: Record<string, string> = {};
  const elementMap: Record<string, string> = {};
  for (const drawing of drawings) {
    const process = compileProcess(drawing);
    compiled[drawing.processId] = process.xml;
    Object.assign(elementMap, process.elementMap);
  }
  const start = Object.values(steps).find(({kind, processId, scope}) => kind === 'start' && processId === bundle.manifest.mainProcess && scope === null);
  return {
    bundle,
    hash: hashBundle(bundle.files),
    compiled,
    elementMap,
    startStep: start?.id ?? '',
    steps,
    clockEvents: drawings.flatMap(drawing => readClockEvents(drawing)),
    nodes: drawings.flatMap(({nodes}) => nodes.map(({id, name, nameEn, type, scope}) => ({id, name, ...(nameEn === null ? {} : {nameEn}), type, scope}))),
    flows: drawings.flatMap(({flows}) => flows.map(({id, source, target}) => ({id, source, target}))),
    messages: drawings.flatMap(({messages}) => messages),
  };
}

/**
 * Values that the engine's variables have when a case starts: every declared variable with its default, every
 * `<stepId>Outcome` as empty text, every `<stepId>Count` as 0. So no condition ever meets a missing variable.
 */
export function startVariables(release: CompiledBundle): Readonly<Record<string, string | number | boolean>> {
  const values: Record<string, string | number | boolean> = {};
  for (const {name, default: value} of release.bundle.manifest.variables) values[name] = value;
  for (const step of Object.values(release.steps)) {
    if (step.outcomeVariable) values[step.outcomeVariable] = '';
    if (step.multiInstance) values[step.multiInstance.countVariable] = 0;
  }
  return values;
}

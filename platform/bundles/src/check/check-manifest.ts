import type {CaseFields} from '@banli/formats';
import {contextOf, feelTypes, fits, listOf, typeName, type FeelType} from '@banli/expressions';
import {bundleErrors} from '../errors.js';
import {actorNames, caseNames, requestNames, taskNames, typeOfField} from '../model.js';
import {checkFeel, reportInto, type Report} from '../report.js';
import {kinds, needKnown, type World} from './world.js';

const file = 'bundle.yaml';
const {string, boolean, any} = feelTypes;
const purposes: Readonly<Record<keyof CaseFields, FeelType>> = {
  title: string, phone: string, idNumber: string, matter: string, channel: string, nature: string, serviceObject: string, urgency: string, industry: string, area: string,
  reply: string, redoOf: string,
  proposalReason: string, proposalRow: string, proposalVersion: string, proposalChange: string,
  anonymous: any, confidential: any, vulnerable: any, leadUnit: string, assistUnits: listOf(string),
};
const reserved = new Set([...Object.keys({...caseNames, ...taskNames, ...actorNames, ...requestNames}), 'form', 'item']);

/** Checks `bundle.yaml` against the rest: states, fields with a meaning, variables, number pattern, needs. */
export function checkManifest(world: World): void {
  const {manifest} = world;
  const report = reportInto(world.problems, file);
  const at = (...path: ReadonlyArray<string | number>): {field: string} => ({field: path.join('.'), ...world.locate(file, path)});
  unique(report, manifest.roles, index => at('roles', index));
  unique(report, manifest.states, index => at('states', index));
  unique(report, manifest.publicStates, index => at('publicStates', index));
  unique(report, manifest.variables.map(({name}) => ({id: name})), index => at('variables', index));
  for (const key of ['endState', 'pausedState'] as const) {
    const state = manifest[key];
    if (state !== undefined) needKnown(report, kinds.state, state, manifest.states.map(({id}) => id), at(key));
  }
  const published = manifest.publicStates.map(({id}) => id);
  manifest.states.forEach((state, index) => {
    if (state.public !== null) needKnown(report, kinds.publicState, state.public, published, at('states', index, 'public'));
    state.publicWhen?.forEach((rule, place) => {
      needKnown(report, kinds.publicState, rule.public, published, at('states', index, 'publicWhen', place));
      checkFeel(world.problems, {text: rule.when, model: world.models.ofCase, expected: boolean, file, place: at('states', index, 'publicWhen', place, 'when')});
    });
  });
  checkCaseFields(world, report);
  checkRegistration(world, report);
  checkDispatch(world, report);
  manifest.sharedGroups.forEach((group, index) => needKnown(report, kinds.group, group, Object.keys(world.permissions.groups), at('sharedGroups', index)));
  manifest.duplicateKey.forEach((field, index) => needKnown(report, kinds.field, field, Object.keys(world.fields), at('duplicateKey', index)));
  manifest.variables.forEach(({name, type, default: value}, index) => {
    if (typeof value !== type) report(bundleErrors.VARIABLE_DEFAULT, {name, expected: type}, at('variables', index, 'default'));
    if (reserved.has(name) || /(?:Outcome|Count)$/.test(name) && Object.hasOwn(world.steps, name.replace(/(?:Outcome|Count)$/, ''))) report(bundleErrors.NAME_TAKEN, {name}, at('variables', index));
  });
  checkNumbering(world, report);
  checkInstalled(world, report);
  if (!world.drawings.some(({processId}) => processId === manifest.mainProcess)) report(bundleErrors.PROCESS_MISSING, {id: manifest.mainProcess}, at('mainProcess'));
}

function unique(report: Report, items: ReadonlyArray<{readonly id: string}>, at: (index: number) => {field: string}): void {
  items.forEach(({id}, index) => {
    if (items.findIndex(item => item.id === id) !== index) report(bundleErrors.ID_DUPLICATE, {id}, at(index));
  });
}

function checkCaseFields(world: World, report: Report): void {
  for (const [purpose, name] of Object.entries(world.manifest.caseFields)) {
    const place = {field: `caseFields.${purpose}`, ...world.locate(file, ['caseFields', purpose])};
    if (!needKnown(report, kinds.field, name, Object.keys(world.fields), place)) continue;
    const field = world.fields[name];
    const expected = purposes[purpose as keyof CaseFields];
    const actual = field ? typeOfField(field.node) : contextOf({});
    if (!fits(actual, expected)) report(bundleErrors.FIELD_TYPE, {field: name, purpose, expected: typeName(expected), actual: typeName(actual)}, place);
  }
}

function checkRegistration(world: World, report: Report): void {
  const {hints, sensitive, hotClass, acceptReason, natureReason, answers = []} = world.manifest.registration ?? {};
  const named = [{name: hints, purpose: 'hints', type: string}, {name: sensitive, purpose: 'sensitive', type: boolean}, {name: hotClass, purpose: 'hotClass', type: string}, {name: acceptReason, purpose: 'acceptReason', type: string}, {name: natureReason, purpose: 'natureReason', type: string}, ...answers.flatMap(({values}, index) => Object.keys(values).map(name => ({name, purpose: `answers.${index}.values.${name}`, type: string})))];
  for (const {name, purpose, type} of named) {
    if (name === undefined) continue;
    const place = {field: `registration.${purpose}`, ...world.locate(file, ['registration', ...purpose.split('.')])};
    if (!needKnown(report, kinds.field, name, Object.keys(world.fields), place)) continue;
    const field = world.fields[name];
    const actual = field ? typeOfField(field.node) : contextOf({});
    if (!fits(actual, type)) report(bundleErrors.FIELD_TYPE, {field: name, purpose, expected: typeName(type), actual: typeName(actual)}, place);
  }
}

/** A dispatch that the platform may do itself: a step for one person, one of its outcomes, and the fields that say what the case is about and who gets it. */
function checkDispatch(world: World, report: Report): void {
  const {dispatch, caseFields} = world.manifest;
  if (!dispatch) return;
  const at = (key: string): {field: string} => ({field: `dispatch.${key}`, ...world.locate(file, ['dispatch', key])});
  const step = world.steps[dispatch.step];
  if (!needKnown(report, kinds.step, dispatch.step, Object.values(world.steps).filter(each => each.kind === 'user').map(({id}) => id), at('step'))) return;
  needKnown(report, kinds.outcome, dispatch.outcome, (step?.outcomes ?? []).map(({id}) => id), at('outcome'));
  for (const purpose of ['leadUnit', 'matter'] as const) needKnown(report, kinds.field, caseFields[purpose] ?? purpose, caseFields[purpose] === undefined ? [] : Object.keys(world.fields), at('step'));
}

function checkNumbering(world: World, report: Report): void {
  const {numbering} = world.manifest;
  checkPattern(world, report, numbering.pattern, ['numbering', 'pattern']);
  numbering.steps?.forEach((own, index) => {
    const at = (key: string): {field: string} => ({field: `numbering.steps.${index}.${key}`, ...world.locate(file, ['numbering', 'steps', index, key])});
    checkPattern(world, report, own.pattern, ['numbering', 'steps', index, 'pattern']);
    needKnown(report, kinds.step, own.step, Object.keys(world.steps), at('step'));
    needKnown(report, kinds.field, own.field, Object.keys(world.fields), at('field'));
  });
}

/** A number pattern counts, and has nothing unknown in braces. */
export function checkPattern(world: World, report: Report, pattern: string, path: ReadonlyArray<string | number>): void {
  const rest = pattern.replace(/\{centre\}|\{yyyyMMdd\}|\{seq:[1-9]\}/g, '');
  if (/[{}]/.test(rest) || !/\{seq:[1-9]\}/.test(pattern)) report(bundleErrors.NUMBERING, {needed: '{seq:6} ({centre}, {yyyyMMdd})'}, {field: path.join('.'), ...world.locate(file, path)});
}

function checkInstalled(world: World, report: Report): void {
  for (const kind of ['plugins', 'catalogs'] as const) {
    const known = world.installed[kind];
    if (!known) continue;
    world.manifest.needs[kind].forEach((id, index) => needKnown(report, kind === 'plugins' ? kinds.plugin : kinds.catalog, id, known, {field: `needs.${kind}`, ...world.locate(file, ['needs', kind, index])}));
  }
}

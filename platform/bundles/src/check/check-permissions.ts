import {closureMarks, type FieldAccess, type StepModel} from '@banli/formats';
import {feelTypes} from '@banli/expressions';
import {bundleErrors} from '../errors.js';
import {fieldsOfForm, type FormField} from '../model.js';
import {checkFeel, reportInto, type Report} from '../report.js';
import {kinds, needKnown, type World} from './world.js';

const file = 'permissions.yaml';

/** Checks `permissions.yaml`: roles, groups, the field matrix against forms and steps, closures. */
export function checkPermissions(world: World): void {
  const {permissions, manifest} = world;
  const report = reportInto(world.problems, file);
  const roles = manifest.roles.map(({id}) => id);
  const fields = Object.keys(world.fields);
  const keys = [...Object.keys(permissions.groups), ...fields];
  const at = (...path: ReadonlyArray<string | number>): {field: string} => ({field: path.join('.'), ...world.locate(file, path)});
  permissions.start.forEach((role, index) => needKnown(report, kinds.role, role, roles, at('start', index)));
  permissions.cancel.forEach((role, index) => needKnown(report, kinds.role, role, roles, at('cancel', index)));
  permissions.view.forEach(({role}, index) => needKnown(report, kinds.role, role, roles, at('view', index)));
  for (const [group, names] of Object.entries(permissions.groups)) {
    names.forEach((name, index) => needKnown(report, kinds.field, name, fields, at('groups', group, index)));
    if (fields.includes(group)) report(bundleErrors.NAME_TAKEN, {name: group}, at('groups', group));
  }
  for (const [role, rights] of Object.entries(permissions.readers)) {
    needKnown(report, kinds.role, role, [...roles, 'default'], at('readers', role));
    for (const key of Object.keys(rights)) needKnown(report, kinds.fieldOrGroup, key, keys, at('readers', role, key));
  }
  permissions.closures.forEach((closure, index) => {
    closure.roles.forEach((role, place) => needKnown(report, kinds.role, role, roles, at('closures', index, 'roles', place)));
    closure.fields.forEach((key, place) => needKnown(report, kinds.fieldOrGroup, key, [...keys, ...closureMarks], at('closures', index, 'fields', place)));
    if (closure.when !== undefined) checkFeel(world.problems, {text: closure.when, model: world.models.ofActor, expected: feelTypes.boolean, file, place: at('closures', index, 'when')});
  });
  checkMatrix(world, report, keys);
}

function checkMatrix(world: World, report: Report, keys: readonly string[]): void {
  const {steps} = world.permissions;
  const people = Object.values(world.steps).filter(({kind}) => kind !== 'worker');
  for (const [id, rights] of Object.entries(steps)) {
    const place = (key?: string): {field: string} => ({field: ['steps', id, ...(key ? [key] : [])].join('.'), ...world.locate(file, ['steps', id, ...(key ? [key] : [])])});
    if (!needKnown(report, kinds.step, id, people.map(step => step.id), place())) continue;
    for (const key of Object.keys(rights)) needKnown(report, kinds.fieldOrGroup, key, keys, place(key));
  }
  for (const step of people) {
    const rights = steps[step.id];
    if (!rights) report(bundleErrors.MATRIX_MISSING, {step: step.id}, {field: `steps.${step.id}`, element: step.id, ...world.locate(file, ['steps'])});
    else checkRequires(world, report, step, rights);
  }
}

/** A field that an outcome asks for must be one that the person at the step may edit. */
function checkRequires(world: World, report: Report, step: StepModel, rights: Readonly<Record<string, FieldAccess>>): void {
  const form = world.forms[step.form ?? ''];
  if (!form) return;
  const own = new Map(fieldsOfForm(form).map(field => [field.name, field]));
  const needed = new Set(step.outcomes.flatMap(({requires}) => requires));
  for (const name of needed) {
    const access = accessOf(world, own.get(name), name, rights);
    if (!own.has(name) || access === 'hidden' || access === 'read') report(bundleErrors.FIELD_NOT_EDITABLE, {field: name, step: step.id}, {field: `steps.${step.id}`, element: step.id, ...world.locate(file, ['steps', step.id])});
  }
}

function accessOf(world: World, field: FormField | undefined, name: string, rights: Readonly<Record<string, FieldAccess>>): FieldAccess {
  if (Object.hasOwn(rights, name)) return rights[name] ?? 'hidden';
  const order: readonly FieldAccess[] = ['hidden', 'read', 'edit', 'required'];
  const groups = Object.keys(world.permissions.groups).filter(group => world.permissions.groups[group]?.includes(name));
  if (groups.length === 0 && field?.group) groups.push(field.group);
  return groups.map(group => rights[group] ?? 'hidden').sort((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? 'hidden';
}

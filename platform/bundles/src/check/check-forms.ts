import {isPattern, type FormNode} from '@banli/formats';
import {feelTypes, typeName, type DataModel} from '@banli/expressions';
import {bundleErrors} from '../errors.js';
import {fieldsOfForm, typeOfField, type FormField} from '../model.js';
import {checkFeel, reportInto, type Report} from '../report.js';
import {kinds, needKnown, type World} from './world.js';

const {boolean} = feelTypes;

/** The id of an element's field where no hand-made field holds it. */
function elementId(code: string): string {
  return `element.${code}`;
}

/** Components the renderer brings; plugins add more. */
export const formComponents = [
  'Input', 'Input.TextArea', 'Select', 'Radio.Group', 'Checkbox', 'Checkbox.Group', 'Switch', 'NumberPicker', 'DatePicker', 'TimePicker', 'CatalogSelect', 'UnitSelect', 'FileUpload',
  'Section', 'Grid', 'Rating', 'Text', 'ArrayTable', 'Link',
] as const;

/** Checks every form: file name, bindings, components, catalogs, expressions. */
export function checkForms(world: World): void {
  const types = new Map<string, string>();
  for (const [id, form] of Object.entries(world.forms)) {
    const file = `forms/${id}.form.json`;
    if (form['x-banli-form'].id !== id) reportInto(world.problems, file)(bundleErrors.FILE_NAME, {expected: `forms/${form['x-banli-form'].id}.form.json`}, {...world.locate(file, ['x-banli-form', 'id'])});
    checkBraces(world, file, form);
    checkNodes(world, file, form.properties, ['properties']);
    const ids = new Set<string>();
    const names = new Set<string>();
    for (const field of fieldsOfForm(form)) {
      checkField(world, file, field, ids);
      const report = reportInto(world.problems, file);
      if (names.has(field.name)) report(bundleErrors.ID_DUPLICATE, {id: field.name}, {field: field.name, ...world.locate(file, field.path)});
      names.add(field.name);
      const type = typeName(typeOfField(field.node));
      const before = types.get(field.name);
      if (before !== undefined && before !== type) report(bundleErrors.FIELD_TYPES, {field: field.name, first: before, second: type}, {field: field.name, ...world.locate(file, field.path)});
      types.set(field.name, before ?? type);
    }
  }
}

/** Checks one field: binding, names, expressions. `ids` collects what its form has used. */
export function checkField(world: World, file: string, {name, node, path}: FormField, ids: Set<string>, model: DataModel = world.models.ofForm): void {
  const report = reportInto(world.problems, file);
  const place = {field: name, ...world.locate(file, path)};
  const binding = node['x-banli'];
  if (!binding?.id) return report(bundleErrors.FIELD_BINDING, {field: name}, place);
  if (ids.has(binding.id)) report(bundleErrors.ID_DUPLICATE, {id: binding.id}, place);
  ids.add(binding.id);
  if (binding.element !== undefined && ids.has(elementId(binding.element))) report(bundleErrors.ID_DUPLICATE, {id: binding.element}, place);
  if (binding.element !== undefined) ids.add(elementId(binding.element));
  if (binding.catalog) needKnown(report, kinds.catalog, binding.catalog.id, world.manifest.needs.catalogs, place);
  if (binding.catalog?.parentField) needKnown(report, kinds.field, binding.catalog.parentField, Object.keys(world.fields), place);
  for (const target of Object.keys(binding.catalog?.fill ?? {})) needKnown(report, kinds.field, target, Object.keys(world.fields), {field: `${name}.fill.${target}`, ...world.locate(file, [...path, 'x-banli', 'catalog', 'fill', target])});
  if (binding.english !== undefined) checkEnglish(world, report, {node, english: binding.english, place});
  if (binding.check && !binding.checkMessage) report(bundleErrors.FIELD_CHECK, {field: name}, place);
  const at = (key: string): {file: string; place: typeof place} => ({file, place: {...place, ...world.locate(file, [...path, 'x-banli', key])}});
  for (const key of ['visibleWhen', 'requiredWhen', 'check'] as const) {
    const text = binding[key];
    if (text !== undefined) checkFeel(world.problems, {text, model, expected: boolean, ...at(key)});
  }
  for (const [index, {when}] of (binding.phrases ?? []).entries()) {
    if (when !== undefined) checkFeel(world.problems, {text: when, model, expected: boolean, file, place: {...place, ...world.locate(file, [...path, 'x-banli', 'phrases', index, 'when'])}});
  }
  if (binding.compute !== undefined) checkFeel(world.problems, {text: binding.compute, model, expected: typeOfField(node), ...at('compute')});
  if (node.pattern !== undefined && !isPattern(node.pattern)) report(bundleErrors.ATTRIBUTE_VALUE, {name, attribute: 'pattern', value: node.pattern, allowed: '正则 RegExp'}, place);
}

/** A text and the field that holds its English are both texts. */
function checkEnglish(world: World, report: Report, {node, english, place}: {readonly node: FormNode; readonly english: string; readonly place: {readonly field: string}}): void {
  if (!needKnown(report, kinds.field, english, Object.keys(world.fields), place)) return;
  for (const [field, each] of [[place.field, node], [english, world.fields[english]?.node]] as const) {
    const actual = each ? typeName(typeOfField(each)) : '';
    if (actual !== typeName(feelTypes.string)) report(bundleErrors.FIELD_TYPE, {field, purpose: 'english', expected: typeName(feelTypes.string), actual}, place);
  }
}

/** Checks the components of nodes. */
export function checkNodes(world: World, file: string, properties: Readonly<Record<string, FormNode>>, path: readonly string[]): void {
  const known = [...formComponents, ...(world.installed.widgets ?? [])];
  for (const [name, node] of Object.entries(properties)) {
    const component = node['x-component'];
    const foreign = component !== undefined && !(formComponents as readonly string[]).includes(component);
    if (component !== undefined && foreign && (world.installed.widgets !== undefined || world.manifest.needs.plugins.length === 0)) {
      needKnown(reportInto(world.problems, file), kinds.component, component, known, {field: name, ...world.locate(file, [...path, name])});
    }
    if (node.properties) checkNodes(world, file, node.properties, [...path, name, 'properties']);
    if (node.items?.properties) checkNodes(world, file, node.items.properties, [...path, name, 'items', 'properties']);
  }
}

/** Refuses Formily's own expressions. */
export function checkBraces(world: World, file: string, form: unknown): void {
  const report = reportInto(world.problems, file);
  const visit = (value: unknown, path: ReadonlyArray<string | number>): void => {
    if (typeof value === 'string' && value.includes('{{')) report(bundleErrors.FORM_EXPRESSION, {}, {field: path.join('.'), ...world.locate(file, path)});
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(form, []);
}

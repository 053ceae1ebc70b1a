import {isDemanded, isMatterForm, matterForms, placedFields, type FieldBinding, type FormExtension, type FormLayout, type FormSchema, type MatterForms} from '@banli/formats';
import {bundleErrors} from '../errors.js';
import {fieldsOfForm, modelsOf} from '../model.js';
import {reportInto} from '../report.js';
import {checkBraces, checkField, checkNodes} from './check-forms.js';
import {kinds, needKnown, type World} from './world.js';

/** Ids that the elements of a catalog have in forms; they are only known when a case is registered. */
const generated = /^element\./;

/** Checks the layers over the forms: the class form, extension forms, and layouts. */
export function checkLayers(world: World): void {
  checkClassForm(world);
  checkMatterForms(world);
  for (const [id, extension] of Object.entries(world.extensions)) checkExtension(world, id, extension);
  for (const [id, layout] of Object.entries(world.layouts)) checkLayout(world, `forms/layouts/${id}.layout.json`, layout);
}

function checkClassForm(world: World): void {
  const {classForm, needs, caseFields} = world.manifest;
  if (!classForm) return;
  const report = reportInto(world.problems, 'bundle.yaml');
  const at = (key: string) => ({field: `classForm.${key}`, ...world.locate('bundle.yaml', ['classForm', key])});
  needKnown(report, kinds.catalog, classForm.catalog, needs.catalogs, at('catalog'));
  needKnown(report, kinds.form, classForm.form, Object.keys(world.forms), at('form'));
  needKnown(report, kinds.group, classForm.group, Object.keys(world.permissions.groups), at('group'));
  if (caseFields.matter === undefined) needKnown(report, kinds.field, 'caseFields.matter', [], at('catalog'));
}

/** The forms that a matter may name, of this bundle. */
function formsOfMatters({forms, extensions, steps}: World): MatterForms {
  return matterForms({forms, extensions, steps, startForm: Object.values(steps).find(({kind}) => kind === 'start')?.form ?? null});
}

/** Every form that matters name is there; one that takes the place of the start form has what the application itself uses, under the same ids and equally protected. */
function checkMatterForms(world: World): void {
  const own = formsOfMatters(world);
  for (const [form, by] of Object.entries(world.installed.matterForms?.[world.manifest.id] ?? {})) {
    if (!isMatterForm(own, form)) reportInto(world.problems, 'bundle.yaml')(bundleErrors.MATTER_FORM_MISSING, {form, count: by.length, by: by.slice(0, mostNamed).join(', ')}, {field: 'mainProcess'});
  }
  const start = world.forms[own.start ?? ''];
  if (!start) return;
  const used = new Set(usedFields(world));
  for (const id of own.standIns) {
    const file = `forms/${id}.form.json`;
    const report = reportInto(world.problems, file);
    const fields = new Map(fieldsOfForm(world.forms[id] as FormSchema).map(field => [field.name, field]));
    for (const {name, node} of fieldsOfForm(start)) {
      const field = fields.get(name);
      const place = {field: name, ...world.locate(file, field?.path ?? ['properties'])};
      if (!field && used.has(name)) report(bundleErrors.STAND_IN_LACKS, {form: id, start: own.start ?? '', field: name}, place);
      if (field && (field.node['x-banli']?.id !== node['x-banli']?.id || field.node['x-banli']?.sensitivity !== node['x-banli']?.sensitivity)) report(bundleErrors.STAND_IN_DIFFERS, {form: id, start: own.start ?? '', field: name}, place);
    }
  }
}

/** Fields that the application reads or writes whatever form a case has; expressions take a field that is not there as empty. */
function usedFields({manifest, steps}: World): readonly string[] {
  const {caseFields, strands = [], registration, duplicateKey, numbering} = manifest;
  const {answers: _answers, ...kept} = registration ?? {};
  const ofSteps = Object.values(steps).flatMap(({outcomes, actions}) => [
    ...outcomes.flatMap(({requires, effects}) => [...requires, ...effects.flatMap(effect => (effect.kind === 'field' ? [effect.name] : []))]),
    ...actions.flatMap(({fields, requires}) => [...fields, ...requires]),
  ]);
  return [...Object.values(caseFields), ...strands.flatMap(({fields}) => fields), ...Object.values(kept), ...duplicateKey, ...(numbering.steps ?? []).map(({field}) => field), ...ofSteps];
}

/** A field may extend one of the base form (same id); any other brings a name and id of its own, and stands in a group. */
function checkExtension(world: World, id: string, extension: FormExtension): void {
  const file = `forms/extensions/${id}.form.json`;
  const report = reportInto(world.problems, file);
  const head = extension['x-banli-extension'];
  const at = (...path: readonly string[]) => ({field: path.join('.'), ...world.locate(file, ['x-banli-extension', ...path])});
  if (head.id !== id) report(bundleErrors.FILE_NAME, {expected: `forms/extensions/${head.id}.form.json`}, at('id'));
  if (head.when?.channels && world.manifest.caseFields.channel === undefined) needKnown(report, kinds.field, 'caseFields.channel', [], at('when', 'channels'));
  if (head.when?.matters && world.manifest.caseFields.matter === undefined) needKnown(report, kinds.field, 'caseFields.matter', [], at('when', 'matters'));
  checkBraces(world, file, extension);
  checkNodes(world, file, extension.properties, ['properties']);
  const base = world.forms[head.form];
  if (!needKnown(report, kinds.form, head.form, Object.keys(world.forms), at('form')) || !base) return;
  const alone: FormSchema = {type: 'object', 'x-banli-form': {id, title: head.title}, properties: extension.properties};
  const {ofForm} = modelsOf({forms: {...world.forms, [`${id}Extension`]: alone}, variables: world.manifest.variables}, []);
  const {start, standIns} = formsOfMatters(world);
  const known = fieldsOfForm(base);
  const besides = head.form === start ? standIns.flatMap(each => fieldsOfForm(world.forms[each] as FormSchema)).filter(field => !known.some(each => each.name === field.name)) : [];
  const others = Object.entries(world.extensions).filter(([other]) => other < id).flatMap(([, each]) => fieldsOfForm({...alone, properties: each.properties}));
  const ids = new Set<string>();
  for (const field of fieldsOfForm(alone)) {
    checkField(world, file, field, ids, ofForm);
    const place = {field: field.name, ...world.locate(file, field.path)};
    const fieldId = field.node['x-banli']?.id;
    if (known.some(each => each.node['x-banli']?.id === fieldId)) continue;
    if ([...known, ...besides, ...others].some(each => each.name === field.name)) report(bundleErrors.ID_DUPLICATE, {id: field.name}, place);
    needKnown(report, kinds.group, field.group ?? '', Object.keys(world.permissions.groups), place);
  }
}

function checkLayout(world: World, file: string, layout: FormLayout): void {
  const report = reportInto(world.problems, file);
  const at = (...path: readonly string[]) => ({field: path.join('.'), ...world.locate(file, path)});
  const base = world.forms[layout.form];
  if (!needKnown(report, kinds.form, layout.form, Object.keys(world.forms), at('form')) || !base) return;
  const layers = Object.values(world.extensions).filter(each => each['x-banli-extension'].form === layout.form);
  const own = layers.flatMap(each => fieldsOfForm({...base, properties: each.properties})).flatMap(({node}) => node['x-banli']?.id ?? []);
  const anchors = [...own, ...fieldsOfForm(base).flatMap(({node}) => node['x-banli']?.id ?? [])];
  const needId = (id: string, ids: readonly string[], path: readonly string[]) => generated.test(id) || needKnown(report, kinds.field, id, ids, at(...path));
  for (const [id, {after}] of Object.entries(layout.fields)) {
    needId(id, own, ['fields', id]);
    if (after !== undefined) needId(after, anchors, ['fields', id, 'after']);
  }
  for (const [name, {after}] of Object.entries(layout.sections ?? {})) {
    if (after !== undefined) needKnown(report, kinds.element, after, Object.keys(base.properties), at('sections', name, 'after'));
  }
  for (const [id, {hidden}] of Object.entries(layout.fields)) {
    const by = hidden ? demandedBy(world, layout, id) : [];
    if (by.length > 0) report(bundleErrors.LAYOUT_HIDES_REQUIRED, {field: id, count: by.length, by: by.slice(0, mostNamed).join(', ')}, at('fields', id, 'hidden'));
  }
}

/** So many of those that demand a field are named; the rest are counted. */
const mostNamed = 8;

/** Who demands a field that a layout hides: matters and elements of the catalog, and extension forms that can meet the layout. */
function demandedBy({extensions, manifest, installed}: World, layout: FormLayout, id: string): readonly string[] {
  const code = manifest.classForm?.form === layout.form && generated.test(id) ? id.replace(generated, '') : null;
  const ofCatalog = (code !== null && manifest.classForm && installed.requiredElements?.[manifest.classForm.catalog]?.[code]) || [];
  const ofExtensions = Object.entries(extensions).filter(([, {'x-banli-extension': head, properties}]) => head.form === layout.form && canMeet(layout.areas, head.when?.areas) && placedFields(properties).some(({node}) => isSame(node['x-banli'], id, code) && isDemanded(node)));
  return [...ofCatalog, ...ofExtensions.map(([name]) => `forms/extensions/${name}.form.json`)];
}

function isSame(binding: Partial<FieldBinding> | undefined, id: string, code: string | null): boolean {
  return binding?.id === id || (code !== null && binding?.element === code);
}

/** Whether there can be a place that both belong to; without areas something belongs to all. */
function canMeet(areas: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  return !areas || !others || areas.some(code => others.some(other => code.startsWith(other) || other.startsWith(code)));
}

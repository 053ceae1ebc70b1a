import {createHash} from 'node:crypto';
import {formerLayer, layerForm, layersFor, matterFormsOf, type CaseLayers, type CompiledBundle, type FormLayer, type FormLayout, type FormSchema, type KeptLayers, type LayerSubject} from '@banli/formats';
import type {ElementTables} from '@banli/formats/catalogs';
import {elementLayer} from './element-layer.js';

const formerSection = {name: 'formerSection', title: '原事项要素', titleEn: 'Elements of the former matter'} as const;
/** Forms kept per release; the oldest goes first. */
const mostKept = 300;

/** Finds the layers of a case; `null` when its forms are the base forms as they stand, and can be no others: where a form may take another's place, a case keeps which one it had. `tables` is `null` without a catalog of elements. */
export function findLayers(release: CompiledBundle, subject: LayerSubject, tables: ElementTables | null): KeptLayers | null {
  const {manifest, forms, extensions = {}} = release.bundle;
  const {classForm} = manifest;
  const drawn = classForm && forms[classForm.form];
  const base = drawn && baseOf(release, classForm.form, drawn, subject);
  const classLayer = classForm && base && tables ? elementLayer(tables, {matters: subject.matters, base, group: classForm.group}) : null;
  const extended = Object.keys(forms).some(form => layersFor(form, Object.values(extensions), [], subject).layers.length > 0);
  if (!classLayer && !extended && matterFormsOf(release).standIns.length === 0) return null;
  const layers: CaseLayers = {subject, classLayer};
  return {hash: createHash('sha256').update(JSON.stringify(layers)).digest('hex'), layers};
}

const known = new WeakMap<CompiledBundle, Map<string, CompiledBundle>>();

/**
 * The release as one case sees it: its forms with the layers of the case, and for reading what former classes asked. The same layers give
 * the same object, so whatever is worked out per release or per form is worked out once.
 */
export function layeredRelease(release: CompiledBundle, current: KeptLayers | null, former: readonly KeptLayers[]): CompiledBundle {
  if (!current && former.length === 0) return release;
  const kept = known.get(release) ?? new Map<string, CompiledBundle>();
  known.set(release, kept);
  const key = [current?.hash ?? '', ...former.map(each => each.hash)].join(' ');
  const before = kept.get(key);
  if (before) return before;
  const forms = Object.fromEntries(Object.entries(release.bundle.forms).map(([id, form]) => {
    const own = layersOf(release, id, current);
    const base = baseOf(release, id, form, current?.layers.subject);
    const now = layerForm(base, own.layers, own.layouts);
    const gone = formerLayer(now, former.flatMap(each => [...baseLayer(baseOf(release, id, form, each.layers.subject), base), ...layersOf(release, id, each).layers]), formerSection);
    return [id, Object.keys(gone.properties).length === 0 ? now : layerForm(now, [gone], formerPlace(id, base, now, own.layouts))];
  }));
  const layered: CompiledBundle = {...release, bundle: {...release.bundle, forms}};
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, layered);
  return layered;
}

/** A form as a case has it before anything is laid over it: another one takes the place of the start form where its matter names it. */
function baseOf(release: CompiledBundle, id: string, drawn: FormSchema, subject: LayerSubject | undefined): FormSchema {
  const {start, standIns} = matterFormsOf(release);
  const named = id === start && subject?.form !== undefined && standIns.includes(subject.form) ? release.bundle.forms[subject.form] : undefined;
  return named ?? drawn;
}

/** What a case was asked by a form that another has taken the place of. */
function baseLayer(was: FormSchema, now: FormSchema): readonly FormLayer[] {
  return was === now ? [] : [{id: was['x-banli-form'].id, layer: 'local', title: was['x-banli-form'].title, properties: was.properties}];
}

/** Former answers stand behind those of the class as it is; without one where the layout has them. */
function formerPlace(id: string, base: FormSchema, now: FormSchema, layouts: readonly FormLayout[]): readonly FormLayout[] {
  const last = Object.keys(now.properties).findLast(name => !Object.hasOwn(base.properties, name));
  const own = last === undefined ? [] : [{form: id, fields: {}, sections: {[formerSection.name]: {after: last}}}];
  return [...layouts.map(({form, sections = {}}) => ({form, sections, fields: {}})), ...own];
}

function layersOf({bundle}: CompiledBundle, form: string, kept: KeptLayers | null) {
  if (!kept) return {layers: [], layouts: []};
  const {subject, classLayer} = kept.layers;
  const {layers, layouts} = layersFor(form, Object.values(bundle.extensions ?? {}), Object.values(bundle.layouts ?? {}), subject);
  return {layers: [...(classLayer && bundle.manifest.classForm?.form === form ? [classLayer] : []), ...layers], layouts};
}

import type {FieldPlacement, FormLayout} from '@banli/formats';
import {composeForm, type Composition, type OutlineField} from './compose-form.js';
import type {LayoutFile} from './read-layers.js';

/** A placement with parts to take away named `undefined`. */
export type PlacementPatch = {readonly [Part in keyof FieldPlacement]?: FieldPlacement[Part] | undefined};

/** The text of a layout file. */
export function layoutText(layout: FormLayout): string {
  return `${JSON.stringify(layout, null, 2)}\n`;
}

/** Changes how one field is placed by a layout; what layouts before it say is taken over, as the last one that names a field holds alone. */
export function placeField({layouts}: Pick<Composition, 'layouts'>, target: LayoutFile, id: string, patch: PlacementPatch): LayoutFile {
  const below = belowOf(layouts, target, id);
  const before = target.layout.fields[id] ?? below ?? {};
  const merged = Object.fromEntries(Object.entries({...before, ...patch}).filter(([, value]) => value !== undefined)) as FieldPlacement;
  const {[id]: _gone, ...rest} = target.layout.fields;
  const isSame = JSON.stringify(sorted(merged)) === JSON.stringify(sorted(below ?? {}));
  return {...target, layout: {...target.layout, fields: isSame ? rest : {...target.layout.fields, [id]: merged}}};
}

/** Changes where a section of a layer stands, or what it is called. */
export function placeSection(target: LayoutFile, name: string, patch: NonNullable<FormLayout['sections']>[string]): LayoutFile {
  return {...target, layout: {...target.layout, sections: {...target.layout.sections, [name]: {...target.layout.sections?.[name], ...patch}}}};
}

/**
 * Moves a field up (-1) or down (1) within its section: by its own place where that is enough, else by chaining all fields of layers there.
 * @returns `null` where it cannot go: over the end, or before the fields of the base form.
 */
export function moveField(composition: Composition, target: LayoutFile, id: string, by: -1 | 1): LayoutFile | null {
  const section = composeForm(composition).sections.find(each => each.fields.some(field => field.id === id));
  if (!section) return null;
  const wanted = [...section.fields];
  const at = wanted.findIndex(field => field.id === id);
  const [moved, other] = [wanted[at], wanted[at + by]];
  if (!moved?.isPlaceable || !other || (at + by === 0 && !other.isPlaceable)) return null;
  wanted[at] = other;
  wanted[at + by] = moved;
  const alone = behind(composition, target, wanted, at + by);
  if (isOrdered(composition, alone, section.name, wanted)) return alone;
  const chained = wanted.reduce((file, field, index) => (field.isPlaceable ? behind(composition, file, wanted, index) : file), target);
  return isOrdered(composition, chained, section.name, wanted) ? chained : null;
}

function behind({layouts}: Composition, target: LayoutFile, fields: readonly OutlineField[], index: number): LayoutFile {
  const field = fields[index];
  if (!field) return target;
  return placeField({layouts: replaced(layouts, target)}, target, field.id, {after: fields[index - 1]?.id, section: field.section === field.home ? undefined : field.section});
}

function isOrdered(composition: Composition, target: LayoutFile, name: string, wanted: readonly OutlineField[]): boolean {
  const section = composeForm({...composition, layouts: replaced(composition.layouts, target)}).sections.find(each => each.name === name);
  return section?.fields.map(field => field.id).join(' ') === wanted.map(field => field.id).join(' ');
}

/** The layouts with one of them as it would be; a new one comes last, as that of the narrowest place. */
export function replaced(layouts: readonly LayoutFile[], target: LayoutFile): readonly LayoutFile[] {
  return layouts.some(({path}) => path === target.path) ? layouts.map(each => (each.path === target.path ? target : each)) : [...layouts, target];
}

/** Whether a layout after this one decides about the field. */
export function overruledBy(layouts: readonly LayoutFile[], target: LayoutFile, id: string): LayoutFile | null {
  const at = layouts.findIndex(({path}) => path === target.path);
  return layouts.slice(at + 1).findLast(({layout}) => Object.hasOwn(layout.fields, id)) ?? null;
}

/** A layout for a place that has none: all areas whose code begins like this one, without the zeros at its end. */
export function newLayout(form: string, areaCode: string): LayoutFile {
  const prefix = areaCode.length > 6 ? areaCode : areaCode.replace(/(00)+$/, '');
  return {path: `forms/layouts/${form}${prefix}.layout.json`, layout: {form, areas: [prefix], fields: {}}};
}

function belowOf(layouts: readonly LayoutFile[], target: LayoutFile, id: string): FieldPlacement | undefined {
  const at = layouts.findIndex(({path}) => path === target.path);
  return layouts.slice(0, at === -1 ? layouts.length : at).findLast(({layout}) => Object.hasOwn(layout.fields, id))?.layout.fields[id];
}

function sorted(placement: FieldPlacement): unknown {
  return Object.entries(placement).sort(([left], [right]) => (left < right ? -1 : 1));
}

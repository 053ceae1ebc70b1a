import {isDemanded, layerForm, layersFor, placedFields, type FieldAccess, type FieldPlacement, type FormLayer, type FormNode, type FormSchema, type LayerSubject, type PermissionsFile} from '@banli/formats';
import {fieldsOf, orderNodes} from '@banli/ui/logic';
import {layoutsFor, type FormParts, type LayoutFile} from './read-layers.js';

/** Where something of a field comes from: the form drawn by hand, the class of the catalog, a line, a place. */
export interface FieldSource {
  readonly layer: 'base' | FormLayer['layer'];
  readonly title: FormLayer['title'] | null;
}

/** A field as the outline shows it. `id` is the stable one; only what a layer adds can be placed. */
export interface OutlineField {
  readonly id: string;
  readonly name: string;
  readonly node: FormNode;
  readonly section: string;
  /** The section its layer has for it. */
  readonly home: string;
  readonly sources: readonly FieldSource[];
  readonly isPlaceable: boolean;
  readonly isDemanded: boolean;
  readonly placement: FieldPlacement;
}

/** A titled part of the form with its fields in reading order. */
export interface OutlineSection {
  readonly name: string;
  readonly node: FormNode;
  readonly fields: readonly OutlineField[];
}

/** A form with its layers, and what each part of it comes from. */
export interface ComposedForm {
  readonly schema: FormSchema;
  readonly sections: readonly OutlineSection[];
  readonly hidden: readonly OutlineField[];
}

/** Everything a form is composed of. */
export interface Composition {
  /** Id of the form that layers and layouts are written for; another one may stand in for it. */
  readonly form: string;
  readonly base: FormSchema;
  readonly layers: readonly FormLayer[];
  readonly layouts: readonly LayoutFile[];
}

/** The layers and layouts of a subject, the class form among them. @param base - The base form of the bundle, or what stands in for it. */
export function compositionOf(parts: FormParts, base: FormSchema, subject: LayerSubject, classLayer: FormLayer | null): Composition {
  const form = (parts.base ?? base)['x-banli-form'].id;
  const {layers} = layersFor(form, parts.extensions, [], subject);
  return {form, base, layers: [...(classLayer ? [classLayer] : []), ...layers], layouts: layoutsFor(parts.layouts, subject)};
}

/** The composed form of a case, with fields that layouts hide set apart. */
export function composeForm({base, layers, layouts}: Omit<Composition, 'form'>): ComposedForm {
  const own = layouts.map(({layout}) => layout);
  const schema = layerForm(base, layers, own);
  const placements: Readonly<Record<string, FieldPlacement>> = Object.assign({}, ...own.map(layout => layout.fields));
  const shown = layerForm(base, layers, own.map(layout => ({...layout, fields: Object.fromEntries(Object.entries(layout.fields).map(([id, {hidden: _hidden, ...rest}]) => [id, rest]))})));
  const homes = homesOf(layers);
  const baseNames = new Set(placedFields(base.properties).map(field => field.name));
  const describe = (name: string, node: FormNode, section: string): OutlineField => {
    const id = node['x-banli']?.id ?? name;
    return {id, name, node, section, home: homes.get(id) ?? section, sources: sourcesOf(base, layers, name, node), isPlaceable: !baseNames.has(name), isDemanded: isDemanded(node), placement: placements[id] ?? {}};
  };
  const present = new Set(placedFields(schema.properties).map(field => field.name));
  const titles = new Map(orderNodes(schema.properties));
  const sections = new Map<string, OutlineField[]>();
  for (const {name, node, section} of fieldsOf(schema)) sections.set(section ?? '', [...(sections.get(section ?? '') ?? []), describe(name, node, section ?? '')]);
  return {
    schema,
    sections: [...sections].map(([name, fields]) => ({name, fields, node: titles.get(name) ?? {type: 'void'}})),
    hidden: fieldsOf(shown).filter(({name}) => !present.has(name)).map(({name, node, section}) => describe(name, node, section ?? '')),
  };
}

function homesOf(layers: readonly FormLayer[]): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const {name, node, path} of layers.flatMap(layer => placedFields(layer.properties))) {
    const id = node['x-banli']?.id ?? name;
    if (!homes.has(id)) homes.set(id, path[0] ?? '');
  }
  return homes;
}

function sourcesOf(base: FormSchema, layers: readonly FormLayer[], name: string, node: FormNode): readonly FieldSource[] {
  const {id, element} = node['x-banli'] ?? {};
  const holds = (properties: FormSchema['properties']): boolean => placedFields(properties).some(field => field.name === name || field.node['x-banli']?.id === id || (element !== undefined && field.node['x-banli']?.element === element));
  return [
    ...(holds(base.properties) ? [{layer: 'base' as const, title: null}] : []),
    ...layers.filter(layer => holds(layer.properties)).map(({layer, title}) => ({layer, title})),
  ];
}

const order: readonly FieldAccess[] = ['hidden', 'read', 'edit', 'required'];

/** What may be done with the fields at the first step of the matrix, where a case begins; everything where the matrix cannot be read. */
export function firstStepAccess(schema: FormSchema, permissions: PermissionsFile | null): Readonly<Record<string, FieldAccess>> {
  const rights = Object.values(permissions?.steps ?? {})[0];
  return Object.fromEntries(placedFields(schema.properties).map(({name, group}) => {
    if (!permissions || !rights) return [name, 'edit'];
    const named = Object.keys(permissions.groups).filter(each => permissions.groups[each]?.includes(name));
    const groups = named.length > 0 || group === null ? named : [group];
    const best = groups.map(each => rights[each] ?? 'hidden').sort((left, right) => order.indexOf(right) - order.indexOf(left))[0];
    return [name, rights[name] ?? best ?? 'hidden'];
  }));
}

import type {FieldBinding, FormNode, FormSchema} from '../form.js';
import {isDemanded, placedFields, type FieldPlacement, type FormLayer, type FormLayout} from './layer.js';
import {mergeField} from './merge-field.js';

type Nodes = Readonly<Record<string, FormNode>>;

/** A field that a layer adds: where it belongs, and the group it has there. */
interface Added {
  readonly name: string;
  readonly node: FormNode;
  readonly section: string;
}

/**
 * Lays layers over a base form, in their order. A field whose id, or whose element, is there already is merged into it (`mergeField`);
 * any other is added to the section of its layer. Layouts place, rename and hide what layers add; the last one wins. Nodes that nothing
 * touches stay the same objects, so whatever is kept per node holds for them. What is required is never hidden.
 *
 * @throws Error when a layer brings a name that another field has: the checks of bundle and catalog let no such layer through.
 */
export function layerForm(base: FormSchema, layers: readonly FormLayer[], layouts: readonly FormLayout[] = []): FormSchema {
  if (layers.length === 0) return base;
  const {merged, added, sections} = collect(base, layers);
  const placements = Object.assign({}, ...layouts.map(layout => layout.fields)) as Readonly<Record<string, FieldPlacement>>;
  const sectionPlaces = Object.assign({}, ...layouts.map(layout => layout.sections ?? {})) as NonNullable<FormLayout['sections']>;
  let properties = merged.size === 0 ? base.properties : replaceFields(base.properties, merged);
  // What stands behind the same neighbour keeps its own order.
  const tails = new Map<string, string>();
  for (const [name, node] of sections) {
    if (findVoid(properties, name)) continue;
    const after = sectionPlaces[name]?.after ?? '';
    properties = putSection(properties, name, titled(node, sectionPlaces[name]), tails.get(after) ?? after);
    tails.set(after, name);
  }
  const ends = new Map<string, string>();
  for (const {id, field, placement, after} of inOrder(added, placements)) {
    properties = putField(properties, {...field, node: titled(field.node, placement)}, after === undefined ? placement : {...placement, after: ends.get(after) ?? after});
    if (after !== undefined) ends.set(after, id);
  }
  return {...base, properties: dropEmpty(properties, new Set(sections.keys()))};
}

/** Fields of layers that a case had before, for reading only: those that its form has no longer. */
export function formerLayer(form: FormSchema, former: readonly FormLayer[], section: {readonly name: string; readonly title: string; readonly titleEn: string}): FormLayer {
  const present = new Set(placedFields(form.properties).flatMap(({name, node}) => [name, node['x-banli']?.id, node['x-banli']?.element ?? null]));
  const kept: Record<string, FormNode> = {};
  for (const {name, node, group} of former.flatMap(layer => placedFields(layer.properties))) {
    const binding: Partial<FieldBinding> = node['x-banli'] ?? {};
    if (present.has(name) || present.has(binding.id) || (binding.element !== undefined && present.has(binding.element)) || kept[name]) continue;
    const {requiredWhen: _required, visibleWhen: _visible, check: _check, checkMessage: _message, compute: _compute, ...rest} = binding;
    kept[name] = {...node, 'x-banli': {...rest, id: binding.id ?? name, ...(group === null ? {} : {group}), retired: true}};
  }
  const properties = Object.keys(kept).length === 0 ? {} : {[section.name]: {type: 'void' as const, title: section.title, 'x-component': 'Section', 'x-component-props': {titleEn: section.titleEn}, properties: kept}};
  return {id: 'former', layer: 'local', title: {'zh-CN': section.title, en: section.titleEn}, properties};
}

interface Placing {
  readonly id: string;
  readonly field: Added;
  readonly placement: FieldPlacement | undefined;
  /** Behind which field: where the one that is named is not on the form, the one that it would stand behind itself. */
  readonly after: string | undefined;
}

/** What is shown, so that whatever stands behind an added field comes after it; those in a circle as if nothing were said. */
function inOrder(added: ReadonlyMap<string, Added>, placements: Readonly<Record<string, FieldPlacement>>): readonly Placing[] {
  const placementOf = (id: string) => (Object.hasOwn(placements, id) ? placements[id] : undefined);
  const shown = new Map([...added].filter(([id, field]) => !placementOf(id)?.hidden || isDemanded(field.node)));
  const anchorOf = (id: string, seen: ReadonlySet<string>): string | undefined => {
    const after = placementOf(id)?.after;
    if (after === undefined || shown.has(after) || seen.has(after)) return after;
    return anchorOf(after, new Set([...seen, after])) ?? after;
  };
  let waiting = [...shown].map(([id, field]): Placing => ({id, field, placement: placementOf(id), after: anchorOf(id, new Set([id]))}));
  const ordered: Placing[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({id}) => id));
    const next = waiting.filter(({after}) => after === undefined || !open.has(after));
    ordered.push(...(next.length === 0 ? waiting : next));
    waiting = next.length === 0 ? [] : waiting.filter(each => !next.includes(each));
  }
  return ordered;
}

function collect(base: FormSchema, layers: readonly FormLayer[]): {readonly merged: Map<string, FormNode>; readonly added: Map<string, Added>; readonly sections: Map<string, FormNode>} {
  const names = new Map(placedFields(base.properties).map(field => [field.name, field.node]));
  const merged = new Map<string, FormNode>();
  const added = new Map<string, Added>();
  const sections = new Map<string, FormNode>();
  const nameOf = (binding: Partial<FieldBinding>) => [...names].find(([, node]) => node['x-banli']?.id === binding.id || (binding.element !== undefined && node['x-banli']?.element === binding.element))?.[0];
  for (const layer of layers) {
    for (const [name, node] of Object.entries(layer.properties)) if (node.type === 'void' && !sections.has(name)) sections.set(name, {...node, properties: {}});
    for (const {name, node, path, group} of placedFields(layer.properties)) {
      const binding: Partial<FieldBinding> = node['x-banli'] ?? {};
      const known = nameOf(binding);
      if (known === undefined) {
        if (names.has(name)) throw new Error(`The layer ${layer.id} brings a second field "${name}".`);
        const own = group === null || binding.group !== undefined ? node : {...node, 'x-banli': {...binding, id: binding.id ?? name, group}};
        names.set(name, own);
        added.set(binding.id ?? name, {name, node: own, section: path[0] ?? ''});
        continue;
      }
      const next = mergeField(names.get(known) ?? node, node);
      names.set(known, next);
      const before = [...added].find(([, field]) => field.name === known);
      if (before) added.set(before[0], {...before[1], node: next});
      else merged.set(known, next);
    }
  }
  return {merged, added, sections};
}

function replaceFields(nodes: Nodes, by: ReadonlyMap<string, FormNode>): Nodes {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => {
    if (node.type !== 'void') return [name, by.get(name) ?? node];
    const inner = node.properties ?? {};
    return [name, placedFields(inner).some(field => by.has(field.name)) ? {...node, properties: replaceFields(inner, by)} : node];
  }));
}

function titled(node: FormNode, words: Pick<FieldPlacement, 'title' | 'help' | 'width'> | undefined): FormNode {
  if (!words?.title && !words?.help && !words?.width) return node;
  const {title, help, width} = words;
  const binding = node['x-banli'];
  const english = title?.en === undefined ? {} : {titleEn: title.en};
  return {
    ...node,
    ...(title ? {title: title['zh-CN']} : {}),
    ...(width ? {'x-decorator-props': {...node['x-decorator-props'], gridSpan: width === 'two' ? 2 : 1}} : {}),
    ...(node.type === 'void' ? {'x-component-props': {...node['x-component-props'], ...english}} : {'x-banli': {...(binding as FieldBinding), ...english, ...(help ? {help} : {})}}),
  };
}

function findVoid(nodes: Nodes, name: string): boolean {
  return Object.entries(nodes).some(([key, node]) => node.type === 'void' && (key === name || findVoid(node.properties ?? {}, name)));
}

function putSection(nodes: Nodes, name: string, node: FormNode, after: string): Nodes {
  return insert(nodes, Object.hasOwn(nodes, after) ? after : undefined, name, node);
}

/** Inserts behind the named node, else at the end; with an index like its neighbour's where the form orders by index. */
function insert(nodes: Nodes, after: string | undefined, name: string, node: FormNode): Nodes {
  const entries = Object.entries(nodes);
  const at = after === undefined ? entries.length : entries.findIndex(([key]) => key === after) + 1;
  const indexes = after === undefined ? entries.flatMap(([, each]) => (typeof each['x-index'] === 'number' ? [each['x-index']] : [])) : [nodes[after]?.['x-index']].filter(index => typeof index === 'number');
  const placed = indexes.length === 0 ? node : {...node, 'x-index': Math.max(...indexes)};
  return Object.fromEntries([...entries.slice(0, at), [name, placed], ...entries.slice(at)]);
}

function putField(nodes: Nodes, field: Added, placement: FieldPlacement | undefined): Nodes {
  const {after, section = field.section} = placement ?? {};
  const behind = after === undefined ? null : putBehind(nodes, after, field);
  if (behind) return behind;
  return putInto(nodes, section, field) ?? putInto(nodes, field.section, field) ?? insert(nodes, undefined, field.name, field.node);
}

function putBehind(nodes: Nodes, after: string, field: Added): Nodes | null {
  const anchor = Object.entries(nodes).find(([, node]) => node.type !== 'void' && node['x-banli']?.id === after);
  return anchor ? insert(nodes, anchor[0], field.name, field.node) : within(nodes, inner => putBehind(inner, after, field));
}

function putInto(nodes: Nodes, section: string, field: Added): Nodes | null {
  const node = nodes[section];
  if (node?.type !== 'void') return within(nodes, inner => putInto(inner, section, field));
  const inner = node.properties ?? {};
  const grid = Object.keys(inner).findLast(name => inner[name]?.type === 'void' && inner[name]['x-component'] === 'Grid');
  const next = grid === undefined ? insert(inner, undefined, field.name, field.node) : {...inner, [grid]: {...(inner[grid] as FormNode), properties: insert(inner[grid]?.properties ?? {}, undefined, field.name, field.node)}};
  return {...nodes, [section]: {...node, properties: next}};
}

/** Tries a change in each layout node; only the path to the one that took it is new. */
function within(nodes: Nodes, change: (inner: Nodes) => Nodes | null): Nodes | null {
  for (const [name, node] of Object.entries(nodes)) {
    const next = node.type === 'void' ? change(node.properties ?? {}) : null;
    if (next) return {...nodes, [name]: {...node, properties: next}};
  }
  return null;
}

function dropEmpty(nodes: Nodes, sections: ReadonlySet<string>): Nodes {
  return Object.fromEntries(Object.entries(nodes).filter(([name, node]) => !(sections.has(name) && node.type === 'void' && placedFields(node.properties ?? {}).length === 0)));
}

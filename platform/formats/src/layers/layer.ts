import type {FormNode, FormSchema} from '../form.js';
import type {LocalizedText} from '../text.js';

/**
 * Something laid over a base form: sections with fields, merged by stable field id.
 * `class` is generated from a catalog, `line` belongs to a hotline or branch of matters (一条线一表单), `local` to a place.
 */
export interface FormLayer {
  readonly id: string;
  readonly layer: 'class' | 'line' | 'local';
  readonly title: LocalizedText;
  readonly properties: Readonly<Record<string, FormNode>>;
}

/** `forms/extensions/<id>.form.json`: a layer written by hand, and the cases it belongs to. */
export interface FormExtension {
  readonly type: 'object';
  readonly 'x-banli-extension': {
    readonly id: string;
    /** The base form it is laid over. */
    readonly form: string;
    readonly title: LocalizedText;
    readonly layer: 'line' | 'local';
    /** Without it only where a matter names the form in the catalog. */
    readonly when?: LayerCondition;
  };
  readonly properties: Readonly<Record<string, FormNode>>;
}

/** Every part that is given must fit: a matter or one of its branches, a channel, the beginning of the area code of the accepting unit. */
export interface LayerCondition {
  readonly matters?: readonly string[];
  readonly channels?: readonly string[];
  readonly areas?: readonly string[];
}

/** `forms/layouts/<id>.layout.json`: where fields of layers stand, by stable field id. Base forms are laid out by hand themselves. */
export interface FormLayout {
  readonly form: string;
  /** Only for units whose area code begins so; without it everywhere. */
  readonly areas?: readonly string[];
  /** Sections that layers bring, by name. */
  readonly sections?: Readonly<Record<string, {readonly after?: string; readonly title?: LocalizedText}>>;
  readonly fields: Readonly<Record<string, FieldPlacement>>;
}

/**
 * How one field of a layer is shown. `after` is a field id; `section` a layout node of base form or layer; `width` how many columns it
 * takes. Only what nobody demands may be `hidden`: the check of a bundle refuses it for other fields, and a form shows them all the same.
 */
export interface FieldPlacement {
  readonly hidden?: true;
  readonly width?: 'one' | 'two';
  readonly title?: LocalizedText;
  readonly help?: LocalizedText;
  readonly section?: string;
  readonly after?: string;
}

/** What decides about the layers of a case. `matters` holds the matter and its branches; the area is that of the accepting unit. */
export interface LayerSubject {
  readonly matters: readonly string[];
  readonly channel: string | null;
  readonly areaCode: string;
  /** The form that the matter names beside the one of the start: an extension, or a form that takes the start form's place. */
  readonly form?: string;
}

/** The layers of one case as they are kept with it: whatever is published later, its form stays. */
export interface CaseLayers {
  readonly subject: LayerSubject;
  /** Generated from the catalog as of the moment the case got this class; `null` when it names nothing for the matter. */
  readonly classLayer: FormLayer | null;
}

/** Layers with the hash they are kept under. */
export interface KeptLayers {
  readonly hash: string;
  readonly layers: CaseLayers;
}

/** Says whether a layer belongs to a case. */
export function fitsSubject(when: LayerCondition, subject: LayerSubject): boolean {
  if (when.matters && !when.matters.some(code => subject.matters.includes(code))) return false;
  if (when.channels && !(subject.channel !== null && when.channels.includes(subject.channel))) return false;
  return !when.areas || when.areas.some(code => subject.areaCode.startsWith(code));
}

/** Whether an extension form belongs to a case: its matter names it, or its condition fits. */
export function isAskedFor({'x-banli-extension': {id, when}}: FormExtension, subject: LayerSubject): boolean {
  return subject.form === id || (when !== undefined && fitsSubject(when, subject));
}

/** An extension file as a layer. */
export function layerOf({'x-banli-extension': {id, layer, title}, properties}: FormExtension): FormLayer {
  return {id, layer, title, properties};
}

/** The layers and layouts of a form that belong to a case: lines before local additions, general layouts before those of places. */
export function layersFor(form: string, extensions: readonly FormExtension[], layouts: readonly FormLayout[], subject: LayerSubject): {readonly layers: readonly FormLayer[]; readonly layouts: readonly FormLayout[]} {
  const own = extensions.filter(each => each['x-banli-extension'].form === form && isAskedFor(each, subject)).map(layerOf);
  const fitting = layouts.filter(layout => layout.form === form && (!layout.areas || fitsSubject({areas: layout.areas}, subject)));
  return {
    layers: [...own.filter(each => each.layer === 'line'), ...own.filter(each => each.layer === 'local')],
    layouts: [...fitting].sort((left, right) => Math.max(0, ...(left.areas ?? []).map(code => code.length)) - Math.max(0, ...(right.areas ?? []).map(code => code.length))),
  };
}

/** A value field of a form with its name, its layout nodes from the outside in, and the group it stands in. */
export interface PlacedField {
  readonly name: string;
  readonly node: FormNode;
  readonly path: readonly string[];
  readonly group: string | null;
}

/** Value fields below some nodes, in the order written. */
export function placedFields(properties: FormSchema['properties'], path: readonly string[] = [], group: string | null = null): readonly PlacedField[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    const own = node['x-banli']?.group ?? group;
    return node.type === 'void' ? placedFields(node.properties ?? {}, [...path, name], own) : [{name, node, path, group: own}];
  });
}

/** Whether a field is required, always or by a rule: a layout cannot hide it. */
export function isDemanded(node: FormNode): boolean {
  const rule = node['x-banli']?.requiredWhen;
  return node['required'] === true || (rule !== undefined && rule !== 'false');
}

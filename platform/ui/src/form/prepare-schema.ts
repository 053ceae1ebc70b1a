import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {orderNodes} from './fields-of.js';

/** Formily's JSON schema as the renderer hands it over. */
export type PreparedSchema = Record<string, unknown>;

const layouts = new Set(['Section', 'Grid']);

/**
 * Makes the schema that Formily renders: fields without access are left out, empty layout nodes too, and every node keeps only what the
 * renderer knows. A stored form therefore cannot name an HTML element, a script property or an event handler.
 *
 * @param known - Components that may be named; any other becomes `MissingWidget`.
 */
export function prepareSchema(schema: FormSchema, access: Readonly<Record<string, FieldAccess>>, known: ReadonlySet<string>): PreparedSchema {
  return {type: 'object', properties: prepareNodes(schema.properties, access, known)};
}

function prepareNodes(nodes: Readonly<Record<string, FormNode>>, access: Readonly<Record<string, FieldAccess>>, known: ReadonlySet<string>): PreparedSchema {
  const prepared: PreparedSchema = {};
  for (const [name, node] of orderNodes(nodes)) {
    const next = node.type === 'void' ? prepareLayout(name, node, access, known) : prepareField(name, node, access, known);
    if (next) prepared[name] = {...next, 'x-index': Object.keys(prepared).length};
  }
  return prepared;
}

function prepareLayout(name: string, node: FormNode, access: Readonly<Record<string, FieldAccess>>, known: ReadonlySet<string>): PreparedSchema | null {
  const properties = prepareNodes(node.properties ?? {}, access, known);
  if (Object.keys(properties).length === 0) return null;
  const component = node['x-component'] ?? 'Section';
  return {type: 'void', 'x-component': layouts.has(component) ? component : 'Section', 'x-component-props': {name}, properties};
}

function prepareField(name: string, node: FormNode, access: Readonly<Record<string, FieldAccess>>, known: ReadonlySet<string>): PreparedSchema | null {
  if ((access[name] ?? 'hidden') === 'hidden') return null;
  const component = node['x-component'] ?? defaultComponent(node);
  return {
    type: node.type === 'object' || node.type === 'array' ? 'string' : node.type,
    'x-component': known.has(component) && !layouts.has(component) ? componentKey(component) : 'MissingWidget',
    'x-component-props': {name},
    'x-decorator': 'FieldFrame',
    'x-decorator-props': {name},
  };
}

/** The component for a field that names none. */
export function defaultComponent(node: FormNode): string {
  if (node.enum) return node.type === 'array' ? 'Select' : node.enum.length <= 4 ? 'Radio.Group' : 'Select';
  if (node.type === 'boolean') return 'Checkbox';
  if (node.type === 'number' || node.type === 'integer') return 'NumberPicker';
  return (node.maxLength ?? 0) > 200 ? 'Input.TextArea' : 'Input';
}

/** Formily reads a dot in a component's name as a path, so `Input.TextArea` is registered as `Input_TextArea`. */
export function componentKey(name: string): string {
  return name.replaceAll('.', '_');
}

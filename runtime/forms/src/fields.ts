import type {FieldBinding, FormNode, FormSchema} from '@banli/formats';

/** A value field of a form as the server needs it. */
export interface FieldRule {
  readonly name: string;
  readonly title: string;
  readonly node: FormNode;
  readonly binding: Partial<FieldBinding>;
  /** Own group, or the nearest layout node's. */
  readonly group: string | null;
}

const known = new WeakMap<FormSchema, ReadonlyMap<string, FieldRule>>();

/** The value fields of a form by name, in the order shown; layout nodes are left out. Kept per form object. */
export function fieldsOf(form: FormSchema): ReadonlyMap<string, FieldRule> {
  const kept = known.get(form);
  if (kept) return kept;
  const fields = new Map<string, FieldRule>();
  collect(form.properties, null, fields);
  known.set(form, fields);
  return fields;
}

function collect(properties: Readonly<Record<string, FormNode>>, group: string | null, fields: Map<string, FieldRule>): void {
  for (const [name, node] of Object.entries(properties)) {
    const binding: Partial<FieldBinding> = node['x-banli'] ?? {};
    const own = binding.group ?? group;
    if (node.type === 'void') collect(node.properties ?? {}, own, fields);
    else fields.set(name, {name, title: node.title ?? name, node, binding, group: own});
  }
}

/** Says whether a value counts as not filled in: null, empty text, empty list. `false` and `0` are values. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

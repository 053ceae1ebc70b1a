import type {FieldBinding, FormNode, FormSchema, PermissionsFile} from '@banli/formats';
import {createFormModel, SchemaForm, useLanguage, useUiText, type FormServices} from '@banli/ui';
import {useMemo} from 'react';
import {useText} from '../texts/hook.js';
import {firstStepAccess} from './compose-form.js';

/** The form as it is filled in when a case begins, at the width of a desk or of a phone; what is typed here is kept nowhere. */
export function FormPreview({schema, permissions, values, notes, services, isPhone}: {
  readonly schema: FormSchema;
  readonly permissions: PermissionsFile | null;
  readonly values: Readonly<Record<string, unknown>>;
  /** Words behind the titles of fields, by name. */
  readonly notes: Readonly<Record<string, string>>;
  readonly services: FormServices;
  readonly isPhone: boolean;
}) {
  const text = useText();
  const t = useUiText();
  const language = useLanguage();
  const model = useMemo(
    () => createFormModel({id: 'layout-preview', schema: {...schema, properties: withNotes(schema.properties, notes)}, access: firstStepAccess(schema, permissions), values, context: {round: 1}, tools: () => ({language, t})}),
    [schema, permissions, values, notes, language, t],
  );
  return (
    <section className={`designer-layout-preview${isPhone ? ' designer-layout-phone' : ''}`} aria-label={text('layout.preview')} data-width={isPhone ? 'phone' : 'desk'}>
      <SchemaForm model={model} services={services} anchors={false} />
    </section>
  );
}

type Nodes = Readonly<Record<string, FormNode>>;

function withNotes(nodes: Nodes, notes: Readonly<Record<string, string>>): Nodes {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => {
    if (node.type === 'void') return [name, {...node, properties: withNotes(node.properties ?? {}, notes)}];
    const note = notes[name];
    const binding = node['x-banli'];
    const english = binding?.titleEn;
    return [name, note === undefined ? node : {...node, title: `${node.title ?? name} · ${note}`, ...(english === undefined ? {} : {'x-banli': {...(binding as FieldBinding), titleEn: `${english} · ${note}`}})}];
  }));
}

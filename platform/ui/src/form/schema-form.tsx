import './compiler.js';
import {EditOutlined} from '@ant-design/icons';
import {createSchemaField, FormProvider} from '@formily/react';
import {useMemo, type ComponentType} from 'react';
import {useUiText} from '../i18n/hooks.js';
import {builtInFields, frameParts} from './components.js';
import {FormSurroundingsProvider} from './form-context.js';
import type {FormModel} from './form-model.js';
import {sectionId, useShownSections} from './layout.js';
import {componentKey, prepareSchema} from './prepare-schema.js';
import type {FormServices} from './services.js';
import './form.css';

/** What `SchemaForm` takes. */
export interface SchemaFormProps {
  readonly model: FormModel;
  readonly services: FormServices;
  /** Components of plugins, from `widgetComponents`. */
  readonly widgets?: Readonly<Record<string, ComponentType<{readonly name: string}>>>;
  /** Leaves out read-only fields without a value. */
  readonly hideEmpty?: boolean;
  /** Words beside fields that only some ways of finishing ask for. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Jumps to the sections above the form; default from 4 sections on. */
  readonly anchors?: boolean;
}

const none = {};

/** Draws a form from its schema: the only renderer, for the workbench, the preview of the designer and public pages. */
export function SchemaForm({model, services, widgets = none, hideEmpty = false, notes = none, anchors}: SchemaFormProps) {
  const surroundings = useMemo(() => ({model, services, hideEmpty, notes}), [model, services, hideEmpty, notes]);
  const SchemaField = useMemo(() => createSchemaField({components: byKey({...builtInFields, ...widgets, ...frameParts})}), [widgets]);
  const schema = useMemo(() => prepareSchema(model.schema, model.access, new Set([...Object.keys(builtInFields), ...Object.keys(widgets), 'Section', 'Grid'])), [model, widgets]);
  const sections = useShownSections(model, hideEmpty);
  return (
    <FormProvider form={model.form}>
      <FormSurroundingsProvider value={surroundings}>
        <div className="banli-form">
          {(anchors ?? sections.length > 3) ? <Anchors model={model} sections={sections} /> : null}
          <SchemaField schema={schema} />
        </div>
      </FormSurroundingsProvider>
    </FormProvider>
  );
}

function Anchors({model, sections}: {readonly model: FormModel; readonly sections: ReturnType<typeof useShownSections>}) {
  const t = useUiText();
  const isMixed = sections.some(({edit}) => edit) && sections.some(({edit}) => !edit);
  return (
    <nav className="banli-anchors" aria-label={t('form.sections')}>
      {sections.map(section => (
        <button key={section.name} type="button" className={`banli-anchor${isMixed && section.edit ? ' banli-anchor-edit' : ''}`} onClick={() => document.getElementById(sectionId(model.id, section.name))?.scrollIntoView({block: 'start'})}>
          {isMixed && section.edit ? <EditOutlined aria-label={t('form.toFill')} /> : null}
          {section.title}
        </button>
      ))}
    </nav>
  );
}

function byKey(components: Readonly<Record<string, ComponentType<{readonly name: string}>>>): Record<string, ComponentType<{readonly name: string}>> {
  return Object.fromEntries(Object.entries(components).map(([name, component]) => [componentKey(name), component]));
}

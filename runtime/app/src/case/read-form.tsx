import type {CaseViewJson} from '@banli/api';
import {createFormModel, SchemaForm, useLanguage, useUiText} from '@banli/ui';
import {useMemo} from 'react';
import {useFormServices} from '../http/form-services.js';
import {widgets} from '../plugins.js';
import {caseContext, caseSchema, readOnly} from './case-data.js';

/** The whole form as text, as far as this person may read it. */
export function ReadForm({view, id = 'detail'}: {readonly view: CaseViewJson; readonly id?: string}) {
  const t = useUiText();
  const language = useLanguage();
  const services = useFormServices(view.head.id);
  const model = useMemo(
    () => createFormModel({id, schema: caseSchema(view), access: readOnly(view.form.access), values: view.form.values, context: caseContext(view), tools: () => ({language, t})}),
    [id, view, language, t],
  );
  return <SchemaForm model={model} services={services} widgets={widgets} hideEmpty anchors={false} />;
}

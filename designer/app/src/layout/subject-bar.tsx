import {catalogLifeRoutes} from '@banli/api';
import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {createFormModel, SchemaForm, useLanguage, useLocalize, useUiText, type FormServices} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {useMemo, useRef} from 'react';
import {api} from '../http/api.js';
import {useCan} from '../session/session-gate.js';
import {useText} from '../texts/hook.js';
import {boundCatalog, type FormParts} from './read-layers.js';
import type {Subject} from './use-layers.js';

const openStates = new Set(['editing', 'inReview', 'approved', 'failed']);
const mostSets = 50;

/** Chooses whose form is shown: matter, line, place, day, a form that stands in for the base form, and the catalog as published or as a change set would have it. */
export function SubjectBar({parts, subject, services, onChange}: {readonly parts: FormParts; readonly subject: Subject; readonly services: FormServices; readonly onChange: (subject: Subject) => void}) {
  const text = useText();
  const t = useUiText();
  const language = useLanguage();
  const localize = useLocalize();
  const sets = useChangeSets(parts);
  const latest = useRef(onChange);
  latest.current = onChange;
  const start = useRef(subject);
  const model = useMemo(() => {
    const catalog = (meaning: 'matter' | 'channel' | 'area', title: string): Record<string, FormNode> => {
      const id = boundCatalog(parts, meaning);
      return id === null ? {} : {[meaning]: {type: 'string', title, 'x-component': 'CatalogSelect', 'x-banli': {id: meaning, catalog: {id, leafOnly: meaning === 'matter'}}}};
    };
    const properties: FormSchema['properties'] = {
      ...catalog('matter', text('layout.matter')), ...catalog('channel', text('layout.channel')), ...catalog('area', text('layout.area')),
      day: {type: 'string', format: 'date', title: text('layout.day'), 'x-component': 'DatePicker', 'x-banli': {id: 'day'}},
      ...(parts.standIns.length === 0 ? {} : {form: {type: 'string' as const, title: text('layout.form'), enum: parts.standIns.map(({'x-banli-form': {id, title}}) => ({value: id, label: localize(title)})), 'x-component': 'Select', 'x-banli': {id: 'form'}}}),
      ...(sets.length === 0 ? {} : {changeId: {type: 'string' as const, title: text('layout.state'), enum: sets.map(({id, title}) => ({value: id, label: title})), 'x-component': 'Select', 'x-banli': {id: 'changeId'}}}),
    };
    const schema: FormSchema = {type: 'object', 'x-banli-form': {id: 'subject', title: {'zh-CN': text('layout.subject')}}, properties: {bar: {type: 'void', 'x-component': 'Grid', properties}}};
    const access: Record<string, FieldAccess> = Object.fromEntries(Object.keys(properties).map(name => [name, 'edit']));
    const filled = Object.fromEntries(Object.entries(start.current).filter(([, value]) => value !== ''));
    return createFormModel({id: 'layout-subject', schema, access, values: filled, context: {}, tools: () => ({language, t}), onInput: values => {
      const read = (name: keyof Subject) => (typeof values[name] === 'string' ? values[name] : '');
      start.current = {matter: read('matter'), channel: read('channel'), area: read('area'), day: read('day'), changeId: read('changeId'), form: read('form')};
      latest.current(start.current);
    }});
  }, [parts.manifest, parts.base, parts.standIns, sets, text, t, language, localize]);
  return <div className="designer-layout-subject" role="group" aria-label={text('layout.subject')}><SchemaForm key={`${model.id}${sets.length}.${parts.standIns.length}`} model={model} services={services} anchors={false} /></div>;
}

/** Change sets of the catalog of elements that are still open, as far as this person may see them. */
function useChangeSets({manifest}: FormParts): ReadonlyArray<{readonly id: string; readonly title: string}> {
  const mayRead = useCan('catalogs.read');
  const catalogId = manifest?.classForm?.catalog ?? '';
  const {data} = useQuery({queryKey: ['change-sets', catalogId], queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {limit: mostSets}}), enabled: mayRead && catalogId !== ''});
  return useMemo(() => (data?.changes ?? []).filter(({state}) => openStates.has(state)).map(({id, title}) => ({id, title})), [data]);
}

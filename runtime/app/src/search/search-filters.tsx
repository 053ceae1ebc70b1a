import type {inboxRoutes, AnswerOf} from '@banli/api';
import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {createFormModel, SchemaForm, useLanguage, useLocalize, useUiText} from '@banli/ui';
import {useMemo, useRef} from 'react';
import {useFormServices} from '../http/form-services.js';
import {useText} from '../texts/hook.js';
import type {AppKey} from '../texts/zh-cn.js';
import {dueStates, filterNames, statuses, type SearchFilters} from './filter-values.js';

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;

/** Filters that only the board of limits sets; they are taken away as they are shown. `closed`, `inTime` and `lapsed` are two days, joined by `_`. */
const hiddenFilters = ['group', 'closed', 'inTime', 'lapsed'] as const;

/** What each filter is called. */
export const filterTitle = {state: 'search.f.state', matter: 'search.f.matter', area: 'search.f.area', unit: 'search.f.unit', from: 'search.f.from', to: 'search.f.to', part: 'search.f.part', due: 'search.f.due', group: 'search.f.group', closed: 'search.f.closed', inTime: 'search.f.inTime', lapsed: 'search.f.lapsed'} as const satisfies Record<(typeof filterNames)[number], AppKey>;

/** State, matter, place, unit, days, and one's own part, beside the words. */
export function SearchFilterForm({filters, states, onChange}: {readonly filters: SearchFilters; readonly states: States; readonly onChange: (filters: SearchFilters) => void}) {
  const text = useText();
  const t = useUiText();
  const language = useLanguage();
  const localize = useLocalize();
  const services = useFormServices(null);
  const latest = useRef(onChange);
  latest.current = onChange;
  const start = useRef(filters);
  const given = useRef(filters);
  given.current = filters;
  const model = useMemo(() => {
    const field = (title: string, component: string, more: Partial<FormNode> = {}, catalog?: string): FormNode => ({type: 'string', title, 'x-component': component, ...more, 'x-banli': {id: title, ...(catalog === undefined ? {} : {catalog: {id: catalog}})}});
    const properties: Record<string, FormNode> = {
      state: field(text(filterTitle.state), 'Select', {enum: [...statuses.map(value => ({value, label: text(`search.f.${value}`)})), ...states.map(({id, title}) => ({value: id, label: localize(title)}))]}),
      matter: field(text(filterTitle.matter), 'CatalogSelect', {}, 'matters'),
      area: field(text(filterTitle.area), 'CatalogSelect', {}, 'areas'),
      unit: field(text(filterTitle.unit), 'UnitSelect'),
      from: field(text(filterTitle.from), 'DatePicker', {format: 'date'}),
      to: field(text(filterTitle.to), 'DatePicker', {format: 'date'}),
      part: field(text(filterTitle.part), 'Select', {enum: (['started', 'handled'] as const).map(value => ({value, label: text(`search.f.${value}`)}))}),
      due: field(text(filterTitle.due), 'Select', {enum: dueStates.map(value => ({value, label: text(`search.f.due.${value}`)}))}),
    };
    const schema: FormSchema = {type: 'object', 'x-banli-form': {id: 'filters', title: {'zh-CN': text('search.filters')}}, properties: {grid: {type: 'void', 'x-component': 'Grid', properties}}};
    const access: Record<string, FieldAccess> = Object.fromEntries(Object.keys(properties).map(name => [name, 'edit']));
    return createFormModel({id: 'search-filters', schema, access, values: start.current, context: {}, tools: () => ({language, t}), onInput: values => {
      const typed = {...values, ...Object.fromEntries(hiddenFilters.map(name => [name, given.current[name]]))};
      start.current = Object.fromEntries(filterNames.flatMap(name => (typeof typed[name] === 'string' && typed[name] !== '' ? [[name, typed[name]]] : [])));
      latest.current(start.current);
    }});
  }, [states, text, t, language, localize]);
  return <div className="app-search-filters" role="group" aria-label={text('search.filters')}><SchemaForm key={`${states.length} ${language}`} model={model} services={services} anchors={false} /></div>;
}

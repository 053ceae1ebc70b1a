import type {inboxRoutes, AnswerOf, BodyOf} from '@banli/api';
import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {isDate, parseDate, startOfDay} from '@banli/time';
import {createFormModel, SchemaForm, useLanguage, useLocalize, useUiText} from '@banli/ui';
import {useMemo, useRef} from 'react';
import {useFormServices} from '../http/form-services.js';
import {useText} from '../texts/hook.js';
import type {AppKey} from '../texts/zh-cn.js';

/** What narrows a search, as it stands in the address; empty parts are left out. Days are `YYYY-MM-DD`, both inclusive. */
export const filterNames = ['state', 'matter', 'area', 'unit', 'from', 'to', 'part'] as const;

/** The filters of a search by name. */
export type SearchFilters = Partial<Record<(typeof filterNames)[number], string>>;

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;

/** States that every application has, as the filter of states offers them. */
export const statuses = ['open', 'ended', 'cancelled'] as const;

/** What each filter is called. */
export const filterTitle = {state: 'search.f.state', matter: 'search.f.matter', area: 'search.f.area', unit: 'search.f.unit', from: 'search.f.from', to: 'search.f.to', part: 'search.f.part'} as const satisfies Record<(typeof filterNames)[number], AppKey>;

/** Reads the filters of an address; what is no day is no filter. */
export function readFilters(search: URLSearchParams): SearchFilters {
  return Object.fromEntries(filterNames.flatMap(name => {
    const value = search.get(name) ?? '';
    return value === '' || ((name === 'from' || name === 'to') && !isDate(value)) ? [] : [[name, value]];
  }));
}

/** The filters as the server takes them: days become moments, the last day counts whole. */
export function askedFilters({state, from, to, part, ...rest}: SearchFilters): Omit<BodyOf<typeof inboxRoutes.search>, 'q' | 'cursor' | 'limit'> {
  const status = statuses.find(each => each === state);
  return {
    ...rest,
    ...(state === undefined ? {} : status ? {status} : {state}),
    ...(from === undefined ? {} : {from: startOfDay(parseDate(from))}),
    ...(to === undefined ? {} : {to: startOfDay(parseDate(to) + 1)}),
    ...(part === 'started' || part === 'handled' ? {part} : {}),
  };
}

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
    };
    const schema: FormSchema = {type: 'object', 'x-banli-form': {id: 'filters', title: {'zh-CN': text('search.filters')}}, properties: {grid: {type: 'void', 'x-component': 'Grid', properties}}};
    const access: Record<string, FieldAccess> = Object.fromEntries(Object.keys(properties).map(name => [name, 'edit']));
    return createFormModel({id: 'search-filters', schema, access, values: start.current, context: {}, tools: () => ({language, t}), onInput: values => {
      start.current = Object.fromEntries(filterNames.flatMap(name => (typeof values[name] === 'string' && values[name] !== '' ? [[name, values[name]]] : [])));
      latest.current(start.current);
    }});
  }, [states, text, t, language, localize]);
  return <div className="app-search-filters" role="group" aria-label={text('search.filters')}><SchemaForm key={`${states.length} ${language}`} model={model} services={services} anchors={false} /></div>;
}

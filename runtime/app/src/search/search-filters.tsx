import type {inboxRoutes, AnswerOf} from '@banli/api';
import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {createFormModel, SchemaForm, useLanguage, useLocalize, useUiText} from '@banli/ui';
import {useMemo, useRef} from 'react';
import {useFormServices} from '../http/form-services.js';
import {useBoardText} from '../texts/board-hook.js';
import {useText} from '../texts/hook.js';
import {dueStates, filterNames, statuses, type SearchFilters} from './filter-values.js';

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;

/** Filters that only the board of limits sets; they are taken away as they are shown. `closed`, `inTime` and `lapsed` are two days, joined by `_`. */
const hiddenFilters = ['group', 'closed', 'inTime', 'lapsed'] as const;

const ownTitle = {state: 'search.f.state', matter: 'search.f.matter', area: 'search.f.area', unit: 'search.f.unit', from: 'search.f.from', to: 'search.f.to', part: 'search.f.part'} as const;
const boardTitle = {due: 'filter.due', group: 'filter.group', closed: 'filter.closed', inTime: 'filter.inTime', lapsed: 'filter.lapsed'} as const;

/** What each filter is called. */
export function useFilterTitle(): (name: keyof SearchFilters) => string {
  const [text, boardText] = [useText(), useBoardText()];
  return name => (name in boardTitle ? boardText(boardTitle[name as keyof typeof boardTitle]) : text(ownTitle[name as keyof typeof ownTitle]));
}

/** State, matter, place, unit, days, and one's own part, beside the words. */
export function SearchFilterForm({filters, states, onChange}: {readonly filters: SearchFilters; readonly states: States; readonly onChange: (filters: SearchFilters) => void}) {
  const text = useText();
  const boardText = useBoardText();
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
      state: field(text(ownTitle.state), 'Select', {enum: [...statuses.map(value => ({value, label: text(`search.f.${value}`)})), ...states.map(({id, title}) => ({value: id, label: localize(title)}))]}),
      matter: field(text(ownTitle.matter), 'CatalogSelect', {}, 'matters'),
      area: field(text(ownTitle.area), 'CatalogSelect', {}, 'areas'),
      unit: field(text(ownTitle.unit), 'UnitSelect'),
      from: field(text(ownTitle.from), 'DatePicker', {format: 'date'}),
      to: field(text(ownTitle.to), 'DatePicker', {format: 'date'}),
      part: field(text(ownTitle.part), 'Select', {enum: (['started', 'handled'] as const).map(value => ({value, label: text(`search.f.${value}`)}))}),
      due: field(boardText(boardTitle.due), 'Select', {enum: dueStates.map(value => ({value, label: boardText(`filter.due.${value}`)}))}),
    };
    const schema: FormSchema = {type: 'object', 'x-banli-form': {id: 'filters', title: {'zh-CN': text('search.filters')}}, properties: {grid: {type: 'void', 'x-component': 'Grid', properties}}};
    const access: Record<string, FieldAccess> = Object.fromEntries(Object.keys(properties).map(name => [name, 'edit']));
    return createFormModel({id: 'search-filters', schema, access, values: start.current, context: {}, tools: () => ({language, t}), onInput: values => {
      const typed = {...values, ...Object.fromEntries(hiddenFilters.map(name => [name, given.current[name]]))};
      start.current = Object.fromEntries(filterNames.flatMap(name => (typeof typed[name] === 'string' && typed[name] !== '' ? [[name, typed[name]]] : [])));
      latest.current(start.current);
    }});
  }, [states, text, boardText, t, language, localize]);
  return <div className="app-search-filters" role="group" aria-label={text('search.filters')}><SchemaForm key={`${states.length} ${language}`} model={model} services={services} anchors={false} /></div>;
}

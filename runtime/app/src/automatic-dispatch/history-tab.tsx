import {automaticDispatchRoutes, type AnswerOf, type QueryOf} from '@banli/api';
import type {FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {dayMs, dayOf, formatDate} from '@banli/time';
import {createFormModel, EmptyState, ErrorPanel, formatFull, formatMoment, SchemaForm, useLanguage, useLocalize, useUiText} from '@banli/ui';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {useMemo, useState} from 'react';
import {Link} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {percentOf} from '../frame/percent.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {api, serverClock} from '../http/api.js';
import {useFormServices} from '../http/form-services.js';
import {useCan} from '../session/session-context.js';
import {useAutomaticText} from '../texts/automatic-hook.js';

type Query = QueryOf<typeof automaticDispatchRoutes.history>;
type History = AnswerOf<typeof automaticDispatchRoutes.history>;

const firstDays = 30;

function firstQuery(): Query {
  const now = serverClock.now();
  return {from: formatDate(dayOf(now - firstDays * dayMs)), until: formatDate(dayOf(now))};
}

/** Ways of orders that were dispatched in a time: which units, how often they came back, whether the first was right. */
export function HistoryTab() {
  const t = useAutomaticText();
  const [query, setQuery] = useState<Partial<Query>>(firstQuery);
  const {from, until} = query;
  const loaded = useQuery({queryKey: ['dispatchHistory', query], enabled: from !== undefined && until !== undefined, queryFn: ({signal}) => api.call(automaticDispatchRoutes.history, {query: {...query, from: from ?? '', until: until ?? ''}, signal}), placeholderData: keepPreviousData});
  const history = loaded.data;
  return (
    <div className="app-catalog-tab">
      <Filters start={query} onChange={setQuery} />
      {from === undefined || until === undefined ? <p role="alert" className="app-alarm-missing app-dispatch-help">{t('daysMissing')}</p> : null}
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={6} /> : null}
      {history?.orders === 0 ? <EmptyState title={t('historyNone')} help={t('historyNoneHelp')} /> : null}
      {history && history.orders > 0 ? <Figures history={history} /> : null}
      {history && history.orders > 0 ? <Paths history={history} /> : null}
    </div>
  );
}

function Filters({start, onChange}: {readonly start: Partial<Query>; readonly onChange: (query: Partial<Query>) => void}) {
  const t = useAutomaticText();
  const uiText = useUiText();
  const language = useLanguage();
  const services = useFormServices(null);
  const [first] = useState(start);
  const model = useMemo(() => {
    const field = (name: 'from' | 'until' | 'matter' | 'unit' | 'way', component: string, more: Partial<FormNode> = {}, catalog?: string): FormNode => ({type: 'string', title: t(name), 'x-component': component, ...more, 'x-banli': {id: name, ...(catalog === undefined ? {} : {catalog: {id: catalog}})}});
    const properties: Record<string, FormNode> = {
      from: field('from', 'DatePicker', {format: 'date'}),
      until: field('until', 'DatePicker', {format: 'date'}),
      matter: field('matter', 'CatalogSelect', {}, 'matters'),
      unit: field('unit', 'UnitSelect'),
      way: field('way', 'Select', {enum: (['automatic', 'manual'] as const).map(value => ({value, label: t(`way.${value}`)}))}),
    };
    const schema: FormSchema = {type: 'object', 'x-banli-form': {id: 'dispatch-history', title: {'zh-CN': t('filters')}}, properties: {grid: {type: 'void', 'x-component': 'Grid', properties}}};
    const access: Record<string, FieldAccess> = Object.fromEntries(Object.keys(properties).map(name => [name, 'edit']));
    return createFormModel({id: 'dispatch-history', schema, access, values: first, context: {}, tools: () => ({language, t: uiText}), onInput: values => onChange(Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== '')))});
  }, [t, uiText, language, first, onChange]);
  return <div className="app-search-filters" role="group" aria-label={t('filters')}><SchemaForm key={language} model={model} services={services} anchors={false} /></div>;
}

function Figures({history: {orders, automatic, firstRight, automaticRight, transfers, isCut}}: {readonly history: History}) {
  const t = useAutomaticText();
  const figures = [['orders', orders], ['automatic', automatic], ['accuracy', percentOf(firstRight, orders)], ['automaticAccuracy', percentOf(automaticRight, automatic)], ['transfers', transfers]] as const;
  return (
    <>
      <ul className="app-limit-board-figures">
        {figures.map(([name, value]) => (
          <li key={name} className="app-limit-board-figure" title={name === 'accuracy' || name === 'automaticAccuracy' ? t('accuracyHelp') : undefined}>
            <span className="banli-secondary">{t(name)}</span>
            <span className="app-number">{value ?? '—'}</span>
          </li>
        ))}
      </ul>
      {isCut ? <p className="banli-secondary app-dispatch-help">{t('cut')}</p> : null}
    </>
  );
}

function Paths({history: {orders, paths}}: {readonly history: History}) {
  const t = useAutomaticText();
  const localize = useLocalize();
  const unitName = useUnitName();
  const language = useLanguage();
  const canOpen = useCan('cases.read');
  return (
    <>
      <ul className="app-plain-list app-dispatch-paths">
        {paths.map(path => (
          <li key={path.caseId} className="app-dispatch-path">
            {canOpen ? <Link className="app-number" to={`/cases/${path.caseId}`}>{path.number}</Link> : <span className="app-number">{path.number}</span>}
            <time title={formatFull(path.acceptedAt)}>{formatMoment(path.acceptedAt, serverClock.now(), language)}</time>
            <span className="app-dispatch-path-matter">{path.matter ? localize(path.matter) : ''}</span>
            <span className="app-dispatch-path-units">{path.units.map(unit => unitName(unit.name)).join(' → ')}</span>
            <span className="app-dispatch-path-marks">
              <span className={`app-mark${path.isAutomatic ? ' app-dispatch-is-automatic' : ''}`}>{t(path.isAutomatic ? 'way.automatic' : 'way.manual')}</span>
              <span className={`app-mark app-dispatch-is-${path.firstWasRight ? 'on' : 'wrong'}`}>{`${t('right')}${language === 'en' ? ': ' : ''}${t(path.firstWasRight ? 'right.yes' : 'right.no')}`}</span>
              {path.transfers > 0 ? <span className="app-mark">{`${t('transfers')} ${path.transfers}`}</span> : null}
            </span>
          </li>
        ))}
      </ul>
      {orders > paths.length ? <p className="banli-secondary app-dispatch-help">{t('shown', {count: paths.length})}</p> : null}
    </>
  );
}

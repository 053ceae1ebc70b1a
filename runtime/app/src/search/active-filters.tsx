import type {AnswerOf, inboxRoutes} from '@banli/api';
import type {LocalizedText} from '@banli/formats';
import {unitTitle, useLanguage, useLoaded, useLocalize, type FormServices} from '@banli/ui';
import {Button} from 'antd';
import {useFormServices} from '../http/form-services.js';
import {FilterChip} from '../lists/filter-chip.js';
import {useBoardText} from '../texts/board-hook.js';
import {useText} from '../texts/hook.js';
import {dueStates, filterNames, periodOf, statuses, type SearchFilters} from './filter-values.js';
import {useFilterTitle} from './search-filters.js';

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;
type FilterName = (typeof filterNames)[number];

/** What `ActiveFilters` takes; `words` are those that were searched for. */
export interface ActiveFiltersProps {
  readonly words: string;
  readonly filters: SearchFilters;
  readonly states: States;
  /** What the row of the board of limits is called. */
  readonly groupTitle: LocalizedText | undefined;
  readonly onChange: (words: string, filters: SearchFilters) => void;
}

/** What the results are narrowed by, each to be taken away by itself, or all at once; nothing while nothing narrows them. */
export function ActiveFilters({words, filters, states, groupTitle, onChange}: ActiveFiltersProps) {
  const t = useText();
  const titleOf = useFilterTitle();
  const valueOf = useFilterValues(filters, states, groupTitle);
  const names = filterNames.filter(name => filters[name] !== undefined);
  if (words === '' && names.length === 0) return null;
  const without = (name: FilterName): SearchFilters => Object.fromEntries(Object.entries(filters).filter(([each]) => each !== name));
  return (
    <div className="app-chips app-active-filters" role="group" aria-label={t('search.active')}>
      {words === '' ? null : <FilterChip label={t('search.chip', {name: t('search.words'), value: words})} onDrop={() => onChange('', filters)} />}
      {names.map(name => (
        <FilterChip key={name} label={t('search.chip', {name: titleOf(name), value: valueOf(name)})} onDrop={() => onChange(words, without(name))} />
      ))}
      <Button type="link" size="small" onClick={() => onChange('', {})}>
        {t('search.clear')}
      </Button>
    </div>
  );
}

/** What the value of a filter is called; its key until the names are there. */
function useFilterValues(filters: SearchFilters, states: States, groupTitle: LocalizedText | undefined): (name: FilterName) => string {
  const t = useText();
  const boardText = useBoardText();
  const localize = useLocalize();
  const language = useLanguage();
  const services = useFormServices(null);
  const {value: unit} = useLoaded(filters.unit === undefined ? null : `unit ${filters.unit}`, async () => (await services.units()).find(each => each.id === filters.unit));
  const matter = useRowTitle(services, 'matters', filters.matter);
  const area = useRowTitle(services, 'areas', filters.area);
  const periodText = (value: string) => {
    const period = periodOf(value);
    return period ? boardText('filter.period', {from: period.from, to: period.to}) : value;
  };
  return name => {
    const value = filters[name] ?? '';
    const status = statuses.find(each => each === value);
    if (name === 'state') return status ? t(`search.f.${status}`) : localize(states.find(each => each.id === value)?.title) || value;
    if (name === 'part') return value === 'started' || value === 'handled' ? t(`search.f.${value}`) : value;
    if (name === 'due') return dueStates.some(each => each === value) ? boardText(`filter.due.${value as (typeof dueStates)[number]}`) : value;
    if (name === 'closed' || name === 'inTime' || name === 'lapsed') return periodText(value);
    if (name === 'group') return localize(groupTitle) || value;
    return {matter: matter ?? value, area: area ?? value, unit: unit ? unitTitle(unit, language) : value, from: value, to: value}[name];
  };
}

function useRowTitle(services: FormServices, catalogId: string, key: string | undefined): string | undefined {
  const localize = useLocalize();
  const {value} = useLoaded(key === undefined ? null : `${catalogId} ${key}`, async () => (await services.choices(catalogId)).find(each => each.key === key));
  return value && localize(value.title);
}

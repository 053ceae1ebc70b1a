import {catalogLifeRoutes, peopleRoutes} from '@banli/api';
import {unitTitle, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button} from 'antd';
import {api} from '../http/api.js';
import {FilterChip} from '../lists/filter-chip.js';
import {useAdminText} from '../texts/admin-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {CatalogKey} from '../texts/catalogs-zh-cn.js';
import {commonFilters, filterNames, withFilter, type RowFilters} from './row-filters.js';
import type {TableForm} from './use-catalog-form.js';

const tenMinutes = 600_000;

/** What the rows are narrowed by, each to be taken away by itself, or all at once; nothing while nothing narrows them. */
export function ActiveRowFilters({table, filters, onChange}: {readonly table: TableForm; readonly filters: RowFilters; readonly onChange: (filters: RowFilters) => void}) {
  const t = useAdminText();
  const names = filterNames(table).filter(name => filters[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <div className="app-chips app-active-filters" role="group" aria-label={t('filter.active')}>
      {names.map(name => <Chip key={name} table={table} name={name} value={filters[name] ?? ''} onDrop={() => onChange(withFilter(filters, name, ''))} />)}
      <Button type="link" size="small" onClick={() => onChange({})}>{t('filter.clear')}</Button>
    </div>
  );
}

function Chip({table, name, value, onDrop}: {readonly table: TableForm; readonly name: string; readonly value: string; readonly onDrop: () => void}) {
  const t = useAdminText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const language = useLanguage();
  const column = table.columns.find(each => `cell.${each.name}` === name);
  const reference = column?.reference;
  const isUnit = name === 'creator' || (reference?.elsewhere === true && reference.table === 'units');
  const units = useQuery({queryKey: ['units'], enabled: isUnit, queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes});
  const row = useQuery({
    queryKey: ['catalogOptions', reference?.catalog, reference?.table, 'key', value], enabled: reference !== undefined && reference !== null && !reference.elsewhere, staleTime: tenMinutes,
    queryFn: () => api.call(catalogLifeRoutes.options, {params: {catalogId: reference?.catalog ?? ''}, query: {table: reference?.table ?? '', key: value, limit: 1}}),
  });
  const unit = units.data?.units.find(each => each.id === value);
  const common = commonFilters.find(each => each === name);
  const title = column ? localize(column.title) : common === 'name' || common === 'code' || common === 'state' ? catalogText(`rows.${common}`) : common ? t(`filter.${common}`) : name;
  const word = name === 'state' ? catalogText(`state.${value}` as CatalogKey) : localize(row.data?.options[0]?.title ?? column?.options.find(option => option.value === value)?.title) || (unit ? unitTitle(unit, language) : value);
  return <FilterChip label={t('filter.chip', {name: title, value: word})} onDrop={onDrop} />;
}

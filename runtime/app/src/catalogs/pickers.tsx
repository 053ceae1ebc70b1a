import {catalogLifeRoutes, peopleRoutes} from '@banli/api';
import {unitTitle, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Select} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {CellProps} from './cell-field.js';
import type {FormColumn} from './use-catalog-form.js';

const tenMinutes = 600_000;

/** Picks a unit by name or id. */
export function UnitPicker({id, value, onChange, except, isRequired, isInvalid = false, describedBy}: CellProps & {readonly except: readonly string[]; readonly isRequired: boolean}) {
  const language = useLanguage();
  const t = useCatalogText();
  const units = useQuery({queryKey: ['units'], queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes});
  const options = [...except.map(each => ({value: each, label: exceptWord(each, t)})), ...(units.data?.units ?? []).map(unit => ({value: unit.id, label: unitTitle(unit, language)}))];
  return (
    <Select
      id={id} className="app-catalog-wide" showSearch allowClear={!isRequired} loading={units.isPending} status={isInvalid ? 'error' : ''} placeholder={t('cell.pick')} notFoundContent={t('cell.noneFound')}
      value={value === '' ? undefined : value} onChange={next => onChange(next ?? '')} options={options} optionRender={option => <OptionLine title={String(option.label)} code={String(option.value)} />}
      filterOption={(words, option) => `${option?.label ?? ''} ${option?.value ?? ''}`.toLowerCase().includes(words.trim().toLowerCase())}
    />
  );
}

/** Picks a row of a catalog by words or code; the server searches. */
export function RowPicker({id, value, onChange, reference, isRequired, isInvalid = false, describedBy, beside = []}: CellProps & {readonly reference: NonNullable<FormColumn['reference']>; readonly isRequired: boolean}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const [words, setWords] = useState('');
  const isExcept = reference.except.includes(value);
  const place = {params: {catalogId: reference.catalog}};
  const own = useQuery({
    queryKey: ['catalogOptions', reference.catalog, reference.table, 'key', value], enabled: value !== '' && !isExcept, staleTime: tenMinutes,
    queryFn: () => api.call(catalogLifeRoutes.options, {...place, query: {table: reference.table, key: value, limit: 1}}),
  });
  const found = useQuery({
    queryKey: ['catalogOptions', reference.catalog, reference.table, 'words', words, reference.leaf], staleTime: 60_000, placeholderData: before => before,
    queryFn: () => api.call(catalogLifeRoutes.options, {...place, query: {table: reference.table, limit: 50, leaf: reference.leaf, ...(words.trim() === '' ? {} : {q: words.trim()})}}),
  });
  const listed = [...(words === '' ? (own.data?.options ?? []) : []), ...(found.data?.options ?? [])];
  const besides = beside.filter(option => words.trim() === '' || `${localize(option.title)} ${option.key}`.includes(words.trim())).map(option => ({...option, path: [] as readonly string[]}));
  const all = [...besides, ...listed];
  const unique = all.filter((option, index) => all.findIndex(other => other.key === option.key) === index);
  const options = [...reference.except.map(each => ({value: each, label: exceptWord(each, t), path: ''})), ...unique.map(option => ({value: option.key, label: localize(option.title), path: option.path.join(' / ')}))];
  return (
    <Select
      id={id} className="app-catalog-wide" showSearch allowClear={!isRequired} loading={found.isFetching} status={isInvalid ? 'error' : ''} placeholder={t('cell.pick')} notFoundContent={found.isPending ? null : t('cell.noneFound')}
      value={value === '' ? undefined : value} onChange={next => {
        setWords('');
        onChange(next ?? '');
      }} options={options} filterOption={false} onSearch={setWords}
      labelRender={({label, value: code}) => <>{label ?? code} <span className="banli-secondary app-number">{isExcept ? '' : code}</span></>}
      optionRender={option => <OptionLine title={String(option.label)} code={String(option.value)} path={String(option.data.path)} />}
    />
  );
}

/** Picks several rows of a catalog; their keys stand with commas between, in the order they were picked. */
export function RowsPicker({id, value, onChange, reference, isInvalid = false, describedBy, placeholder}: CellProps & {readonly reference: NonNullable<FormColumn['reference']>; readonly placeholder?: string}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const picked = value.split(',').map(key => key.trim()).filter(key => key !== '');
  const listed = useQuery({
    queryKey: ['catalogOptions', reference.catalog, reference.table, 'all'], staleTime: 60_000,
    queryFn: () => api.call(catalogLifeRoutes.options, {params: {catalogId: reference.catalog}, query: {table: reference.table, limit: 50, leaf: reference.leaf}}),
  });
  const options = (listed.data?.options ?? []).map(option => ({value: option.key, label: localize(option.title)}));
  return (
    <Select
      id={id} className="app-catalog-wide" mode="multiple" showSearch allowClear loading={listed.isPending} status={isInvalid ? 'error' : ''} placeholder={placeholder ?? t('cell.pick')} notFoundContent={listed.isPending ? null : t('cell.noneFound')}
      value={picked} onChange={next => onChange(next.join(','))} options={options} optionFilterProp="label"
      optionRender={option => <OptionLine title={String(option.label)} code={String(option.value)} />}
    />
  );
}

function OptionLine({title, code, path = ''}: {readonly title: string; readonly code: string; readonly path?: string}) {
  return (
    <span className="app-catalog-option">
      <span className="banli-one-line">{title}{path === '' ? null : <span className="banli-secondary"> {path}</span>}</span>
      <span className="banli-secondary app-number">{code}</span>
    </span>
  );
}

/** Words of the values that stand for no row. */
export function exceptWord(value: string, t: ReturnType<typeof useCatalogText>): string {
  return value === '*' ? t('cell.any') : value === 'none' ? t('cell.nobody') : value;
}

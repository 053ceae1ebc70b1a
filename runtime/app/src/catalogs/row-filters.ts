import type {catalogLifeRoutes, QueryOf} from '@banli/api';
import {isDate, parseDate, startOfDay} from '@banli/time';
import type {FormColumn, TableForm} from './use-catalog-form.js';

/** What narrows the rows of a table, as it stands in the address: days are `YYYY-MM-DD`, both inclusive; `cell.<column>` is the value of a column. */
export type RowFilters = Readonly<Record<string, string>>;

/** The filters that every table has, in the order in which they are shown. */
export const commonFilters = ['name', 'code', 'state', 'level', 'creator', 'createdFrom', 'createdTo', 'from', 'to'] as const;

const days: readonly string[] = ['createdFrom', 'createdTo', 'from', 'to'];
const cellPrefix = 'cell.';
const wholeDay = 86_400_000;

type Asked = Omit<QueryOf<typeof catalogLifeRoutes.rows>, 'cursor' | 'limit' | 'table'>;

/** Columns by whose value rows are filtered: those that name rows, units, or have a list of values. */
export function filteredColumns(table: TableForm): readonly FormColumn[] {
  return table.columns.filter(column => !column.isRetired && column.name !== 'status' && column.name !== table.parent && (column.reference !== null || column.options.length > 0));
}

/** The names of the filters of a table. */
export function filterNames(table: TableForm): readonly string[] {
  return [...commonFilters.filter(name => name !== 'level' || table.parent !== null), ...filteredColumns(table).map(column => `${cellPrefix}${column.name}`)];
}

/** Reads the filters of an address; what is no day and no number is no filter. */
export function readRowFilters(table: TableForm, search: URLSearchParams): RowFilters {
  return Object.fromEntries(filterNames(table).flatMap(name => {
    const value = search.get(name) ?? '';
    const isFit = value !== '' && value.length <= 200 && !(days.includes(name) && !isDate(value)) && !(name === 'level' && !/^\d{1,2}$/.test(value)) && !(name.startsWith(cellPrefix) && value.includes(';'));
    return isFit ? [[name, value] as const] : [];
  }));
}

/** The filters as the server takes them: days become moments, the last day counts whole. */
export function askedRows(filters: RowFilters, below: string): Asked {
  const {name, code, state, level, creator} = filters;
  const start = (day: string | undefined): number | undefined => (day === undefined ? undefined : startOfDay(parseDate(day)));
  const end = (day: string | undefined): number | undefined => (day === undefined ? undefined : startOfDay(parseDate(day)) + wholeDay - 1);
  const cells = Object.entries(filters).flatMap(([each, value]) => (each.startsWith(cellPrefix) ? [`${each.slice(cellPrefix.length)}:${value}`] : []));
  const asked = {
    name, code, state, creator, below: below === '' ? undefined : below, level: level === undefined ? undefined : Number(level),
    createdFrom: start(filters['createdFrom']), createdTo: end(filters['createdTo']), from: start(filters['from']), to: end(filters['to']), cells: cells.length === 0 ? undefined : cells.join(';'),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Asked;
}

/** Filters with one of them set, or taken away by an empty text. */
export function withFilter(filters: RowFilters, name: string, value: string): RowFilters {
  const {[name]: _, ...rest} = filters;
  return value === '' ? rest : {...rest, [name]: value};
}

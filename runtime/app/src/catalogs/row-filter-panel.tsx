import {DateField, useLocalize} from '@banli/ui';
import {isDate} from '@banli/time';
import {Input, Select} from 'antd';
import {useState} from 'react';
import {useAdminText} from '../texts/admin-hook.js';
import type {AdminKey} from '../texts/admin-zh-cn.js';
import {RowPicker, UnitPicker} from './pickers.js';
import {filteredColumns, withFilter, type RowFilters} from './row-filters.js';
import type {FormColumn, TableForm} from './use-catalog-form.js';

const deepest = 8;

/** Filters beside name, code and state: level, who had a row made, days, and every column that names something or has a list of values. */
export function RowFilterPanel({table, filters, onChange}: {readonly table: TableForm; readonly filters: RowFilters; readonly onChange: (filters: RowFilters) => void}) {
  const t = useAdminText();
  const put = (name: string, value: string) => onChange(withFilter(filters, name, value));
  return (
    <div className="app-row-filters" role="group" aria-label={t('filter.more')}>
      {filteredColumns(table).map(column => <CellFilter key={column.name} column={column} value={filters[`cell.${column.name}`] ?? ''} onChange={value => put(`cell.${column.name}`, value)} />)}
      {table.parent === null ? null : (
        <Labelled id="filter-level" label="filter.level">
          <Select id="filter-level" className="app-catalog-wide" allowClear placeholder={t('filter.any')} value={filters['level']} onChange={(value: string | undefined) => put('level', value ?? '')} options={Array.from({length: deepest}, (_, index) => ({value: String(index + 1), label: String(index + 1)}))} />
        </Labelled>
      )}
      <Labelled id="filter-creator" label="filter.creator"><UnitPicker id="filter-creator" value={filters['creator'] ?? ''} except={[]} isRequired={false} onChange={value => put('creator', value)} /></Labelled>
      {(['createdFrom', 'createdTo', 'from', 'to'] as const).map(name => <DayFilter key={`${name} ${filters[name] ?? ''}`} name={name} value={filters[name] ?? ''} onChange={value => put(name, value)} />)}
    </div>
  );
}

function Labelled({id, label, children}: {readonly id: string; readonly label: AdminKey; readonly children: React.ReactNode}) {
  const t = useAdminText();
  return (
    <div>
      <label className="banli-field-label" htmlFor={id}>{t(label)}</label>
      {children}
    </div>
  );
}

function CellFilter({column, value, onChange}: {readonly column: FormColumn; readonly value: string; readonly onChange: (value: string) => void}) {
  const t = useAdminText();
  const localize = useLocalize();
  const id = `filter-${column.name}`;
  const {reference} = column;
  const options = column.options.map(option => ({value: option.value, label: localize(option.title)}));
  return (
    <div>
      <label className="banli-field-label" htmlFor={id}>{localize(column.title)}</label>
      {reference?.elsewhere ? reference.table === 'units' ? <UnitPicker id={id} value={value} except={reference.except} isRequired={false} onChange={onChange} /> : <Input id={id} allowClear defaultValue={value} onPressEnter={event => onChange(event.currentTarget.value.trim())} onBlur={event => onChange(event.currentTarget.value.trim())} /> : null}
      {reference && !reference.elsewhere ? <RowPicker id={id} value={value} reference={{...reference, leaf: false}} isRequired={false} onChange={onChange} /> : null}
      {reference ? null : <Select id={id} className="app-catalog-wide" allowClear showSearch optionFilterProp="label" placeholder={t('filter.any')} value={value === '' ? undefined : value} onChange={next => onChange(next ?? '')} options={options} />}
    </div>
  );
}

/** A day; what is none stays in the field, says so, and filters nothing. */
function DayFilter({name, value, onChange}: {readonly name: 'createdFrom' | 'createdTo' | 'from' | 'to'; readonly value: string; readonly onChange: (value: string) => void}) {
  const t = useAdminText();
  const [text, setText] = useState(value);
  const id = `filter-${name}`;
  const isWrong = text !== '' && !isDate(text);
  return (
    <Labelled id={id} label={`filter.${name}`}>
      <DateField id={id} value={text} isInvalid={isWrong} describedBy={isWrong ? `${id}-error` : undefined} onChange={next => {
        setText(next);
        if (next === '' || isDate(next)) onChange(next);
      }} />
      {isWrong ? <div id={`${id}-error`} className="app-catalog-cell-error" role="alert">{t('filter.noDay')}</div> : null}
    </Labelled>
  );
}

import type {LocalizedText} from '@banli/formats';
import {DateField, useLocalize} from '@banli/ui';
import {Input, Radio, Select} from 'antd';
import {useState} from 'react';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {cellKind, typedDuration, writeDuration, type DurationUnit} from './cell-kind.js';
import {RowPicker, RowsPicker, UnitPicker} from './pickers.js';
import {SourceField} from './source-field.js';
import type {FormColumn} from './use-catalog-form.js';

/** What every widget of a cell takes; an empty text is "not stated". */
export interface CellProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isInvalid?: boolean;
  /** Id of the text that says what is wrong. */
  readonly describedBy?: string | undefined;
  /** Rows that a reference may name besides those that are published. */
  readonly beside?: readonly RowOption[];
}

/** A row to pick. */
export interface RowOption {
  readonly key: string;
  readonly title: LocalizedText;
}

const mostRadios = 4;
/** Letters of a choice that still stands beside the others. */
const longestRadio = 20;
/** More than any number has, so that what was typed is refused and not cut. */
const mostTyped = 40;

/** The widget of a column: picker, choice, date, time, number, duration or text. */
export function CellField({column, ...props}: CellProps & {readonly column: FormColumn}) {
  const {id, value, onChange, isInvalid = false, describedBy} = props;
  const kind = cellKind(column);
  const aria = {id, 'aria-required': column.isRequired, 'aria-invalid': isInvalid, 'aria-describedby': describedBy};
  const status = isInvalid ? ('error' as const) : undefined;
  if (kind === 'source') return <SourceField {...props} />;
  if (kind === 'unit') return <UnitPicker {...props} except={column.reference?.except ?? []} isRequired={column.isRequired} />;
  if (kind === 'row' && column.reference) return <RowPicker {...props} reference={column.reference} isRequired={column.isRequired} />;
  if (kind === 'rows' && column.reference) return <RowsPicker {...props} reference={column.reference} />;
  if (kind === 'choice') return <Choice {...props} column={column} />;
  if (kind === 'duration') return <Duration {...props} />;
  if (kind === 'longText') return <Input.TextArea {...aria} status={status ?? ''} value={value} maxLength={column.maxLength ?? 2_000} autoSize={{minRows: 2, maxRows: 6}} onChange={event => onChange(event.target.value)} />;
  if (kind === 'number' || kind === 'time') return <Input {...aria} status={status ?? ''} className="app-catalog-number" inputMode={kind === 'time' ? 'text' : column.type === 'number' ? 'decimal' : 'numeric'} autoComplete="off" placeholder={kind === 'time' ? '09:30' : ''} value={value} maxLength={mostTyped} onChange={event => onChange(event.target.value)} />;
  if (kind === 'date') return <DateField id={id} value={value} onChange={onChange} isRequired={column.isRequired} isInvalid={isInvalid} describedBy={describedBy} />;
  return <Input {...aria} status={status ?? ''} value={value} maxLength={column.maxLength ?? 2_000} onChange={event => onChange(event.target.value)} />;
}

function Choice({id, value, onChange, column, isInvalid = false, describedBy}: CellProps & {readonly column: FormColumn}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const options = column.options.map(option => ({value: option.value, label: localize(option.title)}));
  if (options.length <= mostRadios && options.every(({label}) => label.length <= longestRadio)) {
    const all = column.isRequired ? options : [{value: '', label: t('cell.none')}, ...options];
    return <Radio.Group id={id} aria-labelledby={`${id}-label`} options={all} value={value} onChange={event => onChange(String(event.target.value))} />;
  }
  return <Select id={id} className="app-catalog-wide" status={isInvalid ? 'error' : ''} allowClear={!column.isRequired} showSearch optionFilterProp="label" value={value === '' ? undefined : value} onChange={next => onChange(next ?? '')} options={options} />;
}

function Duration({id, value, onChange, isInvalid = false, describedBy}: CellProps) {
  const t = useCatalogText();
  const typed = typedDuration(value);
  const [empty, setEmpty] = useState<DurationUnit>('H');
  const aria = {id, 'aria-invalid': isInvalid, 'aria-describedby': describedBy, status: isInvalid ? ('error' as const) : ('' as const), autoComplete: 'off'};
  if (value !== '' && !typed) return <Input {...aria} value={value} onChange={event => onChange(event.target.value)} />;
  const unit = typed?.unit ?? empty;
  return (
    <span className="app-catalog-duration">
      <Input {...aria} className="app-catalog-number" inputMode="numeric" value={typed?.amount ?? ''} onChange={event => onChange(event.target.value === '' ? '' : writeDuration(event.target.value, unit))} />
      <Select aria-label={t('cell.durationUnit')} value={unit} onChange={next => {
        setEmpty(next);
        if (typed) onChange(writeDuration(typed.amount, next));
      }} options={[{value: 'D' as const, label: t('cell.days')}, {value: 'H' as const, label: t('cell.hours')}, {value: 'M' as const, label: t('cell.minutes')}]} />
    </span>
  );
}

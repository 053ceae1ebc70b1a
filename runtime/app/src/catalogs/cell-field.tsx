import type {LocalizedText} from '@banli/formats';
import {DateField, useLocalize} from '@banli/ui';
import {Input, InputNumber, Radio, Select} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {cellKind, readDuration, writeDuration} from './cell-kind.js';
import {RowPicker, UnitPicker} from './pickers.js';
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

/** The widget of a column: picker, choice, date, time, number, duration or text. */
export function CellField({column, ...props}: CellProps & {readonly column: FormColumn}) {
  const {id, value, onChange, isInvalid = false, describedBy} = props;
  const kind = cellKind(column);
  const aria = {id, 'aria-required': column.isRequired, 'aria-invalid': isInvalid, 'aria-describedby': describedBy};
  const status = isInvalid ? ('error' as const) : undefined;
  if (kind === 'unit') return <UnitPicker {...props} except={column.reference?.except ?? []} isRequired={column.isRequired} />;
  if (kind === 'row' && column.reference) return <RowPicker {...props} reference={column.reference} isRequired={column.isRequired} />;
  if (kind === 'choice') return <Choice {...props} column={column} />;
  if (kind === 'duration') return <Duration {...props} />;
  if (kind === 'longText') return <Input.TextArea {...aria} status={status ?? ''} value={value} maxLength={column.maxLength ?? 2_000} autoSize={{minRows: 2, maxRows: 6}} onChange={event => onChange(event.target.value)} />;
  if (kind === 'number') return <InputNumber {...aria} status={status ?? ''} className="app-catalog-number" {...(column.type === 'number' ? {precision: Number(column.format ?? 0)} : {precision: 0, min: 0})} value={value === '' ? null : Number(value)} onChange={next => onChange(next === null ? '' : String(next))} />;
  if (kind === 'date') return <DateField id={id} value={value} onChange={onChange} isRequired={column.isRequired} isInvalid={isInvalid} describedBy={describedBy} />;
  const type = kind === 'time' ? kind : 'text';
  return <Input {...aria} status={status ?? ''} type={type} className={type === 'text' ? '' : 'app-catalog-number'} value={value} maxLength={type === 'text' ? (column.maxLength ?? 2_000) : undefined} onChange={event => onChange(event.target.value)} />;
}

function Choice({id, value, onChange, column, isInvalid = false, describedBy}: CellProps & {readonly column: FormColumn}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const options = column.options.map(option => ({value: option.value, label: localize(option.title)}));
  if (options.length <= mostRadios) {
    const all = column.isRequired ? options : [{value: '', label: t('cell.none')}, ...options];
    return <Radio.Group id={id} aria-labelledby={`${id}-label`} options={all} value={value} onChange={event => onChange(String(event.target.value))} />;
  }
  return <Select id={id} className="app-catalog-wide" status={isInvalid ? 'error' : ''} allowClear={!column.isRequired} showSearch optionFilterProp="label" value={value === '' ? undefined : value} onChange={next => onChange(next ?? '')} options={options} />;
}

function Duration({id, value, onChange, isInvalid = false, describedBy}: CellProps) {
  const t = useCatalogText();
  const known = readDuration(value);
  if (value !== '' && !known) return <Input id={id} value={value} status={isInvalid ? 'error' : ''} aria-describedby={describedBy} onChange={event => onChange(event.target.value)} />;
  const unit = known?.unit ?? 'H';
  return (
    <span className="app-catalog-duration">
      <InputNumber id={id} className="app-catalog-number" precision={0} min={0} status={isInvalid ? 'error' : ''} aria-describedby={describedBy} value={known?.amount ?? null} onChange={next => onChange(next === null ? '' : writeDuration(next, unit))} />
      <Select aria-label={t('cell.durationUnit')} value={unit} onChange={next => onChange(writeDuration(known?.amount ?? 0, next))} options={[{value: 'D' as const, label: t('cell.days')}, {value: 'H' as const, label: t('cell.hours')}, {value: 'M' as const, label: t('cell.minutes')}]} />
    </span>
  );
}

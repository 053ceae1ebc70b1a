import {useLocalize} from '@banli/ui';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {CellField} from './cell-field.js';
import {cellFault, type CellFault} from './cell-kind.js';
import type {TableForm} from './use-catalog-form.js';

/** Cells of a row by column; an empty text is "not stated". */
export type Cells = Readonly<Record<string, string>>;

/** The columns of a table that a person fills in for a new row or one that was effective. */
export function formColumns(table: TableForm, isNew: boolean): TableForm['columns'] {
  return table.columns.filter(column => column.name !== 'status' && !column.isRetired && (isNew || !column.isFixed));
}

/** What is wrong with cells before they are sent, by column. */
export function formFaults(table: TableForm, isNew: boolean, cells: Cells): ReadonlyMap<string, CellFault> {
  return new Map(formColumns(table, isNew).flatMap(column => {
    const fault = cellFault(column, cells[column.name] ?? '');
    return fault ? [[column.name, fault] as const] : [];
  }));
}

/** The form of a row, made from the schema of its table; what is wrong stands beside its cell. */
export function RowForm({table, isNew, cells, errors, onChange, onLeave}: {readonly table: TableForm; readonly isNew: boolean; readonly cells: Cells; readonly errors: ReadonlyMap<string, string>; readonly onChange: (cells: Cells) => void; readonly onLeave?: (column: string) => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  return (
    <div className="app-catalog-form">
      {formColumns(table, isNew).map(column => {
        const id = `cell-${column.name}`;
        const error = errors.get(column.name);
        return (
          <div key={column.name} onBlur={() => onLeave?.(column.name)}>
            <label id={`${id}-label`} className="banli-field-label" htmlFor={id}>
              {column.isRequired ? <span className="app-catalog-star" aria-hidden>*</span> : null}
              {localize(column.title)}
            </label>
            <CellField id={id} column={column} value={cells[column.name] ?? ''} isInvalid={error !== undefined} describedBy={error === undefined ? undefined : `${id}-error`} onChange={value => onChange({...cells, [column.name]: value})} />
            {error === undefined ? null : <div id={`${id}-error`} className="app-catalog-cell-error" role="alert">{error}</div>}
          </div>
        );
      })}
      {isNew ? null : <div className="banli-secondary">{t('row.fixed')}</div>}
    </div>
  );
}

import type {FormColumn} from './use-catalog-form.js';

/** Which widget a column has. */
export type CellKind = 'unit' | 'row' | 'choice' | 'date' | 'time' | 'number' | 'duration' | 'longText' | 'text';

const samples: ReadonlyArray<readonly [CellKind, string, string]> = [['date', '2026-11-22', '2026-1-1'], ['time', '09:30', '930'], ['duration', 'PT24H', '24']];
const longFrom = 500;

/** Reads from the schema of a column how it is filled in. */
export function cellKind(column: Pick<FormColumn, 'reference' | 'options' | 'pattern' | 'maxLength'> & {readonly type?: FormColumn['type'] | null}): CellKind {
  if (column.type === 'number' || column.type === 'date') return column.type;
  if (column.reference) return column.reference.elsewhere ? 'unit' : 'row';
  if (column.options.length > 0) return 'choice';
  const pattern = column.pattern === null ? null : new RegExp(column.pattern);
  const found = pattern && samples.find(([, fits, fails]) => pattern.test(fits) && !pattern.test(fails));
  if (found) return found[0];
  if (column.pattern !== null && /^\^\[[01]-9\](\[0-9\])?(\{[\d,]+\})?\$$/.test(column.pattern)) return 'number';
  return (column.maxLength ?? 0) > longFrom ? 'longText' : 'text';
}

/** What is wrong with a cell before it is sent: a key of the texts, or `null`. */
export function cellFault(column: Pick<FormColumn, 'isRequired' | 'pattern' | 'maxLength' | 'reference'>, value: string): 'cell.missing' | 'cell.pattern' | 'cell.blanks' | null {
  if (value === '') return column.isRequired ? 'cell.missing' : null;
  if (value !== value.trim()) return 'cell.blanks';
  return column.pattern !== null && !new RegExp(column.pattern).test(value) ? 'cell.pattern' : null;
}

/** A plain ISO duration as amount and unit; `null` for one of several units. */
export function readDuration(value: string): {readonly amount: number; readonly unit: 'D' | 'H' | 'M'} | null {
  const found = /^P(?:(\d+)(D)|T(\d+)([HM]))$/.exec(value);
  if (!found) return null;
  return {amount: Number(found[1] ?? found[3]), unit: (found[2] ?? found[4]) as 'D' | 'H' | 'M'};
}

/** Amount and unit as an ISO duration. */
export function writeDuration(amount: number, unit: 'D' | 'H' | 'M'): string {
  return unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`;
}

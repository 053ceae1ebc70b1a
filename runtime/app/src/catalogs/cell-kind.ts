import {isDate} from '@banli/time';
import type {CatalogKey} from '../texts/catalogs-zh-cn.js';
import type {FormColumn} from './use-catalog-form.js';

/** Which widget a column has. */
export type CellKind = 'source' | 'unit' | 'row' | 'rows' | 'choice' | 'date' | 'time' | 'number' | 'duration' | 'longText' | 'text';

/** What is wrong with a cell: a key of the texts with what stands in it. */
export interface CellFault {
  readonly key: CatalogKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

type KindColumn = Pick<FormColumn, 'reference' | 'options' | 'pattern' | 'maxLength'> & {readonly name?: string; readonly type?: FormColumn['type'] | null};

const samples: ReadonlyArray<readonly [CellKind, string, string]> = [['date', '2026-11-22', '2026-1-1'], ['time', '09:30', '930'], ['duration', 'PT24H', '24']];
const longFrom = 500;
/** A whole number from 0 or 1 up; digits of a fixed count are a code, whose zeros in front count. */
const wholeNumber = /^\^\[([01])-9\](?:(\[0-9\])?(?:\{(?:\d+,)?(\d+)\})?)\$$/;

/** Reads from the schema of a column how it is filled in. */
export function cellKind(column: KindColumn): CellKind {
  if (column.type === 'number' || column.type === 'date') return column.type;
  if (column.name === 'sourceRef') return 'source';
  if (column.reference) return column.reference.elsewhere ? 'unit' : column.reference.list ? 'rows' : 'row';
  if (column.options.length > 0) return 'choice';
  const pattern = column.pattern === null ? null : new RegExp(column.pattern);
  const found = pattern && samples.find(([, fits, fails]) => pattern.test(fits) && !pattern.test(fails));
  if (found) return found[0];
  if (column.pattern !== null && wholeNumber.test(column.pattern) && !fixedDigits.test(column.pattern)) return 'number';
  return (column.maxLength ?? 0) > longFrom ? 'longText' : 'text';
}

/** What is wrong with a cell before it is sent; `null` for nothing. */
export function cellFault(column: KindColumn & Pick<FormColumn, 'isRequired'> & {readonly format?: FormColumn['format']}, value: string): CellFault | null {
  if (value === '') return column.isRequired ? {key: 'cell.missing'} : null;
  if (/^own:\s*$/.test(value)) return {key: 'source.noNote'};
  if (value !== value.trim()) return {key: 'cell.blanks'};
  const kind = cellKind(column);
  const fits = (column.pattern === null || new RegExp(column.pattern).test(value)) && (kind !== 'date' || isDate(value));
  if (fits) return null;
  if (kind === 'date' || kind === 'time' || kind === 'duration') return {key: `cell.${kind}`};
  if (column.type === 'number') return Number(column.format ?? 0) > 0 ? {key: 'cell.decimals', params: {count: Number(column.format)}} : {key: 'cell.whole'};
  return patternFault(column.pattern ?? '');
}

const fixedDigits = /^\^\[0-9\]\{(\d+)\}\$$/;

/** Says of the patterns that schemas use what they ask for. */
function patternFault(pattern: string): CellFault {
  const digits = fixedDigits.exec(pattern);
  if (digits) return {key: 'cell.digits', params: {counts: digits[1] ?? ''}};
  const counts = [...pattern.matchAll(/\[0-9\]\{(\d+)\}/g)].map(found => found[1] ?? '');
  if (counts.length > 1 && pattern === `^(${counts.map(count => `[0-9]{${count}}`).join('|')})$`) return {key: 'cell.digits', params: {counts: counts.join(' / ')}};
  const whole = wholeNumber.exec(pattern);
  if (whole) return {key: 'cell.range', params: {least: whole[1] ?? '', most: '9'.repeat(Number(whole[3] ?? (whole[2] ? 1 : 0)) + (whole[2] || !whole[3] ? 1 : 0))}};
  const levels = /^\^\(\[0-9\]\{(\d)\}\)\{1,(\d)\}\$$/.exec(pattern);
  if (levels) return {key: 'cell.levels', params: {digits: levels[1] ?? '', levels: levels[2] ?? ''}};
  const code = /^\^\[a-z\]\[a-z0-9-\]\{0,(\d+)\}\$$/.exec(pattern);
  if (code) return {key: 'cell.code', params: {most: Number(code[1]) + 1}};
  if (pattern === '^20[0-9]{2}$') return {key: 'cell.year'};
  return {key: 'cell.pattern'};
}

/** A length of one unit as it is typed: amount and unit, whether the amount is a number or not; `null` for one of several units and for what is no length. */
export function typedDuration(value: string): {readonly amount: string; readonly unit: DurationUnit} | null {
  if (/^P(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/.test(value) && readDuration(value) === null) return null;
  const found = /^P(?:T(.*)([HM])|(.*)(D))$/s.exec(value);
  return found ? {amount: found[1] ?? found[3] ?? '', unit: (found[2] ?? found[4]) as DurationUnit} : null;
}

/** A unit of a plain length: days, hours, minutes. */
export type DurationUnit = 'D' | 'H' | 'M';

/** A plain ISO duration as amount and unit; `null` for one of several units. */
export function readDuration(value: string): {readonly amount: number; readonly unit: DurationUnit} | null {
  const found = /^P(?:(\d+)(D)|T(\d+)([HM]))$/.exec(value);
  if (!found) return null;
  return {amount: Number(found[1] ?? found[3]), unit: (found[2] ?? found[4]) as DurationUnit};
}

/** Every part of an ISO duration that is not nothing, the longest first; `null` for what is none. */
export function durationParts(value: string): ReadonlyArray<{readonly amount: number; readonly unit: DurationUnit | 'S'}> | null {
  const found = /^P(?=.)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  return found && (['D', 'H', 'M', 'S'] as const).map((unit, index) => ({amount: Number(found[index + 1] ?? 0), unit})).filter(({amount}) => amount > 0);
}

/** Amount and unit as an ISO duration. */
export function writeDuration(amount: number | string, unit: DurationUnit): string {
  return unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`;
}

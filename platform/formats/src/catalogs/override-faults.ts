import {keyColumns, type CatalogTable, type OverrideBound} from './manifest.js';
import type {ColumnShape} from './row-shape.js';

/** Every bound that an override may have. */
export const overrideBounds: readonly OverrideBound[] = ['notLonger', 'notLower', 'extend', 'free', 'ownUnit', 'retire'];

/**
 * What an override may get wrong. `unknown`: no such column; `twice`: it stands in another override; `fixed`: it is key, parent or area; `retired`: nobody fills it any more;
 * `limit`: `notLonger` wants a number and the column of its unit; `order`: `notLower` wants every value of a list once, from the loosest to the strictest, and nothing else has an order;
 * `single`: the bound takes one column; `text`: `extend` wants a free text; `status`: status goes with `retire` and that with nothing else; `units`: `ownUnit` wants a reference to units.
 */
export type OverrideFaultKind = 'unknown' | 'twice' | 'fixed' | 'retired' | 'limit' | 'order' | 'single' | 'text' | 'status' | 'units';

/** A fault of an override: `first` is the column that the override is named by, `column` the one that is wrong. */
export interface OverrideFault {
  readonly kind: OverrideFaultKind;
  readonly first: string;
  readonly column: string;
  readonly bound: OverrideBound;
}

/** Units that a limit may be given in; @banli/time counts in them. */
const limitUnitValues = new Set(['workingDay', 'naturalDay', 'hour', 'minute', 'workingHour']);

/** Everything that is wrong with what lower levels may make of a table's columns; files and change sets are held against it alike. */
export function overrideFaults(definition: CatalogTable, columns: readonly ColumnShape[]): readonly OverrideFault[] {
  const overrides = definition.issue?.overrides ?? [];
  const known = new Map(columns.map(column => [column.name, column]));
  const fixed = new Set([...keyColumns(definition), ...[definition.parent, definition.issue?.area].filter(column => column !== undefined)]);
  const seen = new Set<string>();
  return overrides.flatMap(override => {
    const {columns: [first = ''], bound} = override;
    const fault = (kind: OverrideFaultKind, column = first): OverrideFault => ({kind, first, column, bound});
    const found = override.columns.flatMap(column => {
      const isTwice = seen.has(column);
      seen.add(column);
      return [
        ...(known.has(column) ? [] : [fault('unknown', column)]), ...(isTwice ? [fault('twice', column)] : []), ...(fixed.has(column) ? [fault('fixed', column)] : []),
        ...(known.get(column)?.isRetired ? [fault('retired', column)] : []),
      ];
    });
    const kind = found.length > 0 ? null : boundFault(override, definition, override.columns.flatMap(column => known.get(column) ?? []));
    return kind === null ? found : [fault(kind)];
  });
}

type Override = NonNullable<NonNullable<CatalogTable['issue']>['overrides']>[number];

function boundFault({bound, columns, order}: Override, definition: CatalogTable, shapes: readonly ColumnShape[]): OverrideFaultKind | null {
  const [first, second] = shapes;
  if (columns.includes('status') !== (bound === 'retire') || (bound === 'retire' && columns.length > 1)) return 'status';
  if ((bound === 'notLower') !== (order !== undefined)) return 'order';
  if (bound === 'notLonger') return columns.length === 2 && isNumber(first) && isLimitUnit(second) ? null : 'limit';
  if (bound !== 'free' && columns.length > 1) return 'single';
  if (bound === 'notLower') return isOrder(order ?? [], first) ? null : 'order';
  const reference = definition.references?.find(each => each.column === columns[0]);
  if (bound === 'extend') return reference === undefined && isFreeText(first) ? null : 'text';
  return bound === 'ownUnit' && reference?.elsewhere !== true ? 'units' : null;
}

/** A column that numbers fit and words do not. */
function isNumber(column: ColumnShape | undefined): boolean {
  if (!column || column.options.length > 0) return false;
  return column.type === 'number' || (column.pattern !== null && new RegExp(column.pattern, 'u').test('5') && !new RegExp(column.pattern, 'u').test('a'));
}

function isLimitUnit(column: ColumnShape | undefined): boolean {
  return column !== undefined && column.options.length > 0 && column.options.every(option => limitUnitValues.has(option.value));
}

function isOrder(order: readonly string[], column: ColumnShape | undefined): boolean {
  const values = column?.options.map(option => option.value) ?? [];
  return values.length >= 2 && order.length === values.length && new Set(order).size === order.length && order.every(value => values.includes(value));
}

function isFreeText(column: ColumnShape | undefined): boolean {
  return column !== undefined && column.options.length === 0 && column.pattern === null && (column.type ?? 'text') === 'text';
}

import type {FieldCells, ShownField} from './field-cells.js';

/** What lower levels may make of a column that is issued to them; without one it is locked. */
export const bounds = ['notLonger', 'notLower', 'extend', 'free', 'ownUnit', 'retire'] as const;

/** One of them. */
export type Bound = (typeof bounds)[number];

/** The cells of a column that say its bound. */
export const boundCells = ['below', 'belowWith', 'belowOrder'] as const;

/** How a column refers to units. */
export const unitsReference = 'organisation/units/id';
const fixedUses = new Set(['key', 'parent', 'area']);

/** The bounds that a column could have; the server looks closer. */
export function boundsFor(cells: FieldCells, uses: ShownField['uses']): readonly Bound[] {
  if (uses.some(use => fixedUses.has(use))) return [];
  if (cells['column'] === 'status') return ['retire'];
  const type = cells['type'];
  if (type === 'choice') return ['notLower', 'free'];
  if (type === 'reference') return cells['reference'] === unitsReference ? ['ownUnit', 'free'] : ['free'];
  if (type === 'number') return ['notLonger', 'free'];
  return type === 'text' ? ['notLonger', 'extend', 'free'] : ['free'];
}

/** The column at which is said what lower levels may make of this one, where it goes along with another. */
export function boundElsewhere(fields: readonly ShownField[], column: string): ShownField | null {
  return fields.find(field => field.column !== column && listOf(field.cells['belowWith']).includes(column)) ?? null;
}

/** The values of a cell that is a list. */
export function listOf(cell: string | undefined): readonly string[] {
  return cell === undefined ? [] : cell.split(',').filter(value => value !== '');
}

/** The cells of a column that say its bound, and no others. */
export function boundIn(cells: FieldCells): FieldCells {
  return Object.fromEntries(boundCells.flatMap(cell => (cells[cell] ? [[cell, cells[cell]] as const] : [])));
}

/** A column's cells with another bound; what belongs to the one before goes. */
export function withBound(cells: FieldCells, bound: Bound | null): FieldCells {
  const rest = Object.fromEntries(Object.entries(cells).filter(([cell]) => !(boundCells as readonly string[]).includes(cell)));
  return bound === null ? rest : {...rest, below: bound};
}

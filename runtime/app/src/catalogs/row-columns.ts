import {rowColumns, type RowColumn} from '@banli/api';
import type {FormColumn, TableForm} from './use-catalog-form.js';

const mostCells = 3;
/** Least widths in pixels, as the style sheet has them. */
const [codeWidth, titleWidth, pickWidth, cellWidth] = [168, 200, 40, 144] as const;
const widths: Readonly<Record<(typeof rowColumns)[number], number>> = {level: 72, path: 220, creator: 168, created: 128, state: 120, updated: 128};

/** Columns whose cells may stand in the list: all but the status, which `state` tells, and what the title says already. */
function cellsOf(table: TableForm): readonly FormColumn[] {
  return table.columns.filter(column => !column.isRetired && !['status', 'titleZh', 'titleEn', table.parent].includes(column.name) && !(table.key.length === 1 && table.key[0] === column.name));
}

/** The columns that the list of a table can show, in the order they are offered; code and name stand before them, always. */
export function offeredRowColumns(table: TableForm): readonly RowColumn[] {
  const ofTree: readonly RowColumn[] = table.parent === null ? [] : ['level', 'path'];
  return [...ofTree, ...cellsOf(table).map(column => `cell.${column.name}` as const), 'creator', 'created', 'state', 'updated'];
}

/**
 * Columns of a person who has chosen none: of a tree level, who had it made, and when; of others the first references and choices.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.1, 2.1.2, 2.1.3 (columns of the three lists).
 */
export function usualRowColumns(table: TableForm): readonly RowColumn[] {
  if (table.parent !== null) return ['level', 'creator', 'created', 'state'];
  const worth = cellsOf(table).filter(column => !table.key.includes(column.name) && (column.reference !== null || column.options.length > 0 || column.name === 'value'));
  return [...worth.slice(0, mostCells).map(column => `cell.${column.name}` as const), 'state', 'updated'];
}

/** What a person sees: his columns in his order as far as the table has them, else the usual ones. */
export function shownRowColumns(table: TableForm, chosen: readonly string[] | null): readonly RowColumn[] {
  if (chosen === null) return usualRowColumns(table);
  const offered = offeredRowColumns(table);
  return chosen.flatMap(column => offered.find(each => each === column) ?? []);
}

/** The column of a cell; `null` for the others. */
export function cellColumn(table: TableForm, column: RowColumn): FormColumn | null {
  return column.startsWith('cell.') ? (table.columns.find(each => each.name === column.slice(5)) ?? null) : null;
}

/** The width below which the table scrolls sideways, in pixels. */
export function leastRowWidth(table: TableForm, columns: readonly RowColumn[], hasPicks: boolean): number {
  const width = (column: RowColumn): number => rowColumns.reduce((found, each) => (each === column ? widths[each] : found), cellWidth as number);
  return columns.reduce((sum, column) => sum + width(column), titleWidth + (table.key.length === 1 ? codeWidth : 0) + (hasPicks ? pickWidth : 0));
}

import type {ListColumn, ListName} from '@banli/api';

/** Columns that a list can show, in the order they are offered; number and title stand before them, always. */
export const offeredColumns: Readonly<Record<ListName, readonly ListColumn[]>> = {
  todo: ['matter', 'urgency', 'step', 'state', 'assignee', 'unit', 'due', 'at'],
  done: ['matter', 'urgency', 'step', 'state', 'assignee', 'unit', 'due', 'at'],
  mine: ['matter', 'urgency', 'state', 'unit', 'due', 'at'],
  drafts: ['caller', 'matter', 'at'],
  search: ['matter', 'urgency', 'state', 'unit', 'due', 'at'],
};

/** Columns of a person who has chosen none. */
export const usualColumns: Readonly<Record<ListName, readonly ListColumn[]>> = {
  todo: ['matter', 'step', 'assignee', 'due', 'at'],
  done: ['matter', 'state', 'unit', 'due', 'at'],
  mine: ['matter', 'state', 'unit', 'due', 'at'],
  drafts: ['caller', 'matter', 'at'],
  search: ['state', 'unit', 'due'],
};

/** Least widths in pixels, as the style sheet has them. */
const widths: Readonly<Record<ListColumn, number>> = {caller: 168, matter: 120, urgency: 88, step: 96, state: 96, assignee: 84, unit: 168, due: 212, at: 104};
const numberWidth = 196;
const titleWidth = 260;
const pickWidth = 40;

/** What a person sees: his columns in his order as far as this list has them, else the usual ones. */
export function shownColumns(list: ListName, chosen: readonly ListColumn[] | null): readonly ListColumn[] {
  return chosen === null ? usualColumns[list] : chosen.filter(column => offeredColumns[list].includes(column));
}

/** The width below which a table with these columns scrolls sideways, in pixels. */
export function leastWidth(columns: readonly ListColumn[], hasPicks: boolean): number {
  return columns.reduce((sum, column) => sum + widths[column], numberWidth + titleWidth + (hasPicks ? pickWidth : 0));
}

/** Puts a column in or takes it out; a new one stands where it is offered, behind those before it. */
export function toggleIn<Column extends string>(offered: readonly Column[], shown: readonly Column[], column: Column): readonly Column[] {
  if (shown.includes(column)) return shown.filter(each => each !== column);
  const rank = (each: Column) => offered.indexOf(each);
  const place = shown.findIndex(each => rank(each) > rank(column));
  return place < 0 ? [...shown, column] : [...shown.slice(0, place), column, ...shown.slice(place)];
}

/** Moves a column one place to the left (-1) or right (1); at the ends nothing happens. */
export function moveIn<Column extends string>(shown: readonly Column[], column: Column, by: -1 | 1): readonly Column[] {
  const from = shown.indexOf(column);
  const to = from + by;
  if (from < 0 || to < 0 || to >= shown.length) return shown;
  const next = [...shown];
  next.splice(from, 1);
  next.splice(to, 0, column);
  return next;
}

import type {AnswerOf, BoardDimension, limitRoutes} from '@banli/api';
import type {SearchFilters} from '../search/filter-values.js';
import {percentOf} from '../frame/percent.js';

/** The board as the server tells it. */
export type Board = AnswerOf<typeof limitRoutes.board>;
/** Counts of a row, or of all rows. */
export type Counts = Board['total'];
/** A number of the board that opens as a list. */
export type BoardNumber = 'pending' | 'overdue' | 'warning' | 'normal' | 'paused' | 'closed' | 'onTime' | 'lapsed';

/** Open cases with a clock that may still move. */
export function pendingOf({overdue, warning, normal, paused}: Counts): number {
  return overdue + warning + normal + paused;
}

/** A number of a row. */
export function countOf(counts: Counts, name: BoardNumber): number {
  return name === 'pending' ? pendingOf(counts) : counts[name];
}

/** The share that was closed in time, as `96.5%`, cut and not rounded: 100% only where all were; `null` where none was closed. */
export function rateOf({closed, onTime}: Counts): string | null {
  return percentOf(onTime, closed);
}

/** Address of the cases behind a number; without `key` those of all rows. */
export function listAddress(name: BoardNumber, {from, to}: Pick<Board, 'from' | 'to'>, by: BoardDimension, key?: string): string {
  const period = `${from}_${to}`;
  const filters: SearchFilters = {
    ...(name === 'closed' ? {closed: period} : name === 'onTime' ? {inTime: period} : name === 'lapsed' ? {lapsed: period} : {due: name === 'pending' ? 'timed' : name}),
    ...(key === undefined ? {} : {group: `${by}:${key}`}),
  };
  return `/search?${new URLSearchParams(filters).toString()}`;
}

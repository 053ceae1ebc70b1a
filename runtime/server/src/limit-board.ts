import type {AnswerOf, BoardDimension, limitRoutes} from '@banli/api';
import {addCounts, type Actor, type BoardColumn, type BoardCounts, type BoardGroup, type Cases, type GroupFilter} from '@banli/cases';
import type {CatalogService} from '@banli/catalogs';
import type {LocalizedText} from '@banli/formats';
import type {People} from '@banli/people';
import {dayOf, formatDate, isDate, parseDate, startOfDay, type Clock} from '@banli/time';
import {boardErrors} from './limit-board-errors.js';
import {groupingOf, type Grouping} from './limit-board-groups.js';

/** What the board stands on. */
export interface LimitBoardDeps {
  readonly cases: Pick<Cases, 'limitBoard'>;
  readonly catalogs: Pick<CatalogService, 'rows'>;
  readonly people: Pick<People, 'unit' | 'units'>;
  readonly clock: Clock;
}

/** A question for the board; days are `YYYY-MM-DD`, both counted whole. */
export interface BoardAsked {
  readonly by: BoardDimension;
  readonly from?: string;
  readonly to?: string;
}

/** Counts by groups that catalogs and organisation hold as of now: whatever they are called or filed under today. */
export interface LimitBoard {
  /** @throws AppError `LIMIT_BOARD_PERIOD` */
  read(actor: Actor, asked: BoardAsked): Promise<AnswerOf<typeof limitRoutes.board>>;
  /** A row of the board as the search narrows by it: both go by the same groups, so that lists are as long as the numbers say. */
  filterOf(actor: Actor, group: string): Promise<{readonly filter: GroupFilter; readonly title: LocalizedText}>;
}

const nothing: BoardCounts = {overdue: 0, warning: 0, normal: 0, paused: 0, closed: 0, onTime: 0, lapsed: 0};

/** Makes the board of limits. @see Source: requirements/xinjiang-hotline.md §2.1.10 */
export function createLimitBoard(deps: LimitBoardDeps): LimitBoard {
  const grouping = (actor: Actor, by: BoardDimension) => groupingOf(deps, by, deps.people.unit(actor.unitId)?.areaCode ?? null);
  return {
    async read(actor, asked) {
      const {from, to} = periodOf(asked, deps.clock.now());
      const groups = await grouping(actor, asked.by);
      const {at, answer: counted} = await deps.cases.limitBoard(actor, {columns: groups.columns.map(({column}) => column), from: startOfDay(parseDate(from)), to: startOfDay(parseDate(to) + 1)});
      const byKey = new Map<string, BoardCounts>(groups.always.map(key => [key, nothing]));
      for (const group of counted) byKey.set(keyOf(groups, group), addCounts(byKey.get(keyOf(groups, group)) ?? nothing, group));
      const rows = [...byKey].map(([key, counts]) => ({key, title: groups.title(key), ...counts}));
      return {at, from, to, rows: sorted(groups, rows), total: [...byKey.values()].reduce(addCounts, nothing)};
    },
    async filterOf(actor, group) {
      const [by, ...rest] = group.split(':');
      const key = rest.join(':');
      const groups = await grouping(actor, by as BoardDimension);
      const values = (keys: ReadonlyMap<string, string>) => [...keys].filter(([, each]) => key === notGiven || each === key).map(([value]) => value);
      return {filter: {columns: groups.columns.map(({column, keys}) => ({column, values: values(keys)})), rest: key === notGiven}, title: groups.title(key)};
    },
  };
}

/** Key of the cases that are in no group. */
const notGiven = '-';

/** The group of cases that are alike: the first column that is filled in decides. */
function keyOf({columns}: Grouping, {keys}: Pick<BoardGroup, 'keys'>): string {
  for (const {column, keys: groups} of columns) {
    const value = keys[column satisfies BoardColumn];
    if (value !== null && value !== undefined) return groups.get(value) ?? notGiven;
  }
  return notGiven;
}

type Row = AnswerOf<typeof limitRoutes.board>['rows'][number];

/** In the order of the catalog where it has one, else the most overdue first; cases in no group last. */
function sorted({order}: Grouping, rows: readonly Row[]): Row[] {
  const place = ({key}: Row) => (key === notGiven ? Number.MAX_SAFE_INTEGER : (order?.indexOf(key) ?? 0));
  const open = ({overdue, warning, normal, paused}: Row) => overdue + warning + normal + paused;
  return [...rows].sort((a, b) => place(a) - place(b) || b.overdue - a.overdue || b.warning - a.warning || open(b) - open(a) || (a.key < b.key ? -1 : 1));
}

function periodOf({from, to}: BoardAsked, now: number): {readonly from: string; readonly to: string} {
  const today = formatDate(dayOf(now));
  const period = {from: from ?? `${(to ?? today).slice(0, 8)}01`, to: to ?? today};
  if (!isDate(period.from) || !isDate(period.to) || period.from > period.to) throw boardErrors.PERIOD(period);
  return period;
}

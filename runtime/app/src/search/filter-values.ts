import type {BodyOf, inboxRoutes} from '@banli/api';
import {isDate, parseDate, startOfDay} from '@banli/time';

/** What narrows a search, as it stands in the address; empty parts are left out. Days are `YYYY-MM-DD`, both inclusive. */
export const filterNames = ['state', 'matter', 'area', 'unit', 'from', 'to', 'part', 'due', 'group', 'closed', 'inTime', 'lapsed'] as const;

/** The filters of a search by name. */
export type SearchFilters = Partial<Record<(typeof filterNames)[number], string>>;

/** States that every application has, as the filter of states offers them. */
export const statuses = ['open', 'ended', 'cancelled'] as const;

/** How the clocks of open cases stand, as the filter offers it. */
export const dueStates = ['timed', 'overdue', 'warning', 'normal', 'paused'] as const;

/** Reads the filters of an address; what is no day is no filter. */
export function readFilters(search: URLSearchParams): SearchFilters {
  return Object.fromEntries(filterNames.flatMap(name => {
    const value = search.get(name) ?? '';
    const isWrong = name === 'from' || name === 'to' ? !isDate(value) : name === 'closed' || name === 'inTime' || name === 'lapsed' ? periodOf(value) === null : false;
    return value === '' || isWrong ? [] : [[name, value]];
  }));
}

/** The days of a period as it stands in the address; `null` for what is none. */
export function periodOf(value: string | undefined): {readonly from: string; readonly to: string} | null {
  const [from = '', to = '', ...more] = (value ?? '').split('_');
  return isDate(from) && isDate(to) && more.length === 0 ? {from, to} : null;
}

function momentsOf(value: string | undefined): {from: number; to: number} | null {
  const period = periodOf(value);
  return period && {from: startOfDay(parseDate(period.from)), to: startOfDay(parseDate(period.to) + 1)};
}

/** The filters as the server takes them: days become moments, the last day counts whole. */
export function askedFilters({state, from, to, part, due, closed, inTime, lapsed, ...rest}: SearchFilters): Omit<BodyOf<typeof inboxRoutes.search>, 'q' | 'cursor' | 'limit'> {
  const status = statuses.find(each => each === state);
  const dueState = dueStates.find(each => each === due);
  const [ended, lapse] = [momentsOf(inTime ?? closed), momentsOf(lapsed)];
  return {
    ...rest,
    ...(state === undefined ? {} : status ? {status} : {state}),
    ...(from === undefined ? {} : {from: startOfDay(parseDate(from))}),
    ...(to === undefined ? {} : {to: startOfDay(parseDate(to) + 1)}),
    ...(part === 'started' || part === 'handled' ? {part} : {}),
    ...(dueState ? {due: dueState} : {}),
    ...(ended ? {closed: {...ended, inTime: inTime !== undefined}} : {}),
    ...(lapse ? {lapsed: lapse} : {}),
  };
}

import {catalogLifeRoutes} from '@banli/api';
import {useQueries} from '@tanstack/react-query';
import {api} from '../../http/api.js';
import type {ListedRow} from '../rows-tab.js';
import type {CalendarRows} from './year-days.js';

/** Tables that are shown whole, and the most rows of one answer. */
const whole = ['calendars', 'years', 'office-hours'] as const;
const most = 200;

/** The tables of a calendar catalog as administrators see them; of the special days those of one year of the named calendars. */
export function useCalendarRows(catalogId: string, layers: readonly string[], year: number) {
  const asked = [...whole.map(table => ({table})), ...layers.map(layer => ({table: 'days' as const, code: `${layer}|${year}-`}))];
  return useQueries({
    queries: asked.map(query => ({queryKey: ['catalogRows', catalogId, 'calendar', query], queryFn: () => everyRow(catalogId, query), staleTime: 10_000})),
    combine: answers => {
      const rows = answers.map(each => each.data?.rows ?? []);
      const [calendars = [], years = [], hours = [], ...days] = rows;
      return {
        rows: {calendars, years, hours, days: days.flat()} satisfies CalendarRows<ListedRow>,
        /** The tables that do not depend on the year are there. */
        isKnown: answers.slice(0, whole.length).every(each => each.data !== undefined),
        isPending: answers.some(each => each.data === undefined),
        error: answers.find(each => each.error)?.error ?? null,
        scheduled: answers[0]?.data?.scheduled.at(-1) ?? null,
        retry: () => answers.forEach(each => void each.refetch()),
      };
    },
  });
}

type Page = Awaited<ReturnType<typeof onePage>>;

async function everyRow(catalogId: string, query: {readonly table: string; readonly code?: string}): Promise<Page> {
  const first = await onePage(catalogId, query);
  const rows = [...first.rows];
  for (let {nextCursor} = first; nextCursor !== null;) {
    const next = await onePage(catalogId, {...query, cursor: nextCursor});
    rows.push(...next.rows);
    ({nextCursor} = next);
  }
  return {...first, rows};
}

function onePage(catalogId: string, query: {readonly table: string; readonly code?: string; readonly cursor?: string}) {
  return api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {...query, limit: most}});
}

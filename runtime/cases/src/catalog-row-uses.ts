import {queryRows, type Store} from '@banli/store';
import {dayMs, parseDate, startOfDay} from '@banli/time';
import {areaPrefix} from './area-prefix.js';
import {findHeld} from './catalog-held-values.js';
import {FoundNumbers, mostCounted, type RowsAsked} from './catalog-rows-asked.js';
import type {CatalogUse} from './catalog-uses.js';
import {walkRows} from './walk-rows.js';

/** What the life of catalogs asks about open cases that stand on rows they do not hold in a field. */
export interface CatalogRowUses {
  rowUses(asked: RowsAsked): Promise<readonly CatalogUse[]>;
}

const active = "clock.status in ('running', 'halted', 'paused')";
/** What a clock stands on, in a row of its own or, as in all before that, in its facts. */
const limitFacts = 'coalesce(stands.facts, clock.facts) as facts';
const withLimit = 'left join clock_limit stands on stands.id = clock.limit_id';

/**
 * Finds open cases that stand on rows of any table of a catalog: clocks whose limit is the row, clocks that count over a day or year of a calendar, cases dispatched by a row of who is responsible, and cases
 * that hold an option of an element. Each is told as a running process. All are looked up by index but days and years: for those running clocks are walked through once, however many rows are asked, with others in between.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11 (checks before an item goes).
 */
export function createCatalogRowUses({store}: {readonly store: Store}): CatalogRowUses {
  return {
    async rowUses(asked) {
      const found = new FoundNumbers(asked.rows.map(row => row.key));
      await findLimits(store, asked, found);
      await findDays(store, asked, found);
      await findHeld(store, asked, found);
      return found.uses();
    },
  };
}

async function findLimits({knex}: Store, {catalogId, rows}: RowsAsked, found: FoundNumbers): Promise<void> {
  for (const {key} of rows) {
    const clocks = await queryRows(knex, `select record.number, ${limitFacts} from case_clock clock join case_record record on record.id = clock.case_id ${withLimit} where clock.limit_row = ? and ${active} limit ${mostCounted}`, [key]);
    for (const clock of clocks) {
      const {origin} = JSON.parse(String(clock['facts'])) as {readonly origin: {readonly catalog: string; readonly row: string}};
      if (origin.catalog === catalogId && origin.row === key) found.add(key, String(clock['number']));
    }
  }
}

/** A day or year stands in the way of clocks that count days and run over it, in the area of its calendar. */
async function findDays({knex}: Store, {catalogId, table, rows}: RowsAsked, found: FoundNumbers): Promise<void> {
  if (catalogId !== 'calendars') return;
  const ranges = rows.flatMap(({key, values, areaCode}) => {
    const range = rangeOf(table, values);
    return range ? [{...range, key, area: areaPrefix(areaCode ?? '')}] : [];
  });
  const [from, until] = [Math.min(...ranges.map(range => range.from)), Math.max(...ranges.map(range => range.until))];
  const read = (after: string, limit: number) => queryRows(knex, `select clock.id, record.number, record.area_code, clock.started_at, clock.due_at, ${limitFacts} from case_clock clock join case_record record on record.id = clock.case_id ${withLimit}
    where clock.id > ? and ${active} and clock.started_at < ? and (clock.due_at is null or clock.due_at >= ?) order by clock.id limit ?`, [after, until, from, limit]);
  if (ranges.length === 0) return;
  await walkRows(read, clock => {
    const {limit} = JSON.parse(String(clock['facts'])) as {readonly limit: {readonly unit: string}};
    if (limit.unit === 'hour' || limit.unit === 'minute') return;
    const [startedAt, dueAt] = [Number(clock['started_at']), clock['due_at'] === null ? Number.POSITIVE_INFINITY : Number(clock['due_at'])];
    for (const range of ranges) {
      if (startedAt < range.until && dueAt >= range.from && String(clock['area_code']).startsWith(range.area)) found.add(range.key, String(clock['number']));
    }
  }, () => ranges.every(range => found.isFull(range.key)));
}

function rangeOf(table: string, values: Readonly<Record<string, string>>): {readonly from: number; readonly until: number} | null {
  if (table === 'days' && values['date'] !== undefined) {
    const from = startOfDay(parseDate(values['date']));
    return {from, until: from + dayMs};
  }
  if (table !== 'years' || values['year'] === undefined) return null;
  return {from: startOfDay(parseDate(`${values['year']}-01-01`)), until: startOfDay(parseDate(`${values['year']}-12-31`)) + dayMs};
}

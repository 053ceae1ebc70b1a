import {placedFields, type CaseLayers} from '@banli/formats';
import {queryRows, type Store} from '@banli/store';
import {dayMs, parseDate, startOfDay} from '@banli/time';
import type {CatalogUse} from './catalog-uses.js';
import type {Releases} from './releases/releases.js';
import {proposalCatalog} from './views/dispatch-reason.js';

/** Rows of one table of a catalog; `areaCode` is the area that a row is for, where it names one through another row. */
export interface RowsAsked {
  readonly catalogId: string;
  readonly table: string;
  readonly rows: ReadonlyArray<{readonly key: string; readonly values: Readonly<Record<string, string>>; readonly areaCode: string | null}>;
}

/** What the life of catalogs asks about open cases that stand on rows they do not hold in a field. */
export interface CatalogRowUses {
  rowUses(asked: RowsAsked): Promise<readonly CatalogUse[]>;
}

/** Counting ends here: what is asked is whether a row may go. */
const mostCounted = 1_000;
const active = "clock.status in ('running', 'halted', 'paused')";

/**
 * Finds open cases that stand on rows of any table of a catalog: clocks whose limit is the row, clocks that count over a day or year of a calendar, cases dispatched by a row of who is responsible, and cases
 * that hold an option of an element. Each is told as a running process.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11 (checks before an item goes).
 */
export function createCatalogRowUses({store, releases}: {readonly store: Store; readonly releases: Pick<Releases, 'byHash'>}): CatalogRowUses {
  return {
    async rowUses(asked) {
      const found: CatalogUse[] = [];
      for (const row of asked.rows) {
        const numbers = new Set([...(await byLimit(store, asked.catalogId, row.key)), ...(await byDays(store, asked, row)), ...(await byProposal({store, releases}, asked, row.key)), ...(await byOption(store, releases, asked, row.values))]);
        if (numbers.size > 0) found.push({key: row.key, kind: 'process', count: numbers.size, examples: [...numbers].sort().slice(0, 5)});
      }
      return found;
    },
  };
}

async function byLimit(store: Store, catalogId: string, key: string): Promise<readonly string[]> {
  const rows = await queryRows(store.knex, `select record.number, clock.facts from case_clock clock join case_record record on record.id = clock.case_id where ${active} and clock.facts like ? escape '!' limit ${mostCounted}`, [`%"row":${wildless(key)}%`]);
  return rows.flatMap(row => {
    const {origin} = JSON.parse(String(row['facts'])) as {readonly origin: {readonly catalog: string; readonly row: string}};
    return origin.catalog === catalogId && origin.row === key ? [String(row['number'])] : [];
  });
}

/** A day or year stands in the way of clocks that count days and run over it, in the area of its calendar. */
async function byDays(store: Store, {catalogId, table}: RowsAsked, {values, areaCode}: RowsAsked['rows'][number]): Promise<readonly string[]> {
  const range = catalogId === 'calendars' ? rangeOf(table, values) : null;
  if (!range) return [];
  const rows = await queryRows(store.knex, `select record.number, clock.facts from case_clock clock join case_record record on record.id = clock.case_id
    where ${active} and clock.started_at < ? and (clock.due_at is null or clock.due_at >= ?) and record.area_code like ? order by record.id desc limit ${mostCounted}`, [range.until, range.from, `${(areaCode ?? '').replace(/(00)+$/, '')}%`]);
  return rows.flatMap(row => {
    const {limit} = JSON.parse(String(row['facts'])) as {readonly limit: {readonly unit: string}};
    return limit.unit === 'hour' || limit.unit === 'minute' ? [] : [String(row['number'])];
  });
}

function rangeOf(table: string, values: Readonly<Record<string, string>>): {readonly from: number; readonly until: number} | null {
  if (table === 'days' && values['date'] !== undefined) {
    const from = startOfDay(parseDate(values['date']));
    return {from, until: from + dayMs};
  }
  if (table !== 'years' || values['year'] === undefined) return null;
  return {from: startOfDay(parseDate(`${values['year']}-01-01`)), until: startOfDay(parseDate(`${values['year']}-12-31`)) + dayMs};
}

/** Cases whose unit was proposed by the row, as the bundle kept it. */
async function byProposal({store, releases}: {readonly store: Store; readonly releases: Pick<Releases, 'byHash'>}, {catalogId}: RowsAsked, key: string): Promise<readonly string[]> {
  if (catalogId !== proposalCatalog) return [];
  const hashes = await store.knex('case_record').where({status: 'open'}).distinct('release_hash').select<Array<{release_hash: string}>>('release_hash');
  const numbers: string[] = [];
  for (const {release_hash: hash} of hashes) {
    const field = (await releases.byHash(hash))?.release.bundle.manifest.caseFields.proposalRow;
    if (field !== undefined) numbers.push(...(await openHolding(store, field, key, hash)));
  }
  return numbers;
}

/** Cases that hold an option of an element in the field their class made of it. */
async function byOption(store: Store, releases: Pick<Releases, 'byHash'>, {catalogId, table}: RowsAsked, {elementCode, value}: Readonly<Record<string, string>>): Promise<readonly string[]> {
  if (table !== 'options' || elementCode === undefined || value === undefined) return [];
  const layers = await store.knex('form_layer').whereRaw("body like ? escape '!'", [`%${wildless(`element.${elementCode}`)}%`]).select<Array<{body: string}>>('body');
  const fields = new Set(layers.flatMap(({body}) => placedFields((JSON.parse(body) as CaseLayers).classLayer?.properties ?? {}).filter(({node}) => node['x-banli']?.id === `element.${elementCode}`).map(({name}) => name)));
  if (fields.size === 0) return [];
  const hashes = await store.knex('case_record').where({status: 'open'}).distinct('release_hash').select<Array<{release_hash: string}>>('release_hash');
  const numbers: string[] = [];
  for (const {release_hash: hash} of hashes) {
    if ((await releases.byHash(hash))?.release.bundle.manifest.classForm?.catalog !== catalogId) continue;
    for (const field of fields) numbers.push(...(await openHolding(store, field, value, hash)));
  }
  return numbers;
}

async function openHolding(store: Store, field: string, value: string, hash: string): Promise<readonly string[]> {
  const rows = await store.knex('case_record').where({release_hash: hash, status: 'open'})
    .whereRaw("(form_values like ? escape '!' or form_values like ? escape '!')", [`%${wildless(field)}:${wildless(value)}%`, `%${wildless(field)}:[%${wildless(value)}%`])
    .orderBy('id', 'desc').limit(mostCounted).select<Array<{number: string; form_values: string}>>('number', 'form_values');
  return rows.flatMap(row => {
    const held = (JSON.parse(row.form_values) as Record<string, unknown>)[field];
    return held === value || (Array.isArray(held) && held.includes(value)) ? [row.number] : [];
  });
}

/** A text as it stands in JSON, for `like` with the escape `!`. */
function wildless(text: string): string {
  return JSON.stringify(text).replaceAll(/[!%_]/g, wild => `!${wild}`);
}

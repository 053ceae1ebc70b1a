import type {Knex} from 'knex';
import type {CaseHeadView} from '@banli/api';
import type {CompiledBundle, LocalizedText} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {duplicateIndexOf} from '../columns.js';
import {caseErrors} from '../errors.js';
import {headColumns, headViews, readHead, type HeadRow} from '../views/heads.js';
import type {CaseStatus} from '../model.js';
import {openQueues} from '../open-queues.js';
import {limitToVisible, scopeOf} from '../visible.js';
import {hasLapsedSql, limitToLapsed, limitToState, type ClockState} from './clock-states.js';
import type {BoardColumn} from './limit-board.js';
import {keyset, pageOf, readCursor, type PageMark} from './cursor.js';
import {toldPage, type ToldPage} from './told-page.js';
import {keepTold} from './told.js';
import {assertMayStart} from '../start.js';

/** Bundles whose cases are searched: those with a current release. */
export interface SearchScope {
  readonly bundles: ReadonlyArray<{readonly bundleId: string; readonly release: CompiledBundle}>;
}

/** What narrows a search, beside the words. Lists are alternatives; moments are of the registration, in UTC milliseconds, `to` exclusive. */
export interface SearchFilters {
  readonly status?: CaseStatus | undefined;
  readonly state?: string | undefined;
  readonly matters?: readonly string[] | undefined;
  /** The beginning of the area code. */
  readonly area?: string | undefined;
  readonly leadUnitIds?: readonly string[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** `started`: registered by oneself. `handled`: one did a task of it. */
  readonly part?: 'started' | 'handled' | undefined;
  /** How the clocks of open cases stand; `timed`: any clock that may still move. */
  readonly due?: ClockState | 'timed' | undefined;
  /** Cases that end in the period, `inTime` those without a lapse. */
  readonly closed?: Period & {readonly inTime: boolean} | undefined;
  /** Cases that lapsed in the period. */
  readonly lapsed?: Period | undefined;
  /** A group of the board of limits. */
  readonly group?: GroupFilter | undefined;
}

/** Moments in UTC milliseconds, `to` exclusive. */
interface Period {
  readonly from: number;
  readonly to: number;
}

/** Values of a column that make a group; `rest`: all but these, and nothing at all. Of several columns the first one that is filled in decides. */
export interface GroupFilter {
  readonly columns: ReadonlyArray<{readonly column: BoardColumn; readonly values: readonly string[]}>;
  readonly rest: boolean;
}

/** What a person looks for, and which page. Without words the filters alone decide. */
export interface SearchQuery extends SearchFilters {
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A page of what was found. */
export interface SearchPage {
  readonly rows: readonly CaseHeadView[];
  readonly nextCursor: string | null;
  /** How many there are, up to `mostCounted`; only with the first page, and `null` where the count would tell whose phone it is. */
  readonly total?: number | null;
  /** States that cases of this person's bundles may have, to narrow by; with the first page. */
  readonly states?: ReadonlyArray<{readonly id: string; readonly title: LocalizedText}>;
}

/** Counting ends here: more than that is said as more. */
export const mostCounted = 1_000;

const defaultLimit = 20;
const mostDuplicates = 10;

/**
 * Cases by the beginning of the number, the exact phone, or words of the title, narrowed by filters, as far as the person may see them;
 * newest first.
 */
export async function searchCases(deps: CaseDeps, actor: Actor, scope: SearchScope, query: SearchQuery): Promise<SearchPage> {
  const limit = query.limit ?? defaultLimit;
  const queues = await openQueues(deps, actor);
  const words = (query.q ?? '').trim();
  const isPhone = looksLikePhone(words);
  const visible = (): Knex.QueryBuilder => limitToVisible(deps, narrow(deps, matching(deps, words), actor, query), actor, scope.bundles, queues);
  const read = async (from: PageMark | null, most: number): Promise<ToldPage> => {
    const found: SqlRow[] = await keyset(visible(), {at: 'record.accepted_at', id: 'record.id'}, from, most).select(headColumns);
    return pageOf(found.map(readHead), most, markOf);
  };
  const keep = (found: readonly HeadRow[]) => keepTold(deps, actor, found, row => row.number.startsWith(words) || row.title.includes(words));
  const page = isPhone ? await toldPage({read, keep, vault: deps.vault}, query.cursor, limit) : await read(readCursor(query.cursor), limit);
  const rows = await headViews(deps, page.rows);
  if (query.cursor) return {rows, nextCursor: page.nextCursor};
  return {rows, nextCursor: page.nextCursor, total: isPhone ? null : await countUpTo(deps, visible()), states: statesOf(scope, actor)};
}

const markOf = (row: HeadRow): PageMark => ({at: row.acceptedAt, id: row.id});

function statesOf({bundles}: SearchScope, actor: Actor): NonNullable<SearchPage['states']> {
  const found = new Map(bundles.filter(({release}) => scopeOf(release, actor.roles) !== null).flatMap(({release}) => release.bundle.manifest.states.map(({id, title}) => [id, {id, title}] as const)));
  return [...found.values()];
}

function matching(deps: CaseDeps, words: string): Knex.QueryBuilder {
  const rows = deps.store.knex('case_record as record');
  if (words === '') return rows;
  return rows.where(any => {
    void any.whereRaw('instr(record.title, ?) > 0', [words]);
    if (/^[0-9A-Za-z-]+$/.test(words)) void any.orWhere('record.number', 'like', `${words}%`);
    if (looksLikePhone(words)) void any.orWhere('record.phone_index', deps.vault.blindIndex(words));
  });
}

function narrow({store: {knex}, clock}: CaseDeps, rows: Knex.QueryBuilder, actor: Actor, {status, state, matters, area, leadUnitIds, from, to, part, due, closed, lapsed, group}: SearchFilters): Knex.QueryBuilder {
  if (status !== undefined) void rows.where('record.status', status);
  if (state !== undefined) void rows.where('record.state_id', state);
  if (matters !== undefined) void rows.whereIn('record.matter', [...matters]);
  if (area !== undefined) void rows.where('record.area_code', 'like', `${area.replaceAll(/[^0-9A-Za-z]/g, '')}%`);
  if (leadUnitIds !== undefined) void rows.whereIn('record.lead_unit_id', [...leadUnitIds]);
  if (from !== undefined) void rows.where('record.accepted_at', '>=', from);
  if (to !== undefined) void rows.where('record.accepted_at', '<', to);
  if (part === 'started') void rows.where('record.started_by', actor.personId);
  if (part === 'handled') void rows.whereExists(knex('case_task').select(knex.raw('1')).whereRaw('case_task.case_id = record.id').andWhere({done_by: actor.personId}));
  if (due !== undefined) limitToState(rows, due, clock.now());
  if (closed !== undefined) {
    void rows.where('record.status', 'ended').where('record.ended_at', '>=', closed.from).where('record.ended_at', '<', closed.to);
    if (closed.inTime) void rows.whereRaw(`not ${hasLapsedSql}`);
  }
  if (lapsed !== undefined) limitToLapsed(rows, lapsed);
  if (group !== undefined) limitToGroup(rows, group);
  return rows;
}

/** A column decides where those before it are empty. A value that is in no group belongs to the rest. */
function limitToGroup(rows: Knex.QueryBuilder, {columns, rest}: GroupFilter): void {
  void rows.where(any => columns.forEach(({column, values}, place) => {
    void any.orWhere(one => {
      for (const before of columns.slice(0, place)) void one.whereNull(`record.${before.column}`);
      if (!rest) void one.whereIn(`record.${column}`, [...values]);
      else if (place < columns.length - 1) void one.whereNotIn(`record.${column}`, [...values]);
      else void one.where(last => void last.whereNull(`record.${column}`).orWhereNotIn(`record.${column}`, [...values]));
    });
  }));
}


async function countUpTo({store: {knex}}: CaseDeps, rows: Knex.QueryBuilder): Promise<number> {
  const [found] = await knex.from(rows.select('record.id').limit(mostCounted + 1).as('hits')).count<Array<{total: number | string}>>({total: '*'});
  return Number(found?.total ?? 0);
}

function looksLikePhone(words: string): boolean {
  return /^[+\d][\d\s-]{5,}$/.test(words);
}

/**
 * Open cases that are likely the same, as far as the person may see them and so can go on with them: equal in every field of the bundle's
 * duplicate key. Nothing while one of them is empty.
 * @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`.
 * @see Source: requirements/xinjiang-hotline.md §2.8
 */
export async function findDuplicates(deps: CaseDeps, actor: Actor, scope: SearchScope, bundleId: string, values: Readonly<Record<string, unknown>>): Promise<readonly CaseHeadView[]> {
  const own = scope.bundles.find(each => each.bundleId === bundleId);
  if (!own) throw caseErrors.APP_UNKNOWN({bundleId});
  assertMayStart(own.release, actor);
  const index = duplicateIndexOf(own.release, deps.vault, values);
  if (index === null) return [];
  const queues = await openQueues(deps, actor);
  const alike = deps.store.knex('case_record as record').where({'record.duplicate_index': index, 'record.status': 'open'});
  const rows: SqlRow[] = await limitToVisible(deps, alike, actor, scope.bundles, queues).orderBy('record.accepted_at', 'desc').limit(mostDuplicates).select(headColumns);
  return headViews(deps, rows.map(readHead));
}

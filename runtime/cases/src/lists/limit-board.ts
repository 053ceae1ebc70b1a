import type {Knex} from 'knex';
import type {SqlRow} from '@banli/store';
import {textOrNull} from '../context.js';
import type {CaseDeps} from '../deps.js';
import {openQueues} from '../open-queues.js';
import type {Actor} from '../ports.js';
import {limitToVisible, sightOf} from '../visible.js';
import {createCountedOnce, type Counted} from './counted-once.js';
import {clockStates, hasLapsedSql, limitToLapsed, stateCounts, timedCases, type ClockState} from './clock-states.js';
import type {SearchScope} from './search.js';

/** What of a case is counted by; several columns make one key together. */
export type BoardColumn = 'area_code' | 'lead_unit_id' | 'matter' | 'urgency' | 'industry';

/** A question for the board. Moments in UTC milliseconds, `to` exclusive. */
export interface BoardQuery {
  readonly columns: readonly BoardColumn[];
  readonly from: number;
  readonly to: number;
}

/** Open cases by state, and what happened in the period: closed, closed without a lapse, and cases that lapsed in it. */
export type BoardCounts = Readonly<Record<ClockState | 'closed' | 'onTime' | 'lapsed', number>>;

/** Counts of the cases that are alike in every column, `null` for what is not filled in. */
export interface BoardGroup extends BoardCounts {
  readonly keys: Readonly<Partial<Record<BoardColumn, string | null>>>;
}

const none: BoardCounts = {overdue: 0, warning: 0, normal: 0, paused: 0, closed: 0, onTime: 0, lapsed: 0};

/** How old the numbers of the board may be: it says as of when they are. Counting takes µs for each open case, and with SQLite this process does nothing else meanwhile. */
const keptMs = 5_000;

/** Counts for the board of limits. */
export type LimitBoardCounts = (actor: Actor, scope: SearchScope, query: BoardQuery) => Promise<Counted<readonly BoardGroup[]>>;

/**
 * Makes the counts of the cases that a person may see; those who see the same and ask the same within a few seconds get the same count.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.10 (configure – warn – monitor – count)
 */
export function createLimitBoardCounts(deps: CaseDeps): LimitBoardCounts {
  const once = createCountedOnce<readonly BoardGroup[]>(deps.clock, keptMs);
  return async (actor, {bundles}, query) => {
    const queues = await openQueues(deps, actor);
    const visible = (rows: Knex.QueryBuilder) => limitToVisible(deps, rows, actor, bundles, queues);
    return once.ask(JSON.stringify([query, sightOf(deps, actor, bundles, queues)]), at => countBoard(deps, visible, query, at));
  };
}

/** In three statements whatever the number of cases: open ones by how their clocks stand, closed ones of the period, and those that lapsed in it. */
async function countBoard({store: {knex}}: CaseDeps, visible: (rows: Knex.QueryBuilder) => Knex.QueryBuilder, query: BoardQuery, at: number): Promise<readonly BoardGroup[]> {
  const columns = [...query.columns];
  const records = () => knex('case_record as record').select(columns.map(column => `record.${column}`)).groupBy(columns.map(column => `record.${column}`));
  const open = knex.from(visible(timedCases(knex, at, columns)).as('timed')).select(columns).select(stateCounts(knex)).groupBy(columns);
  const closed = visible(records().where('record.status', 'ended').where('record.ended_at', '>=', query.from).where('record.ended_at', '<', query.to))
    .select(knex.raw('count(*) as closed'), knex.raw(`sum(case when ${hasLapsedSql} then 0 else 1 end) as on_time`));
  const lapsed = records().count({lapsed: '*'});
  limitToLapsed(lapsed, query);
  return merge(columns, [await open, await closed, await visible(lapsed)] as SqlRow[][]);
}

function merge(columns: readonly BoardColumn[], answers: readonly SqlRow[][]): readonly BoardGroup[] {
  const groups = new Map<string, BoardGroup>();
  for (const row of answers.flat()) {
    const keys = Object.fromEntries(columns.map(column => [column, textOrNull(row[column])]));
    const name = JSON.stringify(keys);
    const before = groups.get(name) ?? {...none, keys};
    const counted = Object.fromEntries([...clockStates, 'closed', 'lapsed'].map(count => [count, Number(row[count] ?? 0)]));
    groups.set(name, {keys, ...addCounts(before, {...none, ...counted, onTime: Number(row['on_time'] ?? 0)})});
  }
  return [...groups.values()];
}

/** Counts of two groups together. */
export function addCounts(left: BoardCounts, right: BoardCounts): BoardCounts {
  const names = Object.keys(none) as Array<keyof BoardCounts>;
  return Object.fromEntries(names.map(name => [name, left[name] + right[name]])) as BoardCounts;
}

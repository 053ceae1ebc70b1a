import type {Knex} from 'knex';

/** How the clocks of an open case stand together, the worst first: 超期, 临期, 正常, 暂停计时. */
export const clockStates = ['overdue', 'warning', 'normal', 'paused'] as const;

/** One of them. */
export type ClockState = (typeof clockStates)[number];

const active = ['running', 'halted', 'paused'];
const rankOf: Readonly<Record<ClockState, number>> = {overdue: 3, warning: 2, normal: 1, paused: 0};

/** How one clock stands as of a moment, as `dueStateOf` of the clocks says it (held together by a test there); near (临期) and warned (预警) are one here. */
function rankSql(now: number): {readonly sql: string; readonly bindings: readonly number[]} {
  const lapsed = 'exists (select 1 from case_clock_breach as lapse where lapse.clock_id = clock.id and lapse.corrected_at is null)';
  return {
    sql: `max(case when clock.due_at < ? or ${lapsed} then ${rankOf.overdue} when clock.status = 'running' and (clock.warn_at <= ? or clock.critical_at <= ?) then ${rankOf.warning} when clock.status = 'running' then ${rankOf.normal} else ${rankOf.paused} end)`,
    bindings: [now, now, now],
  };
}

/** Open cases (`record`) that have a clock which may still move, each once, with the rank of its worst one and some of its own columns. */
export function timedCases(knex: Knex, now: number, columns: readonly string[]): Knex.QueryBuilder {
  const {sql, bindings} = rankSql(now);
  return knex('case_record as record').join('case_clock as clock', 'clock.case_id', 'record.id').where('record.status', 'open').whereIn('clock.status', active)
    .groupBy('record.id').select(columns.map(column => knex.raw('max(??) as ??', [`record.${column}`, column]))).select(knex.raw(`${sql} as rank_of`, [...bindings]));
}

/** The count of cases in each state, over rows of `timedCases`. */
export function stateCounts(knex: Knex): readonly Knex.Raw[] {
  return clockStates.map(state => knex.raw(`sum(case when rank_of = ${rankOf[state]} then 1 else 0 end) as ??`, [state]));
}

/** Narrows a query over `record` to open cases in a state, or with any clock that may still move. */
export function limitToState(query: Knex.QueryBuilder, state: ClockState | 'timed', now: number): void {
  void query.where('record.status', 'open');
  const clocks = `from case_clock as clock where clock.case_id = record.id and clock.status in ('${active.join("', '")}')`;
  const {sql, bindings} = rankSql(now);
  void (state === 'timed' ? query.whereRaw(`exists (select 1 ${clocks})`) : query.whereRaw(`(select ${sql} ${clocks}) = ?`, [...bindings, rankOf[state]]));
}

/** Whether a lapse stands on a case (`record`): one that an approved extension took back does not count, any other never vanishes. */
export const hasLapsedSql = 'exists (select 1 from case_clock_breach as lapse where lapse.case_id = record.id and lapse.corrected_at is null)';

/** Narrows a query over `record` to cases that lapsed in a period. */
export function limitToLapsed(query: Knex.QueryBuilder, {from, to}: {readonly from: number; readonly to: number}): void {
  void query.whereRaw(`record.id in (select lapse.case_id from case_clock_breach as lapse where lapse.due_at >= ? and lapse.due_at < ? and lapse.corrected_at is null)`, [from, to]);
}

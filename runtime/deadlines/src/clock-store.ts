import {fromRow, insertRows, queryRows, rewriteRows, toRow, updateExpected, type SqlRow, type Store, type Tx} from '@banli/store';
import {isActive, type BreachRow, type ClockFacts, type ClockRow} from './model.js';

type Reader = Tx | Store['knex'];

/** Reads the clocks of a case in the order they were started; inside a transaction the rows are locked. */
export async function readClocks(reader: Reader, caseId: string): Promise<readonly ClockRow[]> {
  return (await queryRows(reader, 'select * from case_clock where case_id = ? order by id', [caseId])).map(readRow);
}

/** Reads the clocks of a case for a change: on MariaDB the rows stay locked until the transaction ends. */
export async function lockClocks(tx: Tx, dialect: Store['dialect'], caseId: string): Promise<readonly ClockRow[]> {
  return (await queryRows(tx, `select * from case_clock where case_id = ? order by id${lockOf(dialect)}`, [caseId])).map(readRow);
}

/** SQLite has a single writer and no word for locks. */
function lockOf(dialect: Store['dialect']): string {
  return dialect === 'mysql' ? ' for update' : '';
}

/** Reads the clocks of many cases. */
export async function readClocksOf(reader: Reader, caseIds: readonly string[]): Promise<readonly ClockRow[]> {
  return caseIds.length === 0 ? [] : (await queryRows(reader, `select * from case_clock where case_id in (${places(caseIds)}) order by id`, caseIds)).map(readRow);
}

/** Reads one clock, or `null`. */
export async function readClock(reader: Reader, id: string): Promise<ClockRow | null> {
  const row = await reader('case_clock').where({id}).first<SqlRow | undefined>();
  return row ? readRow(row) : null;
}

/** Reads the lapses of cases, the earliest first. */
export async function readBreaches(reader: Reader, caseIds: readonly string[]): Promise<readonly BreachRow[]> {
  return caseIds.length === 0 ? [] : (await queryRows(reader, `select * from case_clock_breach where case_id in (${places(caseIds)}) order by due_at, clock_id`, caseIds)).map(row => fromRow<BreachRow>(row));
}

function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Writes a new clock; it gets revision 1. */
export async function insertClock(tx: Tx, row: ClockRow): Promise<ClockRow> {
  const full: ClockRow = {...row, revision: 1};
  await insertRows(tx, 'case_clock', [writeRow(full)]);
  return full;
}

/**
 * Writes a changed clock, if nobody changed it meanwhile; where another process was first the transaction is given up with what `moved` makes.
 * @returns The row with its new revision.
 */
export async function updateClock(tx: Tx, row: ClockRow, moved: () => Error): Promise<ClockRow> {
  const next: ClockRow = {...row, revision: row.revision + 1};
  await updateExpected(tx, 'case_clock', {id: row.id, revision: row.revision}, writeRow(next), moved);
  return next;
}

/** A clock that was worked out anew, and whether its facts are as they were: another calendar alone leaves them alone. */
export interface Retimed {
  readonly row: ClockRow;
  readonly areFactsSame: boolean;
}

const timeColumns = ['due_at', 'warn_at', 'critical_at', 'fire_at', 'calendar_version', 'calendar_at'];
/** Columns of a clock that nothing but its beginning and its commands write. */
const clockDemands = {case_id: '', clock: '', round: 0, status: '', started_at: 0} as const;

/**
 * Writes what working out anew changes of clocks: times, and facts where they are others, not what names them nor where they stand.
 * @returns Whether nobody changed one of them meanwhile; if somebody did, the transaction must be given up.
 */
export async function updateTimes(tx: Tx, clocks: readonly Retimed[]): Promise<boolean> {
  const times = ({row}: Retimed) => ({
    id: row.id, revision: row.revision + 1, due_at: row.dueAt, warn_at: row.warnAt, critical_at: row.criticalAt, fire_at: row.fireAt, calendar_version: row.calendarVersion, calendar_at: row.calendarAt,
  });
  const kept = clocks.filter(({areFactsSame}) => areFactsSame).map(times);
  const others = clocks.filter(({areFactsSame}) => !areFactsSame).map(clock => ({...times(clock), facts: JSON.stringify(clock.row.facts), limit_row: clock.row.facts.origin?.row ?? null}));
  const rewrite = {key: 'id', counter: 'revision', columns: timeColumns, demands: {...clockDemands, facts: ''} as const};
  return await rewriteRows(tx, 'case_clock', rewrite, kept) && await rewriteRows(tx, 'case_clock', {...rewrite, columns: [...timeColumns, 'facts', 'limit_row'], demands: clockDemands}, others);
}

/** Cases of one statement: a fixed number of places, so that one text does for all. */
const casesAtOnce = 100;

/**
 * Reads the active clocks of many cases in the order they were started; on MariaDB the rows stay locked until the transaction ends.
 */
export async function lockActive(tx: Tx, dialect: Store['dialect'], caseIds: readonly string[]): Promise<readonly ClockRow[]> {
  const found: ClockRow[] = [];
  // Without an order: with one SQLite walks all cases in that order and picks these.
  const text = `select * from case_clock where case_id in (${'?, '.repeat(casesAtOnce - 1)}?)${lockOf(dialect)}`;
  for (let start = 0; start < caseIds.length; start += casesAtOnce) {
    const some = caseIds.slice(start, start + casesAtOnce);
    const rows = await queryRows(tx, text, [...some, ...Array.from({length: casesAtOnce - some.length}, () => some[0])]);
    for (const row of rows) if (isActive(row as {readonly status: ClockRow['status']})) found.push(readRow(row));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes a lapse; the same clock and due time a second time changes nothing. */
export async function insertBreach(tx: Tx, breach: BreachRow): Promise<void> {
  await tx('case_clock_breach').insert(toRow({...breach})).onConflict(['clock_id', 'due_at']).ignore();
}

/** Writes back all columns of a clock as they are, revision included; written out, because a plan writes them by the hundred thousand. */
export function writeRow(row: ClockRow): SqlRow {
  return {
    id: row.id, case_id: row.caseId, clock: row.clock, round: row.round, status: row.status, started_at: row.startedAt, stopped_at: row.stoppedAt, due_at: row.dueAt, warn_at: row.warnAt, critical_at: row.criticalAt,
    warned_due_at: row.warnedDueAt, critical_due_at: row.criticalDueAt, fire_at: row.fireAt, revision: row.revision, calendar_version: row.calendarVersion, calendar_at: row.calendarAt,
    facts: JSON.stringify(row.facts), limit_row: row.facts.origin?.row ?? null,
  } satisfies StoredClock & {readonly limit_row: string | null};
}

/** A row of the table as a clock; written out for the same reason. */
export function readRow(row: SqlRow): ClockRow {
  const read = row as unknown as StoredClock;
  return {
    id: read.id, caseId: read.case_id, clock: read.clock, round: read.round, status: read.status, startedAt: read.started_at, stoppedAt: read.stopped_at, dueAt: read.due_at, warnAt: read.warn_at, criticalAt: read.critical_at,
    warnedDueAt: read.warned_due_at, criticalDueAt: read.critical_due_at, fireAt: read.fire_at, revision: read.revision, calendarVersion: read.calendar_version, calendarAt: read.calendar_at,
    facts: JSON.parse(read.facts) as ClockFacts,
  };
}

/** The columns of `case_clock`. */
interface StoredClock {
  readonly id: string;
  readonly case_id: string;
  readonly clock: string;
  readonly round: number;
  readonly status: ClockRow['status'];
  readonly started_at: number;
  readonly stopped_at: number | null;
  readonly due_at: number | null;
  readonly warn_at: number | null;
  readonly critical_at: number | null;
  readonly warned_due_at: number | null;
  readonly critical_due_at: number | null;
  readonly fire_at: number | null;
  readonly revision: number;
  readonly calendar_version: string | null;
  readonly calendar_at: number;
  readonly facts: string;
}

/** Rows by their case, in the order of the first row of each. */
export function byCase<T extends {readonly caseId: string}>(values: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const list = groups.get(value.caseId);
    if (list) list.push(value);
    else groups.set(value.caseId, [value]);
  }
  return groups;
}

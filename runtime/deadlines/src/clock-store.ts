import {fromRow, insertRows, queryRows, rewriteRows, toRow, updateExpected, type SqlRow, type Store, type Tx} from '@banli/store';
import {areOwnSame, keepLimits, limitOf, ownText, readLimits} from './limit-store.js';
import {isActive, type BreachRow, type ClockFacts, type ClockRow} from './model.js';
import type {LimitFacts} from './put-on-limit.js';

type Reader = Tx | Store['knex'];

/** Reads the clocks of a case in the order they were started; inside a transaction the rows are locked. */
export async function readClocks(reader: Reader, caseId: string): Promise<readonly ClockRow[]> {
  return readClockRows(reader, await queryRows(reader, 'select * from case_clock where case_id = ? order by id', [caseId]));
}

/** Reads the clocks of a case for a change: on MariaDB the rows stay locked until the transaction ends. */
export async function lockClocks(tx: Tx, dialect: Store['dialect'], caseId: string): Promise<readonly ClockRow[]> {
  return readClockRows(tx, await queryRows(tx, `select * from case_clock where case_id = ? order by id${lockOf(dialect)}`, [caseId]));
}

/** SQLite has a single writer and no word for locks. */
function lockOf(dialect: Store['dialect']): string {
  return dialect === 'mysql' ? ' for update' : '';
}

/** Reads the clocks of many cases. */
export async function readClocksOf(reader: Reader, caseIds: readonly string[]): Promise<readonly ClockRow[]> {
  return caseIds.length === 0 ? [] : readClockRows(reader, await queryRows(reader, `select * from case_clock where case_id in (${places(caseIds)}) order by id`, caseIds));
}

/** Reads one clock, or `null`. */
export async function readClock(reader: Reader, id: string): Promise<ClockRow | null> {
  const row = await reader('case_clock').where({id}).first<SqlRow | undefined>();
  return row ? ((await readClockRows(reader, [row]))[0] ?? null) : null;
}

/** Reads the lapses of cases, the earliest first. */
export async function readBreaches(reader: Reader, caseIds: readonly string[]): Promise<readonly BreachRow[]> {
  return caseIds.length === 0 ? [] : (await queryRows(reader, `select * from case_clock_breach where case_id in (${places(caseIds)}) order by due_at, clock_id`, caseIds)).map(row => fromRow<BreachRow>(row));
}

function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Writes a new clock; it gets revision 1. */
export async function insertClock(tx: Tx, store: Store, row: ClockRow): Promise<ClockRow> {
  const full: ClockRow = {...row, revision: 1};
  await insertRows(tx, 'case_clock', [await writeRow(tx, store, full)]);
  return full;
}

/**
 * Writes a changed clock, if nobody changed it meanwhile; where another process was first the transaction is given up with what `moved` makes.
 * @returns The row with its new revision.
 */
export async function updateClock(tx: Tx, store: Store, row: ClockRow, moved: () => Error): Promise<ClockRow> {
  const next: ClockRow = {...row, revision: row.revision + 1};
  await updateExpected(tx, 'case_clock', {id: row.id, revision: row.revision}, await writeRow(tx, store, next), moved);
  return next;
}

/** A clock that was worked out anew, and as it was read. */
export interface Retimed {
  readonly row: ClockRow;
  readonly before: ClockRow;
}

const timeColumns = ['due_at', 'warn_at', 'critical_at', 'fire_at', 'calendar_version', 'calendar_at'];
/** Columns of a clock that nothing but its beginning and its commands write, and its facts, which are mostly left alone. */
const clockDemands = {case_id: '', clock: '', round: 0, status: '', started_at: 0, facts: ''} as const;

/**
 * Writes what working out anew changes of clocks: times, and limit and facts where they are others, not what names them nor where they stand.
 * @returns Whether nobody changed one of them meanwhile; if somebody did, the transaction must be given up.
 */
export async function updateTimes(tx: Tx, store: Store, clocks: readonly Retimed[]): Promise<boolean> {
  await keepLimits(tx, store, clocks.map(({row}) => limitOf(row.facts)));
  // Clocks with the same columns to write go together: another calendar writes no limit, and most other limits no row.
  const groups = new Map<string, SqlRow[]>();
  for (const {row, before} of clocks) {
    const others = otherColumns(row, before);
    const change = {
      id: row.id, revision: row.revision + 1, due_at: row.dueAt, warn_at: row.warnAt, critical_at: row.criticalAt, fire_at: row.fireAt, calendar_version: row.calendarVersion, calendar_at: row.calendarAt, ...others,
    };
    const key = Object.keys(others).join();
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  for (const [key, rows] of groups) {
    const others = key === '' ? [] : key.split(',');
    const demands = Object.fromEntries(Object.entries(clockDemands).filter(([column]) => !others.includes(column)));
    if (!(await rewriteRows(tx, 'case_clock', {key: 'id', counter: 'revision', columns: [...timeColumns, ...others], demands}, rows))) return false;
  }
  return true;
}

const noOthers: SqlRow = {};

/** Columns besides times that are other than before. A clock that kept its limit in its facts is written whole, so that it stands there no more. */
function otherColumns({facts}: ClockRow, {facts: was, limitId}: ClockRow): SqlRow {
  const {id} = limitOf(facts);
  const row = facts.origin?.row ?? null;
  const areSame = limitId !== null && areOwnSame(facts, was);
  if (areSame && id === limitId) return noOthers;
  return {limit_id: id, ...(row === (was.origin?.row ?? null) ? {} : {limit_row: row}), ...(areSame ? {} : {facts: ownText(facts)})};
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
    found.push(...(await readClockRows(tx, rows.filter(row => isActive(row as {readonly status: ClockRow['status']})))));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes a lapse; the same clock and due time a second time changes nothing. */
export async function insertBreach(tx: Tx, breach: BreachRow): Promise<void> {
  await tx('case_clock_breach').insert(toRow({...breach})).onConflict(['clock_id', 'due_at']).ignore();
}

/** All columns of a clock as they are, revision included, once its limit is sure to be kept. */
export async function writeRow(tx: Tx, store: Store, row: ClockRow): Promise<SqlRow> {
  const limit = limitOf(row.facts);
  await keepLimits(tx, store, [limit]);
  return {
    id: row.id, case_id: row.caseId, clock: row.clock, round: row.round, status: row.status, started_at: row.startedAt, stopped_at: row.stoppedAt, due_at: row.dueAt, warn_at: row.warnAt, critical_at: row.criticalAt,
    warned_due_at: row.warnedDueAt, critical_due_at: row.criticalDueAt, fire_at: row.fireAt, revision: row.revision, calendar_version: row.calendarVersion, calendar_at: row.calendarAt,
    limit_id: limit.id, facts: ownText(row.facts), limit_row: row.facts.origin?.row ?? null,
  } satisfies StoredClock & {readonly limit_row: string | null};
}

/** Rows of the table as clocks. */
export async function readClockRows(reader: Reader, rows: readonly SqlRow[]): Promise<readonly ClockRow[]> {
  const limits = await readLimits(reader, rows);
  return rows.map(row => readRow(row as unknown as StoredClock, limits));
}

/** A row as a clock; written out, because a plan reads them by the hundred thousand. */
function readRow(read: StoredClock, limits: ReadonlyMap<string, LimitFacts>): ClockRow {
  const own = JSON.parse(read.facts) as ClockFacts;
  const limit = read.limit_id === null ? null : limits.get(read.limit_id);
  if (limit === undefined) throw new Error(`The limit ${read.limit_id} of the clock ${read.id} is not there.`);
  return {
    id: read.id, caseId: read.case_id, clock: read.clock, round: read.round, status: read.status, startedAt: read.started_at, stoppedAt: read.stopped_at, dueAt: read.due_at, warnAt: read.warn_at, criticalAt: read.critical_at,
    warnedDueAt: read.warned_due_at, criticalDueAt: read.critical_due_at, fireAt: read.fire_at, revision: read.revision, calendarVersion: read.calendar_version, calendarAt: read.calendar_at, limitId: read.limit_id,
    facts: limit === null ? own : Object.assign(own, limit),
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
  /** `null` in a clock that keeps its limit in its facts, as all did before 0159. */
  readonly limit_id: string | null;
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

import {execute, fromRow, insertRows, queryRows, toRow, updateRows, type SqlRow, type Store, type Tx} from '@banli/store';
import type {BreachRow, ClockFacts, ClockRow} from './model.js';

type Reader = Tx | Store['knex'];

/** Reads the clocks of a case in the order they were started; inside a transaction the rows are locked. */
export async function readClocks(reader: Reader, caseId: string): Promise<readonly ClockRow[]> {
  return (await queryRows(reader, 'select * from case_clock where case_id = ? order by id', [caseId])).map(readRow);
}

/** Reads the clocks of a case for a change: on MariaDB the rows stay locked until the transaction ends. */
export async function lockClocks(tx: Tx, caseId: string): Promise<readonly ClockRow[]> {
  const rows: SqlRow[] = await tx('case_clock').where({case_id: caseId}).orderBy('id').forUpdate();
  return rows.map(readRow);
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
 * Writes a changed clock, if nobody changed it meanwhile.
 * @returns The row with its new revision, or `null` when another process was first.
 */
export async function updateClock(tx: Tx, row: ClockRow): Promise<ClockRow | null> {
  const next: ClockRow = {...row, revision: row.revision + 1};
  const changed = await updateRows(tx, 'case_clock', {id: row.id, revision: row.revision}, writeRow(next));
  return changed > 0 ? next : null;
}

/** Clocks of one statement: one each costs a round trip, and many cost looking for the row's values among all others'. */
const timesAtOnce = 16;

/**
 * Writes what working out anew changes of clocks: times and facts, not what names them nor where they stand.
 * @returns Whether nobody changed one of them meanwhile; if somebody did, the transaction must be given up.
 */
export async function updateTimes(tx: Tx, rows: readonly ClockRow[]): Promise<boolean> {
  let changed = 0;
  for (let start = 0; start < rows.length; start += timesAtOnce) changed += await updateSome(tx, rows.slice(start, start + timesAtOnce));
  return changed === rows.length;
}

async function updateSome(tx: Tx, rows: readonly ClockRow[]): Promise<number> {
  const values: unknown[] = [];
  const put = (of: (row: ClockRow) => unknown): void => {
    for (const row of rows) values.push(row.id, of(row));
  };
  put(row => row.dueAt);
  put(row => row.warnAt);
  put(row => row.criticalAt);
  put(row => row.fireAt);
  put(row => JSON.stringify(row.facts));
  for (const row of rows) values.push(row.id);
  put(row => row.revision);
  return execute(tx, timesText(rows.length), values);
}

const timeColumns = ['due_at', 'warn_at', 'critical_at', 'fire_at', 'facts'];
const timesTexts = new Map<number, string>();

function timesText(count: number): string {
  const known = timesTexts.get(count);
  if (known !== undefined) return known;
  const byId = `case id ${'when ? then ? '.repeat(count)}end`;
  const text = `update case_clock set ${timeColumns.map(column => `${column} = ${byId}`).join(', ')}, revision = revision + 1 where id in (${Array.from({length: count}, () => '?').join(', ')}) and revision = ${byId}`;
  timesTexts.set(count, text);
  return text;
}

/** Writes a lapse; the same clock and due time a second time changes nothing. */
export async function insertBreach(tx: Tx, breach: BreachRow): Promise<void> {
  await tx('case_clock_breach').insert(toRow({...breach})).onConflict(['clock_id', 'due_at']).ignore();
}

/** Writes back all columns of a clock as they are, revision included. */
export function writeRow(row: ClockRow): SqlRow {
  return toRow({...row, facts: JSON.stringify(row.facts)});
}

/** A row of the table as a clock. */
export function readRow(row: SqlRow): ClockRow {
  const read = fromRow<Omit<ClockRow, 'facts'> & {facts: string}>(row);
  return {...read, facts: JSON.parse(read.facts) as ClockFacts};
}

import type {Knex} from 'knex';
import type {Tx} from '@banli/store';
import type {CompiledBundle} from '@banli/formats';
import {insertRows, isTx, newId, queryRow, queryRows, updateRows} from '@banli/store';
import type {RecordDeps} from './deps.js';
import type {CaseRecord, LineInput, OutboxRow, TaskRow} from './model.js';
import {factsOf} from './release-facts.js';
import {readRecord, readTask, writeLine, writeOutbox, writeRecord} from './rows.js';

/** A case with its open tasks, as commands and projections work on it. */
export interface LoadedCase {
  readonly record: CaseRecord;
  readonly tasks: readonly TaskRow[];
}

/** Someone else changed the case between reading and writing: the unit of work is done again from the start. */
export class CaseMoved extends Error {
  override readonly name = 'CaseMoved';
}

/** Reads a case and its open tasks; `null` when there is none. */
export async function loadCase(deps: RecordDeps, caseId: string, using: Knex | Tx = deps.store.knex): Promise<LoadedCase | null> {
  const [row, tasks] = await both(using, [
    () => queryRow(using, 'select * from case_record where id = ?', [caseId]),
    () => queryRows(using, "select * from case_task where case_id = ? and status = 'open' order by opened_at, id", [caseId]),
  ]);
  return row ? {record: readRecord(row, deps.vault), tasks: tasks.map(readTask)} : null;
}

/** Reads a task whatever its status, with its case and the case's open tasks; `null` when there is none. */
export async function loadByTask(deps: RecordDeps, taskId: string): Promise<(LoadedCase & {readonly task: TaskRow}) | null> {
  const {knex} = deps.store;
  const [row, rows] = await both(knex, [
    () => queryRow(knex, 'select * from case_record where id = (select case_id from case_task where id = ?)', [taskId]),
    () => queryRows(knex, "select * from case_task where case_id = (select case_id from case_task where id = ?) and (status = 'open' or id = ?) order by opened_at, id", [taskId, taskId]),
  ]);
  const tasks = rows.map(readTask);
  const task = tasks.find(each => each.id === taskId);
  return row && task ? {record: readRecord(row, deps.vault), task, tasks: tasks.filter(each => each.status === 'open')} : null;
}

type Rows = Record<string, unknown>;

/** Two reads; in a transaction one after the other, else side by side. */
async function both(using: Knex | Tx, reads: readonly [() => PromiseLike<Rows | undefined>, () => PromiseLike<Rows[]>]): Promise<[Rows | undefined, Rows[]]> {
  return isTx(using) ? [await reads[0](), await reads[1]()] : Promise.all([reads[0](), reads[1]()]);
}

/**
 * Writes what changed of a case, if nobody else did meanwhile.
 *
 * @returns The record as it is now.
 * @throws CaseMoved when the row has another lock version than `before`.
 */
export async function saveRecord(deps: RecordDeps, tx: Tx, release: CompiledBundle, before: CaseRecord, patch: Partial<CaseRecord>): Promise<CaseRecord> {
  const next: Partial<CaseRecord> = {...changesOf(before, patch), lockVersion: before.lockVersion + 1};
  const changed = await updateRows(tx, 'case_record', {id: before.id, lock_version: before.lockVersion}, writeRecord(next, factsOf(release).sealed, deps.vault));
  if (changed === 0) throw new CaseMoved();
  return {...before, ...next};
}

/** What is as it was is not written: every column that is written costs its indexes, too. */
function changesOf(before: CaseRecord, patch: Partial<CaseRecord>): Partial<CaseRecord> {
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => {
    const was = before[name as keyof CaseRecord];
    return value !== was && !(Array.isArray(value) && Array.isArray(was) && value.join() === was.join());
  }));
}

/** Inserts outbox rows. */
export async function insertOutbox(deps: RecordDeps, tx: Tx, release: CompiledBundle, rows: readonly OutboxRow[]): Promise<void> {
  await insertRows(tx, 'case_outbox', rows.map(row => writeOutbox(row, factsOf(release).sealed, deps.vault)));
}

/** Makes a pending outbox row. The inline try has `graceMs` before the loop may look at it. */
export function newOutboxRow(row: Pick<OutboxRow, 'caseId' | 'seq' | 'kind' | 'at' | 'operations' | 'cause' | 'undo'>, graceMs: number): OutboxRow {
  return {...row, id: newId(row.at), status: 'pending', attempts: 0, nextTryAt: row.at + graceMs, replay: false};
}

/** Counts the lines of this process: lines of one moment keep the order in which they were written. */
let place = 0;
const mostPlaces = 2 ** 30;

/** Writes lines of the timeline. */
export async function insertLines(deps: RecordDeps, tx: Tx, release: CompiledBundle, record: Pick<CaseRecord, 'id'>, at: number, lines: readonly LineInput[]): Promise<void> {
  if (lines.length === 0) return;
  const {sealed} = factsOf(release);
  await insertRows(tx, 'case_timeline', lines.map(line => {
    place = (place + 1) % mostPlaces;
    return writeLine({...line, id: newId(at), caseId: record.id, at, place}, sealed, deps.vault);
  }));
}

/** Runs a unit of work again when the case moved under it. @throws CaseMoved when it lost five times. */
export async function againWhenMoved<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CaseMoved) || attempt === 5) throw error;
    }
  }
}

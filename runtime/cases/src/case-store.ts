import type {Knex} from 'knex';
import type {Tx} from '@banli/store';
import type {CompiledBundle} from '@banli/formats';
import {insertRowsLast, newId, queryByKeys, updateExpected, type SqlRow} from '@banli/store';
import type {RecordDeps} from './deps.js';
import type {CaseNote} from './ports.js';
import type {CaseRecord, LineInput, OutboxRow, TaskRow} from './model.js';
import {changeHeldRows} from './held-rows.js';
import {factsOf} from './release-facts.js';
import {readRecord, readTask, writeLine, writeNote, writeOutbox, writeRecord} from './rows.js';
import {isSame} from './work.js';

/** A case with its open tasks, as commands and projections work on it. */
export interface LoadedCase {
  readonly record: CaseRecord;
  readonly tasks: readonly TaskRow[];
  /** Whether it was linked with another case when it was read: of the many that are not, nobody asks which. */
  readonly isLinked: boolean;
}

/** Someone else changed the case between reading and writing: the unit of work is done again from the start. */
export class CaseMoved extends Error {
  override readonly name = 'CaseMoved';
}

/** Reads a case and its open tasks; `null` when there is none. */
export async function loadCase(deps: RecordDeps, caseId: string, using: Knex | Tx = deps.store.knex): Promise<LoadedCase | null> {
  return readCase(await queryByKeys(using, caseById, [caseId]), deps.vault);
}

/** Reads a task whatever its status, with its case and the case's open tasks; `null` when there is none. */
export async function loadByTask(deps: RecordDeps, taskId: string): Promise<(LoadedCase & {readonly task: TaskRow}) | null> {
  const rows = await queryByKeys(deps.store.knex, caseByTask, [taskId, taskId]);
  const loaded = readCase(rows, deps.vault);
  const task = loaded?.tasks.find(each => each.id === taskId);
  return loaded && task ? {...loaded, task, tasks: loaded.tasks.filter(each => each.status === 'open')} : null;
}

const taskColumns = ['id', 'case_id', 'engine_id', 'step_id', 'loop_counter', 'status', 'queue', 'home_queue', 'unit_id', 'assignee_id', 'opened_at', 'closed_at', 'done_by', 'done_by_name', 'outcome', 'has_draft', 'has_exclusion'];
/** A case with a task in each row: one question instead of two, and both as of one moment. */
const selectCase = `select record.*, ${taskColumns.map(name => `task.${name} as task_${name}`).join(', ')}, exists (select 1 from case_link link where link.case_id = record.id)
  or exists (select 1 from case_link link where link.other_id = record.id) as is_linked from case_record record`;
const caseById = `${selectCase} left join case_task task on task.case_id = record.id and task.status = 'open' where record.id = ? order by task.opened_at, task.id`;
const caseByTask = `${selectCase} join case_task task on task.case_id = record.id where record.id = (select case_id from case_task where id = ?) and (task.status = 'open' or task.id = ?) order by task.opened_at, task.id`;

function readCase(rows: readonly SqlRow[], vault: RecordDeps['vault']): LoadedCase | null {
  const [first] = rows;
  if (!first) return null;
  return {record: readRecord(first, vault), tasks: rows.filter(row => row['task_id'] !== null).map(row => readTask(row, 'task_')), isLinked: Boolean(Number(first['is_linked']))};
}

/**
 * Writes what changed of a case, if nobody else did meanwhile.
 *
 * @returns The record as it is now.
 * @throws CaseMoved when the row has another lock version than `before`, at the latest with the COMMIT.
 */
export async function saveRecord(deps: RecordDeps, tx: Tx, release: CompiledBundle, before: CaseRecord, patch: Partial<CaseRecord>): Promise<CaseRecord> {
  const next: Partial<CaseRecord> = {...changesOf(before, patch), lockVersion: before.lockVersion + 1};
  await updateExpected(tx, 'case_record', {id: before.id, lock_version: before.lockVersion}, writeRecord(next, factsOf(release).sealed, deps.vault), () => new CaseMoved());
  const saved = {...before, ...next};
  await changeHeldRows(tx, release, before, saved);
  return saved;
}

/** Made anew with every command, and mostly the same. */
const workedOut: ReadonlySet<string> = new Set(['marks', 'attributes'] satisfies Array<keyof CaseRecord>);

/** What is as it was is not written: every column that is written costs its indexes, too. */
function changesOf(before: CaseRecord, patch: Partial<CaseRecord>): Partial<CaseRecord> {
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => {
    const was = before[name as keyof CaseRecord];
    return value !== was && !(workedOut.has(name) && isSame(was, value));
  }));
}

/** Inserts outbox rows, at the end of the transaction. */
export async function insertOutbox(deps: RecordDeps, tx: Tx, release: CompiledBundle, rows: readonly OutboxRow[]): Promise<void> {
  await insertRowsLast(tx, 'case_outbox', rows.map(row => writeOutbox(row, factsOf(release).sealed, deps.vault)));
}

/** Makes a pending outbox row. The inline try has `graceMs` before the loop may look at it. */
export function newOutboxRow(row: Pick<OutboxRow, 'caseId' | 'seq' | 'kind' | 'at' | 'operations' | 'cause' | 'undo'>, graceMs: number): OutboxRow {
  return {...row, id: newId(row.at), status: 'pending', attempts: 0, nextTryAt: row.at + graceMs, replay: false};
}

/** Counts the lines of this process: lines of one moment keep the order in which they were written. */
let place = 0;
const mostPlaces = 2 ** 30;

/** Writes lines of the timeline, at the end of the transaction. */
export async function insertLines(deps: RecordDeps, tx: Tx, release: CompiledBundle, record: Pick<CaseRecord, 'id'>, at: number, lines: readonly LineInput[]): Promise<void> {
  if (lines.length === 0) return;
  const {sealed} = factsOf(release);
  await insertRowsLast(tx, 'case_timeline', lines.map(line => {
    place = (place + 1) % mostPlaces;
    return writeLine({...line, id: newId(at), caseId: record.id, at, place}, sealed, deps.vault);
  }));
}

/** Writes a line in each of many timelines; none of them holds form values. Text and data that several lines share are turned into JSON once. */
export async function insertNotes(tx: Tx, notes: readonly CaseNote[]): Promise<void> {
  const json = jsonOnce();
  const rows = notes.map(note => {
    place = (place + 1) % mostPlaces;
    return writeNote(note, {id: newId(note.at), place, json});
  });
  await insertRowsLast(tx, 'case_timeline', rows);
}

/** JSON of objects, of each one once. */
function jsonOnce(): (value: object) => string {
  const made = new Map<object, string>();
  return value => {
    const known = made.get(value);
    if (known !== undefined) return known;
    const json = JSON.stringify(value);
    made.set(value, json);
    return json;
  };
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

import {fromRow, toRow, type SqlRow} from '@banli/store';
import type {CaseVault} from './ports.js';
import type {CaseMark, CaseRecord, CaseRouting, LineInput, OutboxRow, TaskRow, Undo} from './model.js';
import {emptyRouting} from './model.js';
import {openValues, sealValues} from './sealing.js';

type Fields = ReadonlySet<string>;

/** Reads a row of `case_record`. Moments come as text from MariaDB's bigint columns when they are large; they are made numbers. */
export function readRecord(row: SqlRow, vault: CaseVault): CaseRecord {
  const {formValues, routing, marks, ...rest} = fromRow<Record<string, unknown>>(row);
  return {
    ...(numbers(rest, ['acceptedAt', 'endedAt', 'pendingSince', 'revision', 'updatedAt']) as unknown as CaseRecord),
    marks: String(marks).split(',').filter(Boolean) as CaseMark[],
    values: openValues(JSON.parse(String(formValues)) as Record<string, unknown>, vault),
    routing: {...emptyRouting, ...(JSON.parse(String(routing)) as CaseRouting)},
  };
}

/** Writes a whole record, or the part of it that changed. */
export function writeRecord(record: Partial<CaseRecord>, sealed: Fields, vault: CaseVault): SqlRow {
  const {values, routing, marks, ...rest} = record;
  return {
    ...toRow(rest),
    ...(values === undefined ? {} : {form_values: JSON.stringify(sealValues(values, sealed, vault))}),
    ...(routing === undefined ? {} : {routing: JSON.stringify(routing)}),
    ...(marks === undefined ? {} : {marks: marks.join(',')}),
  };
}

/** Reads a row of `case_task`. */
export function readTask(row: SqlRow): TaskRow {
  const task = numbers(fromRow<Record<string, unknown>>(row), ['openedAt', 'closedAt', 'loopCounter']);
  return {...(task as unknown as TaskRow), hasDraft: Boolean(task['hasDraft']), hasExclusion: Boolean(task['hasExclusion'])};
}

/** Reads a row of `case_outbox`. */
export function readOutbox(row: SqlRow, vault: CaseVault): OutboxRow {
  const {operations, cause, undo, replay, ...rest} = fromRow<Record<string, unknown>>(row);
  return {
    ...(numbers(rest, ['at', 'nextTryAt']) as unknown as OutboxRow),
    operations: JSON.parse(String(operations)) as OutboxRow['operations'],
    cause: JSON.parse(String(cause)) as OutboxRow['cause'],
    undo: undo ? openUndo(JSON.parse(String(undo)) as Undo, vault) : null,
    replay: Boolean(replay),
  };
}

/** Writes a row of `case_outbox`; `undo` holds former form values and is sealed like them. */
export function writeOutbox(row: OutboxRow, sealed: Fields, vault: CaseVault): SqlRow {
  const {operations, cause, undo, ...rest} = row;
  const former = undo && Object.fromEntries(Object.entries(undo.values).map(([name, entry]) => [name, entry.was]));
  return {
    ...toRow(rest),
    operations: JSON.stringify(operations),
    cause: JSON.stringify(cause),
    undo: undo && former ? JSON.stringify({...undo, values: sealValues(former, sealed, vault), absent: Object.keys(former).filter(name => former[name] === undefined)}) : null,
  };
}

function openUndo(stored: Undo & {readonly absent?: readonly string[]}, vault: CaseVault): Undo {
  const {absent, ...undo} = stored;
  const former = openValues(stored.values, vault);
  for (const name of absent ?? []) former[name] = undefined;
  return {...undo, values: Object.fromEntries(Object.entries(former).map(([name, was]) => [name, {was}]))};
}

/** A row of `case_timeline`. `place` orders the lines of one moment. */
export function writeLine(line: LineInput & {readonly id: string; readonly caseId: string; readonly at: number; readonly place: number}, sealed: Fields, vault: CaseVault): SqlRow {
  const {values, data} = line;
  const hasData = data !== undefined || (values !== undefined && Object.keys(values).length > 0);
  return {
    id: line.id,
    case_id: line.caseId,
    at: line.at,
    place: line.place,
    kind: line.kind,
    step_id: line.stepId ?? null,
    task_id: line.taskId ?? null,
    person_id: line.personId ?? null,
    person_name: line.personName ?? null,
    unit_id: line.unitId ?? null,
    text: JSON.stringify(line.text),
    data: hasData ? JSON.stringify({...data, ...(values === undefined ? {} : {values: sealValues(values, sealed, vault)})}) : null,
  };
}

function numbers(row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' || typeof value === 'bigint') row[name] = Number(value);
  }
  return row;
}

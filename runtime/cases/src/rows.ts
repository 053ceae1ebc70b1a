import {toRow, type SqlRow} from '@banli/store';
import type {CaseNote, CaseVault} from './ports.js';
import type {CaseAttributes, CaseMark, CaseRecord, CaseRouting, LineInput, OutboxRow, TaskRow, Undo} from './model.js';
import {emptyRouting} from './model.js';
import {openValues, sealValues} from './sealing.js';

type Fields = ReadonlySet<string>;

/** Reads a row of `case_record`, column by column: every request reads cases, and names made while running cost more than the query. */
export function readRecord(row: SqlRow, vault: CaseVault): CaseRecord {
  return {
    id: text(row['id']),
    bundleId: text(row['bundle_id']),
    releaseHash: text(row['release_hash']),
    number: text(row['number']),
    queryCode: text(row['query_code']),
    title: text(row['title']),
    status: text(row['status']) as CaseRecord['status'],
    stateId: text(row['state_id']),
    publicState: textOrNull(row['public_state']),
    round: whole(row['round']),
    acceptingUnitId: text(row['accepting_unit_id']),
    areaCode: text(row['area_code']),
    startedBy: text(row['started_by']),
    startedByName: text(row['started_by_name']),
    startKey: textOrNull(row['start_key']),
    acceptedAt: whole(row['accepted_at']),
    endedAt: wholeOrNull(row['ended_at']),
    lockVersion: whole(row['lock_version']),
    valuesVersion: whole(row['values_version']),
    seq: whole(row['seq']),
    ackedSeq: whole(row['acked_seq']),
    pendingSince: wholeOrNull(row['pending_since']),
    revision: whole(row['revision']),
    leadUnitId: textOrNull(row['lead_unit_id']),
    matter: textOrNull(row['matter']),
    urgency: textOrNull(row['urgency']),
    industry: textOrNull(row['industry']),
    attributes: readAttributes(row['attributes']),
    marks: text(row['marks']).split(',').filter(Boolean) as CaseMark[],
    phoneIndex: textOrNull(row['phone_index']),
    idNumberIndex: textOrNull(row['id_number_index']),
    duplicateIndex: textOrNull(row['duplicate_index']),
    callId: textOrNull(row['call_id']),
    values: openValues(JSON.parse(text(row['form_values'])) as Record<string, unknown>, vault),
    routing: {...emptyRouting, ...(JSON.parse(text(row['routing'])) as CaseRouting)},
    updatedAt: whole(row['updated_at']),
  };
}

/** What a case says of itself, as it was written; `null` where nothing was kept. */
export function readAttributes(cell: unknown): CaseAttributes | null {
  const written = textOrNull(cell);
  return written === null ? null : (JSON.parse(written) as CaseAttributes);
}

/** Writes a whole record, or the part of it that changed. */
export function writeRecord(record: Partial<CaseRecord>, sealed: Fields, vault: CaseVault): SqlRow {
  const {values, routing, marks, attributes, ...rest} = record;
  return {
    ...toRow(rest),
    ...(values === undefined ? {} : {form_values: JSON.stringify(sealValues(values, sealed, vault))}),
    ...(routing === undefined ? {} : {routing: JSON.stringify(routing)}),
    ...(attributes === undefined ? {} : {attributes: attributes && JSON.stringify(attributes)}),
    ...(marks === undefined ? {} : {marks: marks.join(',')}),
  };
}

/** Reads a row of `case_task`; `prefix` where its columns stand beside those of another table. */
export function readTask(row: SqlRow, prefix = ''): TaskRow {
  const column = (name: string): unknown => row[prefix + name];
  return {
    id: text(column('id')),
    caseId: text(column('case_id')),
    engineId: textOrNull(column('engine_id')),
    stepId: text(column('step_id')),
    loopCounter: wholeOrNull(column('loop_counter')),
    status: text(column('status')) as TaskRow['status'],
    queue: text(column('queue')),
    homeQueue: text(column('home_queue')),
    unitId: textOrNull(column('unit_id')),
    assigneeId: textOrNull(column('assignee_id')),
    openedAt: whole(column('opened_at')),
    closedAt: wholeOrNull(column('closed_at')),
    doneBy: textOrNull(column('done_by')),
    doneByName: textOrNull(column('done_by_name')),
    outcome: textOrNull(column('outcome')),
    hasDraft: Boolean(column('has_draft')),
    hasExclusion: Boolean(column('has_exclusion')),
  };
}

/** Reads a row of `case_outbox`. */
export function readOutbox(row: SqlRow, vault: CaseVault): OutboxRow {
  const undo = textOrNull(row['undo']);
  return {
    id: text(row['id']),
    caseId: text(row['case_id']),
    seq: whole(row['seq']),
    kind: text(row['kind']) as OutboxRow['kind'],
    status: text(row['status']) as OutboxRow['status'],
    at: whole(row['at']),
    operations: JSON.parse(text(row['operations'])) as OutboxRow['operations'],
    cause: JSON.parse(text(row['cause'])) as OutboxRow['cause'],
    undo: undo ? openUndo(JSON.parse(undo) as Undo, vault) : null,
    attempts: whole(row['attempts']),
    nextTryAt: whole(row['next_try_at']),
    replay: Boolean(row['replay']),
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

/** A row of `case_timeline` that nobody wrote at a step: without the columns that would be empty, as there are many of these at once. */
export function writeNote({caseId, at, kind, text: said, data}: CaseNote, {id, place, json}: {readonly id: string; readonly place: number; readonly json: (value: object) => string}): SqlRow {
  return {id, case_id: caseId, at, place, kind, text: json(said), data: data === undefined ? null : json(data)};
}

/** @throws Error for a row without the column: a query that forgot it must not pass as an empty text. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`Not a text: ${String(value)}`);
  return value;
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : text(value);
}

/** MariaDB gives large whole numbers as text. */
function whole(value: unknown): number {
  if (value === undefined || value === null) throw new Error('A column of whole numbers is missing.');
  return Number(value);
}

function wholeOrNull(value: unknown): number | null {
  return value === null ? null : whole(value);
}

import {isAppError, type Problem} from '@banli/errors';
import {putRows, readRows} from './change-store.js';
import {diffChanges, type RowDiff} from './compare.js';
import {commit, demandPart, draftOf, insertSet, openChange, refuseProblems, type ChangeRef, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {putProblems, rowContent, shapeWith} from './edit.js';
import type {ChangeSet, LifeActor, RowChange} from './model.js';
import {problemOf} from './problem.js';
import {checkRows, makeRowChange, type RowInput} from './row-input.js';
import {otherSets, type OtherSet} from './other-sets.js';
import {checkRules} from './rules/index.js';
import {shapeTable} from './fields/shape-tables.js';
import {shapedBy, splitChanges} from './fields/shaped-by.js';
import {foreignError, outsideErrors, refuseForeign, refuseOutside} from './maintainers.js';
import {draftsOn} from './make-draft.js';
import type {PublishedVersion} from '../version.js';
import type {BaseVersion} from './versions.js';

/** The most rows of one batch, as many as of one workbook. */
export const mostBatchRows = 500;

/** Rows that are looked at apart: each of them makes a draft of its own. */
const mostApart = 60;

/** What rows would become, and what stands against them. */
export interface RowsPreview {
  readonly diff: readonly RowDiff[];
  readonly problems: readonly Problem[];
  /** Open change sets that touch these rows, too. */
  readonly others: readonly OtherSet[];
}

/**
 * Starts a set on the last version of a catalog, empty or with its first rows: a set whose first rows are refused is never there.
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_CHANGE_TEXT_INVALID`; with rows also those of `putMany`
 */
export async function createSet(desk: Desk, actor: LifeActor, input: {readonly catalogId: string; readonly title: string; readonly rows?: readonly RowInput[]}): Promise<ChangeSet> {
  const base = await demandPart(desk, actor, 'catalogs.edit', input.catalogId);
  const fresh = {title: input.title, origin: 'manual' as const};
  if (!input.rows) return insertSet(desk, actor, base, fresh);
  checkCount(input.rows, mostBatchRows);
  const last = await desk.versions.withSchemas(base);
  const {rows, changed} = layInputs(input.rows, {base: last, last, before: [], at: desk.clock.now(), by: actor.personId});
  refuseForeign(desk, actor, last, changed);
  await refuseOutside(desk, actor, last, changed);
  refuseProblems(await putProblems((await draftsOn(desk, last))(rows), changed));
  return insertSet(desk, actor, base, {...fresh, data: toldRows(changed)}, (tx, changeId) => putRows(tx, changeId, changed));
}

/**
 * Puts the changes of many rows into a set, all or none.
 * @throws AppError of `openChange` and `makeRowChange`; `CATALOG_CHANGE_TOO_MANY`, `CATALOG_CHANGE_REFUSED` with every problem of every row.
 */
export async function putMany(desk: Desk, actor: LifeActor, ref: ChangeRef, inputs: readonly RowInput[]): Promise<ChangeSet> {
  checkCount(inputs, mostBatchRows);
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed']);
  const before = await readRows(desk.store.knex, change.id);
  const last = await desk.versions.withSchemas(await desk.versions.last(change.catalogId));
  const base = await desk.versions.baseOf(change);
  const {rows, changed} = layInputs(inputs, {base, last, before, at: desk.clock.now(), by: actor.personId});
  refuseForeign(desk, actor, last, changed);
  await refuseOutside(desk, actor, last, changed);
  const {draft} = await draftOf(desk, change, rows);
  refuseProblems(await putProblems(draft, changed));
  return commit(desk, actor, change, {action: 'putMany', patch: {state: 'editing'}, data: toldRows(changed)}, tx => putRows(tx, change.id, changed));
}

interface InputsOn {
  readonly base: PublishedVersion;
  readonly last: BaseVersion;
  /** What the set says so far. */
  readonly before: readonly RowChange[];
  readonly at: number;
  readonly by: string;
}

/** Lays inputs one after the other over what a set says: all its rows, and those that the inputs changed. */
export function layInputs(inputs: readonly RowInput[], {base, last, before, at, by}: InputsOn): {readonly rows: readonly RowChange[]; readonly changed: readonly RowChange[]} {
  let rows = before;
  let shape = shapeWith(last, rows);
  const touched = new Map<string, RowChange>();
  for (const input of inputs) {
    const row = makeRowChange(input, {base, last: shape, rows, at, by});
    if (input.op === 'add' && rows.some(other => sameRow(other, row) && other.op !== 'add')) throw changeErrors.ROW_EXISTS({key: row.rowKey});
    rows = [...rows.filter(other => !sameRow(other, row)), row];
    if (shapeTable(row.tableName)) shape = shapeWith(last, rows);
    touched.set(`${row.tableName}|${row.rowKey}`, row);
  }
  return {rows, changed: [...touched.values()]};
}

/** What the audit log is told of rows. */
export function toldRows(rows: readonly RowChange[]): {readonly rows: readonly string[]; readonly count: number} {
  return {rows: rows.slice(0, 100).map(row => `${row.op} ${row.tableName} ${row.rowKey}`), count: rows.length};
}

/**
 * What rows would become on the last version, with every problem; nothing is written. With `apart` each row is looked at as if it were the only one.
 * @throws AppError of `demand`; `CATALOG_CHANGE_TOO_MANY`, `CATALOG_CHANGE_TABLE_UNKNOWN`, `CATALOG_CHANGE_COLUMN_UNKNOWN`, `CATALOG_CHANGE_ROW_UNKNOWN`
 */
export async function previewRows(desk: Desk, actor: LifeActor, input: {readonly catalogId: string; readonly rows: readonly RowInput[]; readonly apart?: boolean}): Promise<RowsPreview> {
  checkCount(input.rows, input.apart ? mostApart : mostBatchRows);
  const last = await desk.versions.withSchemas(await demandPart(desk, actor, 'catalogs.edit', input.catalogId));
  const problems: Problem[] = [];
  let shape = last;
  let fields: readonly RowChange[] = [];
  const changes = input.rows.flatMap((row): RowChange[] => {
    try {
      const change = makeRowChange(row, {base: last, last: shape, rows: [], at: desk.clock.now(), by: actor.personId});
      if (shapeTable(change.tableName)) shape = shapedBy(last, (fields = [...fields, change]));
      return [change];
    } catch (error) {
      const told = asProblems(error, row, input.catalogId);
      problems.push(...told);
      return [];
    }
  });
  const outsideError = await outsideErrors(desk, actor, last);
  problems.push(...changes.flatMap(change => {
    const error = foreignError(desk, actor, last, change) ?? outsideError(change);
    return error ? [problemOf(error, {file: `${input.catalogId}/${change.tableName}`, element: change.rowKey})] : [];
  }));
  const draftFor = await draftsOn(desk, last);
  for (const own of input.apart ? changes.map(change => [change]) : [changes]) {
    const draft = draftFor(own);
    problems.push(...rowContent(draft, draft.changes), ...(await checkRules(draft)));
  }
  for (const table of new Set(splitChanges(changes).rows.map(change => change.tableName))) problems.push(...checkRows(shape, table, changes.filter(change => change.tableName === table).map(change => ({key: change.rowKey, values: change.after}))));
  return {diff: diffChanges(changes), problems, others: await otherSets(desk, input.catalogId, changes)};
}

function checkCount(rows: readonly RowInput[], most: number): void {
  if (rows.length > most) throw changeErrors.TOO_MANY({count: rows.length, most});
}

function sameRow(a: RowChange, b: RowChange): boolean {
  return a.tableName === b.tableName && a.rowKey === b.rowKey;
}

/** What is wrong with one row stands beside it; what is wrong with the request is thrown. */
function asProblems(error: unknown, row: RowInput, catalogId: string): readonly Problem[] {
  if (!isAppError(error)) throw error;
  const {code, message, details, problems} = error;
  if (problems.length > 0) return problems;
  if (code !== 'CATALOG_CHANGE_CHANGED_NOTHING' && code !== 'CATALOG_CHANGE_ROW_EXISTS') throw error;
  return [{code, message, details, severity: 'warning', place: {file: `${catalogId}/${row.table ?? catalogId}`, element: row.key ?? ''}}];
}

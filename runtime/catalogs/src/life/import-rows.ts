import {isAppError, type Problem} from '@banli/errors';
import type {CatalogRow} from '@banli/formats/catalogs';
import {dayOf, formatDate} from '@banli/time';
import {excelErrors} from '../excel/errors.js';
import {readSheet, type ReadSheet, type SheetRow} from '../excel/read-sheet.js';
import {checkAgainstPublished, readSources} from '../publish.js';
import {putRows, readChange, readRows} from './change-store.js';
import {diffChanges, type RowDiff} from './compare.js';
import {commit, demandPart, draftOf, insertSet, openChange, refuseProblems, type ChangeRef, type Desk} from './desk.js';
import {putProblems, shapeWith} from './edit.js';
import {changeErrors} from './errors.js';
import {draftsOn} from './make-draft.js';
import type {ChangeSet, ChangeState, LifeActor, RowChange} from './model.js';
import {otherSets, type OtherSet} from './other-sets.js';
import {makeRowChange, type RowInput} from './row-input.js';
import {refuseForeign, refuseOutside} from './maintainers.js';
import {placeAtRows} from './prepare.js';
import type {Draft} from './rules/draft.js';
import {columnsOf, composeSource, keyOf, nextVersion, tableOf, titlesOf} from './tables.js';
import type {BaseVersion} from './versions.js';

/** A workbook and the table it is for (default: the main one). */
export interface WorkbookInput {
  readonly catalogId: string;
  readonly table?: string;
  readonly bytes: Buffer;
}

/** What a workbook would do: rows that change, rows that stay, and every problem with the row of the sheet as `line`. */
export interface ImportPreview {
  readonly table: string;
  readonly rows: number;
  readonly unchanged: number;
  readonly diff: readonly RowDiff[];
  readonly problems: readonly Problem[];
  /** Open change sets that touch these rows, too. */
  readonly others: readonly OtherSet[];
}

const writable: readonly ChangeState[] = ['editing', 'failed'];

/**
 * Turns a workbook into a set 待提交审核: new keys are added, known ones changed, unchanged rows left out. All or nothing. With `into` the rows go into that set
 * and may fill the columns that it adds.
 *
 * @throws AppError of `readSheet`; `CATALOG_EXCEL_INVALID` for keys that stand twice; `CATALOG_CHANGE_REFUSED` with every problem, each with the row of the sheet as `line`; `CATALOG_CHANGE_EMPTY` when nothing changes;
 *   of `openChange` and `CATALOG_CHANGE_OTHER_CATALOG` for the set.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11; test A10.
 */
export async function importRows(desk: Desk, actor: LifeActor, input: WorkbookInput & {readonly title?: string; readonly into?: ChangeRef}): Promise<ChangeSet> {
  const target = await openTarget(desk, actor, input.catalogId, input.into);
  const {table, changes, problems} = await readWorkbook(desk, actor, target, input);
  if (changes.length === 0 && problems.length === 0) throw changeErrors.EMPTY();
  refuseForeign(desk, actor, target.last, changes);
  await refuseOutside(desk, actor, target.last, changes);
  refuseProblems(problems);
  const data = {table, rows: changes.length};
  if (!target.change) return insertSet(desk, actor, target.last, {title: input.title ?? '', origin: 'import', data}, (tx, changeId) => putRows(tx, changeId, changes));
  const {change} = target;
  return commit(desk, actor, change, {action: 'importInto', patch: {state: 'editing'}, data}, tx => putRows(tx, change.id, changes));
}

/** What `importRows` would do, with a set or without; nothing is written. @throws AppError as `importRows`, but for problems of rows */
export async function previewImport(desk: Desk, actor: LifeActor, input: WorkbookInput & {readonly changeId?: string}): Promise<ImportPreview> {
  const {changeId} = input;
  const into = changeId === undefined ? undefined : {changeId, lockVersion: (await readChange(desk.store.knex, changeId)).lockVersion};
  const {table, rows, unchanged, changes, problems} = await readWorkbook(desk, actor, await openTarget(desk, actor, input.catalogId, into), input);
  const others = (await otherSets(desk, input.catalogId, changes)).filter(other => other.changeId !== changeId);
  return {table, rows, unchanged, diff: diffChanges(changes), problems, others};
}

/** What the rows of a workbook are held against: the last version, or a set upon it with what it says so far. */
interface Target {
  readonly change: ChangeSet | null;
  readonly last: BaseVersion;
  /** The last version with the columns of the set. */
  readonly shape: BaseVersion;
  readonly parts: {readonly base: BaseVersion; readonly rows: readonly RowChange[]};
  /** Rows of a table as the set has them. */
  rowIn(table: string, key: string): CatalogRow | undefined;
  draftWith(changes: readonly RowChange[]): Promise<Draft>;
}

async function openTarget(desk: Desk, actor: LifeActor, catalogId: string, into: ChangeRef | undefined): Promise<Target> {
  const last = await desk.versions.withSchemas(await demandPart(desk, actor, 'catalogs.edit', catalogId));
  if (!into) {
    const rowIn = (table: string, key: string): CatalogRow | undefined => last.tables.get(table)?.byKey.get(key)?.values;
    return {change: null, last, shape: last, parts: {base: last, rows: []}, rowIn, draftWith: async changes => (await draftsOn(desk, last))(changes)};
  }
  const change = await openChange(desk, actor, into, 'catalogs.edit', writable);
  if (change.catalogId !== catalogId) throw changeErrors.OTHER_CATALOG({change: change.id, catalog: change.catalogId, wanted: catalogId});
  const rows = await readRows(desk.store.knex, change.id);
  const base = await desk.versions.baseOf(change);
  const {draft} = await draftOf(desk, change, rows);
  return {
    change, last, shape: shapeWith(last, rows), parts: {base: {...last, ...base}, rows}, rowIn: (table, key) => draft.tables.get(table)?.get(key),
    async draftWith(changes) {
      const touched = new Set(changes.map(each => `${each.tableName}|${each.rowKey}`));
      return (await draftOf(desk, change, [...rows.filter(row => !touched.has(`${row.tableName}|${row.rowKey}`)), ...changes])).draft;
    },
  };
}

async function readWorkbook(desk: Desk, actor: LifeActor, target: Target, input: WorkbookInput) {
  const {shape} = target;
  const table = input.table ?? input.catalogId;
  const definition = tableOf(shape.manifest, table);
  const sheet = await readSheet(input.bytes, columnsOf(shape, table), definition.key, titlesOf(shape, table));
  const keys = sheet.rows.map(row => keyOf(definition, filled(row)));
  const keyColumn = {field: definition.key[0] ?? '', column: sheet.places.get(definition.key[0] ?? '') ?? 1};
  checkTwice(keys, sheet.rows, keyColumn);
  const parts = {...target.parts, last: shape, at: desk.clock.now(), by: actor.personId};
  const {changes, broken, unchanged} = changesOf(sheet, keys, {table, catalogId: input.catalogId, before: key => target.rowIn(table, key)}, row => makeRowChange(row, parts));
  const lines = new Map(keys.map((key, index) => [key, sheet.rows[index]?.line ?? 1]));
  const draft = await target.draftWith(changes);
  const found = [...broken, ...(await putProblems(draft, changes))];
  const all = found.some(problem => problem.severity !== 'warning') ? found : [...found, ...(await publishProblems(desk, shape, draft, changes))];
  const problems = all.map(problem => atPlace(problem, {file: `${input.catalogId}/${table}`, lines, columns: sheet.places, keyColumn}));
  return {table, rows: sheet.rows.length, unchanged, changes, problems};
}

interface SheetPlace {
  readonly table: string;
  readonly catalogId: string;
  before(key: string): CatalogRow | undefined;
}

/** What each row of a sheet changes; rows that cannot be changed so are problems at their place, not the end of the reading. */
function changesOf(sheet: ReadSheet, keys: readonly string[], {table, catalogId, before}: SheetPlace, change: (row: RowInput) => RowChange) {
  const changes: RowChange[] = [];
  const broken: Problem[] = [];
  let unchanged = 0;
  sheet.rows.forEach((row, index) => {
    const key = keys[index] ?? '';
    const known = before(key);
    if (known && Object.entries(row.cells).every(([column, value]) => (known[column] ?? null) === value)) {
      unchanged += 1;
      return;
    }
    try {
      changes.push(change(inputOf(table, key, row, known?.['status'])));
    } catch (error) {
      if (!isAppError(error)) throw error;
      const {code, message, details, problems} = error;
      broken.push(...(problems.length > 0 ? problems : [{code, message, details, place: {file: `${catalogId}/${table}`, element: key}}]));
    }
  });
  return {changes, broken, unchanged};
}

/** A status in the sheet says what happens to the row: it is no cell that changes by itself. */
function inputOf(table: string, key: string, row: SheetRow, before: string | undefined): RowInput {
  const {status, ...cells} = row.cells;
  if (before === undefined) return {table, op: 'add', cells: status === 'active' || status === undefined || status === null ? cells : row.cells};
  const op = status === undefined || status === null || status === before ? 'modify' : status === 'retired' ? 'offShelf' : status === 'active' ? 'restore' : 'modify';
  return {table, op, key, cells: op === 'modify' && status !== undefined && status !== null && status !== before ? row.cells : cells};
}

function filled(row: SheetRow): Record<string, string> {
  return Object.fromEntries(Object.entries(row.cells).flatMap(([column, value]) => (value === null ? [] : [[column, value] as const])));
}

function checkTwice(keys: readonly string[], rows: readonly SheetRow[], keyColumn: {readonly field: string; readonly column: number}): void {
  const first = new Map<string, number>();
  const problems = keys.flatMap((key, index): Problem[] => {
    const line = rows[index]?.line ?? 1;
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, line);
      return [];
    }
    const {code, message, details} = excelErrors.KEY_TWICE({key, first: known});
    return [{code, message, details, place: {line, ...keyColumn}}];
  });
  if (problems.length > 0) throw excelErrors.INVALID({count: problems.length}, {problems});
}

/** What publishing would find beyond rules and cells: references of every table, circles of parents. Of rows that the workbook does not touch nothing is told: they were there before. */
async function publishProblems(desk: Desk, last: BaseVersion, draft: Draft, changes: readonly RowChange[]): Promise<readonly Problem[]> {
  const day = formatDate(dayOf(Math.max(last.head.effectiveAt, desk.clock.now())));
  const read = await readSources([composeSource(last, draft.tables, {version: nextVersion(last.head.version, day), effectiveFrom: day})]);
  const touched = new Set(changes.map(change => `${last.head.catalogId}/${change.tableName} ${change.rowKey}`));
  return placeAtRows(await checkAgainstPublished(desk.store.knex, read), draft).filter(({severity, place}) => severity !== 'warning' && touched.has(`${place.file ?? ''} ${place.element ?? ''}`));
}

interface SheetPlaces {
  readonly file: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, number>;
  readonly keyColumn: {readonly column: number};
}

/** The row and column of the sheet that a problem of a row is about; what is about the row as a whole stands at its key. */
function atPlace(problem: Problem, {file, lines, columns, keyColumn}: SheetPlaces): Problem {
  const {element, field} = problem.place;
  const line = element === undefined || problem.place.file !== file ? undefined : lines.get(element);
  if (line === undefined) return problem;
  const column = field === undefined ? keyColumn.column : columns.get(field);
  return {...problem, place: {...problem.place, line, ...(column === undefined ? {} : {column})}};
}

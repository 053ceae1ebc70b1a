import type {Problem} from '@banli/errors';
import {dayOf, formatDate} from '@banli/time';
import {excelErrors} from '../excel/errors.js';
import {readSheet, type SheetRow} from '../excel/read-sheet.js';
import {checkAgainstPublished, readSources} from '../publish.js';
import {putRows} from './change-store.js';
import {diffChanges, type RowDiff} from './compare.js';
import {demand, insertSet, refuseProblems, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {draftsOn} from './make-draft.js';
import type {ChangeSet, LifeActor, RowChange} from './model.js';
import {otherSets, type OtherSet} from './other-sets.js';
import {checkRows, makeRowChange, type RowInput} from './row-input.js';
import {checkRules} from './rules/index.js';
import {placeAtRows} from './prepare.js';
import type {Draft} from './rules/draft.js';
import {columnsOf, composeSource, headersOf, keyOf, nextVersion, tableOf} from './tables.js';
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

/**
 * Turns a workbook into a set 待提交审核: new keys are added, known ones changed, unchanged rows left out. All or nothing.
 *
 * @throws AppError of `readSheet`; `CATALOG_EXCEL_INVALID` for keys that stand twice; `CATALOG_CHANGE_REFUSED` with every problem, each with the row of the sheet as `line`; `CATALOG_CHANGE_EMPTY` when nothing changes.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11; test A10.
 */
export async function importRows(desk: Desk, actor: LifeActor, input: WorkbookInput & {readonly title: string}): Promise<ChangeSet> {
  const {last, table, changes, problems} = await readWorkbook(desk, actor, input);
  if (changes.length === 0) throw changeErrors.EMPTY();
  refuseProblems(problems);
  return insertSet(desk, actor, last, {title: input.title, origin: 'import', data: {table, rows: changes.length}}, (tx, changeId) => putRows(tx, changeId, changes));
}

/** What `importRows` would do; nothing is written. @throws AppError of `readSheet`, but for problems of rows */
export async function previewImport(desk: Desk, actor: LifeActor, input: WorkbookInput): Promise<ImportPreview> {
  const {table, rows, changes, problems} = await readWorkbook(desk, actor, input);
  return {table, rows, unchanged: rows - changes.length, diff: diffChanges(changes), problems, others: await otherSets(desk, input.catalogId, changes)};
}

async function readWorkbook(desk: Desk, actor: LifeActor, input: WorkbookInput) {
  const last = await desk.versions.withSchemas(await demand(desk, actor, 'catalogs.edit', input.catalogId));
  const table = input.table ?? input.catalogId;
  const definition = tableOf(last.manifest, table);
  const sheet = await readSheet(input.bytes, columnsOf(last, table), definition.key, headersOf(last, table));
  const keys = sheet.rows.map(row => keyOf(definition, filled(row)));
  const keyColumn = {field: definition.key[0] ?? '', column: sheet.places.get(definition.key[0] ?? '') ?? 1};
  checkTwice(keys, sheet.rows, keyColumn);
  const known = last.tables.get(table)?.byKey;
  const parts = {base: last, last, rows: [], at: desk.clock.now(), by: actor.personId};
  const changes = sheet.rows.flatMap((row, index): RowChange[] => {
    const key = keys[index] ?? '';
    const before = known?.get(key)?.values;
    const cells = Object.entries(row.cells);
    if (before && cells.every(([column, value]) => (before[column] ?? null) === value)) return [];
    return [makeRowChange(inputOf(table, key, row, before?.['status']), parts)];
  });
  const draft = (await draftsOn(desk, last))(changes);
  const lines = new Map(keys.map((key, index) => [key, sheet.rows[index]?.line ?? 1]));
  const found = [...checkRows(last, table, changes.map(change => ({key: change.rowKey, values: change.after}))), ...(await checkRules(draft))];
  const all = found.some(problem => problem.severity !== 'warning') ? found : [...found, ...(await publishProblems(desk, last, draft))];
  const problems = all.map(problem => atPlace(problem, {file: `${input.catalogId}/${table}`, lines, columns: sheet.places, keyColumn}));
  return {last, table, rows: sheet.rows.length, changes, problems};
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
async function publishProblems(desk: Desk, last: BaseVersion, draft: Draft): Promise<readonly Problem[]> {
  const day = formatDate(dayOf(Math.max(last.head.effectiveAt, desk.clock.now())));
  const read = await readSources([composeSource(last, draft.tables, {version: nextVersion(last.head.version, day), effectiveFrom: day})]);
  const touched = new Set(draft.changes.map(change => `${last.head.catalogId}/${change.tableName} ${change.rowKey}`));
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

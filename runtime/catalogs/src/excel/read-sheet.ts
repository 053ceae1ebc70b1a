import {readXlsx, type CellValue, type Sheet} from 'hucre/xlsx';
import type {Problem} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import {checkArchive} from './archive.js';
import {excelErrors} from './errors.js';

/** The most rows of one import. @see Source: `requirements/xinjiang-hotline.md` §2.1.11; test A10. */
export const mostImportedRows = 500;

/** One row as text by column; `line` as Excel counts it. An empty cell is `null`. */
export interface SheetRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
}

/** The first sheet of a workbook as rows of named cells. */
export interface ReadSheet {
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Where each column stands, from 1. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Reads the first sheet. Text and plain numbers are taken; formulas, dates, yes/no, errors and unknown columns are refused, all at once.
 *
 * @param columns - Column names that may stand in the first row. @param key - Those that must. @param titles - What columns are called besides, by name: either language is taken, a title of two columns is none.
 * @throws AppError `CATALOG_EXCEL_NOT_XLSX`, `CATALOG_EXCEL_TOO_LARGE`, `CATALOG_EXCEL_EMPTY`, `CATALOG_EXCEL_TOO_MANY_ROWS`, `CATALOG_EXCEL_INVALID`
 */
export async function readSheet(bytes: Buffer, columns: readonly string[], key: readonly string[], titles: ReadonlyMap<string, LocalizedText> = new Map()): Promise<ReadSheet> {
  checkArchive(bytes);
  const sheet = await readFirst(bytes);
  const problems: Problem[] = [];
  const names = readHeader(sheet, {columns, key, titles}, problems);
  const lines = sheet.rows.map((row, index) => ({row, index})).slice(1).filter(({row, index}) => row.some((value, column) => value !== null && value !== '') || row.some((_, column) => formulaAt(sheet, index, column)));
  checkCount(lines);
  if (lines.length === 0 && problems.length === 0) throw excelErrors.EMPTY();
  const rows = lines.map(({row, index}): SheetRow => ({line: index + 1, cells: readCells(sheet, row, index, names, problems)}));
  if (problems.length > 0) throw excelErrors.INVALID({count: problems.length}, {problems});
  return {columns: names.filter(name => name !== ''), rows, places: new Map(names.map((name, index) => [name, index + 1]))};
}

function checkCount(lines: ReadonlyArray<{readonly index: number}>): void {
  const first = lines[mostImportedRows];
  if (!first) return;
  const details = {count: lines.length, most: mostImportedRows, row: first.index + 1};
  throw excelErrors.TOO_MANY_ROWS(details, {problems: [problem(excelErrors.TOO_MANY_ROWS(details), {line: first.index + 1})]});
}

async function readFirst(bytes: Buffer): Promise<Sheet> {
  const workbook = await readXlsx(bytes, {sheets: [0]}).catch((cause: unknown) => {
    throw excelErrors.NOT_XLSX({}, {cause});
  });
  const [sheet] = workbook.sheets;
  if (!sheet) throw excelErrors.EMPTY();
  return sheet;
}

interface Header {
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly titles: ReadonlyMap<string, LocalizedText>;
}

function readHeader(sheet: Sheet, {columns, key, titles}: Header, problems: Problem[]): readonly string[] {
  const known = namesByTitle(columns, titles);
  const names = (sheet.rows[0] ?? []).map(value => (value === null ? '' : String(value).trim())).map(name => (columns.includes(name) ? name : (known.get(name) ?? name)));
  const called = (column: string): string => titles.get(column)?.['zh-CN'] ?? column;
  names.forEach((name, index) => {
    const place = {line: 1, column: index + 1};
    const column = columnLetter(index);
    if (name !== '' && !columns.includes(name)) problems.push(problem(excelErrors.COLUMN_UNKNOWN({column, name: name.slice(0, 64), columns: columns.map(called), names: columns.map(each => titles.get(each)?.en ?? each)}), place));
    else if (name !== '' && names.indexOf(name) < index) problems.push(problem(excelErrors.COLUMN_TWICE({column, name: called(name)}), place));
  });
  for (const name of key) {
    if (!names.includes(name)) problems.push(problem(excelErrors.COLUMN_MISSING({name: called(name)}), {line: 1}));
  }
  return names;
}

/** Columns by what they are called, in Chinese or English. What two columns are called says neither. */
function namesByTitle(columns: readonly string[], titles: ReadonlyMap<string, LocalizedText>): ReadonlyMap<string, string> {
  const known = new Map<string, string | null>();
  for (const column of columns) {
    const {'zh-CN': zh, en} = titles.get(column) ?? {};
    for (const title of new Set([zh, en])) if (title !== undefined) known.set(title, known.has(title) ? null : column);
  }
  return new Map([...known].flatMap(([title, column]) => (column === null ? [] : [[title, column] as const])));
}

/** A column as Excel calls it: 0 is `A`, 26 is `AA`. */
function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnLetter(Math.floor(index / 26) - 1)}${last}`;
}

function readCells(sheet: Sheet, row: readonly CellValue[], index: number, names: readonly string[], problems: Problem[]): Readonly<Record<string, string | null>> {
  const cells: Record<string, string | null> = {};
  row.forEach((value, at) => {
    const column = names[at] ?? '';
    const place = {line: index + 1, column: at + 1, ...(column === '' ? {} : {field: column})};
    if (formulaAt(sheet, index, at)) problems.push(problem(excelErrors.FORMULA({column: column || at + 1}), place));
    else if (column === '' && value !== null && value !== '') problems.push(problem(excelErrors.CELL_OUTSIDE(), place));
    else if (column !== '') {
      const text = textOf(value);
      if (text === undefined) problems.push(problem(excelErrors.CELL_TYPE({column, type: value instanceof Date ? 'date' : typeof value}), place));
      else cells[column] = text;
    }
  });
  return cells;
}

function formulaAt(sheet: Sheet, row: number, column: number): boolean {
  const cell = sheet.cells?.get(`${row},${column}`);
  return cell !== undefined && (cell.type === 'formula' || cell.type === 'error' || cell.formula !== undefined);
}

/** Text of a cell; `null` for an empty one, `undefined` for what is neither text nor a plain number. */
function textOf(value: CellValue): string | null | undefined {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const text = String(value);
  return text.includes('e') ? undefined : text;
}

function problem(error: {readonly code: string; readonly message: string; readonly details: Problem['details']}, place: Problem['place']): Problem {
  return {code: error.code, message: error.message, place, ...(error.details ? {details: error.details} : {})};
}

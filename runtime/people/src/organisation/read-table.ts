import {readFile} from 'node:fs/promises';
import {basename} from 'node:path';
import {parse} from 'csv-parse/sync';
import type {AppError, Problem} from '@banli/errors';
import {peopleErrors} from '../errors.js';

/** A line of a table with its place; every cell is trimmed text, `''` when empty. */
export interface TableLine {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The columns of a table: `required` must be filled, `optional` may be left out. */
export interface TableShape {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly key: string;
}

/**
 * Reads a CSV file with a header line. Unknown and missing columns, empty cells and a key that appears twice become problems.
 *
 * @throws AppError `PEOPLE_FILE_BROKEN` when it is not CSV at all.
 */
export async function readTable(path: string, shape: TableShape, problems: Problem[]): Promise<readonly TableLine[]> {
  const file = basename(path);
  const rows = await parseRows(path, file);
  const header = rows[0] ?? [];
  const columns = [...shape.required, ...(shape.optional ?? [])];
  for (const column of header) if (!columns.includes(column)) problems.push(toPlaced(peopleErrors.COLUMN_UNKNOWN({column}), file, 1));
  for (const column of shape.required) if (!header.includes(column)) problems.push(toPlaced(peopleErrors.COLUMN_MISSING({column}), file, 1));
  const seen = new Set<string>();
  return rows.slice(1).map((row, index) => {
    const line = index + 2;
    const cells = Object.fromEntries(columns.map(column => [column, row[header.indexOf(column)]?.trim() ?? '']));
    for (const column of shape.required) if (cells[column] === '') problems.push(toPlaced(peopleErrors.CELL_EMPTY({column}), file, line));
    const key = cells[shape.key] ?? '';
    if (seen.has(key)) problems.push(toPlaced(peopleErrors.ROW_TWICE({value: key}), file, line));
    seen.add(key);
    return {line, cells};
  });
}

/** Puts a place to an error, as one of several problems. */
export function toPlaced(error: AppError, file: string, line: number): Problem {
  return {code: error.code, message: error.message, place: {file, line}, details: error.details};
}

async function parseRows(path: string, file: string): Promise<readonly string[][]> {
  try {
    return parse(await readFile(path, 'utf8'), {bom: true, skip_empty_lines: true, comment: '#', relax_column_count: true}) as string[][];
  } catch (cause) {
    throw peopleErrors.FILE_BROKEN({file}, {cause});
  }
}

import type {Problem} from '@banli/errors';
import {fileProblem} from './problem.js';
import {rowsPerStep, withoutPause} from './steps.js';

/** A cell and where it begins; `line` and `column` count from 1. */
export interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Rows of cells; `problems` lists every breach of the house format. */
export interface CsvTable {
  readonly rows: ReadonlyArray<readonly CsvCell[]>;
  readonly problems: readonly Problem[];
}

/** Writes one row: quotes only where a comma, a quote or a line break asks for them. */
export function formatCsvRow(cells: readonly string[]): string {
  return cells.map(cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

/**
 * Reads comma-separated text with the place of every cell. The house format is one fact per line: UTF-8 without mark, LF, quotes
 * only where needed, the last line ends with LF. A line break inside a cell is refused, because a diff could not show it as one line.
 */
export function readCsv(file: string, text: string): CsvTable {
  return withoutPause(readCsvInSteps(file, text));
}

/** The same as `readCsv`, but pauses now and then. */
export function* readCsvInSteps(file: string, text: string): Generator<void, CsvTable> {
  const problems: Problem[] = [];
  if (text.startsWith('\uFEFF')) problems.push(fileProblem('FORMAT', {file, line: 1, column: 1}, {reason: 'the file begins with a byte order mark'}));
  if (text.includes('\r')) problems.push(fileProblem('FORMAT', {file, line: 1 + text.slice(0, text.indexOf('\r')).split('\n').length - 1}, {reason: 'lines must end with LF alone'}));
  if (!text.endsWith('\n')) problems.push(fileProblem('FORMAT', {file, line: text.split('\n').length}, {reason: 'the last line must end with LF'}));
  const lines = text.replace(/^\uFEFF/, '').replaceAll('\r', '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  const rows: Array<readonly CsvCell[]> = [];
  for (const [index, line] of lines.entries()) {
    rows.push(readLine(file, line, index + 1, problems));
    if (index % rowsPerStep === 0) yield;
  }
  return {rows, problems};
}

function readLine(file: string, line: string, number: number, problems: Problem[]): readonly CsvCell[] {
  const cells: CsvCell[] = [];
  let at = 0;
  for (;;) {
    const start = at;
    const cell = line[at] === '"' ? readQuoted(line, at) : readPlain(line, at);
    if (cell === null) {
      problems.push(fileProblem('FORMAT', {file, line: number, column: start + 1}, {reason: 'a quote is not closed, or a cell spans lines'}));
      return cells;
    }
    cells.push({text: cell.text, line: number, column: start + 1});
    at = cell.end;
    if (at >= line.length) break;
    at += 1;
  }
  if (formatCsvRow(cells.map(cell => cell.text)) !== line) {
    problems.push(fileProblem('FORMAT', {file, line: number}, {reason: 'quotes stand only where a comma or a quote needs them'}));
  }
  return cells;
}

function readPlain(line: string, start: number): {text: string; end: number} {
  const comma = line.indexOf(',', start);
  const end = comma < 0 ? line.length : comma;
  return {text: line.slice(start, end), end};
}

function readQuoted(line: string, start: number): {text: string; end: number} | null {
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] !== '"') text += line[at];
    else if (line[at + 1] === '"') {
      text += '"';
      at += 1;
    } else {
      return at + 1 === line.length || line[at + 1] === ',' ? {text, end: at + 1} : null;
    }
  }
  return null;
}

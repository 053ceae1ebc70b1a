import {Ajv2020, type ErrorObject, type ValidateFunction} from 'ajv/dist/2020.js';
import type {Problem} from '@banli/errors';
import {readCsvInSteps, type CsvCell} from './csv.js';
import {keyColumns, rowKey, tieKey, type CatalogEntry, type CatalogTable, type LoadedTable} from './manifest.js';
import {fileProblem} from './problem.js';
import {keepLast} from '../kept.js';
import {isDayText} from './column-types.js';
import {readShape, schemaMarks, schemaWords} from './row-shape.js';
import {rowsPerStep} from './steps.js';

/** The text files of one catalog by path, `/` between folders. */
export type CatalogFiles = Readonly<Record<string, string>>;

interface RowSchema {
  readonly columns: readonly string[];
  readonly validate: ValidateFunction;
  /** Columns that a row must fill unless it is retired. */
  readonly requiredInUse: readonly string[];
  /** What columns are called in Chinese. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Knows JSON Schema itself; every other instance would compile that anew, which takes longer than all the rest. */
const metaSchema = new Ajv2020();

/** Reads one table with every problem of its schema, format, rows, keys and order; pauses now and then. */
export function* readTable(name: string, definition: CatalogTable, files: CatalogFiles): Generator<void, {readonly table: LoadedTable | null; readonly problems: readonly Problem[]}> {
  const problems: Problem[] = [];
  const schema = readSchema(definition, files, problems);
  const text = files[definition.file];
  if (text === undefined) problems.push(fileProblem('FILE_MISSING', {file: 'catalog.yaml'}, {file: definition.file}));
  if (!schema || text === undefined) return {table: null, problems};
  yield;
  const csv = yield* readCsvInSteps(definition.file, text);
  problems.push(...csv.problems);
  const [header, ...rows] = csv.rows;
  const found = (header ?? []).map(cell => cell.text);
  if (found.join() !== schema.columns.join()) {
    problems.push(fileProblem('HEADER', {file: definition.file, line: 1, column: 1}, {expected: schema.columns.join(), found: found.join()}));
    return {table: null, problems};
  }
  const entries: CatalogEntry[] = [];
  for (const [index, cells] of rows.entries()) {
    const entry = readRow(cells, definition, schema, problems);
    if (entry) entries.push(entry);
    if (index % rowsPerStep === 0) yield;
  }
  problems.push(...(yield* checkKeys(entries, definition)), ...(yield* checkTies(entries, definition)), ...(yield* checkParents(entries, definition)));
  return {table: {name, definition, columns: schema.columns, entries}, problems};
}

function readSchema(definition: CatalogTable, files: CatalogFiles, problems: Problem[]): RowSchema | null {
  const file = definition.schema;
  const text = files[file];
  if (text === undefined) {
    problems.push(fileProblem('FILE_MISSING', {file: 'catalog.yaml'}, {file}));
    return null;
  }
  try {
    const schema = JSON.parse(text) as {properties?: Record<string, unknown>; additionalProperties?: unknown; required?: readonly string[]; requiredInUse?: readonly string[]};
    const columns = Object.keys(schema.properties ?? {});
    const reason = schemaFault(columns, schema, definition);
    if (reason === null) {
      return {columns, requiredInUse: schema.requiredInUse ?? [], ...compileSchema(text)};
    }
    problems.push(fileProblem('SCHEMA_INVALID', {file}, {file, reason}));
  } catch (error) {
    problems.push(fileProblem('SCHEMA_INVALID', {file}, {file, reason: error instanceof Error ? error.message : String(error)}));
  }
  return null;
}

/** @throws Error of the schema language. */
const compileSchema = keepLast((text): Pick<RowSchema, 'validate' | 'titles'> => {
  const schema = JSON.parse(text) as Record<string, unknown>;
  metaSchema.validateSchema(schema, true);
  const ajv = new Ajv2020({allErrors: true, strict: true, strictRequired: false, validateSchema: false}).addVocabulary([...schemaWords, ...schemaMarks]).addFormat('date', isDayText);
  return {validate: ajv.compile(schema), titles: new Map(readShape(text).columns.map(column => [column.name, column.title['zh-CN']]))};
}, 1_000_000);

/** What the house style asks of every row schema; `null` when it has it. */
function schemaFault(columns: readonly string[], schema: {additionalProperties?: unknown; required?: readonly string[]; requiredInUse?: readonly string[]}, definition: CatalogTable): string | null {
  if (schema.additionalProperties !== false) return 'additionalProperties must be false';
  const compulsory = [...definition.key, ...(definition.maintainer === undefined ? [] : [definition.maintainer]), 'status', 'sourceRef'];
  const missing = compulsory.filter(column => !columns.includes(column) || !schema.required?.includes(column));
  const unknown = (schema.requiredInUse ?? []).filter(column => !columns.includes(column));
  if (unknown.length > 0) return `requiredInUse names columns that there are not: ${unknown.join(', ')}`;
  if (missing.length > 0) return `these columns must exist and be required: ${missing.join(', ')}`;
  const absent = (definition.optionalKey ?? []).filter(column => !columns.includes(column) || definition.key.includes(column) || schema.required?.includes(column));
  if (absent.length > 0) return `these optional key columns must exist, stand outside the key and not be required: ${absent.join(', ')}`;
  return definition.decides !== undefined && !definition.key.includes(definition.decides) ? `decides must name a column of the key, not ${definition.decides}` : null;
}

function readRow(cells: readonly CsvCell[], definition: CatalogTable, schema: RowSchema, problems: Problem[]): CatalogEntry | null {
  const {file} = definition;
  const line = cells[0]?.line ?? 1;
  if (cells.length !== schema.columns.length) {
    problems.push(fileProblem('CELLS', {file, line, column: 1}, {found: cells.length, expected: schema.columns.length}));
    return null;
  }
  const values: Record<string, string> = {};
  schema.columns.forEach((column, index) => {
    const text = cells[index]?.text ?? '';
    if (text !== '') values[column] = text;
    if (text !== text.trim()) problems.push(fileProblem('ROW_INVALID', {file, line, column: cells[index]?.column ?? 1, field: column}, {column, reason: 'blanks at an end', columnZh: schema.titles.get(column) ?? column, reasonZh: '首尾有空格'}));
  });
  if (!schema.validate(values)) {
    for (const error of schema.validate.errors ?? []) {
      const column = error.instancePath.slice(1) || String((error.params as {missingProperty?: unknown}).missingProperty ?? '');
      const position = cells[schema.columns.indexOf(column)]?.column ?? 1;
      const reason = error.keyword === 'required' ? 'must not be empty' : (error.message ?? error.keyword);
      problems.push(fileProblem('ROW_INVALID', {file, line, column: position, field: column}, {column, reason, columnZh: schema.titles.get(column) ?? column, reasonZh: reasonZh(error)}));
    }
  }
  for (const column of values['status'] === 'retired' ? [] : schema.requiredInUse) {
    if (values[column] === undefined) problems.push(fileProblem('ROW_INVALID', {file, line, column: cells[schema.columns.indexOf(column)]?.column ?? 1, field: column}, {column, reason: 'must not be empty', columnZh: schema.titles.get(column) ?? column, reasonZh: reasonsZh['required'] ?? ''}));
  }
  return {key: rowKey(definition, values), values, line};
}

const reasonsZh: Readonly<Record<string, string>> = {required: '不能为空', enum: '不在可选值之内', pattern: '格式不对', format: '格式不对', minLength: '过短', maxLength: '过长', additionalProperties: '是多余的列'};

function reasonZh({keyword, params}: ErrorObject): string {
  const {limit} = params as {limit?: unknown};
  return `${reasonsZh[keyword] ?? `不符合 ${keyword}`}${typeof limit === 'number' ? `（限 ${limit} 字）` : ''}`;
}

function* checkKeys(entries: readonly CatalogEntry[], definition: CatalogTable): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    if (index % rowsPerStep === 0) yield;
    const place = {file: definition.file, line: entry.line, column: 1};
    const known = first.get(entry.key);
    if (known !== undefined) problems.push(fileProblem('KEY_TWICE', place, {key: entry.key, first: known}));
    else first.set(entry.key, entry.line);
    const before = entries[index - 1];
    if (before && compareKeys(before, entry, definition) > 0) problems.push(fileProblem('ORDER', place, {key: entry.key, before: before.key}));
  }
  return problems;
}

function compareKeys(a: CatalogEntry, b: CatalogEntry, definition: CatalogTable): number {
  for (const column of keyColumns(definition)) {
    const left = a.values[column] ?? '';
    const right = b.values[column] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Rows in use that fill the same optional columns alike decide one thing only: nothing else could say which of two wins. */
function* checkTies(entries: readonly CatalogEntry[], definition: CatalogTable): Generator<void, readonly Problem[]> {
  const {file, decides} = definition;
  if (decides === undefined) return [];
  const problems: Problem[] = [];
  const first = new Map<string, CatalogEntry>();
  for (const [index, entry] of entries.entries()) {
    if (index % rowsPerStep === 0) yield;
    const condition = tieKey(definition, entry.values);
    if (condition === null) continue;
    const known = first.get(condition);
    if (known) problems.push(fileProblem('RULE_TIE', {file, line: entry.line, field: decides}, {key: entry.key, other: known.key, first: known.line, column: decides}));
    else first.set(condition, entry);
  }
  return problems;
}

function* checkParents(entries: readonly CatalogEntry[], definition: CatalogTable): Generator<void, readonly Problem[]> {
  const {parent} = definition;
  if (parent === undefined) return [];
  const parents = new Map(entries.map(entry => [entry.key, entry.values[parent]]));
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % rowsPerStep === 0) yield;
    const seen = new Set([entry.key]);
    for (let above = entry.values[parent]; above !== undefined; above = parents.get(above)) {
      if (!parents.has(above) || seen.has(above)) {
        problems.push(fileProblem('PARENT_UNKNOWN', {file: definition.file, line: entry.line, field: parent}, {parent: above, key: entry.key}));
        break;
      }
      seen.add(above);
    }
  }
  return problems;
}

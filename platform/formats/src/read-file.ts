import {isMap, isSeq, LineCounter, parseDocument, visit, type Document, type ParsedNode} from 'yaml';
import {fillText, type ErrorFactory, type Problem, type ProblemPlace} from '@banli/errors';
import {formatErrors} from './errors.js';
import {keepLast} from './kept.js';
import {checkSchema, type Finding, type Schema} from './schema.js';

/** Largest text file of a bundle, in bytes. */
export const maxFileBytes = 1_000_000;
/** Deepest nesting of a YAML or JSON file. */
export const maxFileDepth = 40;

/** What reading a file gave: `value` is only there when nothing is wrong with it; `locate` finds a place in the text. */
export interface FileReading<T> {
  readonly value: T | null;
  readonly problems: readonly Problem[];
  /** Line and column (from 1) of the value at a path, or of the nearest parent that stands in the text. */
  locate(path: ReadonlyArray<string | number>): Pick<ProblemPlace, 'line' | 'column'>;
}

/**
 * Reads a YAML or JSON file and compares it with a schema. Both are read by the same parser, as JSON is YAML.
 *
 * Anchors, aliases, tags and repeated keys are refused: a file says what it says in one place.
 * @param file - Path inside the bundle, for the places of the problems; `.json` files must be JSON.
 */
export function readFile<T>(file: string, text: string, schema: Schema): FileReading<T> {
  const bytes = new TextEncoder().encode(text).length;
  const nowhere = (problem: Problem): FileReading<T> => ({value: null, problems: [problem], locate: () => ({})});
  if (bytes > maxFileBytes) return nowhere(toProblem(formatErrors.TOO_LARGE, {bytes, limit: maxFileBytes}, {file}));
  if (tooDeep(text)) return nowhere(toProblem(formatErrors.TOO_DEEP, {limit: maxFileDepth}, {file}));
  const {document, lines, syntax} = parse(text, file.endsWith('.json') ? 'json' : 'core');
  const at = (offset: number): Pick<ProblemPlace, 'line' | 'column'> => {
    const {line, col} = lines.linePos(offset);
    return {line, column: col};
  };
  const locate: FileReading<T>['locate'] = path => at(offsetOf(document, path, false));
  if (syntax.length > 0) return {value: null, problems: syntax.map(({reason, offset}) => toProblem(formatErrors.SYNTAX, {reason}, {file, ...at(offset)})), locate};
  const value: unknown = document.toJS();
  const findings = checkSchema(schema, value);
  const problems = findings.map(finding => describe(finding, {file, ...at(offsetOf(document, finding.path, finding.atKey ?? false))}));
  return {value: problems.length === 0 ? (value as T) : null, problems, locate};
}

interface Fault {
  readonly reason: string;
  readonly offset: number;
}

/** All that follows from the text alone; the drawing of a value from it is done anew for each reader. */
const parse = keepLast((text, schema): {readonly document: Document.Parsed; readonly lines: LineCounter; readonly syntax: readonly Fault[]} => {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, uniqueKeys: true, version: '1.2', schema: schema === 'json' ? 'json' : 'core', merge: false});
  const faults = schema === 'json' ? jsonFault(text) : [];
  return {document, lines, syntax: faults.length > 0 ? faults : [...document.errors.map(error => ({reason: firstLine(error.message), offset: error.pos[0]})), ...extras(document)]};
}, 1_000_000);

/** Makes a problem from a row of an error table. */
export function toProblem(factory: ErrorFactory, details: Parameters<ErrorFactory>[0], place: ProblemPlace, severity?: 'error' | 'warning'): Problem {
  const error = factory(details);
  return {code: error.code, message: fillText(error.message, error.details), place, details: error.details, ...(severity ? {severity} : {})};
}

function describe(finding: Finding, place: ProblemPlace): Problem {
  const owner = finding.atKey ? finding.path.slice(0, -1) : finding.path;
  const path = owner.length > 0 ? owner.join('.') : '/';
  return toProblem(formatErrors[finding.kind], {path, ...finding.details}, {...place, field: finding.path.join('.')});
}

/** Counts brackets and indents before the parser runs, so that hostile nesting costs nothing. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"' && text[index - 1] !== '\\') quoted = !quoted;
    if (sign === '\n') quoted = false;
    if (quoted) continue;
    if (sign === '[' || sign === '{') depth++;
    if ((sign === ']' || sign === '}') && depth > 0) depth--;
    if (depth > maxFileDepth) return true;
  }
  return /^[ -]{160}/mu.test(text);
}

function jsonFault(text: string): readonly Fault[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error.message) : 'not JSON';
    return [{reason, offset: Number(/position (\d+)/.exec(reason)?.[1] ?? 0)}];
  }
}

function extras(document: Document.Parsed): readonly Fault[] {
  const found: Fault[] = [];
  visit(document, {
    Alias: (_key, node) => void found.push({reason: 'aliases (*name) are not allowed', offset: node.range?.[0] ?? 0}),
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor) found.push({reason: 'anchors (&name) are not allowed', offset: node.range?.[0] ?? 0});
      if (node.tag) found.push({reason: `tags (${node.tag}) are not allowed`, offset: node.range?.[0] ?? 0});
    },
  });
  return found;
}

function offsetOf(document: Document.Parsed, path: ReadonlyArray<string | number>, atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  path.forEach((step, index) => {
    const pair = isMap(node) ? node.items.find(item => keyOf(item.key) === String(step)) : undefined;
    node = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    const last = index === path.length - 1;
    const range = (pair && (last && atKey || !rangeOf(node)) ? rangeOf(pair.key) : rangeOf(node)) ?? null;
    if (range) offset = range[0];
  });
  return offset;
}

function keyOf(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}

function rangeOf(node: unknown): ParsedNode['range'] | null {
  return typeof node === 'object' && node !== null && 'range' in node ? (node as ParsedNode).range : null;
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text;
}

import {evaluate as evaluateFeel, FeelDate, FeelDateTime, FeelDuration, FeelTime} from 'feelin';
import {isAppError} from '@banli/errors';
import {expressionErrors} from './errors.js';
import {feelFunctions} from './functions.js';
import {parseExpression, type FeelNode} from './tree.js';
import {nearest} from './nearest.js';

/** Values an expression may use, by name: plain JSON values. */
export type FeelContext = Readonly<Record<string, unknown>>;

const names = new WeakMap<FeelNode, readonly string[]>();
/** Warnings of the interpreter that mean "no value" rather than a mistake: an empty field, a comparison with null. */
const quiet = new Set(['NO_CONTEXT_ENTRY_FOUND', 'NO_PROPERTY_FOUND', 'NOT_COMPARABLE']);

/**
 * Evaluates FEEL text. Only the names it uses, and of a name that stands before a dot alone only those entries, are handed to the interpreter, as big contexts make it slow.
 *
 * @returns A plain JSON value; dates and durations as ISO text. Paths into an empty field, and comparisons with null, give null.
 * @throws AppError of `parseExpression`; `EXPRESSIONS_NAME_MISSING` when the context lacks a name that the expression uses;
 * `EXPRESSIONS_FUNCTION_UNKNOWN`;
 * `EXPRESSIONS_FAILED` for wrong types or arguments.
 */
export function evaluateExpression(text: string, context: FeelContext): unknown {
  const used: Record<string, unknown> = {};
  const tree = parseExpression(text);
  for (const name of usedNames(tree)) {
    if (!Object.hasOwn(context, name) || context[name] === undefined) throw expressionErrors.NAME_MISSING({name});
    used[name] = narrowed(context[name], usedEntries(tree).get(name) ?? null);
  }
  const [only] = tree.children;
  // A fixed text or a single name stands in most places of a bundle: both need no interpreter, which would parse them again.
  if (only?.name === 'StringLiteral' && !only.text.includes('\\')) return only.text.slice(1, -1);
  if (only?.name === 'VariableName') return toPlain(used[only.text]);
  const result = run(text, used);
  const fault = result.warnings.find(warning => !quiet.has(warning.type) && !concernsNull(warning));
  if (fault) throw expressionErrors.FAILED({text, reason: fault.message});
  return toPlain(result.value);
}

/** Says whether the expression is true; false, null and every other value are not. @throws AppError as `evaluateExpression`. */
export function isTrue(text: string, context: FeelContext): boolean {
  return evaluateExpression(text, context) === true;
}

/** Like `isTrue`, but a failing expression gives `otherwise` instead of an error: rights and visibility close on failure. */
export function isTrueOr(text: string, context: FeelContext, otherwise: boolean): boolean {
  try {
    const value = evaluateExpression(text, context);
    return typeof value === 'boolean' ? value : otherwise;
  } catch (error) {
    if (isAppError(error)) return otherwise;
    throw error;
  }
}

/**
 * Resolves a place that holds text, or FEEL with a leading `=`.
 * @throws AppError as `evaluateExpression`.
 */
export function resolveText(source: string, context: FeelContext): unknown {
  return source.startsWith('=') ? evaluateExpression(source.slice(1), context) : source;
}

/** Outermost names that an expression uses, each once; names bound inside (`for`, `some`, `item`) are left out. */
export function usedNames(tree: FeelNode): readonly string[] {
  const known = names.get(tree);
  if (known) return known;
  const found = new Set<string>();
  collect(tree, new Set(), found);
  const list = [...found];
  names.set(tree, list);
  return list;
}

const entries = new WeakMap<FeelNode, ReadonlyMap<string, ReadonlySet<string> | null>>();

/** For each name the entries of it that are spoken of; `null` when it is spoken of as a whole, too. */
function usedEntries(tree: FeelNode): ReadonlyMap<string, ReadonlySet<string> | null> {
  const known = entries.get(tree);
  if (known) return known;
  const found = new Map<string, Set<string> | null>();
  collectEntries(tree, found);
  entries.set(tree, found);
  return found;
}

function collectEntries(node: FeelNode, found: Map<string, Set<string> | null>): void {
  const [head, entry] = node.children;
  const isEntry = node.name === 'PathExpression' && head?.name === 'VariableName' && entry !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(entry.text);
  if (isEntry) {
    const before = found.get(head.text);
    if (before !== null) found.set(head.text, (before ?? new Set()).add(entry.text));
    return;
  }
  if (node.name === 'VariableName') found.set(node.text, null);
  for (const each of node.children) collectEntries(each, found);
}

function narrowed(value: unknown, wanted: ReadonlySet<string> | null): unknown {
  if (wanted === null || typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries([...wanted].filter(name => Object.hasOwn(value, name)).map(name => [name, (value as Readonly<Record<string, unknown>>)[name]]));
}

function collect(node: FeelNode, bound: ReadonlySet<string>, found: Set<string>): void {
  if (node.name === 'VariableName') {
    if (!bound.has(node.text)) found.add(node.text);
    return;
  }
  const children = node.name === 'FunctionInvocation' ? node.children.slice(1) : node.children;
  if (node.name === 'FunctionInvocation') assertFunction(node.children[0]?.text.replace(/\s+/g, ' ') ?? '');
  let inner = bound;
  if (node.name === 'QuantifiedExpression' || node.name === 'ForExpression') {
    inner = new Set([...bound, ...(children[0]?.children ?? []).map(each => each.children[0]?.text ?? '')]);
  }
  if (node.name === 'FilterExpression') {
    collect(children[0] ?? node, bound, found);
    collect(children[1] ?? node, new Set([...bound, 'item', ...filterNames(children[1])]), found);
    return;
  }
  for (const each of children) collect(each, inner, found);
}

function assertFunction(name: string): void {
  if (!Object.hasOwn(feelFunctions, name)) throw expressionErrors.FUNCTION_UNKNOWN({name, known: nearest(name, Object.keys(feelFunctions))});
}

/** Inside a filter a bare name may be an entry of the items; it is looked for there, so it is not asked of the caller. */
function filterNames(node: FeelNode | undefined): readonly string[] {
  if (!node || node.name !== 'Comparison') return [];
  const first = node.children[0];
  return first?.name === 'VariableName' ? [first.text] : [];
}

function run(text: string, context: FeelContext): ReturnType<typeof evaluateFeel> {
  try {
    return evaluateFeel(text, context);
  } catch (cause) {
    throw expressionErrors.FAILED({text, reason: cause instanceof Error ? cause.message : 'unknown'}, {cause});
  }
}

function concernsNull(warning: {readonly type: string; readonly message: string}): boolean {
  return (warning.type === 'INVALID_TYPE' || warning.type === 'INVALID_ARGUMENTS') && /\bnull\b/.test(warning.message);
}

function toPlain(value: unknown): unknown {
  if (value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelTime || value instanceof FeelDuration) return value.toString();
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toPlain(entry)]));
  }
  return value ?? null;
}

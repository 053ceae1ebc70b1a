/**
 * The part of JSON Schema (draft 2020-12) that our own formats use. The schema files under `schemas/` stay within it;
 * a test compiles them with Ajv in strict mode and compares both answers.
 */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What a finding is about; each kind has its own error code. */
export type FindingKind = 'TYPE' | 'MISSING_KEY' | 'UNKNOWN_KEY' | 'KEY_NAME' | 'NOT_ALLOWED' | 'PATTERN' | 'LENGTH' | 'RANGE' | 'COUNT' | 'DUPLICATE';

/** One place where a value does not fit; `path` leads there, `atKey` says that the key itself is meant. */
export interface Finding {
  readonly kind: FindingKind;
  readonly path: ReadonlyArray<string | number>;
  readonly atKey?: boolean;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

type Path = ReadonlyArray<string | number>;
interface Check {
  readonly root: Schema;
  readonly found: Finding[];
}

const patterns = new Map<string, RegExp>();

/**
 * Compares a value with a schema and lists everything that does not fit.
 *
 * Works without code generation, so it runs under a content security policy without `unsafe-eval`.
 * Of several `oneOf` shapes the nearest one is reported.
 */
export function checkSchema(schema: Schema, value: unknown): readonly Finding[] {
  const check: Check = {root: schema, found: []};
  visit(schema, value, [], check);
  return check.found;
}

function visit(schema: Schema, value: unknown, path: Path, check: Check): void {
  const target = schema.$ref === undefined ? schema : resolve(schema.$ref, check.root);
  const add = (kind: FindingKind, details: Finding['details'] = {}): void => void check.found.push({kind, path, details});
  if (target.oneOf) return visitOneOf(target.oneOf, value, path, check);
  if (target.type !== undefined && ![target.type].flat().some(type => hasType(value, type))) {
    return add('TYPE', {expected: [target.type].flat().join(' | '), actual: typeWord(value)});
  }
  if ('const' in target && value !== target.const) add('NOT_ALLOWED', {value: short(value), allowed: short(target.const)});
  if (target.enum && !target.enum.includes(value)) add('NOT_ALLOWED', {value: short(value), allowed: target.enum.join(', ')});
  if (typeof value === 'string') visitString(target, value, add);
  if (typeof value === 'number') visitNumber(target, value, add);
  if (Array.isArray(value)) visitArray(target, value, path, check, add);
  else if (isRecord(value)) visitObject(target, value, path, check);
}

function visitOneOf(shapes: readonly Schema[], value: unknown, path: Path, check: Check): void {
  const tries = shapes.map(shape => {
    const attempt: Check = {root: check.root, found: []};
    visit(shape, value, path, attempt);
    return attempt.found;
  });
  if (tries.filter(found => found.length === 0).length === 1) return;
  const nearest = [...tries].sort((a, b) => a.length - b.length)[0] ?? [];
  check.found.push(...nearest);
}

type Add = (kind: FindingKind, details?: Finding['details']) => void;

function visitString(schema: Schema, value: string, add: Add): void {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) add('LENGTH', {length, limit: schema.minLength});
  if (schema.maxLength !== undefined && length > schema.maxLength) add('LENGTH', {length, limit: schema.maxLength});
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) add('PATTERN', {value: short(value), pattern: schema.pattern});
}

function visitNumber(schema: Schema, value: number, add: Add): void {
  if (schema.minimum !== undefined && value < schema.minimum) add('RANGE', {value, limit: schema.minimum});
  if (schema.maximum !== undefined && value > schema.maximum) add('RANGE', {value, limit: schema.maximum});
}

function visitArray(schema: Schema, value: readonly unknown[], path: Path, check: Check, add: Add): void {
  if (schema.minItems !== undefined && value.length < schema.minItems) add('COUNT', {count: value.length, limit: schema.minItems});
  if (schema.maxItems !== undefined && value.length > schema.maxItems) add('COUNT', {count: value.length, limit: schema.maxItems});
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const text = JSON.stringify(item) ?? 'null';
    if (schema.uniqueItems && seen.has(text)) check.found.push({kind: 'DUPLICATE', path: [...path, index], details: {value: short(item)}});
    seen.add(text);
    if (schema.items) visit(schema.items, item, [...path, index], check);
  });
}

function visitObject(schema: Schema, value: Readonly<Record<string, unknown>>, path: Path, check: Check): void {
  const keys = Object.keys(value);
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) check.found.push({kind: 'MISSING_KEY', path, details: {key}});
  }
  if (schema.minProperties !== undefined && keys.length < schema.minProperties) check.found.push({kind: 'COUNT', path, details: {count: keys.length, limit: schema.minProperties}});
  for (const key of keys) {
    const inner = [...path, key];
    if (schema.propertyNames) {
      const names: Check = {root: check.root, found: []};
      visit(schema.propertyNames, key, inner, names);
      if (names.found.length > 0) check.found.push({kind: 'KEY_NAME', path: inner, atKey: true, details: {key}});
    }
    const known = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    if (known) visit(known, value[key], inner, check);
    else if (schema.additionalProperties === false) check.found.push({kind: 'UNKNOWN_KEY', path: inner, atKey: true, details: {key, known: Object.keys(schema.properties ?? {}).join(', ')}});
    else if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, value[key], inner, check);
  }
}

function resolve(reference: string, root: Schema): Schema {
  const name = reference.replace('#/$defs/', '');
  const found = root.$defs?.[name];
  if (!found) throw new Error(`The schema refers to ${reference}, which it does not define.`);
  return found;
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeWord(value) === type;
}

function typeWord(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'u');
  patterns.set(source, known);
  return known;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? 'null';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Whether a text is a regular expression as `pattern` understands it. */
export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

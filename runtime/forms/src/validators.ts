import {Ajv2020, type ErrorObject, type ValidateFunction} from 'ajv/dist/2020.js';
import type {FormNode, FormSchema} from '@banli/formats';
import {isCreditCode} from '@banli/formats/checks';
import type {ErrorDetails, Problem} from '@banli/errors';
import {formErrors} from './errors.js';
import {fieldsOf, type FieldRule} from './fields.js';

/** Longest text of a field that sets no limit itself, and most entries of a list. */
export const defaultLimits = {textLength: 10_000, entries: 500} as const;

/** JSON Schemas of the values of widgets that plugins bring, by `x-component`. */
export type WidgetSchemas = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Checks values of a form's fields; `draft` looks at types and sizes only, as a person is still typing. */
export interface FormValidators {
  check(field: FieldRule, value: unknown, draft: boolean): readonly Problem[];
}

/** Knows JSON Schema itself; every other instance would compile that anew, which takes longer than a form. */
const metaSchema = new Ajv2020();

/** Compiles the checks of a form; each form object once. */
export function createValidators(widgets: WidgetSchemas): (form: FormSchema) => FormValidators {
  const kept = new WeakMap<FormSchema, FormValidators>();
  const ajv = new Ajv2020({strict: true, allowUnionTypes: true, allErrors: true, coerceTypes: false, useDefaults: false, strictRequired: false, strictTypes: false, validateSchema: false, formats: {
    date: {type: 'string', validate: isLocalDate},
    'date-time': {type: 'string', validate: isDateTime},
    'credit-code': {type: 'string', validate: isCreditCode},
    time: {type: 'string', validate: text => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)},
  }});
  // Many forms share most of their fields, and a class brings the same ones again and again: equal checks are compiled once.
  const byText = new Map<string, ValidateFunction>();
  const compile = (schema: Readonly<Record<string, unknown>>): ValidateFunction => {
    const text = JSON.stringify(schema);
    const before = byText.get(text);
    if (before) return before;
    metaSchema.validateSchema(schema, true);
    const validate = ajv.compile(schema);
    byText.set(text, validate);
    return validate;
  };
  return form => {
    const known = kept.get(form);
    if (known) return known;
    const compiled = new Map<string, readonly [ValidateFunction, ValidateFunction]>();
    for (const field of fieldsOf(form).values()) {
      compiled.set(field.name, [compile(schemaOf(field.node, widgets, false)), compile(schemaOf(field.node, widgets, true))]);
    }
    const validators: FormValidators = {
      check: (field, value, draft) => {
        const validate = compiled.get(field.name)?.[draft ? 1 : 0];
        if (!validate || validate(value)) return [];
        return describe(field, validate.errors ?? []);
      },
    };
    kept.set(form, validators);
    return validators;
  };
}

function schemaOf(node: FormNode, widgets: WidgetSchemas, draft: boolean): Record<string, unknown> {
  const component = node['x-component'];
  const widget = component !== undefined && Object.hasOwn(widgets, component) ? widgets[component] : undefined;
  if (widget && !draft) return {...widget};
  const choices = node.enum?.map(({value}) => value);
  if (node.type === 'array') {
    const items = node.items ? schemaOf(node.items, widgets, draft) : {};
    return {type: 'array', maxItems: node.maxItems ?? defaultLimits.entries, items: choices ? {...items, enum: choices} : items};
  }
  if (node.type === 'object') {
    const properties = Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, inner]) => [name, nullable(schemaOf(inner, widgets, draft))]));
    return {type: 'object', properties, additionalProperties: false};
  }
  const enumeration = choices ? {enum: choices} : {};
  if (node.type !== 'string') {
    const {minimum, maximum} = node;
    const range = draft ? {} : {...(minimum === undefined ? {} : {minimum}), ...(maximum === undefined ? {} : {maximum})};
    return {type: node.type, ...range, ...enumeration};
  }
  const size = {maxLength: node.maxLength ?? defaultLimits.textLength};
  if (draft) return {type: 'string', ...size};
  const {pattern, format, minLength} = node;
  return {type: 'string', ...size, ...(minLength === undefined ? {} : {minLength}), ...(pattern === undefined ? {} : {pattern}), ...(format === undefined ? {} : {format}), ...enumeration};
}

function nullable(schema: Record<string, unknown>): Record<string, unknown> {
  return {anyOf: [{type: 'null'}, schema]};
}

function describe(field: FieldRule, errors: readonly ErrorObject[]): readonly Problem[] {
  const seen = new Set<string>();
  return errors.flatMap(error => {
    const problem = describeOne(field, error);
    if (seen.has(problem.code)) return [];
    seen.add(problem.code);
    return [problem];
  });
}

function describeOne(field: FieldRule, {keyword, params}: ErrorObject): Problem {
  const {title} = field;
  const limit: unknown = 'limit' in params ? params.limit : undefined;
  const shown = typeof limit === 'number' ? limit : '';
  if (keyword === 'enum' || keyword === 'const') return problemOf(formErrors.CHOICE, field, {title});
  if (keyword === 'pattern' || keyword === 'format') return problemOf(formErrors.PATTERN, field, {title});
  if (keyword === 'minLength' || keyword === 'maxLength') return problemOf(formErrors.LENGTH, field, {title, limit: shown});
  if (keyword === 'minimum' || keyword === 'maximum') return problemOf(formErrors.RANGE, field, {title, limit: shown});
  if (keyword === 'maxItems' || keyword === 'minItems') return problemOf(formErrors.COUNT, field, {title, limit: shown});
  return problemOf(formErrors.TYPE, field, {title, expected: field.node.type});
}

/** Makes a problem that stands at a field. */
export function problemOf(factory: (typeof formErrors)[Exclude<keyof typeof formErrors, 'codes'>], field: Pick<FieldRule, 'name'>, details: ErrorDetails): Problem {
  const error = factory(details);
  return {code: error.code, message: error.message, place: {field: field.name}, details: error.details};
}

function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text);
  return parts !== null && isLocalDate(parts[1] ?? '');
}

import {isAppError} from '@banli/errors';
import {evaluateExpression, isTrueOr, type FeelContext} from '@banli/expressions';
import type {FieldAccess} from '@banli/formats';
import type {FieldInfo} from './fields-of.js';

/** Form values by field name. */
export type FormValues = Readonly<Record<string, unknown>>;

/** How a field stands on the screen. */
export interface FieldView {
  readonly display: 'hidden' | 'read' | 'edit';
  readonly required: boolean;
}

/** What decides about the views of a form. */
export interface ViewFacts {
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly values: FormValues;
  /** The case context beside `form`. */
  readonly context: FeelContext;
  /** Further required fields, e.g. of the chosen outcome. */
  readonly requires: ReadonlySet<string>;
  /** Fields of `ask: action` that this form asks for; elsewhere they are not shown while they may be written. */
  readonly asked?: ReadonlySet<string>;
}

const hidden: FieldView = {display: 'hidden', required: false};
const read: FieldView = {display: 'read', required: false};
const edit: FieldView = {display: 'edit', required: false};
const required: FieldView = {display: 'edit', required: true};

/**
 * How a field is shown: what is not named in the matrix is hidden, a visibility rule that fails hides, a requirement that fails requires,
 * a computed field is read. The server decides the same way again.
 */
export function viewOf(field: FieldInfo, facts: ViewFacts): FieldView {
  const access = facts.access[field.name] ?? 'hidden';
  if (access === 'hidden') return hidden;
  const context = {...facts.context, form: facts.values};
  const {visibleWhen, requiredWhen, compute} = field.binding;
  if (visibleWhen !== undefined && !isTrueOr(visibleWhen, context, false)) return hidden;
  if (access === 'read' || compute !== undefined) return read;
  if (field.binding.ask === 'action' && !facts.asked?.has(field.name)) return hidden;
  const isRequired = access === 'required' || facts.requires.has(field.name) || (requiredWhen !== undefined && isTrueOr(requiredWhen, context, true));
  return isRequired ? required : edit;
}

/** Views of all fields by name. The four possible views are always the same objects, so a changed view is another object. A field that holds the English of another one is read in its place. */
export function viewsOf(fields: readonly FieldInfo[], facts: ViewFacts): ReadonlyMap<string, FieldView> {
  const translations = new Set(fields.map(field => field.binding.english));
  return new Map(fields.map(field => [field.name, translations.has(field.name) ? hidden : viewOf(field, facts)]));
}

/**
 * Values of the computed fields that the person may see; none in a form that is only read, which shows what is stored. A rule that fails gives no entry, so the value stands as it is; the server computes again anyway.
 */
export function computedValues(fields: readonly FieldInfo[], access: ViewFacts['access'], values: FormValues, context: FeelContext): FormValues {
  const computed: Record<string, unknown> = {};
  if (!Object.values(access).some(level => level === 'edit' || level === 'required')) return computed;
  for (const {name, binding} of fields) {
    if (binding.compute === undefined || (access[name] ?? 'hidden') === 'hidden') continue;
    try {
      computed[name] = evaluateExpression(binding.compute, {...context, form: {...values, ...computed}});
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }
  return computed;
}

/**
 * What is sent to the server: fields the person may write and sees.
 *
 * @param stored - Values as the server gave them; equal ones are left out, so a masked value is never sent back. `null` sends everything.
 * @returns A cleared field as `null` when the server has a value for it.
 */
export function valuesToSend(views: ReadonlyMap<string, FieldView>, values: FormValues, stored: FormValues | null): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const [name, view] of views) {
    if (view.display !== 'edit') continue;
    const value = values[name];
    const before = stored?.[name];
    if (isEmptyValue(value)) {
      if (stored && !isEmptyValue(before)) sent[name] = null;
    } else if (!stored || JSON.stringify(value) !== JSON.stringify(before)) {
      sent[name] = value;
    }
  }
  return sent;
}

/**
 * What a draft keeps: everything the person may write and did write, also what a rule hides at the moment or a dialog asks for later.
 *
 * @param stored - As for `valuesToSend`.
 */
export function typedValues(fields: readonly FieldInfo[], access: ViewFacts['access'], values: FormValues, stored: FormValues | null): Record<string, unknown> {
  const writable = fields.filter(field => ['edit', 'required'].includes(access[field.name] ?? 'hidden') && field.binding.compute === undefined);
  return valuesToSend(new Map(writable.map(field => [field.name, edit])), values, stored);
}

/** Nothing filled in: no value, an empty text, an empty list. `false` and `0` are values. */
export function isEmptyValue(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

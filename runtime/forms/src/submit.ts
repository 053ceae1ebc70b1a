import type {FieldAccess, FormSchema} from '@banli/formats';
import {isAppError, type Problem} from '@banli/errors';
import {evaluateExpression, isTrueOr} from '@banli/expressions';
import {formErrors} from './errors.js';
import {fieldsOf, isEmpty, type FieldRule} from './fields.js';
import {problemOf, type FormValidators} from './validators.js';

/** What a person sent, and all that decides whether he may. */
export interface Submission {
  readonly form: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly stored: Readonly<Record<string, unknown>>;
  readonly sent: Readonly<Record<string, unknown>>;
  /** Fields that this outcome or action asks for. */
  readonly requires: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
  /** A draft or an autosave: types are checked, required fields, patterns and checks are not. */
  readonly partial: boolean;
}

/** Merged values and every problem; values are only good when there is none. */
export interface SubmissionResult {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

interface Work {
  readonly submission: Submission;
  readonly fields: ReadonlyMap<string, FieldRule>;
  readonly values: Record<string, unknown>;
  readonly visible: ReadonlySet<string>;
}

/** More passes than a chain of visible fields is long in practice; a circle of rules ends here, too. */
const maxPasses = 8;

/**
 * Checks and merges what a person sent.
 *
 * In this order: (1) unknown and forbidden fields are refused by name, (2) types and shapes, (3) computed fields and visibility until
 * nothing changes (values of hidden fields that he may edit are dropped), (4) required fields, (5) checks in FEEL.
 * Nothing is coerced. An empty value clears the field: its key is left out of the result.
 */
export function submitValues(submission: Submission, validators: FormValidators): SubmissionResult {
  const fields = fieldsOf(submission.form);
  const {values, problems} = takeSent(submission, fields, validators);
  const visible = settle(submission, fields, values);
  const work: Work = {submission, fields, values, visible};
  if (!submission.partial) problems.push(...missing(work), ...failedChecks(work));
  return {values, problems: problems.filter((problem, index) => problems.findIndex(each => each.code === problem.code && each.place.field === problem.place.field) === index)};
}

function takeSent(submission: Submission, fields: ReadonlyMap<string, FieldRule>, validators: FormValidators): {values: Record<string, unknown>; problems: Problem[]} {
  const values: Record<string, unknown> = {...submission.stored};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(submission.sent)) {
    const field = fields.get(name);
    if (!field) {
      problems.push(problemOf(formErrors.FIELD_UNKNOWN, {name}, {field: name}));
    } else if (!mayEdit(submission, field)) {
      problems.push(problemOf(formErrors.FIELD_FORBIDDEN, field, {title: field.title}));
    } else if (isEmpty(value)) {
      delete values[name];
    } else {
      problems.push(...validators.check(field, value, submission.partial));
      values[name] = value;
    }
  }
  return {values, problems};
}

function mayEdit({access}: Submission, field: FieldRule): boolean {
  const right = Object.hasOwn(access, field.name) ? access[field.name] : 'hidden';
  return (right === 'edit' || right === 'required') && field.binding.compute === undefined;
}

/** Computes and hides until nothing changes; returns the names of the visible fields. */
function settle(submission: Submission, fields: ReadonlyMap<string, FieldRule>, values: Record<string, unknown>): ReadonlySet<string> {
  let visible = new Set<string>();
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = JSON.stringify(values);
    visible = new Set();
    for (const field of fields.values()) {
      const {compute, visibleWhen} = field.binding;
      if (compute !== undefined) computeValue(submission, fields, values, field.name, compute);
      if (visibleWhen === undefined || isTrueOr(visibleWhen, contextOf(submission, fields, values), false)) visible.add(field.name);
      else if (mayEdit(submission, field)) delete values[field.name];
    }
    if (JSON.stringify(values) === before) break;
  }
  return visible;
}

function computeValue(submission: Submission, fields: ReadonlyMap<string, FieldRule>, values: Record<string, unknown>, name: string, compute: string): void {
  const right = Object.hasOwn(submission.access, name) ? submission.access[name] : 'hidden';
  if (right === undefined || right === 'hidden') return;
  try {
    const value = evaluateExpression(compute, contextOf(submission, fields, values));
    if (isEmpty(value)) delete values[name];
    else values[name] = value;
  } catch (error) {
    if (!isAppError(error)) throw error;
    delete values[name];
  }
}

/** The case context with the values as they stand now; empty fields are null, so that rules may speak of them. */
function contextOf({context}: Submission, fields: ReadonlyMap<string, FieldRule>, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const before = typeof context['form'] === 'object' && context['form'] !== null ? context['form'] : {};
  const now = Object.fromEntries([...fields.keys()].map(name => [name, values[name] ?? null]));
  return {...context, form: {...before, ...now}};
}

function missing({submission, fields, values, visible}: Work): Problem[] {
  const context = contextOf(submission, fields, values);
  const problems: Problem[] = [];
  for (const field of fields.values()) {
    const asked = submission.requires.includes(field.name);
    if (!visible.has(field.name) || !isEmpty(answerOf(submission, field, values, asked))) continue;
    if (asked || (mayEdit(submission, field) && isRequired(submission, field, context))) problems.push(problemOf(formErrors.REQUIRED, field, {title: field.title}));
  }
  return problems;
}

/** What a dialog asks for is told anew each time: an earlier reason stays with the case, but is none for this outcome. */
function answerOf({sent}: Submission, {name, binding}: FieldRule, values: Readonly<Record<string, unknown>>, asked: boolean): unknown {
  if (!asked || binding.ask !== 'action') return values[name];
  return Object.hasOwn(sent, name) ? sent[name] : undefined;
}

/** A field that is asked in the dialog of an outcome or action is required by that outcome or action alone. */
function isRequired({access}: Submission, field: FieldRule, context: Readonly<Record<string, unknown>>): boolean {
  const {ask, requiredWhen} = field.binding;
  if (ask === 'action') return false;
  if (access[field.name] === 'required') return true;
  if (requiredWhen === undefined) return false;
  try {
    return evaluateExpression(requiredWhen, context) === true;
  } catch (error) {
    if (isAppError(error)) return true;
    throw error;
  }
}

function failedChecks({submission, fields, values, visible}: Work): Problem[] {
  const context = contextOf(submission, fields, values);
  const problems: Problem[] = [];
  for (const field of fields.values()) {
    const {check, checkMessage} = field.binding;
    if (check === undefined || !visible.has(field.name) || isEmpty(values[field.name]) || !mayEdit(submission, field)) continue;
    try {
      if (evaluateExpression(check, context) === true) continue;
      const textZh = checkMessage?.['zh-CN'] ?? field.title;
      problems.push(problemOf(formErrors.CHECK, field, {title: field.title, text: checkMessage?.en ?? textZh, textZh}));
    } catch (error) {
      if (!isAppError(error)) throw error;
      problems.push(problemOf(formErrors.CHECK_FAILED, field, {title: field.title}));
    }
  }
  return problems;
}

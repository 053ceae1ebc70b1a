import './compiler.js';
import {createForm, onFormInputChange, onFormValuesChange, type Form} from '@formily/core';
import type {FieldAccess, FormSchema} from '@banli/formats';
import type {FeelContext} from '@banli/expressions';
import {checkField, checkValues, type CheckTools} from './check-values.js';
import {fieldsOf, type FieldInfo} from './fields-of.js';
import {computedValues, typedValues, valuesToSend, viewsOf, type FieldView, type FormValues} from './field-views.js';

/** What a form on the screen is made of. */
export interface FormModelOptions {
  /** Unique on the page; prefix of the element ids. */
  readonly id: string;
  readonly schema: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly values: FormValues;
  /** The case context beside `form`, for the FEEL rules. */
  readonly context: FeelContext;
  /** Language and texts for the sentences of the checks. */
  readonly tools: () => Omit<CheckTools, 'context'>;
  /** Fields of `ask: action` that this form is there to ask for. */
  readonly asked?: ReadonlySet<string>;
  /** The person changed something; gets all values. */
  readonly onInput?: (values: FormValues) => void;
}

/** A form on the screen: values in Formily, views and problems by our own rules. */
export interface FormModel {
  readonly id: string;
  readonly schema: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly form: Form;
  readonly fields: ReadonlyMap<string, FieldInfo>;
  readonly view: (name: string) => FieldView | undefined;
  readonly problem: (name: string) => string | undefined;
  readonly problems: () => Readonly<Record<string, string>>;
  readonly values: () => FormValues;
  readonly subscribe: (listener: () => void) => () => void;
  /** Sets values as if typed. */
  readonly fill: (values: FormValues) => void;
  /** Checks one field as it is left. */
  readonly leave: (name: string) => void;
  /** Checks everything, with further required fields; gives the problems by name and shows them. */
  readonly check: (requires?: readonly string[]) => Readonly<Record<string, string>>;
  /** Shows problems that the server found. */
  readonly show: (problems: Readonly<Record<string, string>>) => void;
  /** See `valuesToSend`. */
  readonly toSend: (stored: FormValues | null) => Record<string, unknown>;
  /** See `typedValues`. */
  readonly typed: (stored: FormValues | null) => Record<string, unknown>;
  /** Moves the focus to a field, through lazy sections. */
  readonly focus: (name: string) => void;
  readonly onJump: (listener: (section: string | null) => void) => () => void;
}

/** Makes a form model; it belongs to one mounted form and is thrown away with it. */
export function createFormModel(options: FormModelOptions): FormModel {
  const {schema, access, context} = options;
  const list = fieldsOf(schema);
  const fields = new Map(list.map(field => [field.name, field]));
  const listeners = new Set<() => void>();
  const jumpListeners = new Set<(section: string | null) => void>();
  let requires: ReadonlySet<string> = new Set();
  let problems: Readonly<Record<string, string>> = {};
  let values: FormValues = {...options.values, ...computedValues(list, access, options.values, context)};
  const asked = options.asked ?? new Set<string>();
  let views = viewsOf(list, {access, values, context, requires, asked});
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const review = () => {
    views = viewsOf(list, {access, values, context, requires, asked});
    notify();
  };
  const form = createForm({
    values: structuredClone(values),
    effects: () => {
      onFormValuesChange(changed => {
        const before = values;
        values = plain(changed.values);
        const computed = computedValues(list, access, values, context);
        const differing = Object.entries(computed).filter(([name, value]) => JSON.stringify(values[name]) !== JSON.stringify(value));
        if (differing.length > 0) form.setValues(Object.fromEntries(differing), 'shallowMerge');
        problems = withoutChanged(problems, before, values);
        review();
      });
      onFormInputChange(() => options.onInput?.(values));
    },
  });
  const tools = (): CheckTools => ({...options.tools(), context});
  return {
    id: options.id,
    schema,
    access,
    form,
    fields,
    view: name => views.get(name),
    problem: name => problems[name],
    problems: () => problems,
    values: () => values,
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fill: next => {
      form.setValues({...next}, 'shallowMerge');
      options.onInput?.(values);
    },
    leave: name => {
      const field = fields.get(name);
      const problem = field ? checkField(field, {...(views.get(name) ?? {display: 'hidden'}), required: false}, values, tools()) : null;
      if (problem === (problems[name] ?? null)) return;
      const {[name]: _, ...others} = problems;
      problems = problem === null ? (problems[name] === undefined ? problems : others) : {...others, [name]: problem};
      notify();
    },
    check: (more = []) => {
      requires = new Set(more);
      views = viewsOf(list, {access, values, context, requires, asked});
      problems = checkValues(list, views, values, tools());
      notify();
      return problems;
    },
    show: found => {
      problems = found;
      notify();
    },
    toSend: stored => valuesToSend(views, values, stored),
    typed: stored => typedValues(list, access, values, stored),
    focus: name => {
      const section = fields.get(name)?.section ?? null;
      for (const listener of jumpListeners) listener(section);
      requestAnimationFrame(() => requestAnimationFrame(() => focusField(options.id, name)));
    },
    onJump: listener => {
      jumpListeners.add(listener);
      return () => jumpListeners.delete(listener);
    },
  };
}

/** Element id of a field's control. */
export function controlId(formId: string, name: string): string {
  return `${formId}-${name}`;
}

function focusField(formId: string, name: string): void {
  const frame = document.getElementById(`${controlId(formId, name)}-frame`);
  frame?.scrollIntoView({block: 'center'});
  const control = document.getElementById(controlId(formId, name)) ?? frame;
  const target = control?.matches('input, textarea, button, select') ? control : (control?.querySelector<HTMLElement>('input, textarea, button, [tabindex]') ?? frame?.querySelector<HTMLElement>('input, textarea, button'));
  target?.focus({preventScroll: true});
}

/** Values as plain JSON, without Formily's proxies. */
function plain(values: unknown): FormValues {
  return JSON.parse(JSON.stringify(values ?? {})) as FormValues;
}

/** A problem goes away as soon as its field changes. */
function withoutChanged(problems: Readonly<Record<string, string>>, before: FormValues, after: FormValues): Readonly<Record<string, string>> {
  const kept = Object.entries(problems).filter(([name]) => JSON.stringify(before[name]) === JSON.stringify(after[name]));
  return kept.length === Object.keys(problems).length ? problems : Object.fromEntries(kept);
}

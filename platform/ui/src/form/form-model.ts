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
  /** The case context beside `form`. */
  readonly context: FeelContext;
  readonly form: Form;
  readonly fields: ReadonlyMap<string, FieldInfo>;
  readonly view: (name: string) => FieldView | undefined;
  readonly problem: (name: string) => string | undefined;
  readonly problems: () => Readonly<Record<string, string>>;
  /** The form was to be sent, and something in it is still to be corrected. */
  readonly isRefused: () => boolean;
  readonly values: () => FormValues;
  readonly subscribe: (listener: () => void) => () => void;
  /** Sets values as if typed. */
  readonly fill: (values: FormValues) => void;
  /** A field holds a text that is no value of it, with what is wrong; `null` once it is gone. Until then the form cannot be sent. */
  readonly misread: (name: string, problem: string | null) => void;
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
  const {schema, access} = options;
  const state = new FormState(options);
  const {list} = state;
  const form = createForm({
    values: structuredClone(state.values),
    effects: () => {
      onFormValuesChange(changed => {
        const differing = state.take(plain(changed.values));
        if (differing !== null) form.setValues(differing, 'shallowMerge');
        state.review();
      });
      onFormInputChange(() => options.onInput?.(state.values));
    },
  });
  const jumps = new Set<(section: string | null) => void>();
  return {
    id: options.id,
    schema,
    access,
    context: options.context,
    form,
    fields: state.fields,
    view: name => state.views.get(name),
    problem: name => state.problems[name],
    problems: () => state.problems,
    isRefused: () => state.isRefused,
    values: () => state.values,
    subscribe: state.subscribe,
    fill: next => {
      form.setValues({...next}, 'shallowMerge');
      options.onInput?.(state.values);
    },
    misread: (name, problem) => state.misread(name, problem),
    leave: name => state.leave(name),
    check: (more = []) => state.check(more),
    show: found => state.refuse(found),
    toSend: stored => valuesToSend(state.views, state.values, stored),
    typed: stored => typedValues(list, access, state.values, stored),
    focus: name => {
      const section = state.fields.get(name)?.section ?? null;
      for (const listener of jumps) listener(section);
      requestAnimationFrame(() => requestAnimationFrame(() => focusField(options.id, name)));
    },
    onJump: listener => {
      jumps.add(listener);
      return () => jumps.delete(listener);
    },
  };
}

/** Values, views and problems of a form, and who wants to know when they change. */
class FormState {
  readonly list: readonly FieldInfo[];
  readonly fields: ReadonlyMap<string, FieldInfo>;
  values: FormValues;
  views: ReadonlyMap<string, FieldView>;
  problems: Readonly<Record<string, string>> = {};
  isRefused = false;
  private readonly listeners = new Set<() => void>();
  private requires: ReadonlySet<string> = new Set();
  private readonly misreads = new Map<string, string>();

  constructor(private readonly options: FormModelOptions) {
    this.list = fieldsOf(options.schema);
    this.fields = new Map(this.list.map(field => [field.name, field]));
    this.values = {...options.values, ...this.computed(options.values)};
    this.views = this.viewsNow();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes what Formily holds now; gives the computed values that differ from it, or `null`. */
  take(next: FormValues): FormValues | null {
    this.problems = withoutChanged(this.problems, this.values, next);
    for (const name of this.misreads.keys()) if (isChanged(name, this.values, next)) this.misreads.delete(name);
    if (Object.keys(this.problems).length === 0) this.isRefused = false;
    this.values = next;
    const differing = Object.entries(this.computed(next)).filter(([name, value]) => JSON.stringify(next[name]) !== JSON.stringify(value));
    return differing.length === 0 ? null : Object.fromEntries(differing);
  }

  review(): void {
    this.views = this.viewsNow();
    for (const listener of this.listeners) listener();
  }

  check(more: readonly string[]): Readonly<Record<string, string>> {
    this.requires = new Set(more);
    this.views = this.viewsNow();
    this.refuse({...checkValues(this.list, this.views, this.values, this.tools()), ...this.misreadNow()});
    return this.problems;
  }

  misread(name: string, problem: string | null): void {
    if (problem === null) this.misreads.delete(name);
    else this.misreads.set(name, problem);
    this.leave(name);
  }

  /** Checks one field, but not whether it is filled in while nothing was refused yet: one may leave it and come back. */
  leave(name: string): void {
    const field = this.fields.get(name);
    if (!field) return;
    const problem = this.misreads.get(name) ?? checkField(field, this.viewLeft(name), this.values, this.tools());
    const {[name]: before, ...others} = this.problems;
    if (problem !== (before ?? null)) this.show(problem === null ? others : {...others, [name]: problem});
  }

  private viewLeft(name: string): FieldView {
    const view = this.views.get(name) ?? {display: 'hidden', required: false};
    return {...view, required: view.required && this.isRefused};
  }

  /** Takes what is wrong with the form as a whole, from a check before sending or from the server. */
  refuse(found: Readonly<Record<string, string>>): void {
    this.isRefused = Object.keys(found).length > 0;
    this.show(found);
  }

  private show(found: Readonly<Record<string, string>>): void {
    this.problems = found;
    for (const listener of this.listeners) listener();
  }

  /** Texts that are no values, of fields that are still to be filled. */
  private misreadNow(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.misreads].filter(([name]) => this.views.get(name)?.display === 'edit'));
  }

  private computed(values: FormValues): FormValues {
    return computedValues(this.list, this.options.access, values, this.options.context);
  }

  private viewsNow(): ReadonlyMap<string, FieldView> {
    const {access, context, asked = new Set<string>()} = this.options;
    return viewsOf(this.list, {access, values: this.values, context, requires: this.requires, asked});
  }

  private tools(): CheckTools {
    return {...this.options.tools(), context: this.options.context};
  }
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
  const kept = Object.entries(problems).filter(([name]) => !isChanged(name, before, after));
  return kept.length === Object.keys(problems).length ? problems : Object.fromEntries(kept);
}

function isChanged(name: string, before: FormValues, after: FormValues): boolean {
  return JSON.stringify(before[name]) !== JSON.stringify(after[name]);
}

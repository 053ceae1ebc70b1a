import {createContext, useContext, useSyncExternalStore, type ReactNode} from 'react';
import type {FieldInfo} from './fields-of.js';
import type {FieldView, FormValues} from './field-views.js';
import type {FormModel} from './form-model.js';
import type {FormServices} from './services.js';

/** What every part of a form on the screen may use. */
export interface FormSurroundings {
  readonly model: FormModel;
  readonly services: FormServices;
  /** Empty read-only fields are left out. */
  readonly hideEmpty: boolean;
  /** Words for a field that only some ways of finishing ask for, by field name. */
  readonly notes: Readonly<Record<string, string>>;
}

const Context = createContext<FormSurroundings | null>(null);

/** Gives the surroundings to the fields below. */
export function FormSurroundingsProvider({value, children}: {readonly value: FormSurroundings; readonly children: ReactNode}) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The surroundings of a field. @throws Error outside of a form. */
export function useFormSurroundings(): FormSurroundings {
  const value = useContext(Context);
  if (!value) throw new Error('A form field was rendered outside of SchemaForm.');
  return value;
}

const hiddenView: FieldView = {display: 'hidden', required: false};

/** A field's view and problem; renders again only when one of them changes. */
export function useFieldState(name: string): {readonly info: FieldInfo | undefined; readonly view: FieldView; readonly problem: string | undefined} {
  const {model} = useFormSurroundings();
  const view = useSyncExternalStore(model.subscribe, () => model.view(name)) ?? hiddenView;
  const problem = useSyncExternalStore(model.subscribe, () => model.problem(name));
  return {info: model.fields.get(name), view, problem};
}

/** All values of a form, for parts beside it. */
export function useFormValues(model: FormModel): FormValues {
  return useSyncExternalStore(model.subscribe, model.values);
}

/** All problems of a form, for the list above it. */
export function useFormProblems(model: FormModel): Readonly<Record<string, string>> {
  return useSyncExternalStore(model.subscribe, model.problems);
}

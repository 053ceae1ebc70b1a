import type {FieldAccess} from '@banli/formats';
import type {FieldInfo} from '@banli/ui';
import type {TaskAction} from './arrange-actions.js';

const writable = (level: FieldAccess | undefined) => level === 'edit' || level === 'required';

/**
 * Fields that an action asks for in a dialog: those it names, as far as they are meant to be asked by an action and may be written,
 * with the other such fields of the same sections for an outcome (a reason goes with its explanation).
 */
export function askedFields(action: TaskAction, fields: readonly FieldInfo[], access: Readonly<Record<string, FieldAccess>>): readonly string[] {
  if (action.kind === 'request') return fields.filter(field => action.item.fields.includes(field.name) && writable(access[field.name])).map(field => field.name);
  const asking = fields.filter(field => field.binding.ask === 'action' && writable(access[field.name]));
  const sections = new Set(asking.filter(field => action.item.requires.includes(field.name)).map(field => field.section));
  return asking.filter(field => sections.has(field.section)).map(field => field.name);
}

/**
 * Words beside fields that ways of finishing ask for, the primary one, too: `退回承办单位时必填`; `always` where every way asks for the
 * field. So nobody learns only from a failed attempt what is needed.
 */
export function requiredNotes(actions: readonly TaskAction[], always: string, words: (names: readonly string[]) => string, nameOf: (action: TaskAction) => string): Readonly<Record<string, string>> {
  const outcomes = actions.filter(action => action.kind === 'outcome');
  const fields = new Set(outcomes.flatMap(action => action.item.requires));
  const askingFor = (field: string) => outcomes.filter(action => action.item.requires.includes(field));
  return Object.fromEntries([...fields].map(field => {
    const asking = askingFor(field);
    return [field, asking.length === outcomes.length ? always : words(asking.map(nameOf))];
  }));
}

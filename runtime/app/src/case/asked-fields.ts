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

/** Words beside fields that only some ways of finishing ask for: `退回承办单位时必填`. */
export function requiredNotes(actions: readonly TaskAction[], primary: TaskAction | null, words: (names: string) => string, nameOf: (action: TaskAction) => string): Readonly<Record<string, string>> {
  const names: Record<string, string[]> = {};
  for (const action of actions) {
    for (const field of action.kind === 'outcome' ? action.item.requires : []) (names[field] ??= []).push(nameOf(action));
  }
  const outcomes = actions.filter(action => action.kind === 'outcome');
  const always = (field: string) => outcomes.every(action => action.item.requires.includes(field)) || (primary?.item.requires.includes(field) ?? false);
  return Object.fromEntries(Object.entries(names).filter(([field]) => !always(field)).map(([field, list]) => [field, words(list.join('、'))]));
}

import type {closureMarks, CompiledBundle, FieldAccess, FieldBinding} from '@banli/formats';
import {isTrueOr} from '@banli/expressions';
import {fieldsOf} from './fields.js';

/** From least to most. */
const order: readonly FieldAccess[] = ['hidden', 'read', 'edit', 'required'];

/** Who looks at a case: at a step (whoever holds its task), or as a reader when `step` is `null`. */
export interface AccessRequest {
  readonly step: string | null;
  readonly roles: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Works out what a person may do with every field of the bundle's forms.
 *
 * A field's own entry wins over its groups; of several groups or roles the most wins; what is not named is hidden. Readers never get more
 * than `read`. Closures come last and only take away; a closure whose rule fails, or gives no answer, closes.
 */
export function accessOf(release: CompiledBundle, {step, roles, context}: AccessRequest): Readonly<Record<string, FieldAccess>> {
  const {permissions} = release.bundle;
  const own = (table: Readonly<Record<string, Readonly<Record<string, FieldAccess>>>>, key: string): Readonly<Record<string, FieldAccess>> => (Object.hasOwn(table, key) ? table[key] ?? {} : {});
  const rights = step === null ? ['default', ...roles].map(role => own(permissions.readers, role)) : [own(permissions.steps, step)];
  const {groups, retired} = groupsOf(release);
  const access: Record<string, FieldAccess> = {};
  for (const [name, named] of groups) {
    const best = rights.map(each => ofField(each, name, named)).reduce(most, 'hidden');
    access[name] = step === null || retired.has(name) ? least(best, 'read') : best;
  }
  for (const closure of permissions.closures) {
    if (!closure.roles.some(role => roles.includes(role))) continue;
    if (closure.when !== undefined && !isTrueOr(closure.when, context, true)) continue;
    for (const [name, named] of groups) {
      if (closure.fields.includes(name) || named.some(group => closure.fields.includes(group))) access[name] = least(access[name] ?? 'hidden', closure.access);
    }
  }
  return access;
}

function ofField(rights: Readonly<Record<string, FieldAccess>>, name: string, groups: readonly string[]): FieldAccess {
  if (Object.hasOwn(rights, name)) return rights[name] ?? 'hidden';
  return groups.map(group => (Object.hasOwn(rights, group) ? rights[group] ?? 'hidden' : 'hidden')).reduce(most, 'hidden');
}

function most(left: FieldAccess, right: FieldAccess): FieldAccess {
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

function least(left: FieldAccess, right: FieldAccess): FieldAccess {
  return order.indexOf(left) <= order.indexOf(right) ? left : right;
}

/** What a closure may name it by, besides name and group. */
function marksOf({identifying, mask}: Pick<Partial<FieldBinding>, 'identifying' | 'mask'>): ReadonlyArray<(typeof closureMarks)[number]> {
  return [...(identifying ? ['@identifying' as const] : []), ...(mask === 'idNumber' ? ['@idNumber' as const] : [])];
}

interface FieldGroups {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Fields that a case keeps from a former class: they are only read. */
  readonly retired: ReadonlySet<string>;
}

const knownGroups = new WeakMap<CompiledBundle, FieldGroups>();

/** Every field of all forms with its groups: those that `permissions.yaml` puts it in, else the one the form names. */
function groupsOf(release: CompiledBundle): FieldGroups {
  const kept = knownGroups.get(release);
  if (kept) return kept;
  const {forms, permissions} = release.bundle;
  const groups = new Map<string, readonly string[]>();
  const retired = new Set<string>();
  for (const form of Object.values(forms)) {
    for (const field of fieldsOf(form).values()) {
      const named = Object.keys(permissions.groups).filter(group => permissions.groups[group]?.includes(field.name));
      groups.set(field.name, [...(named.length > 0 || field.group === null ? named : [field.group]), ...marksOf(field.binding)]);
      if (field.binding.retired) retired.add(field.name);
    }
  }
  const found = {groups, retired};
  knownGroups.set(release, found);
  return found;
}

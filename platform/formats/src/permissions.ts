import type {FieldAccess} from './form.js';
import type {Feel} from './text.js';

/** `permissions.yaml`: who may start, and the field matrix. What is not named is hidden. */
export interface PermissionsFile {
  /** Roles that may start a case; none when only the platform starts them (a review). */
  readonly start: readonly string[];
  /** Roles that may cancel a case before it was dispatched. */
  readonly cancel: readonly string[];
  /** Data scope of reading a case without a task in it, by role: own (took part), unit, unitAndBelow, all. */
  readonly view: ReadonlyArray<{readonly role: string; readonly scope: DataScope}>;
  /** Group id → field names in the order they are shown. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Access at a step, for whoever holds its task; keys are group ids or field names; a field name wins over its group. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, FieldAccess>>>>;
  /** Access for readers without a task, by role; several roles: the most wins. `default` for anyone who may see the case. */
  readonly readers: Readonly<Record<string, Readonly<Record<string, FieldAccess>>>>;
  /** Rules that take away, whatever stands above: evaluated last, a failing rule closes. */
  readonly closures: ReadonlyArray<{
    readonly roles: readonly string[];
    readonly when?: Feel;
    /** Group ids, field names, or `closureMarks`. */
    readonly fields: readonly string[];
    readonly access: 'hidden' | 'read';
  }>;
}

/** What a closure may name besides groups and fields: fields that tell who the caller is, and id numbers, in whatever layer they come. */
export const closureMarks = ['@identifying', '@idNumber'] as const;

export type DataScope = 'own' | 'unit' | 'unitAndBelow' | 'all';

import type {AppError, Problem} from '@banli/errors';
import {permissionErrors} from './errors.js';
import type {PolicyFile} from './policy-file.js';

/** How far a right reaches, from narrow to wide; a wider one covers the narrower ones. */
export const dataScopes = ['own', 'unit', 'unitAndBelow', 'all'] as const;
export type DataScope = (typeof dataScopes)[number];

/**
 * How close an actor stands to a thing: `own` he took part, `unit` it belongs to his unit, `unitAndBelow` to a unit below,
 * `all` anything else. The closest one counts.
 */
export type Relation = DataScope;

/** One grant or denial. `permission` is a permission or `area.*`. */
export interface PolicyLine {
  readonly role: string;
  readonly permission: string;
  readonly scope: DataScope;
  readonly effect: 'allow' | 'deny';
}

/** Everything that is permitted, checked: every line fits a declared permission. */
export interface Policy {
  readonly permissions: ReadonlyMap<string, {readonly 'zh-CN': string; readonly en?: string}>;
  readonly lines: readonly PolicyLine[];
}

/**
 * Joins policy files and lines from elsewhere into one policy.
 *
 * @param roles - Known role ids; without them roles are not checked.
 * @throws AppError `PERMISSIONS_POLICY_BROKEN` with every problem: a typing mistake must not silently take or give a right.
 */
export function createPolicy(files: readonly PolicyFile[], extra: readonly PolicyLine[] = [], roles?: ReadonlySet<string>): Policy {
  const problems: Problem[] = [];
  const permissions = new Map<string, {readonly 'zh-CN': string; readonly en?: string}>();
  const add = (error: AppError, file: string) => problems.push({code: error.code, message: error.message, details: error.details, place: {file}});
  for (const file of files) {
    for (const [permission, title] of file.permissions) {
      if (permissions.has(permission)) add(permissionErrors.PERMISSION_TWICE({permission}), file.name);
      permissions.set(permission, title);
    }
  }
  const placed = [...files.flatMap(file => file.lines.map(line => ({line, file: file.name}))), ...extra.map(line => ({line, file: 'permission_grant'}))];
  for (const {line, file} of placed) {
    if (![...permissions.keys()].some(permission => fitsPermission(permission, line.permission))) add(permissionErrors.PERMISSION_UNKNOWN({permission: line.permission}), file);
    if (roles && !roles.has(line.role)) add(permissionErrors.ROLE_UNKNOWN({role: line.role}), file);
  }
  if (problems[0]) throw permissionErrors.POLICY_BROKEN({count: problems.length, first: `${problems[0].place.file ?? ''}: ${problems[0].message}`}, {problems});
  return {permissions, lines: placed.map(({line}) => line)};
}

/** Whether a permission is meant by `area.verb` or `area.*`. */
export function fitsPermission(permission: string, pattern: string): boolean {
  return pattern.endsWith('.*') ? permission.startsWith(pattern.slice(0, -1)) : permission === pattern;
}

/** Whether a scope covers a relation. */
export function coversRelation(scope: DataScope, relation: Relation): boolean {
  return dataScopes.indexOf(scope) >= dataScopes.indexOf(relation);
}

import {readFile} from 'node:fs/promises';
import {basename} from 'node:path';
import {parse} from 'yaml';
import type {AppError, Problem} from '@banli/errors';
import {permissionErrors} from './errors.js';
import {dataScopes, type DataScope, type PolicyLine} from './policy.js';

/** A policy file: declared permissions, and grants to roles. Either part may be missing. */
export interface PolicyFile {
  readonly name: string;
  readonly permissions: ReadonlyMap<string, {readonly 'zh-CN': string; readonly en?: string}>;
  readonly lines: readonly PolicyLine[];
}

type Collect = (error: AppError) => void;

/**
 * Reads a policy file (`permissions:` and `grants:`). Unknown keys, wrong scopes and empty grants are refused, all at once.
 *
 * @throws AppError `PERMISSIONS_FILE_BROKEN`, `PERMISSIONS_POLICY_BROKEN`.
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  return parsePolicyFile(basename(path), await readFile(path, 'utf8'));
}

/** The same for a text in hand; `name` stands in the problems. */
export function parsePolicyFile(name: string, text: string): PolicyFile {
  const problems: Problem[] = [];
  const collect: Collect = error => problems.push({code: error.code, message: error.message, details: error.details, place: {file: name}});
  const whole = parseYaml(name, text);
  checkKeys(whole, ['permissions', 'grants'], collect);
  const permissions = readPermissions(whole['permissions'] ?? {}, collect);
  const grants = whole['grants'] ?? [];
  if (!Array.isArray(grants)) throw permissionErrors.FILE_BROKEN({file: name, reason: 'grants must be a list'});
  const lines = grants.flatMap(grant => readGrant(grant, collect));
  if (problems[0]) throw permissionErrors.POLICY_BROKEN({count: problems.length, first: `${name}: ${problems[0].message}`}, {problems});
  return {name, permissions, lines};
}

function parseYaml(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw permissionErrors.FILE_BROKEN({file: name, reason: cause instanceof Error ? cause.message.split('\n')[0] ?? '' : ''}, {cause});
  }
  throw permissionErrors.FILE_BROKEN({file: name, reason: 'it must be a map'});
}

function readPermissions(value: unknown, collect: Collect): PolicyFile['permissions'] {
  const permissions = new Map<string, {readonly 'zh-CN': string; readonly en?: string}>();
  if (!isRecord(value)) {
    collect(permissionErrors.VALUE_WRONG({key: 'permissions', value: String(value)}));
    return permissions;
  }
  for (const [permission, entry] of Object.entries(value)) {
    if (!/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$/.test(permission)) collect(permissionErrors.VALUE_WRONG({key: 'permissions', value: permission}));
    const title = isRecord(entry) ? entry['title'] : undefined;
    const [zh, en] = isRecord(title) ? [title['zh-CN'], title['en']] : [undefined, undefined];
    if (typeof zh !== 'string') collect(permissionErrors.VALUE_WRONG({key: `${permission}.title`, value: 'empty'}));
    else permissions.set(permission, {'zh-CN': zh, ...(typeof en === 'string' ? {en} : {})});
  }
  return permissions;
}

function readGrant(grant: unknown, collect: Collect): readonly PolicyLine[] {
  if (!isRecord(grant)) {
    collect(permissionErrors.VALUE_WRONG({key: 'grants', value: String(grant)}));
    return [];
  }
  checkKeys(grant, ['role', 'allow', 'deny', 'scope'], collect);
  const {role, scope} = grant;
  if (typeof role !== 'string' || role === '') collect(permissionErrors.VALUE_WRONG({key: 'role', value: String(role)}));
  if (!dataScopes.includes(scope as DataScope)) collect(permissionErrors.VALUE_WRONG({key: 'scope', value: String(scope)}));
  const [allow, deny] = [words(grant['allow'], 'allow', collect), words(grant['deny'], 'deny', collect)];
  if (allow.length + deny.length === 0) collect(permissionErrors.VALUE_WRONG({key: 'allow', value: 'empty'}));
  const toLine = (effect: 'allow' | 'deny') => (permission: string): PolicyLine => ({role: String(role), permission, scope: scope as DataScope, effect});
  return [...allow.map(toLine('allow')), ...deny.map(toLine('deny'))];
}

function words(value: unknown, key: string, collect: Collect): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every(word => typeof word === 'string')) return value;
  collect(permissionErrors.VALUE_WRONG({key, value: String(value)}));
  return [];
}

function checkKeys(value: Readonly<Record<string, unknown>>, known: readonly string[], collect: Collect): void {
  for (const key of Object.keys(value)) if (!known.includes(key)) collect(permissionErrors.KEY_UNKNOWN({key}));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

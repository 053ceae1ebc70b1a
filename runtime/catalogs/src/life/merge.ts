import type {Problem} from '@banli/errors';
import type {CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';
import {changeErrors} from './errors.js';
import type {RowChange} from './model.js';
import {problemOf, type Place} from './problem.js';

/** For which side a cell was decided. */
export interface CellChoice {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  readonly take: 'mine' | 'theirs';
}

/** Changes as they are against another version; conflicts that no choice decided. */
export interface Merged {
  /** Rows that still change something. */
  readonly changes: readonly RowChange[];
  readonly conflicts: readonly Problem[];
}

/**
 * Lays changes over a version that came after their base: row by row and cell by cell, three ways. A cell that both sides changed to
 * different values is a conflict; what both sides changed alike is no longer a change.
 *
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.9 (versions compared, differences shown).
 */
export function mergeChanges(changes: readonly RowChange[], onto: PublishedVersion, choices: readonly CellChoice[] = []): Merged {
  const merged: RowChange[] = [];
  const conflicts: Problem[] = [];
  for (const change of changes) {
    const current = onto.tables.get(change.tableName)?.byKey.get(change.rowKey)?.values ?? null;
    const result = mergeRow(change, current, choices, {file: `${onto.head.catalogId}/${change.tableName}`, element: change.rowKey});
    conflicts.push(...result.conflicts);
    if (current === null || !sameRow(result.after, current)) merged.push({...change, op: current !== null && change.op === 'add' ? 'modify' : change.op, before: current, after: result.after});
  }
  return {changes: merged, conflicts};
}

/** Whether two rows have the same cells. */
export function sameRow(a: CatalogRow, b: CatalogRow): boolean {
  const columns = Object.keys(a);
  return columns.length === Object.keys(b).length && columns.every(column => a[column] === b[column]);
}

function mergeRow(change: RowChange, current: CatalogRow | null, choices: readonly CellChoice[], place: Place): {readonly after: CatalogRow; readonly conflicts: readonly Problem[]} {
  if (current === null || (change.before && sameRow(change.before, current))) return {after: change.after, conflicts: []};
  const before = change.before ?? {};
  const after: Record<string, string> = {};
  const conflicts: Problem[] = [];
  for (const column of new Set([...Object.keys(before), ...Object.keys(change.after), ...Object.keys(current)])) {
    const [base, mine, theirs] = [before[column], change.after[column], current[column]];
    const choice = choices.find(candidate => candidate.table === change.tableName && candidate.key === change.rowKey && candidate.column === column);
    const conflict = mine !== base && theirs !== base && mine !== theirs;
    if (conflict && !choice) conflicts.push(problemOf(changeErrors.CONFLICT({column, key: change.rowKey, base: base ?? '', mine: mine ?? '', theirs: theirs ?? ''}), {...place, field: column}));
    const value = conflict ? (choice?.take === 'theirs' ? theirs : mine) : mine === base ? theirs : mine;
    if (value !== undefined) after[column] = value;
  }
  return {after, conflicts};
}

import type {Problem} from '@banli/errors';
import {changeErrors} from '../errors.js';
import type {RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {opZh} from '../state-words.js';
import {fixedColumns, keyOf, tableOf} from '../tables.js';
import {isActive, placeOf, type Draft} from './draft.js';

/**
 * What an operation wants of its row: whether it exists, its status, the columns that never change.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.1, 2.1.2; tests A2, A6, A7.
 */
export function rowRules(draft: Draft): readonly Problem[] {
  return draft.changes.flatMap(change => {
    const wrong = statusProblems(draft, change);
    const isThere = wrong.every(problem => problem.place.field === 'status');
    return change.op === 'add' || !isThere ? wrong : [...fixedProblems(draft, change), ...wrong];
  });
}

/** Whether the row is there or is not, and its status, as the operation wants it. */
export function statusProblems(draft: Draft, change: RowChange): readonly Problem[] {
  const existing = draft.base.tables.get(change.tableName)?.byKey.get(change.rowKey)?.values;
  const {version} = draft.base.head;
  if (change.op === 'add') return existing ? [problemOf(changeErrors.ROW_EXISTS({key: change.rowKey}), placeOf(draft, change))] : [];
  if (!existing) return [problemOf(changeErrors.ROW_UNKNOWN({key: change.rowKey, version}), placeOf(draft, change))];
  const wantsRetired = change.op === 'restore';
  if (isActive(existing) === wantsRetired) {
    const status = existing['status'] ?? 'active';
    return [problemOf(changeErrors.ROW_STATUS({key: change.rowKey, status, op: change.op, statusZh: isActive(existing) ? '在用' : '已下架', opZh: opZh[change.op]}), placeOf(draft, change))];
  }
  const wanted = change.op === 'offShelf' || change.op === 'void' ? 'retired' : 'active';
  return change.after['status'] === wanted ? [] : [problemOf(changeErrors.STATUS_BY_OP(), placeOf(draft, change, 'status'))];
}

function fixedProblems(draft: Draft, change: RowChange): readonly Problem[] {
  const definition = tableOf(draft.base.manifest, change.tableName);
  const before = change.before ?? {};
  const moved = keyOf(definition, change.after) !== change.rowKey;
  return [...fixedColumns(definition)].flatMap(column => {
    const same = before[column] === change.after[column] && !(moved && definition.key.includes(column) && before[column] === undefined);
    return same ? [] : [problemOf(changeErrors.FIXED({column, key: change.rowKey, before: before[column] ?? ''}), placeOf(draft, change, column))];
  });
}

import type {Problem} from '@banli/errors';
import {handlingProblems, handlingTable} from '../../handling-problems.js';
import {placeOf, type Draft} from './draft.js';

/** A row that is changed names a form which its application has; of rows that stay, and of applications that are not published, it is told. */
export async function handlingRule(draft: Draft): Promise<readonly Problem[]> {
  const {catalog, table} = handlingTable;
  if (draft.base.head.catalogId !== catalog || !draft.references.applications) return [];
  const changed = new Set(draft.changes.filter(change => change.tableName === table).map(change => change.rowKey));
  const rows = [...(draft.tables.get(table) ?? [])].map(([key, values]) => ({key, values, isOld: !changed.has(key), place: placeOf(draft, {tableName: table, rowKey: key})}));
  return handlingProblems(rows, await draft.references.applications());
}

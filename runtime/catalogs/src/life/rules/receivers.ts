import type {Problem} from '@banli/errors';
import {namesReceivers, namingTables, receiverProblems, type NamingRow} from '../../receiver-problems.js';
import {placeOf, type Draft} from './draft.js';

/** Receivers that no published application knows are told of, at a row that the set changes where it names them. */
export async function receiverRule(draft: Draft): Promise<readonly Problem[]> {
  if (!namesReceivers(draft.base.head.catalogId) || !draft.references.receivers) return [];
  const changed = new Set(draft.changes.map(({tableName, rowKey}) => `${tableName} ${rowKey}`));
  const isOld = ({table, key}: NamingRow): number => Number(!changed.has(`${table} ${key}`));
  const rows = namingTables.flatMap(table => [...(draft.tables.get(table) ?? [])].map(([key, values]): NamingRow => ({table, key, values, place: placeOf(draft, {tableName: table, rowKey: key})})));
  return receiverProblems(rows.sort((a, b) => isOld(a) - isOld(b)), await draft.references.receivers());
}

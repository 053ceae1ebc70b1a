import {readPending} from './change-store.js';
import type {Desk} from './desk.js';
import type {ChangeOp, ChangeState, RowChange} from './model.js';

/** A row that an open change set touches: to be told, not to be refused. What both say differently is decided when the later one is published. */
export interface OtherSet {
  readonly table: string;
  readonly key: string;
  readonly changeId: string;
  readonly title: string;
  readonly state: ChangeState;
  readonly op: ChangeOp;
  readonly authorName: string;
}

/** Which open sets of a catalog touch the rows of changes that are not written yet, in the order of the sets. */
export async function otherSets(desk: Pick<Desk, 'store'>, catalogId: string, changes: ReadonlyArray<Pick<RowChange, 'tableName' | 'rowKey'>>): Promise<readonly OtherSet[]> {
  const keys = new Map<string, Set<string>>();
  for (const {tableName, rowKey} of changes) keys.set(tableName, (keys.get(tableName) ?? new Set()).add(rowKey));
  const found: OtherSet[] = [];
  for (const [table, wanted] of keys) {
    for (const {change, row} of await readPending(desk.store.knex, catalogId, table)) {
      if (wanted.has(row.rowKey)) found.push({table, key: row.rowKey, changeId: change.id, title: change.title, state: change.state, op: row.op, authorName: change.authorName});
    }
  }
  return found;
}

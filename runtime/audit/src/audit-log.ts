import {insertRows, insertRowsLast, newId, type Store, type Tx} from '@banli/store';
import {toAuditRow, whatOf, type AuditEntry, type AuditRow} from './entry.js';
import type {Journal} from './journal.js';

/** A row as a list shows it; `seq` is 0 until it is sealed. */
export interface AuditView {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly result: string;
  readonly address: string;
}

/** The audit log: written in the transaction of what it tells about. */
export interface AuditLog {
  record(tx: Tx, entry: AuditEntry): Promise<void>;
  /** The same, for a transaction that reads the row itself: `record` writes at its end. */
  recordAtOnce(tx: Tx, entry: AuditEntry): Promise<void>;
  /** Many entries with few statements; the same as `record` for each. */
  recordAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void>;
  /** Rows newest first; `cursor` is the id of the last row seen. At most `limit` rows. */
  list(query: {readonly cursor?: string; readonly limit: number; readonly subject?: string}): Promise<{readonly rows: readonly AuditView[]; readonly nextCursor: string | null}>;
}

/** Makes the audit log on the table `audit_entry`. `key` is the audit key of the installation, `journal` remembers outside of the database what was written. */
export function createAuditLog(store: Store, key: Buffer, journal: Journal): AuditLog {
  const write = async (tx: Tx, entries: readonly AuditEntry[], insert: typeof insertRows): Promise<void> => {
    const rows = entries.map(entry => toAuditRow(newId(entry.at), entry, key));
    const ids = rows.map(row => row.id);
    tx.onRollback(() => journal.drop(ids));
    tx.onCommit(() => journal.commit(ids));
    journal.begin(rows.map(row => ({id: row.id, digest: row.digest, what: whatOf(row)})));
    await insert(tx, 'audit_entry', rows);
  };
  return {
    record: (tx, entry) => write(tx, [entry], insertRowsLast),
    recordAtOnce: (tx, entry) => write(tx, [entry], insertRows),
    recordAll: (tx, entries) => write(tx, entries, insertRowsLast),
    async list({cursor, limit, subject}) {
      const query = store.knex('audit_entry').orderBy('id', 'desc').limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      if (subject !== undefined) void query.where({subject});
      const rows = (await query) as AuditRow[];
      const page = rows.slice(0, limit);
      return {rows: page.map(toView), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null};
    },
  };
}

function toView(row: AuditRow): AuditView {
  return {id: row.id, seq: row.seq ?? 0, at: Number(row.at), actorName: row.person_name, action: row.action, subject: row.subject, result: row.result, address: row.address};
}

import {join} from 'node:path';
import {loadKeyFile, type Store} from '@banli/store';
import {createAnchorFile, type AnchorFile} from './anchor.js';
import {createAuditLog, type AuditLog} from './audit-log.js';
import {createJournal, readJournals, type Journal, type LeftJournal} from './journal.js';

/** The audit log of an installation with what stands outside its database: key, anchor, and the journals of what is not sealed yet. */
export interface OpenAudit {
  readonly log: AuditLog;
  readonly key: Buffer;
  readonly anchor: AnchorFile;
  /** Of this process. */
  readonly journal: Journal;
  /** Journals of all processes, this one's among them. */
  readonly journals: () => readonly LeftJournal[];
}

/**
 * Opens the audit log: key in `audit.json`, head of the chain in `audit-head.json`, journals in `audit-open-….log` of the key folder. A log that already has
 * rows never gets a new key.
 *
 * @throws AppError `STORE_KEYS_MISSING`, `STORE_KEYS_OPEN`, `STORE_KEYS_BROKEN`.
 */
export async function openAudit(store: Store, keyFolder: string): Promise<OpenAudit> {
  const any = await store.knex('audit_entry').first<{id: string} | undefined>('id');
  const keys = await loadKeyFile(join(keyFolder, 'audit.json'), {create: any === undefined});
  const journal = createJournal(keyFolder);
  return {
    log: createAuditLog(store, keys.index, journal),
    key: keys.index,
    anchor: createAnchorFile(join(keyFolder, 'audit-head.json'), keys.index),
    journal,
    journals: () => readJournals(keyFolder),
  };
}

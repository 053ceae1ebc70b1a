import {join} from 'node:path';
import {loadKeyFile, type Store} from '@banli/store';
import {createAnchorFile, type AnchorFile} from './anchor.js';
import {createAuditLog, type AuditLog} from './audit-log.js';

/** The audit log of an installation with the key and the anchor that stand outside its database. */
export interface OpenAudit {
  readonly log: AuditLog;
  readonly key: Buffer;
  readonly anchor: AnchorFile;
}

/**
 * Opens the audit log: key in `audit.json`, head of the chain in `audit-head.json` of the key folder. A log that already has
 * rows never gets a new key.
 *
 * @throws AppError `STORE_KEYS_MISSING`, `STORE_KEYS_OPEN`, `STORE_KEYS_BROKEN`.
 */
export async function openAudit(store: Store, keyFolder: string): Promise<OpenAudit> {
  const any = await store.knex('audit_entry').first<{id: string} | undefined>('id');
  const keys = await loadKeyFile(join(keyFolder, 'audit.json'), {create: any === undefined});
  return {log: createAuditLog(store, keys.index), key: keys.index, anchor: createAnchorFile(join(keyFolder, 'audit-head.json'), keys.index)};
}

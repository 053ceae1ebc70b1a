export {openAudit, type OpenAudit} from './open-audit.js';
export type {AuditLog, AuditView} from './audit-log.js';
export {createSealer, isSealingStopped, type Sealer, type SealerParts} from './sealer.js';
export {createAnchorFile, type Anchor, type AnchorFile} from './anchor.js';
export type {Journal, LeftJournal} from './journal.js';
export {verifyAudit, type AuditReport} from './verify.js';
export {canonicalJson, type AuditActor, type AuditEntry} from './entry.js';
export {auditErrors} from './errors.js';

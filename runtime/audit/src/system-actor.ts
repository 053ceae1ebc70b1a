import type {AuditActor} from './entry.js';

/** Who writes what the log notices about itself. */
export const systemActor: AuditActor = {personId: 'system', personName: 'system', unitId: '', roles: [], requestId: '', address: ''};

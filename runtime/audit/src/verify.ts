import {isAppError, type AppError} from '@banli/errors';
import type {Store} from '@banli/store';
import type {Anchor, AnchorFile} from './anchor.js';
import {anchorMissingAction, digestOf, firstHash, sealOf, vanishedAction, whatOf, type AuditRow} from './entry.js';
import {auditErrors} from './errors.js';

/** What the verifier found. `faults` holds the first hundred; `unsealed` rows were checked one by one but stand in no chain yet. */
export interface AuditReport {
  readonly good: boolean;
  readonly checked: number;
  readonly unsealed: number;
  readonly faults: ReadonlyArray<{readonly seq: number; readonly code: string; readonly what: string}>;
}

const page = 1000;
const mostFaults = 100;

/**
 * Walks the whole audit log: every row is as it was written, at the place where it was sealed, none is missing between the
 * first and the remembered head, and none was noticed to vanish before it was sealed. Changes nothing.
 */
export async function verifyAudit(store: Store, key: Buffer, anchorFile: AnchorFile): Promise<AuditReport> {
  const walk = createWalk(key);
  // Read before the rows: sealing may go on meanwhile, and a later head than the rows would look like a cut.
  const anchor = await readAnchor(anchorFile, walk);
  for (let after = 0; ; ) {
    const rows = (await store.knex('audit_entry').where('seq', '>', after).orderBy('seq').limit(page)) as AuditRow[];
    for (const row of rows) walk.step(row, anchor);
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < page) break;
  }
  walk.finish(anchor);
  if (anchor === null && walk.head() > 0) walk.fault(0, auditErrors.ANCHOR_MISSING({path: anchorFile.path}));
  const unsealed = await checkUnsealed(store, key, walk);
  const faults = walk.faults();
  return {good: faults.length === 0, checked: walk.checked() + unsealed, unsealed, faults};
}

async function readAnchor(file: AnchorFile, walk: Walk): Promise<Anchor | null | 'forged'> {
  try {
    return await file.read();
  } catch (error) {
    if (!isAppError(error, 'AUDIT_ANCHOR_FORGED')) throw error;
    walk.fault(0, error);
    return 'forged';
  }
}

async function checkUnsealed(store: Store, key: Buffer, walk: Walk): Promise<number> {
  // Their ids first: page by page in their order, every page would look at all that wait.
  const waiting = (await store.knex('audit_entry').whereNull('seq').select('id')) as ReadonlyArray<Pick<AuditRow, 'id'>>;
  for (let start = 0; start < waiting.length; start += page) {
    const rows = (await store.knex('audit_entry').whereIn('id', waiting.slice(start, start + page).map(({id}) => id))) as AuditRow[];
    for (const row of rows) {
      const problem = digestOf(row, key) === row.digest ? witnessOf(row) : auditErrors.ENTRY_VANISHED({id: row.id, what: whatOf(row)});
      if (problem) walk.fault(0, problem);
    }
  }
  return waiting.length;
}

type Walk = ReturnType<typeof createWalk>;

/** Goes from row to row and remembers the one before. */
function createWalk(key: Buffer) {
  let last = {seq: 0, hash: firstHash, whole: true};
  let checked = 0;
  let anchored = false;
  const faults: Array<{seq: number; code: string; what: string}> = [];
  const fault = (seq: number, error: AppError) => {
    if (faults.length < mostFaults) faults.push({seq, code: error.code, what: error.message});
  };
  return {
    fault,
    faults: () => faults,
    checked: () => checked,
    head: () => last.seq,
    step(row: AuditRow, anchor: Anchor | null | 'forged') {
      const seq = row.seq ?? 0;
      const gap = seq !== last.seq + 1;
      if (gap) fault(seq, auditErrors.ROW_MISSING({from: last.seq + 1, to: seq - 1}));
      const problem = checkRow(row, seq, key);
      const witness = problem ? null : witnessOf(row);
      if (problem) fault(seq, problem);
      else if (!gap && last.whole && row.previous_hash !== last.hash) fault(seq, auditErrors.CHAIN_CUT({seq}));
      if (witness) fault(seq, witness);
      if (anchor !== null && anchor !== 'forged' && anchor.seq === seq) anchored = anchor.hash === row.hash;
      last = {seq, hash: row.hash ?? '', whole: problem === null};
      checked += 1;
    },
    finish(anchor: Anchor | null | 'forged') {
      if (anchor !== null && anchor !== 'forged' && !anchored) fault(anchor.seq, auditErrors.TAIL_MISSING({anchor: anchor.seq, head: last.seq}));
    },
  };
}

/** What a whole row tells of others: the platform noticed that one vanished before it was sealed, or that the head was gone. It stays a fault. */
function witnessOf(row: AuditRow): AppError | null {
  if (row.action === anchorMissingAction) return auditErrors.ANCHOR_REPLACED({seq: row.seq ?? 0});
  if (row.action !== vanishedAction) return null;
  const {what} = JSON.parse(row.data) as {readonly what?: unknown};
  return auditErrors.ENTRY_VANISHED({id: row.subject, what: typeof what === 'string' ? what : '?'});
}

function checkRow(row: AuditRow, seq: number, key: Buffer): AppError | null {
  if (digestOf(row, key) !== row.digest) return auditErrors.ROW_CHANGED({seq});
  return sealOf(seq, row.previous_hash ?? '', row.digest, key) === row.hash ? null : auditErrors.ROW_MOVED({seq});
}

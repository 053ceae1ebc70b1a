import {isAppError, type AppError} from '@banli/errors';
import type {Store} from '@banli/store';
import type {Anchor, AnchorFile} from './anchor.js';
import {compareJournal} from './check-journal.js';
import {anchorMissingAction, digestOf, doubtAction, firstHash, sealOf, vanishedAction, whatOf, type AuditRow} from './entry.js';
import {auditErrors} from './errors.js';
import type {LeftJournal} from './journal.js';
import type {OpenAudit} from './open-audit.js';

/**
 * What the verifier found. `faults` and `doubts` hold the first hundred each; `unsealed` rows were checked one by one but stand in no
 * chain yet. A doubt is no fault: a process ended in the middle of a commit, and the row is not there.
 */
export interface AuditReport {
  readonly good: boolean;
  readonly checked: number;
  readonly unsealed: number;
  readonly faults: readonly Finding[];
  readonly doubts: readonly Finding[];
}

interface Finding {
  /** 0 outside of the chain. */
  readonly seq: number;
  readonly code: string;
  readonly what: string;
}

const page = 1000;
const mostFindings = 100;

/**
 * Walks the whole audit log: every row is as it was written, at the place where it was sealed, none is missing between the
 * first and the remembered head, none is missing that a process wrote since, and none was noticed to vanish before. Changes nothing.
 */
export async function verifyAudit(store: Store, {key, anchor: anchorFile, journals}: Pick<OpenAudit, 'key' | 'anchor' | 'journals'>): Promise<AuditReport> {
  const walk = createWalk(key);
  const written = journals();
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
  await checkJournals(store, written, walk);
  const {faults, doubts} = walk;
  return {good: faults.length === 0, checked: walk.checked() + unsealed, unsealed, faults, doubts};
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
      if (digestOf(row, key) === row.digest) walk.hear(row);
      else walk.fault(0, auditErrors.ENTRY_VANISHED({id: row.id, what: whatOf(row)}));
    }
  }
  return waiting.length;
}

/** Rows that processes wrote are there, as they wrote them; what a living one has on its way is left alone. */
async function checkJournals(store: Store, written: readonly LeftJournal[], walk: Walk): Promise<void> {
  for (const {entries, isAbandoned} of written) {
    const {vanished, absent} = await compareJournal(store, entries);
    for (const {id, what} of vanished) if (!walk.isTold(id)) walk.fault(0, auditErrors.ENTRY_VANISHED({id, what}));
    for (const {id, what} of isAbandoned ? absent : []) if (!walk.isTold(id)) walk.doubt(0, auditErrors.ENTRY_IN_DOUBT({id, what}));
  }
}

type Walk = ReturnType<typeof createWalk>;

/** Goes from row to row and remembers the one before. */
function createWalk(key: Buffer) {
  let last = {seq: 0, hash: firstHash, whole: true};
  let checked = 0;
  let anchored = false;
  const faults: Finding[] = [];
  const doubts: Finding[] = [];
  const told = new Set<string>();
  const addTo = (list: Finding[]) => (seq: number, error: AppError): void => {
    if (list.length < mostFindings) list.push({seq, code: error.code, what: error.message});
  };
  const fault = addTo(faults);
  const doubt = addTo(doubts);
  /** A whole row may tell of others. */
  const hear = (row: AuditRow): void => {
    const witness = witnessOf(row);
    if (!witness) return;
    told.add(row.subject);
    (row.action === doubtAction ? doubt : fault)(row.seq ?? 0, witness);
  };
  return {
    fault,
    doubt,
    hear,
    faults,
    doubts,
    isTold: (id: string) => told.has(id),
    checked: () => checked,
    head: () => last.seq,
    step(row: AuditRow, anchor: Anchor | null | 'forged') {
      const seq = row.seq ?? 0;
      const gap = seq !== last.seq + 1;
      if (gap) fault(seq, auditErrors.ROW_MISSING({from: last.seq + 1, to: seq - 1}));
      const problem = checkRow(row, seq, key);
      if (problem) fault(seq, problem);
      else if (!gap && last.whole && row.previous_hash !== last.hash) fault(seq, auditErrors.CHAIN_CUT({seq}));
      if (!problem) hear(row);
      if (anchor !== null && anchor !== 'forged' && anchor.seq === seq) anchored = anchor.hash === row.hash;
      last = {seq, hash: row.hash ?? '', whole: problem === null};
      checked += 1;
    },
    finish(anchor: Anchor | null | 'forged') {
      if (anchor !== null && anchor !== 'forged' && anchor.seq > 0 && !anchored) fault(anchor.seq, auditErrors.TAIL_MISSING({anchor: anchor.seq, head: last.seq}));
    },
  };
}

/** What a whole row tells of others: the platform noticed that one vanished before it was sealed, may have, or that the head was gone. It stays. */
function witnessOf(row: AuditRow): AppError | null {
  if (row.action === anchorMissingAction) return auditErrors.ANCHOR_REPLACED({seq: row.seq ?? 0});
  if (row.action !== vanishedAction && row.action !== doubtAction) return null;
  const {what} = JSON.parse(row.data) as {readonly what?: unknown};
  const details = {id: row.subject, what: typeof what === 'string' ? what : '?'};
  return row.action === doubtAction ? auditErrors.ENTRY_IN_DOUBT(details) : auditErrors.ENTRY_VANISHED(details);
}

function checkRow(row: AuditRow, seq: number, key: Buffer): AppError | null {
  if (digestOf(row, key) !== row.digest) return auditErrors.ROW_CHANGED({seq});
  return sealOf(seq, row.previous_hash ?? '', row.digest, key) === row.hash ? null : auditErrors.ROW_MOVED({seq});
}

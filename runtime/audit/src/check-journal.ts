import {isAppError} from '@banli/errors';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import type {AnchorFile} from './anchor.js';
import {doubtAction, vanishedAction, type AuditRow} from './entry.js';
import {auditErrors} from './errors.js';
import type {JournalEntry} from './journal.js';
import type {OpenAudit} from './open-audit.js';
import {systemActor} from './system-actor.js';

interface JournalParts extends OpenAudit {
  readonly store: Store;
  readonly clock: Clock;
  readonly onFault: (fault: Error) => void;
}

/** How journal entries compare with the database. */
export interface JournalFindings {
  /** Committed and gone, or another row than was written. */
  readonly vanished: readonly JournalEntry[];
  /** Not there, and never known to have committed. */
  readonly absent: readonly JournalEntry[];
  /** There, with the place in the chain, if they have one. */
  readonly present: ReadonlyMap<string, number | null>;
}

const atOnce = 500;

/** Looks up what journals tell of. */
export async function compareJournal(store: Store, entries: readonly JournalEntry[]): Promise<JournalFindings> {
  const rows = new Map<string, Pick<AuditRow, 'id' | 'digest' | 'seq'>>();
  for (let start = 0; start < entries.length; start += atOnce) {
    const ids = entries.slice(start, start + atOnce).map(entry => entry.id);
    for (const row of (await store.knex('audit_entry').whereIn('id', ids).select('id', 'digest', 'seq')) as Array<Pick<AuditRow, 'id' | 'digest' | 'seq'>>) rows.set(row.id, row);
  }
  const isOther = (entry: JournalEntry) => rows.get(entry.id)?.digest !== entry.digest;
  return {
    vanished: entries.filter(entry => isOther(entry) && (entry.committed || rows.has(entry.id))),
    absent: entries.filter(entry => !entry.committed && !rows.has(entry.id)),
    present: new Map(entries.filter(entry => !isOther(entry)).map(entry => [entry.id, rows.get(entry.id)?.seq ?? null])),
  };
}

/** Looks after what this process wrote; a transaction on its way is left alone. Answers how many rows vanished. */
export async function checkOwnJournal(parts: JournalParts): Promise<number> {
  const {store, journal} = parts;
  const entries = journal.entries().slice(0, atOnce);
  if (entries.length > 0) {
    const head = await headOf(parts.anchor);
    const {vanished, present} = await compareJournal(store, entries);
    for (const entry of vanished) await witness(parts, entry, vanishedAction);
    journal.drop([...vanished.map(entry => entry.id), ...[...present].filter(([, seq]) => seq !== null && seq <= head).map(([id]) => id)]);
    journal.tend();
    return vanished.length;
  }
  journal.tend();
  return 0;
}

/** Looks after what killed processes wrote. Answers how many rows are gone or in doubt. */
export async function adoptJournals(parts: JournalParts): Promise<number> {
  const head = await headOf(parts.anchor);
  let noticed = 0;
  for (const {entries, isAbandoned, takeAway} of parts.journals()) {
    if (!isAbandoned) continue;
    const {vanished, absent, present} = await compareJournal(parts.store, entries);
    for (const entry of vanished) if (await witness(parts, entry, vanishedAction)) noticed += 1;
    for (const entry of absent) if (await witness(parts, entry, doubtAction)) noticed += 1;
    if ([...present.values()].every(seq => seq !== null && seq <= head)) takeAway();
  }
  return noticed;
}

/** Rows up to here cannot be cut off unseen; 0 where the head cannot be trusted. */
async function headOf(anchor: AnchorFile): Promise<number> {
  try {
    return (await anchor.read())?.seq ?? 0;
  } catch (error) {
    if (isAppError(error, 'AUDIT_ANCHOR_FORGED')) return 0;
    throw error;
  }
}

/** Leaves a row about another one that is not there, once. */
async function witness({store, log, clock, onFault}: JournalParts, {id, digest, what}: JournalEntry, action: string): Promise<boolean> {
  if (await store.knex('audit_entry').where({subject: id, action}).first<object | undefined>('id')) return false;
  onFault(action === vanishedAction ? auditErrors.ENTRY_VANISHED({id, what}) : auditErrors.ENTRY_IN_DOUBT({id, what}));
  await store.tx(tx => log.record(tx, {actor: systemActor, action, subject: id, result: 'done', at: clock.now(), data: {digest, what}}));
  return true;
}

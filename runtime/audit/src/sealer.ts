import {isAppError} from '@banli/errors';
import {execute, isDuplicateKey, takeLease, type Store, type Tx} from '@banli/store';
import {every, type Clock, type StopSignal} from '@banli/time';
import type {Anchor} from './anchor.js';
import {adoptJournals, checkOwnJournal} from './check-journal.js';
import {anchorMissingAction, firstHash, sealOf, type AuditRow} from './entry.js';
import {auditErrors} from './errors.js';
import type {OpenAudit} from './open-audit.js';
import {systemActor} from './system-actor.js';

/** What sealing needs. `clock` is the machine's own; `holder` names this process. */
export interface SealerParts extends OpenAudit {
  readonly store: Store;
  readonly clock: Clock;
  readonly holder: string;
  /** Told when the log was touched: alarm and operations log. */
  readonly onFault: (fault: Error) => void;
}

/** Puts written rows into the chain, in one order for all processes. */
export interface Sealer {
  /** Seals what is there; answers how many rows. Another process may be at it: then 0. @throws AppError `AUDIT_SEALING_STOPPED` */
  sealNow(): Promise<number>;
  /** Looks whether rows of this process vanished before the remembered head covered them; answers how many did. */
  checkWatched(): Promise<number>;
  /** Looks through the journals that killed processes left, and takes them away once everything in them is covered; answers how many rows are gone or in doubt. */
  adoptLeft(): Promise<number>;
  /** Seals twice a second until the signal. A fault is reported once and tried again; the chain is never continued over it. */
  run(signal: StopSignal): Promise<void>;
  /** A last round when nothing writes any more, so that a stop leaves no row outside of the chain. Faults are reported, not thrown. */
  finish(): Promise<void>;
}

const batch = 500;
const leaseMs = 10_000;
const roundMs = 500;
const adoptPauseMs = 60_000;

/** Makes a sealer. One lease lets a single process seal; the unique key on `seq` stops a second one that was late. */
export function createSealer(parts: SealerParts): Sealer {
  const {store, clock, holder, anchor} = parts;
  let reported = '';
  const report = (error: unknown) => {
    const fault = error instanceof Error ? error : new Error(String(error));
    if (fault.message !== reported) parts.onFault(fault);
    reported = fault.message;
  };
  const isMine = () => takeLease(store, {name: 'audit.seal', holder, now: clock.now(), forMs: leaseMs});
  const sealer: Sealer = {
    async sealNow() {
      if (!(await isMine())) return 0;
      let sealed = 0;
      for (;;) {
        const known = (await anchor.read()) ?? (await firstAnchor(parts));
        const round = await sealBatch(parts, known);
        if (round.head && round.head.seq !== known?.seq) await anchor.write(round.head);
        sealed += round.sealed;
        if (round.sealed < batch) return sealed;
      }
    },
    checkWatched: () => checkOwnJournal(parts),
    adoptLeft: async () => ((await isMine()) ? adoptJournals(parts) : 0),
    run: async signal => {
      await Promise.all([every(roundMs, round, {signal, onError: report}), every(adoptPauseMs, async () => void (await sealer.adoptLeft()), {signal, onError: report})]);
    },
    finish: () => round().catch(report),
  };
  const round = async () => {
    await sealer.sealNow();
    await sealer.checkWatched();
    reported = '';
  };
  return sealer;
}

async function sealBatch(parts: SealerParts, known: Anchor | null): Promise<{readonly sealed: number; readonly head: Anchor | null}> {
  try {
    return await parts.store.tx(async tx => {
      const head = await readHead(tx);
      await checkAnchor(tx, known, head);
      if (known === null && head !== null) await noteMissingAnchor(parts, tx);
      // Without an order the index of seq gives the next ones; with one, every batch would sort all that wait.
      const found = (await tx('audit_entry').whereNull('seq').limit(batch)) as AuditRow[];
      const rows = found.sort((a, b) => (a.id < b.id ? -1 : 1));
      let last: Anchor = head ?? {seq: 0, hash: firstHash};
      const links = rows.map((row): Link => {
        const seq = last.seq + 1;
        const link = {id: row.id, seq, previousHash: last.hash, hash: sealOf(seq, last.hash, row.digest, parts.key)};
        last = link;
        return link;
      });
      for (let from = 0; from < links.length; from += linksAtOnce) await writeLinks(tx, links.slice(from, from + linksAtOnce));
      return {sealed: rows.length, head: last.seq === 0 ? null : last};
    });
  } catch (error) {
    if (isDuplicateKey(error)) return {sealed: 0, head: null};
    throw error;
  }
}

/** A row's place in the chain. */
interface Link extends Anchor {
  readonly id: string;
  readonly previousHash: string;
}

/** Rows of one statement: a round trip each would cost more than the chain itself. */
const linksAtOnce = 16;

async function writeLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  const cases = `case id ${links.map(() => 'when ? then ?').join(' ')} end`;
  const pairs = (pick: (link: Link) => string | number) => links.flatMap(link => [link.id, pick(link)]);
  await execute(tx, `update audit_entry set seq = ${cases}, previous_hash = ${cases}, hash = ${cases} where id in (${links.map(() => '?').join(', ')}) and seq is null`, [
    ...pairs(link => link.seq), ...pairs(link => link.previousHash), ...pairs(link => link.hash), ...links.map(link => link.id),
  ]);
}

async function readHead(tx: Tx): Promise<Anchor | null> {
  const row = await tx('audit_entry').whereNotNull('seq').orderBy('seq', 'desc').first<AuditRow | undefined>();
  return row && row.seq !== null ? {seq: row.seq, hash: row.hash ?? ''} : null;
}

/** Before the first row is sealed the head is written as 0, so that a kill right after it does not look like a head that was taken away; `null` where rows are sealed already. */
async function firstAnchor({store, anchor}: SealerParts): Promise<Anchor | null> {
  if (await store.knex('audit_entry').whereNotNull('seq').first<object | undefined>('id')) return null;
  const first: Anchor = {seq: 0, hash: firstHash};
  await anchor.write(first);
  return first;
}

/** A tail that was cut must not be grown over: it would hide the cut. */
async function checkAnchor(tx: Tx, known: Anchor | null, head: Anchor | null): Promise<void> {
  if (known === null || known.seq === 0) return;
  const row = await tx('audit_entry').where({seq: known.seq}).first<AuditRow | undefined>();
  if (row?.hash === known.hash) return;
  const reason = auditErrors.TAIL_MISSING({anchor: known.seq, head: head?.seq ?? 0}).message;
  throw auditErrors.SEALING_STOPPED({reason});
}

async function noteMissingAnchor(parts: SealerParts, tx: Tx): Promise<void> {
  const fault = auditErrors.ANCHOR_MISSING({path: parts.anchor.path});
  parts.onFault(fault);
  await parts.log.recordAtOnce(tx, {actor: systemActor, action: anchorMissingAction, subject: parts.holder, result: 'done', at: parts.clock.now()});
}

/** Whether sealing stopped because the log was touched, for the readiness page. */
export function isSealingStopped(error: unknown): boolean {
  return isAppError(error, 'AUDIT_SEALING_STOPPED');
}

import {isAppError} from '@banli/errors';
import type {Operation, Variables} from '@banli/processes';
import {whileFlushing, type Tx} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {CaseMoved, insertLines, insertOutbox, newOutboxRow, saveRecord, type LoadedCase} from './case-store.js';
import {moveClocks, relevantMoves, subjectOf} from './clock-moves.js';
import {columnsOf} from './columns.js';
import {caseErrors} from './errors.js';
import type {LineInput, OutboxCause, OutboxRow} from './model.js';
import {joinParties, partiesOf} from './parties.js';
import {limitChangeOf, refitClocks} from './refit.js';
import type {Relay} from './relay.js';
import {isSame, undoOf, type Work} from './work.js';

/** How long the loop leaves a new row to the request that wrote it. */
export const inlineGraceMs = 5_000;

/** A command that is worked out and only has to be written. */
export interface Command {
  readonly kind: OutboxRow['kind'];
  readonly operations: readonly Operation[];
  readonly cause: OutboxCause;
  readonly lines: readonly LineInput[];
  readonly files: readonly string[];
  readonly auditData: Readonly<Record<string, unknown>>;
  /** Checks that need the transaction; they throw to refuse. */
  readonly check?: (tx: Tx) => Promise<void>;
}

/** A command that is written: its case and its row for the engine. */
export interface Committed {
  readonly row: OutboxRow;
  readonly loaded: LoadedCase;
}

/**
 * Writes a command in one transaction: the case, its clocks, the timeline, the audit row and the outbox row with what undoes it. Nobody is told
 * of it before `tryInline`, which waits for the disk.
 *
 * @returns The case and the outbox row, for the inline try.
 * @throws CaseMoved when the case changed since it was read.
 */
export async function commitCommand(deps: CaseDeps, work: Work, loaded: Omit<LoadedCase, 'record'>, actor: Actor, command: Command): Promise<Committed> {
  const at = deps.clock.now();
  const {release, before} = work;
  const moves = relevantMoves(release, work.clockMoves);
  const limitChange = await limitChangeOf(deps, work, at);
  return deps.store.tx(async tx => {
    const routing = joinParties(deps.people, tx, before.id, work.routing, partiesOf(actor));
    const values = isSame(before.values, work.values) ? before.values : work.values;
    const next = {...before, values, routing, round: work.round};
    const seq = before.seq + 1;
    const record = await saveRecord(deps, tx, release, before, {
      values,
      routing,
      round: work.round,
      ...columnsOf(release, deps, next, before),
      valuesVersion: values === before.values ? before.valuesVersion : before.valuesVersion + 1,
      seq,
      pendingSince: before.pendingSince ?? at,
      updatedAt: at,
    });
    await command.check?.(tx);
    if (command.files.length > 0) await deps.files.take(tx, {fileIds: command.files, caseId: before.id, personId: actor.personId});
    const clocks = moves.length > 0 || limitChange ? await deps.clocks.snapshot(tx, {caseId: before.id, withPause: moves.some(({kind}) => kind === 'pause' || kind === 'resume')}) : undefined;
    if (moves.length > 0) await moveClocks(deps.clocks, tx, subjectOf(release, deps.people, record), moves, at);
    // After the command's own moves: a clock that ends with it, or begins with it, has nothing to change.
    const refitted = limitChange ? await refitClocks(deps, tx, {release, record, actor, at, why: limitChange}) : [];
    await insertLines(deps, tx, release, record, at, [...command.lines, ...refitted]);
    const undo = {...undoOf(work), ...(clocks === undefined ? {} : {clocks})};
    const row = newOutboxRow({caseId: before.id, seq, kind: command.kind, at, operations: command.operations, cause: command.cause, undo}, inlineGraceMs);
    await insertOutbox(deps, tx, release, [row]);
    await deps.audit.record(tx, {actor, action: `case.${command.kind}`, subject: before.id, result: 'done', at, data: command.auditData});
    return {row, loaded: {record, tasks: loaded.tasks, isLinked: loaded.isLinked}};
  }, {durable: false});
}

/**
 * Tries to bring a committed command to the engine at once; whatever goes wrong there is the loop's business, the command stands. The disk is waited
 * for beside that: whoever is answered has a command that survives a power failure.
 *
 * @throws Error when the disk refuses.
 * @see ADR 0037
 */
export async function tryInline(deps: CaseDeps, relay: Relay, committed: Committed): Promise<LoadedCase> {
  return whileFlushing(deps.store, () => deliverInline(deps, relay, committed));
}

async function deliverInline(deps: CaseDeps, relay: Relay, committed: Committed): Promise<LoadedCase> {
  try {
    return (await relay.deliver(committed.row.caseId, committed)) ?? committed.loaded;
  } catch (error) {
    deps.log.warn('cases.inline.failed', {caseId: committed.row.caseId, seq: committed.row.seq, error: error instanceof Error ? error.message : String(error)});
    return committed.loaded;
  }
}

/** Runs a command again when the case moved under it. @throws AppError `CASE_BUSY` when it keeps moving. */
export async function runCommand<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (isAppError(error) || !(error instanceof CaseMoved)) throw error;
      if (attempt === 5) throw caseErrors.BUSY({}, {cause: error});
    }
  }
}

/** Operations for the messages that effects asked for, after what the command itself does. */
export function messageOperations(messages: readonly string[]): readonly Operation[] {
  const variables: Variables = {};
  return messages.map(messageName => ({kind: 'message', messageName, variables}));
}

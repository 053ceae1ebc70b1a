import {isAppError} from '@banli/errors';
import type {ApplyResult, InstanceState, Operation} from '@banli/processes';
import {raiseAlarm} from './alarms.js';
import type {CaseDeps} from './deps.js';
import {againWhenMoved, loadCase, saveRecord, type LoadedCase} from './case-store.js';
import {compensate, type Refusal} from './compensate.js';
import {releaseErrors} from './errors.js';
import {refresh} from './feed.js';
import type {OutboxRow} from './model.js';
import {queryRow} from '@banli/store';
import {settleLostStart} from './lost-start.js';
import {project} from './project.js';
import {readOutbox} from './rows.js';
import {giveUpWork} from './undo-work.js';
import {createTurns} from './turns.js';
import {releaseOf} from './layers/case-layers.js';

/** Brings outbox rows to the engine, per case in order. */
export interface Relay {
  /**
   * Tries the given row, or the oldest pending one, and those after it.
   * @param fresh - The row and the case as the command has just written them: saves reading both again.
   * @returns The case as it is now, or `null` when it is unknown; `record.ackedSeq < record.seq` while something still waits.
   */
  deliver(caseId: string, fresh?: {readonly row: OutboxRow; readonly loaded: LoadedCase}): Promise<LoadedCase | null>;
}

/** Longest pause between two tries of the same row. */
const longestPauseMs = 60_000;

/** Makes the relay. Several servers and the worker host may run one each: the sequence number makes every repeat harmless. */
export function createRelay(deps: CaseDeps): Relay {
  const turns = createTurns();
  return {
    deliver: (caseId, fresh) =>
      turns.run(caseId, async () => {
        if (!fresh) return deliverPending(deps, caseId);
        const loaded = await deliverRow(deps, fresh.row, fresh.loaded);
        const stuck = loaded === null || loaded.record.ackedSeq < fresh.row.seq;
        // What came in between has somebody who brings it, until its time of grace is over.
        return stuck || loaded.record.ackedSeq >= loaded.record.seq ? loaded : deliverPending(deps, caseId, true);
      }),
  };
}

/** Delivers until nothing waits or the engine cannot take more now; `dueOnly` leaves rows alone that whoever wrote them is bringing himself. */
async function deliverPending(deps: CaseDeps, caseId: string, dueOnly = false): Promise<LoadedCase | null> {
  let loaded = await loadCase(deps, caseId);
  while (loaded && loaded.record.ackedSeq < loaded.record.seq) {
    const row = await queryRow(deps.store.knex, "select * from case_outbox where case_id = ? and status = 'pending' order by seq limit 1", [caseId]);
    if (!row || (dueOnly && Number(row['next_try_at']) > deps.clock.now())) return loaded;
    const before = loaded.record.ackedSeq;
    loaded = await deliverRow(deps, readOutbox(row, deps.vault), loaded);
    if (loaded && loaded.record.ackedSeq <= before) return loaded;
  }
  return loaded;
}

async function deliverRow(deps: CaseDeps, row: OutboxRow, loaded: LoadedCase): Promise<LoadedCase | null> {
  let result: ApplyResult;
  try {
    result = await applyRow(deps, row, loaded.record.releaseHash);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal && row.replay && row.kind === 'start') return settle(deps, row, loaded, (tx, release, current) => settleLostStart(deps, tx, release, current, row, refusal));
    if (refusal && row.replay) return readAnew(deps, await settle(deps, row, loaded, (tx, release, current) => giveUpReplay(deps, tx, release, current, row, refusal)));
    if (refusal) return undo(deps, row, loaded, refusal);
    await postpone(deps, row, error);
    return loaded;
  }
  const skipped = result.skipped.length > 0;
  return settle(deps, row, loaded, (tx, release, current) => acknowledge(deps, tx, release, current, row, result.state, skipped));
}

/** Puts back what the refused row changed; a worker's task stops, so that it does not come again and again. */
async function undo(deps: CaseDeps, row: OutboxRow, loaded: LoadedCase, refusal: Refusal): Promise<LoadedCase | null> {
  const settled = await settle(deps, row, loaded, (tx, release, current) => compensate(deps, tx, release, current, row, refusal));
  await giveUpWork(deps, row);
  return settled;
}

/**
 * Sends a row. A start whose definition the engine does not have, because it lost its database since this process learned the definition's id,
 * is sent again with the release deployed anew: its number is still free.
 */
async function applyRow(deps: CaseDeps, row: OutboxRow, releaseHash: string): Promise<ApplyResult> {
  const {caseId, seq} = row;
  const operations = row.replay ? await retarget(deps, row, releaseHash) : row.operations;
  try {
    return await deps.engine.apply({caseId, seq, operations, tree: false});
  } catch (error) {
    const start = operations.find(operation => operation.kind === 'start');
    if (!start || !isAppError(error, 'ENGINE_TRY_AGAIN')) throw error;
    const definitionId = await deps.releases.ensureDeployed(releaseHash);
    if (definitionId === start.definitionId) throw error;
    return deps.engine.apply({caseId, seq, operations: operations.map(operation => (operation === start ? {...start, definitionId} : operation)), tree: false});
  }
}

type Settle = (tx: Parameters<Parameters<CaseDeps['store']['tx']>[0]>[0], release: Parameters<typeof project>[2], current: LoadedCase) => Promise<LoadedCase>;

/** Runs the second transaction of a command on the case as known, or as it is by then. */
async function settle(deps: CaseDeps, row: OutboxRow, loaded: LoadedCase, write: Settle): Promise<LoadedCase | null> {
  let known: LoadedCase | null = loaded;
  return againWhenMoved(async () => {
    const current = known ?? (await loadCase(deps, row.caseId));
    known = null;
    if (!current) return null;
    if (current.record.ackedSeq >= row.seq) return current;
    const found = await releaseOf(deps, current.record);
    if (!found) throw releaseErrors.UNKNOWN({hash: current.record.releaseHash});
    // What this writes can be written again from the outbox and the engine: the disk may have it a moment later.
    const written = await deps.store.tx(tx => write(tx, found.release, current), {durable: false});
    deps.watch.touch(row.caseId);
    return written;
  });
}

async function acknowledge(deps: CaseDeps, tx: Parameters<Settle>[0], release: Parameters<Settle>[1], current: LoadedCase, row: OutboxRow, state: InstanceState, skipped: boolean): Promise<LoadedCase> {
  const at = deps.clock.now();
  // What was replayed is history on our side until the last row of it: only then do both sides speak of the same moment.
  const midway = row.replay && (await hasMoreReplays(tx, row));
  // An answer that was overtaken by a newer one only marks the row; its tasks are history by then.
  const old = !row.replay && state.revision < current.record.revision;
  if (!midway && !old) return project(deps, tx, release, current, {...state, seq: row.seq}, {row, at, rebind: row.replay, skipped});
  const {record} = current;
  const ackedSeq = Math.max(record.ackedSeq, row.seq);
  const saved = await saveRecord(deps, tx, release, record, {ackedSeq, pendingSince: ackedSeq >= record.seq ? null : record.pendingSince, revision: midway ? state.revision : record.revision});
  await tx('case_outbox').where({id: row.id}).update({status: 'acked', acked_at: at});
  return {...current, record: saved};
}

/** After the last row that was given up, the case goes on from where the engine has it: else nobody would have a task. */
async function readAnew(deps: CaseDeps, settled: LoadedCase | null): Promise<LoadedCase | null> {
  if (!settled || settled.record.ackedSeq < settled.record.seq) return settled;
  const caseId = settled.record.id;
  try {
    await refresh(deps, caseId, true);
  } catch (error) {
    if (!isAppError(error)) throw error;
    deps.log.warn('cases.replay.unread', {caseId, code: error.code});
  }
  return loadCase(deps, caseId);
}

/**
 * What happened once is not undone because it cannot be repeated: the row is closed, and operators are told. With the last one the
 * case counts as older than the engine's, so that the reconciler reads it anew if nobody did.
 */
async function giveUpReplay(deps: CaseDeps, tx: Parameters<Settle>[0], release: Parameters<Settle>[1], current: LoadedCase, row: OutboxRow, refusal: Refusal): Promise<LoadedCase> {
  const at = deps.clock.now();
  const {record} = current;
  const ackedSeq = Math.max(record.ackedSeq, row.seq);
  const last = !(await hasMoreReplays(tx, row));
  const saved = await saveRecord(deps, tx, release, record, {ackedSeq, pendingSince: ackedSeq >= record.seq ? null : record.pendingSince, ...(last ? {revision: record.revision - 1} : {})});
  await tx('case_outbox').where({id: row.id}).update({status: 'acked', acked_at: at, last_error: `${refusal.code}: ${refusal.reason}`.slice(0, 255)});
  await raiseAlarm(tx, {kind: 'lost', caseId: record.id, at, text: {'zh-CN': '流程引擎恢复后无法补发该办件的操作，需人工处理', en: 'A command that the engine lost could not be sent again'}});
  return {...current, record: saved};
}

async function hasMoreReplays(tx: Parameters<Settle>[0], row: OutboxRow): Promise<boolean> {
  const next = await tx('case_outbox').where({case_id: row.caseId, status: 'pending', replay: 1}).andWhere('seq', '>', row.seq).first<{id: string} | undefined>('id');
  return next !== undefined;
}

/** `gone` and `refused` will never work; everything else is tried again. */
function refusalOf(error: unknown): Refusal | null {
  if (isAppError(error, 'ENGINE_GONE')) return {code: error.code, reason: error.message};
  if (isAppError(error, 'ENGINE_REFUSED')) return {code: error.code, reason: String(error.details['reason'] ?? error.message)};
  return null;
}

async function postpone(deps: CaseDeps, row: OutboxRow, error: unknown): Promise<void> {
  const code = isAppError(error) ? error.code : 'UNKNOWN';
  if (!isAppError(error)) deps.log.error('cases.relay.failed', {caseId: row.caseId, seq: row.seq, error: error instanceof Error ? (error.stack ?? error.message) : String(error)});
  const pause = Math.min(longestPauseMs, 500 * 2 ** Math.min(row.attempts, 8));
  await deps.store.knex('case_outbox').where({id: row.id, status: 'pending'}).update({attempts: row.attempts + 1, next_try_at: deps.clock.now() + pause, last_error: code});
}

/** After the engine lost a row, its tasks have new ids: they are found by step and loop counter. */
async function retarget(deps: CaseDeps, row: OutboxRow, releaseHash: string): Promise<readonly Operation[]> {
  if (row.kind === 'start') {
    const definitionId = await deps.releases.ensureDeployed(releaseHash);
    return row.operations.map(operation => (operation.kind === 'start' ? {...operation, definitionId} : operation));
  }
  const needs = row.operations.some(operation => operation.kind === 'complete' || operation.kind === 'completeExternal' || operation.kind === 'bpmnError');
  const state = needs ? await deps.engine.state(row.caseId) : null;
  if (!state) return row.operations;
  const {stepId, loopCounter} = row.cause;
  const task = state.tasks.find(each => each.stepId === stepId && each.loopCounter === loopCounter);
  const work = state.externalTasks.find(each => each.stepId === stepId);
  return row.operations.map(operation => {
    if (operation.kind === 'complete' && task) return {...operation, taskId: task.id};
    if ((operation.kind === 'completeExternal' || operation.kind === 'bpmnError') && work) return {...operation, externalTaskId: work.id};
    return operation;
  });
}

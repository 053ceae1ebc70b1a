import {isAppError} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {insertLines, insertOutbox, loadCase, newOutboxRow, saveRecord} from './case-store.js';
import type {CaseDeps} from './deps.js';
import {releaseOf} from './layers/case-layers.js';
import {noCause, type OutboxRow} from './model.js';
import {systemActor} from './system-actor.js';

/** External tasks that a row ends. */
function externalTasksOf(row: OutboxRow): readonly string[] {
  return row.operations.flatMap(operation => (operation.kind === 'completeExternal' || operation.kind === 'bpmnError' ? [operation.externalTaskId] : []));
}

/**
 * What a worker's refused completion did beside its own case: the run counts as never made, so that a later attempt works, and the
 * cases it opened are cancelled. Does nothing for rows of other kinds.
 */
export async function undoWork(deps: CaseDeps, tx: Tx, row: OutboxRow, at: number): Promise<void> {
  if (row.kind !== 'work') return;
  for (const externalTaskId of externalTasksOf(row)) await deps.onWorkUndone?.(tx, externalTaskId);
  for (const caseId of row.undo?.opened ?? []) await cancelOpened(deps, tx, caseId, at);
}

/** Ends a case whose reason is gone; what happened to it meanwhile stays readable. The outbox brings it to the engine after its start. */
async function cancelOpened(deps: CaseDeps, tx: Tx, caseId: string, at: number): Promise<void> {
  const loaded = await loadCase(deps, caseId, tx);
  if (loaded?.record.status !== 'open') return;
  const found = await releaseOf(deps, loaded.record, tx);
  if (!found) return;
  const text: LocalizedText = {'zh-CN': '登记该办件的自动处理未生效，系统已撤销', en: 'Cancelled: the automatic step that opened this case had no effect'};
  const record = await saveRecord(deps, tx, found.release, loaded.record, {seq: loaded.record.seq + 1, pendingSince: loaded.record.pendingSince ?? at, updatedAt: at});
  await insertLines(deps, tx, found.release, record, at, [{kind: 'cancelled', text}]);
  await insertOutbox(deps, tx, found.release, [newOutboxRow({caseId, seq: record.seq, kind: 'cancel', at, operations: [{kind: 'cancel', reason: 'undone'}], cause: noCause, undo: null}, 0)]);
  await deps.audit.record(tx, {actor: systemActor, action: 'case.cancel', subject: caseId, result: 'done', at, data: {reason: 'undone'}});
}

/**
 * Takes the attempts of the external tasks whose completion was undone: the engine raises an incident, instead of giving the same task
 * out again and again. Best effort: where it fails, the worker that gets the task next comes to the same end.
 */
export async function giveUpWork(deps: Pick<CaseDeps, 'engine' | 'log'>, row: OutboxRow): Promise<void> {
  if (row.kind !== 'work') return;
  for (const externalTaskId of externalTasksOf(row)) {
    try {
      await deps.engine.setRetries(externalTaskId, 0);
    } catch (error) {
      deps.log.warn('cases.work.not-stopped', {caseId: row.caseId, externalTaskId, code: isAppError(error) ? error.code : String(error)});
    }
  }
}

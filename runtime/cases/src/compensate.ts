import type {CompiledBundle, LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {raiseAlarm} from './alarms.js';
import {isByRule, leaveUndone} from './automatic/decisions.js';
import type {CaseDeps} from './deps.js';
import {insertLines, saveRecord, type LoadedCase} from './case-store.js';
import {stateOf} from './case-state.js';
import {columnsOf} from './columns.js';
import {buildContext} from './context.js';
import type {CaseRecord, OutboxRow} from './model.js';
import {keepAsDraft} from './draft-rows.js';
import {stepWords} from './step-words.js';
import {applyUndo} from './work.js';
import {systemActor} from './system-actor.js';
import {undoWork} from './undo-work.js';

/** Why the engine did not take a row. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/**
 * Undoes a command that the engine refused for good, so that it never blocks its case: values, routing and clocks go back, the task
 * is in the inbox again, a line says why, the person is told, an alarm is raised. A refused start leaves a failed case and the
 * draft it came from; a worker's refused completion counts as never made (`undoWork`).
 */
export async function compensate(deps: CaseDeps, tx: Tx, release: CompiledBundle, loaded: LoadedCase, row: OutboxRow, refusal: Refusal): Promise<LoadedCase> {
  const at = deps.clock.now();
  const {record: before} = loaded;
  const restored = row.undo ? {...before, ...applyUndo(before, row.undo)} : before;
  const status = row.kind === 'start' ? ('failed' as const) : before.status;
  const next = {...restored, status};
  const ackedSeq = Math.max(before.ackedSeq, row.seq);
  const record = await saveRecord(deps, tx, release, before, {
    values: next.values,
    routing: next.routing,
    round: next.round,
    status,
    ...columnsOf(release, deps, next, before),
    ...stateOf(release, next, loaded.tasks, buildContext(release, deps.people, next)),
    valuesVersion: before.valuesVersion + 1,
    ackedSeq,
    pendingSince: ackedSeq >= before.seq ? null : before.pendingSince,
    endedAt: status === 'failed' ? at : before.endedAt,
    updatedAt: at,
  });
  if (row.undo?.clocks !== undefined) await deps.clocks.restore(tx, record.id, row.undo.clocks);
  await tx('case_outbox').where({id: row.id}).update({status: 'compensated', acked_at: at, last_error: `${refusal.code}: ${refusal.reason}`.slice(0, 255)});
  await undoWork(deps, tx, row, at);
  if (isByRule(row)) await leaveUndone(tx, row);
  await tellCompensation(deps, tx, release, record, row, refusal, at);
  if (status === 'failed' && before.status === 'open') await deps.onEnded?.(tx, {caseId: record.id, how: status, at});
  return {...loaded, record};
}

async function tellCompensation(deps: CaseDeps, tx: Tx, release: CompiledBundle, record: CaseRecord, row: OutboxRow, refusal: Refusal, at: number): Promise<void> {
  const step = stepWords(release, row.cause.stepId ?? '');
  const text: LocalizedText = {'zh-CN': `“${step['zh-CN']}”的操作未能生效，已恢复到操作前（${refusal.code}）`, en: `The command at "${step.en}" had no effect and was undone (${refusal.code})`};
  await insertLines(deps, tx, release, record, at, [{kind: 'compensated', text, stepId: row.cause.stepId, taskId: row.cause.taskId, data: {code: refusal.code}}]);
  await raiseAlarm(tx, {kind: 'compensated', caseId: record.id, text, at});
  await deps.audit.record(tx, {actor: systemActor, action: `case.${row.kind}`, subject: record.id, result: 'compensated', at, data: {code: refusal.code, seq: row.seq, personId: row.cause.personId}});
  if (row.cause.personId === null || isByRule(row)) return;
  const title: LocalizedText = {'zh-CN': `${record.number} 操作未生效`, en: `${record.number}: command undone`};
  await deps.notices.notify(tx, {personIds: [row.cause.personId], kind: 'case.compensated', title, body: text, caseId: record.id, at});
  // What nobody starts by hand is nobody's draft.
  if (row.kind === 'start' && release.bundle.permissions.start.length > 0) await keepAsDraft(deps, tx, release, record, at);
}

import type {CompiledBundle, LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {raiseAlarm} from './alarms.js';
import {insertLines, type LoadedCase} from './case-store.js';
import type {Refusal} from './compensate.js';
import {systemActor} from './system-actor.js';
import type {CaseDeps} from './deps.js';
import {keepAsDraft} from './draft-rows.js';
import type {OutboxRow} from './model.js';
import {project} from './project.js';

/**
 * Settles a case that the engine lost and refuses to start again, once and for all: nothing of it is sent again, its tasks are taken
 * away and their holders told, its clocks end, it has failed; what it held becomes a draft of who registered it, and an alarm says so.
 * Its number and its timeline stay.
 */
export async function settleLostStart(deps: CaseDeps, tx: Tx, release: CompiledBundle, current: LoadedCase, row: OutboxRow, refusal: Refusal): Promise<LoadedCase> {
  const at = deps.clock.now();
  const {record} = current;
  const state = {caseId: record.id, instanceId: record.id, definitionId: '', revision: record.revision, seq: record.seq, ended: true, endActivityId: null, tasks: [], externalTasks: [], subscriptions: [], incidents: [], tree: null};
  const settled = await project(deps, tx, release, current, state, {row: null, at, rebind: false, failed: true});
  const lastError = `${refusal.code}: ${refusal.reason}`.slice(0, 255);
  await tx('case_outbox').where({case_id: record.id, status: 'pending'}).update({status: 'compensated', acked_at: at, last_error: lastError});
  const text: LocalizedText = {'zh-CN': `流程引擎丢失该办件后拒绝重新启动，办件已终止（${refusal.code}）`, en: `The engine lost this case and refuses to start it again: it has ended (${refusal.code})`};
  await insertLines(deps, tx, release, record, at, [{kind: 'compensated', text, stepId: row.cause.stepId, taskId: null, data: {code: refusal.code}}]);
  await raiseAlarm(tx, {kind: 'compensated', caseId: record.id, text, at});
  await deps.audit.record(tx, {actor: systemActor, action: 'case.start', subject: record.id, result: 'compensated', at, data: {code: refusal.code, seq: row.seq, personId: row.cause.personId}});
  // What nobody starts by hand is nobody's draft.
  const isDraft = row.cause.personId !== null && release.bundle.permissions.start.length > 0;
  if (isDraft) await keepAsDraft(deps, tx, release, settled.record, at);
  if (row.cause.personId !== null) await deps.notices.notify(tx, {personIds: [row.cause.personId], kind: 'case.compensated', title: {'zh-CN': `${record.number} 办件已终止`, en: `${record.number}: the case has ended`}, body: isDraft ? withDraft(text) : text, caseId: record.id, at});
  return settled;
}

function withDraft(text: LocalizedText): LocalizedText {
  return {'zh-CN': `${text['zh-CN']}。内容已存入草稿，可重新登记`, en: `${text.en ?? text['zh-CN']}. Its content is a draft now, to be registered again`};
}

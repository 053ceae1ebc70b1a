import {isAppError} from '@banli/errors';
import type {WorkerLog} from '@banli/sdk/server';
import {execute, insertRows, isDuplicateKey, queryRow, whileFlushing, type Store, type Tx} from '@banli/store';
import {sleep, type Clock} from '@banli/time';
import {collectEffects, type CollectedEffects} from './collect-effects.js';
import {workerErrors} from './errors.js';
import type {WorkerCases, WorkerDocuments, WorkerEnd, WorkerHostLog, WorkerMessages, WorkerPaper, WorkerTask, WorkerTaskKey} from './ports.js';
import type {RegisteredWorker, WorkerWrite} from './registry.js';

/** What carrying out a task needs. */
export interface TaskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly cases: WorkerCases;
  readonly documents: WorkerDocuments;
  readonly messages: WorkerMessages;
  readonly log: WorkerHostLog;
}

/** `done`: effects and completion are written. `repeated`: they had been before. `over`: the case has left the step. */
export type TaskResult = 'done' | 'repeated' | 'over';

/** Pauses between tries of a commit that came in between others, in milliseconds: together about 6 s. */
const commitPausesMs = [50, 100, 200, 400, 800, 1600, 3200];
const passing = new Set(['CASE_PENDING', 'CASE_CHANGED', 'STORE_BUSY']);

/**
 * Carries out one external task: run, render, then effects, idempotency row and completion in one transaction. The disk is waited for beside the engine (ADR 0037).
 *
 * Every error leaves as it is and becomes a failure in the engine; a worker's error whose code the drawing catches ends the task as a BPMN error.
 * @param signal - Ends when the lock was lost or the host shuts down: nothing is written after that.
 */
export async function runTask(parts: TaskParts, worker: RegisteredWorker, key: WorkerTaskKey, signal: AbortSignal): Promise<TaskResult> {
  const {cases} = parts;
  if (await hasRun(parts.store, key.externalTaskId)) return relay(parts, worker, key, {result: 'repeated'});
  const task = await cases.load(key);
  if (!task) return 'over';
  const {topic} = worker.definition;
  const wrong = worker.checkInputs(task.inputs);
  if (wrong.length > 0) throw workerErrors.INPUT_INVALID({topic, stepId: key.stepId, fields: wrong.join(', ')});
  const {end, effects} = await runWorker(parts, worker, key, task, signal);
  const papers = await renderAll(parts.documents, task, effects);
  if (signal.aborted) throw workerErrors.LOCK_LOST();
  const committed = await commit(parts, {key, topic, task, end, effects, papers, write: end.kind === 'complete' ? worker.write : undefined}, signal);
  return whileFlushing(parts.store, () => relay(parts, worker, key, committed));
}

/**
 * Brings the completion to the engine.
 * @throws AppError `WORKERS_REFUSED` when the engine refused it and the run was undone: running it again would end the same way.
 */
async function relay(parts: TaskParts, worker: RegisteredWorker, key: WorkerTaskKey, {result, finished}: Committed): Promise<TaskResult> {
  await parts.cases.relay(key.caseId, finished);
  if (result !== 'over' && !(await hasRun(parts.store, key.externalTaskId))) throw workerErrors.REFUSED({topic: worker.definition.topic});
  return result;
}

/** Makes a run count as never made, in the transaction that undoes its effects. */
export async function forgetRun(tx: Tx, externalTaskId: string): Promise<void> {
  await execute(tx, 'delete from worker_run where external_task_id = ?', [externalTaskId]);
}

async function runWorker(parts: TaskParts, worker: RegisteredWorker, key: WorkerTaskKey, task: WorkerTask, signal: AbortSignal): Promise<{end: WorkerEnd; effects: CollectedEffects}> {
  const {definition} = worker;
  const collector = collectEffects(definition.topic);
  const log = taskLog(parts.log, definition.topic, key);
  try {
    await definition.run({input: task.inputs, case: task.case, stepId: key.stepId, now: parts.clock.now(), effects: collector.effects, log, signal});
    return {end: {kind: 'complete'}, effects: collector.close()};
  } catch (error) {
    collector.close();
    if (!isAppError(error) || !task.caughtErrors.includes(error.code)) throw error;
    log.info('worker.task.caught', {code: error.code});
    // What it asked for before the error does not happen: the drawing goes another way.
    return {end: {kind: 'bpmnError', errorCode: error.code}, effects: collectEffects(definition.topic).close()};
  }
}

interface Rendered {
  readonly stored: readonly WorkerPaper[];
  /** Text of each message, in order. */
  readonly texts: readonly string[];
}

async function renderAll(documents: WorkerDocuments, task: WorkerTask, effects: CollectedEffects): Promise<Rendered> {
  const stored: WorkerPaper[] = [];
  for (const {documentId, data} of effects.documents) stored.push(await documents.render(task.release, documentId, data));
  const texts: string[] = [];
  for (const {text} of effects.messages) {
    texts.push('body' in text ? text.body : (await documents.render(task.release, text.documentId, text.data)).content);
  }
  return {stored, texts};
}

/** How a commit ended, and what cases wrote with it. */
interface Committed {
  readonly result: TaskResult;
  readonly finished?: unknown;
}

interface Commit {
  readonly key: WorkerTaskKey;
  readonly topic: string;
  readonly task: WorkerTask;
  readonly end: WorkerEnd;
  readonly effects: CollectedEffects;
  readonly papers: Rendered;
  readonly write: WorkerWrite | undefined;
}

async function commit(parts: TaskParts, work: Commit, signal: AbortSignal): Promise<Committed> {
  for (const pauseMs of [...commitPausesMs, null]) {
    try {
      return {result: 'done', finished: await parts.store.tx(tx => writeAll(parts, work, tx), {durable: false})};
    } catch (error) {
      if (isDuplicateKey(error) && (await hasRun(parts.store, work.key.externalTaskId))) return {result: 'repeated'};
      if (isAppError(error, 'CASE_WORK_GONE')) return {result: 'over'};
      if (pauseMs === null || !isAppError(error) || !passing.has(error.code)) throw error;
      await sleep(pauseMs, signal);
      if (signal.aborted) throw workerErrors.LOCK_LOST({}, {cause: error});
    }
  }
  throw workerErrors.CRASHED();
}

async function writeAll(parts: TaskParts, {key, topic, task, end, effects, papers, write}: Commit, tx: Tx): Promise<unknown> {
  const at = parts.clock.now();
  // First: a second run of the same task fails here, before anything else is written.
  await insertRows(tx, 'worker_run', [{
    external_task_id: key.externalTaskId, case_id: key.caseId, step_id: key.stepId, topic, finished_at: at,
    result: end.kind, error_code: end.kind === 'bpmnError' ? end.errorCode : null,
  }]);
  for (const document of papers.stored) await parts.documents.store(tx, {caseId: key.caseId, releaseHash: task.release.hash, document, at});
  for (const [index, message] of effects.messages.entries()) {
    const {channel, kind, recipient, title, text} = message;
    await parts.messages.send(tx, {key: `${key.externalTaskId}:${index}`, caseId: key.caseId, channel, kind, recipient, title, body: papers.texts[index] ?? '', data: 'data' in text ? text.data : {}, at});
  }
  await write?.(tx, {caseId: key.caseId, input: task.inputs, at});
  return parts.cases.finish(tx, {...key, at, end, effects: effects.case});
}

async function hasRun(store: Store, externalTaskId: string): Promise<boolean> {
  return (await queryRow(store.knex, 'select external_task_id from worker_run where external_task_id = ?', [externalTaskId])) !== undefined;
}

function taskLog(log: WorkerHostLog, topic: string, key: WorkerTaskKey): WorkerLog {
  const place = {topic, caseId: key.caseId, stepId: key.stepId, externalTaskId: key.externalTaskId};
  return {
    info: (event, data) => log.info(event, {...data, ...place}),
    warn: (event, data) => log.warn(event, {...data, ...place}),
  };
}

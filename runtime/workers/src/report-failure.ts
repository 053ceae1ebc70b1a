import type {ExternalTask, TaskService} from 'camunda-external-task-client-js';
import {isAppError} from '@banli/errors';
import type {WorkerDefinition} from '@banli/sdk/server';
import {workerErrors} from './errors.js';
import type {TaskParts} from './run-task.js';
import type {WorkerTaskKey} from './ports.js';

/** Longest pause before another attempt, in milliseconds. */
const longestBackoffMs = 3_600_000;
/** Errors that another attempt cannot cure: an incident at once. */
const hopeless = new Set(['WORKERS_INPUT_INVALID', 'WORKERS_EFFECT_INVALID', 'WORKERS_REFUSED', 'DOCUMENTS_TEMPLATE_UNKNOWN', 'DOCUMENTS_TEMPLATE_REFUSED', 'DOCUMENTS_DATA_INVALID']);

/**
 * Tells the engine that a run failed: retries left and a pause that doubles; at zero the engine raises an incident and the case is told.
 * Nothing is reported when the lock was lost: somebody else has the task, or the host is stopping and gives it back.
 * The text carries the error's code and never personal data.
 */
export async function reportFailure(failure: {
  readonly parts: TaskParts;
  readonly worker: Pick<WorkerDefinition, 'topic' | 'maxAttempts' | 'backoffMs'>;
  readonly task: ExternalTask;
  readonly service: TaskService;
  readonly key: WorkerTaskKey;
  readonly error: unknown;
  readonly lost: boolean;
}): Promise<void> {
  const {parts, worker, task, key, error} = failure;
  const {code, message} = describe(error);
  const reason = error instanceof Error ? error.message : String(error);
  parts.log.error('workers.task.failed', {...key, topic: worker.topic, code, reason, lost: failure.lost, stack: error instanceof Error ? (error.stack ?? '') : ''});
  if (failure.lost) return;
  const left = task.retries ?? worker.maxAttempts;
  const retries = hopeless.has(code) ? 0 : Math.max(0, left - 1);
  const attempt = Math.max(0, worker.maxAttempts - left);
  const retryTimeout = Math.min(worker.backoffMs * 2 ** attempt, longestBackoffMs);
  try {
    await failure.service.handleFailure(task, {errorMessage: `${code}: ${message}`.slice(0, 600), retries, retryTimeout});
    if (retries === 0) await parts.cases.failed(key, {topic: worker.topic, code, message, at: parts.clock.now()});
  } catch (unreported) {
    // The lock ends by itself and the task comes again.
    parts.log.warn('workers.failure.not-reported', {...key, reason: unreported instanceof Error ? unreported.message : String(unreported)});
  }
}

function describe(error: unknown): {readonly code: string; readonly message: string} {
  if (isAppError(error)) return {code: error.code, message: error.message};
  const unknown = workerErrors.CRASHED();
  return {code: unknown.code, message: unknown.message};
}

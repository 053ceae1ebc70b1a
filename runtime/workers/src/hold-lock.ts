import type {ExternalTask, TaskService} from 'camunda-external-task-client-js';
import {every} from '@banli/time';
import type {WorkerHostLog} from './ports.js';

/** The lock of one task: `signal` ends when it is lost or everything stops. */
export interface HeldLock {
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * Extends the lock three times per period until released. One extension that does not arrive is made good by the next; an engine that
 * says no has given the task to somebody else: the run is told to stop.
 */
export function holdLock(hold: {readonly task: ExternalTask; readonly service: TaskService; readonly lockMs: number; readonly stop: AbortSignal; readonly log: WorkerHostLog}): HeldLock {
  const lost = new AbortController();
  const released = new AbortController();
  const onStop = (): void => lost.abort();
  if (hold.stop.aborted) lost.abort();
  hold.stop.addEventListener('abort', onStop, {once: true});
  const extend = async (): Promise<void> => {
    try {
      await hold.service.extendLock(hold.task, hold.lockMs);
    } catch (error) {
      if (released.signal.aborted) return;
      hold.log.warn('workers.lock.not-extended', {externalTaskId: hold.task.id, reason: error instanceof Error ? error.message : String(error)});
      if (isRefused(error)) lost.abort();
    }
  };
  void every(hold.lockMs / 3, extend, {signal: AbortSignal.any([released.signal, lost.signal]), waitFirst: true, onError: error => hold.log.error('workers.lock.failed', {reason: String(error)})});
  return {
    signal: lost.signal,
    release() {
      released.abort();
      hold.stop.removeEventListener('abort', onStop);
    },
  };
}

/** The client turns an answer with an error status into an error with `httpStatusCode`; anything else is the network. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'httpStatusCode' in error && (error.httpStatusCode === 400 || error.httpStatusCode === 404);
}

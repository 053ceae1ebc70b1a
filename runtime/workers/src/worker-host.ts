import {randomUUID} from 'node:crypto';
import type {Client, ExternalTask, TaskService} from 'camunda-external-task-client-js';
import {sleep} from '@banli/time';
import {createTaskClient} from './external-task-client.js';
import {holdLock} from './hold-lock.js';
import type {WorkerEndpoint} from './ports.js';
import type {WorkerRegistry} from './registry.js';
import {reportFailure} from './report-failure.js';
import {runTask, type TaskParts} from './run-task.js';
import {unlockRest} from './unlock-rest.js';

/** Settings of the host; milliseconds. The defaults fit a worker that takes some hundred milliseconds. */
export interface WorkerHostSettings {
  /** Tasks at a time. Default 8. */
  readonly parallel?: number;
  /** How long a fetched task is ours; extended three times as often. Default 30 s. */
  readonly lockMs?: number;
  /** How long a poll waits in the engine. Default 10 s. */
  readonly pollWaitMs?: number;
  /** Longest wait for running tasks when stopping. Default 10 s. */
  readonly drainMs?: number;
  /** Shortest and longest pause while the engine is down. Default 250 ms and 10 s. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/** What the host stands on. */
export interface WorkerHostParts extends TaskParts {
  /** Asked before each request: the engine may come back at another port with another token. */
  readonly endpoint: () => WorkerEndpoint;
  readonly registry: WorkerRegistry;
  readonly settings?: WorkerHostSettings;
}

/** Counts since the start, and whether the last poll was answered. */
export interface WorkerHostStatus {
  readonly workerId: string;
  readonly running: number;
  readonly done: number;
  readonly repeated: number;
  readonly failed: number;
  readonly polls: number;
  readonly engine: 'unknown' | 'up' | 'down';
}

/** The host of all workers in this process. */
export interface WorkerHost {
  start(): void;
  /** Stops polling, waits for what runs, gives the rest back to the engine. */
  stop(): Promise<void>;
  status(): WorkerHostStatus;
}

/** After this short a pause the client's own timer has run out, so that there is never more than one poll loop. */
const restartPauseMs = 20;

/** Makes a host; it does nothing before `start`. */
export function createWorkerHost(parts: WorkerHostParts): WorkerHost {
  const {parallel = 8, lockMs = 30_000, pollWaitMs = 10_000, drainMs = 10_000, firstPauseMs = 250, longestPauseMs = 10_000} = parts.settings ?? {};
  const workerId = `banli-${process.pid}-${randomUUID()}`;
  const stopping = new AbortController();
  const requests = new AbortController();
  const tasks = new AbortController();
  const running = new Map<string, Promise<void>>();
  const counts = {done: 0, repeated: 0, failed: 0, polls: 0};
  let engine: WorkerHostStatus['engine'] = 'unknown';
  let client: Client | null = null;
  let address = '';
  let pauseMs = firstPauseMs;
  let full = false;
  let scheduled = false;

  const poll = async (afterMs: number): Promise<void> => {
    if (scheduled) return;
    scheduled = true;
    await sleep(afterMs, stopping.signal);
    scheduled = false;
    if (stopping.signal.aborted) return;
    full = false;
    const {baseUrl} = parts.endpoint();
    if (!client || address !== baseUrl) {
      address = baseUrl;
      client = open();
    }
    client.start();
  };

  const open = (): Client => {
    const opened = createTaskClient({endpoint: parts.endpoint, workerId, topics: parts.registry.topics(), maxTasks: parallel, lockMs, pollWaitMs, signal: requests.signal, handle: accept});
    opened.on('poll:success', () => {
      counts.polls += 1;
      pauseMs = firstPauseMs;
      if (engine !== 'up') parts.log.info('workers.engine.up', {address});
      engine = 'up';
    });
    opened.on('poll:error', (error: unknown) => {
      opened.stop();
      if (stopping.signal.aborted) return;
      if (engine !== 'down') parts.log.warn('workers.engine.down', {address, reason: error instanceof Error ? error.message : String(error)});
      engine = 'down';
      void poll(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
    return opened;
  };

  const accept = (task: ExternalTask, service: TaskService): Promise<void> => {
    // The engine gave out a task twice within this process: the lock was lost and found again while the first run goes on.
    const known = running.get(task.id);
    if (known) return known;
    // A poll that was on its way when the host stopped: the task is given back with the rest.
    if (stopping.signal.aborted) return Promise.resolve();
    const run = carryOut(task, service).finally(() => {
      running.delete(task.id);
      if (full) void poll(restartPauseMs);
    });
    running.set(task.id, run);
    if (running.size >= parallel && !full) {
      // With nothing free the client would ask its timer again and again without a pause.
      full = true;
      client?.stop();
    }
    return run;
  };

  const carryOut = async (task: ExternalTask, service: TaskService): Promise<void> => {
    const key = {externalTaskId: task.id, caseId: task.businessKey ?? '', stepId: task.activityId};
    const worker = parts.registry.find(task.topicName);
    if (!worker) return;
    const lock = holdLock({task, service, lockMs, stop: tasks.signal, log: parts.log});
    try {
      const result = await runTask(parts, worker, key, lock.signal);
      counts[result === 'done' ? 'done' : 'repeated'] += 1;
      parts.log.info('workers.task.finished', {...key, topic: task.topicName, result});
    } catch (error) {
      counts.failed += 1;
      await reportFailure({parts, worker: worker.definition, task, service, key, error, lost: lock.signal.aborted});
    } finally {
      lock.release();
    }
  };

  return {
    start: () => void poll(0),
    async stop() {
      stopping.abort();
      client?.stop();
      const drained = Promise.allSettled(running.values());
      const limit = new AbortController();
      await Promise.race([drained, sleep(drainMs, limit.signal)]);
      limit.abort();
      tasks.abort();
      requests.abort();
      await Promise.allSettled(running.values());
      if (client) await unlockRest({endpoint: parts.endpoint, workerId, log: parts.log});
    },
    status: () => ({workerId, running: running.size, ...counts, engine}),
  };
}

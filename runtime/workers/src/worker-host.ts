import {randomUUID} from 'node:crypto';
import type {ExternalTask, TaskService} from 'camunda-external-task-client-js';
import {sleep} from '@banli/time';
import {createTaskClient} from './external-task-client.js';
import {holdLock} from './hold-lock.js';
import {createPollLoop} from './poll-loop.js';
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
  const {endpoint, registry, log} = parts;
  const workerId = `banli-${process.pid}-${randomUUID()}`;
  const stopping = new AbortController();
  const requests = new AbortController();
  const tasks = new AbortController();
  const running = new Map<string, Promise<void>>();
  const counts: Counts = {done: 0, repeated: 0, failed: 0};
  let full = false;

  const accept = (task: ExternalTask, service: TaskService): Promise<void> => {
    // The engine gave out a task twice within this process: the lock was lost and found again while the first run goes on.
    const known = running.get(task.id);
    if (known) return known;
    // A poll that was on its way when the host stopped: the task is given back with the rest.
    if (stopping.signal.aborted) return Promise.resolve();
    const run = carryOut({parts, lockMs, stop: tasks.signal, counts}, task, service).finally(() => {
      running.delete(task.id);
      if (!full) return;
      full = false;
      loop.go(restartPauseMs);
    });
    running.set(task.id, run);
    if (running.size >= parallel) {
      // With nothing free the client would ask its timer again and again without a pause.
      full = true;
      loop.rest();
    }
    return run;
  };

  const open = () => createTaskClient({endpoint, workerId, topics: registry.topics(), maxTasks: parallel, lockMs, pollWaitMs, signal: requests.signal, handle: accept});
  const loop = createPollLoop({endpoint, open, firstPauseMs, longestPauseMs, stop: stopping.signal, log});

  return {
    start: () => loop.go(0),
    async stop() {
      stopping.abort();
      loop.rest();
      const limit = new AbortController();
      await Promise.race([Promise.allSettled(running.values()), sleep(drainMs, limit.signal)]);
      limit.abort();
      tasks.abort();
      requests.abort();
      await Promise.allSettled(running.values());
      if (loop.engine() !== 'unknown') await unlockRest({endpoint, workerId, log});
    },
    status: () => ({workerId, running: running.size, ...counts, polls: loop.polls(), engine: loop.engine()}),
  };
}

interface Counts {
  done: number;
  repeated: number;
  failed: number;
}

interface Carrying {
  readonly parts: WorkerHostParts;
  readonly lockMs: number;
  readonly stop: AbortSignal;
  readonly counts: Counts;
}

/** Carries out one task while holding its lock; never throws. */
async function carryOut({parts, lockMs, stop, counts}: Carrying, task: ExternalTask, service: TaskService): Promise<void> {
  const key = {externalTaskId: task.id, caseId: task.businessKey ?? '', stepId: task.activityId};
  const worker = parts.registry.find(task.topicName);
  if (!worker) return;
  const lock = holdLock({task, service, lockMs, stop, log: parts.log});
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
}

import {Client, type ExternalTask, type RequestOptions, type TaskService} from 'camunda-external-task-client-js';
import type {WorkerEndpoint} from './ports.js';

/** Settings of one client; milliseconds. */
export interface ClientSettings {
  readonly endpoint: () => WorkerEndpoint;
  readonly workerId: string;
  readonly topics: readonly string[];
  readonly maxTasks: number;
  readonly lockMs: number;
  /** How long a poll waits in the engine for work. */
  readonly pollWaitMs: number;
  /** Ends every request of this client. */
  readonly signal: AbortSignal;
  readonly handle: (task: ExternalTask, service: TaskService) => Promise<void>;
}

/** Longest time for a request that waits for nothing, and the slack of a poll; a dead peer costs no more. */
const requestLimitMs = 10_000;
const connectLimitMs = 3_000;

/**
 * Makes the library's client with its traps mended that can be mended from outside: a worker id of its own, no pause between polls,
 * a bearer token asked for at each request, limits on each request, an end by signal, and JSON also with a charset.
 * It does not start to poll.
 */
export function createTaskClient(settings: ClientSettings): Client {
  const {baseUrl} = settings.endpoint();
  const client = new Client({
    baseUrl: `${baseUrl}/engine-rest`,
    workerId: settings.workerId,
    maxTasks: settings.maxTasks,
    maxParallelExecutions: settings.maxTasks,
    interval: 0,
    lockDuration: settings.lockMs,
    asyncResponseTimeout: settings.pollWaitMs,
    autoPoll: false,
    interceptors: options => guarded(options, settings),
  });
  for (const topic of settings.topics) {
    // No variables travel with a task: what a worker needs is in our own database.
    client.subscribe(topic, {variables: []}, ({task, taskService}) => settings.handle(task, taskService));
  }
  return client;
}

function guarded(options: RequestOptions, settings: ClientSettings): RequestOptions {
  const waits = isPoll(options);
  return {
    ...options,
    headers: {...(options['headers'] as object | undefined), authorization: `Bearer ${settings.endpoint().token}`},
    timeout: {connect: connectLimitMs, request: requestLimitMs + (waits ? settings.pollWaitMs : 0)},
    retry: {limit: 0},
    signal: settings.signal,
    hooks: {afterResponse: [plainJson]},
  };
}

function isPoll(options: RequestOptions): boolean {
  const {json} = options;
  return typeof json === 'object' && json !== null && 'asyncResponseTimeout' in json;
}

/** The client compares the content type letter by letter and hands back bytes otherwise. */
function plainJson<Response extends {headers: Record<string, unknown>}>(response: Response): Response {
  if (/^application\/json\b/i.test(String(response.headers['content-type'] ?? ''))) response.headers['content-type'] = 'application/json';
  return response;
}

import {createDeployment, findDeployment} from './deployments.js';
import {createEngineHttp, type EngineAnswer, type EngineEndpoint, type EngineHttp} from './engine-http.js';
import {engineErrors} from './engine-errors.js';
import type {EngineHealth, ProcessEngine} from './port.js';
import {isChange, isFields, isState, nonsense, readApplied} from './read-answers.js';

export interface ProcessEngineOptions {
  /** Where the engine is; a function where a supervisor may move it. */
  readonly endpoint: EngineEndpoint | (() => EngineEndpoint);
  /** Most requests at once. Default 32. */
  readonly connections?: number;
  /** Most milliseconds for one answer of `apply` and of the reading calls. Default 15 000. */
  readonly timeoutMs?: number;
}

/** How often each call was sent, for `/metrics` and the bench. `changes`, `running` and `health` are polls. */
export interface EngineCalls {
  readonly apply: number;
  readonly state: number;
  readonly deploy: number;
  readonly retries: number;
  readonly changes: number;
  readonly running: number;
  readonly health: number;
}

/** The port with its counters. */
export interface CountedProcessEngine extends ProcessEngine {
  calls(): EngineCalls;
}

const healthTimeoutMs = 3_000;

/**
 * The only adapter of the port: speaks to the companion, and to the engine's REST interface for deployments.
 *
 * A request that may be sent twice is repeated once when its connection broke; all other retries belong to the relay.
 */
export function createProcessEngine(options: ProcessEngineOptions): CountedProcessEngine {
  const {endpoint, connections = 32, timeoutMs = 15_000} = options;
  const http = createEngineHttp(typeof endpoint === 'function' ? endpoint : () => endpoint, connections);
  const counts = {apply: 0, state: 0, deploy: 0, retries: 0, changes: 0, running: 0, health: 0};
  const get = (path: string, limit = timeoutMs): Promise<EngineAnswer> => http.send({method: 'GET', path, timeoutMs: limit, repeatable: true});
  return {
    calls: () => ({...counts}),
    close: () => http.close(),
    apply: async request => {
      counts.apply += 1;
      return readApplied(request, await http.send({method: 'POST', path: '/banli/apply', body: request, timeoutMs, repeatable: true}));
    },
    state: async caseId => {
      counts.state += 1;
      const answer = await get(`/banli/state/${encodeURIComponent(caseId)}`);
      if (answer.status === 404 && isFields(answer.body)) return null;
      if (answer.status !== 200 || !isState(answer.body)) throw nonsense(answer);
      return answer.body;
    },
    setRetries: async (externalTaskId, retries) => {
      counts.retries += 1;
      const answer = await http.send({method: 'PUT', path: `/engine-rest/external-task/${encodeURIComponent(externalTaskId)}/retries`, body: {retries}, timeoutMs, repeatable: true});
      if (answer.status === 404 && isFields(answer.body)) throw engineErrors.GONE({externalTaskId});
      if (answer.status !== 204) throw nonsense(answer);
    },
    changes: async (afterCursor, limit) => {
      counts.changes += 1;
      const rows = await readRows(get(`/banli/changes?after=${afterCursor}&limit=${limit}`));
      return rows.filter(isChange);
    },
    runningCases: async (afterCaseId, limit) => {
      counts.running += 1;
      const rows = await readRows(get(`/banli/running?after=${encodeURIComponent(afterCaseId)}&limit=${limit}`));
      return rows.filter(isFields).map(row => ({caseId: String(row['caseId']), seq: Number(row['seq']), revision: Number(row['revision'])}));
    },
    findDeployment: name => {
      counts.deploy += 1;
      return findDeployment(http, name);
    },
    deploy: async (name, files) => {
      counts.deploy += 1;
      const known = await findDeployment(http, name);
      if (known !== null) return known;
      await createDeployment(http, name, files);
      const made = await findDeployment(http, name);
      if (made === null) throw nonsense({status: 200, body: `deployment ${name} vanished`});
      return made;
    },
    health: () => {
      counts.health += 1;
      return readHealth(http);
    },
  };
}

async function readRows(sent: Promise<EngineAnswer>): Promise<readonly unknown[]> {
  const answer = await sent;
  if (answer.status !== 200 || !Array.isArray(answer.body)) throw nonsense(answer);
  return answer.body;
}

async function readHealth(http: EngineHttp): Promise<EngineHealth> {
  try {
    const {status, body} = await http.send({method: 'GET', path: '/banli/life', timeoutMs: healthTimeoutMs, repeatable: true});
    if (status === 401) return {up: false, reason: 'the engine wants another token'};
    const product = isFields(body) ? body['product'] : undefined;
    if (status !== 200 || !isFields(body) || (product !== 'camunda' && product !== 'operaton')) return {up: false, reason: `unexpected answer ${status}`};
    return {up: true, product, version: String(body['version']), database: String(body['database'])};
  } catch (error) {
    return {up: false, reason: error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)};
  }
}

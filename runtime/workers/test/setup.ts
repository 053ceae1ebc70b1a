import type {ExecutionContext} from 'ava';
import {AppError} from '@banli/errors';
import type {CompiledBundle} from '@banli/formats';
import type {WorkerContext, WorkerDefinition} from '@banli/sdk/server';
import type {Store} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, sleep} from '@banli/time';
import {createWorkerHost, createWorkerRegistry, type WorkerCases, type WorkerHost, type WorkerHostSettings, type WorkerMessages, type WorkerTask} from '../src/index.js';
import {startFakeEngine, type FakeEngine} from './fake-engine.js';

export type Run = (context: WorkerContext<unknown>) => Promise<void>;

/** What the fakes were told. */
export interface Told {
  readonly finished: Array<Parameters<WorkerCases['finish']>[1]>;
  readonly relayed: string[];
  readonly failed: Array<Parameters<WorkerCases['failed']>[1]>;
  readonly messages: Array<Parameters<WorkerMessages['send']>[1]>;
  readonly papers: string[];
  readonly log: string[];
}

/** How the fake cases behave. */
export interface Behaviour {
  caught: readonly string[];
  inputs: Readonly<Record<string, unknown>>;
  over: boolean;
  finishErrors: Error[];
  /** What happens when the completion is brought to the engine. */
  onRelay: () => Promise<void>;
}

export const pending = (): AppError => new AppError('CASE_PENDING', 409, 'pending');

/** A worker of topic `test.work` with quick retries. */
export function worker(run: Run, more: Partial<WorkerDefinition<unknown>> = {}): WorkerDefinition<unknown> {
  return {topic: 'test.work', title: {'zh-CN': '试'}, inputSchema: {type: 'object'}, maxAttempts: 3, backoffMs: 10, run, ...more};
}

/** A host on a fake engine and a database in memory; stopped when the test ends. */
export async function setup(t: ExecutionContext, workers: readonly WorkerDefinition<unknown>[], settings: WorkerHostSettings = {}): Promise<{host: WorkerHost; engine: FakeEngine; told: Told; behaviour: Behaviour; store: Store; endpoint: {baseUrl: string; token: string}}> {
  const engine = await startFakeEngine();
  const store = await openTestStore();
  const told: Told = {finished: [], relayed: [], failed: [], messages: [], papers: [], log: []};
  const behaviour: Behaviour = {caught: [], inputs: {}, over: false, finishErrors: [], onRelay: async () => undefined};
  const registry = createWorkerRegistry();
  for (const each of workers) registry.handle(each);
  const endpoint = {baseUrl: engine.baseUrl, token: engine.token};
  const line = (event: string, data?: Readonly<Record<string, unknown>>) => void told.log.push(`${event} ${JSON.stringify(data ?? {})}`);
  const host = createWorkerHost({
    store, registry, clock: createTestClock(1_000), endpoint: () => endpoint, cases: fakeCases(told, behaviour),
    documents: {
      render: async (_release, documentId, data) => ({documentId, title: {'zh-CN': documentId}, output: 'text', content: `${documentId}:${JSON.stringify(data)}`}),
      store: async (_tx, {document}) => void told.papers.push(document.content),
    },
    messages: {send: async (_tx, message) => void told.messages.push(message)},
    log: {info: line, warn: line, error: line},
    settings: {pollWaitMs: 100, firstPauseMs: 10, longestPauseMs: 40, lockMs: 60, drainMs: 2_000, ...settings},
  });
  t.teardown(async () => {
    await host.stop();
    await engine.close();
    await store.close();
  });
  return {host, engine, told, behaviour, store, endpoint};
}

function fakeCases(told: Told, behaviour: Behaviour): WorkerCases {
  return {
    async load({caseId}) {
      const task: WorkerTask = {
        case: {caseId, number: 'N-1', bundleId: 'test', round: 1, acceptingUnitId: 'u1', areaCode: '650100', values: {}, excludedUnitIds: [], acceptedAt: 0},
        release: {hash: 'h'} as CompiledBundle, inputs: behaviour.inputs, caughtErrors: behaviour.caught,
      };
      return behaviour.over ? null : task;
    },
    async finish(_tx, finish) {
      const error = behaviour.finishErrors.shift();
      if (error) throw error;
      told.finished.push(finish);
    },
    async relay(caseId) {
      await behaviour.onRelay();
      told.relayed.push(caseId);
    },
    async failed(_key, failure) {
      told.failed.push({topic: failure.topic, code: failure.code, message: failure.message, at: failure.at} as never);
    },
  };
}

/** Waits until something is so; gives up after many seconds. */
export async function until(t: ExecutionContext, what: () => boolean | Promise<boolean>, seconds = 15): Promise<void> {
  for (let tries = 0; tries < seconds * 100; tries += 1) {
    if (await what()) {
      t.pass();
      return;
    }
    await sleep(10);
  }
  t.fail('it did not happen');
}

import {randomBytes} from 'node:crypto';
import test from 'ava';
import {startTestEngine, testProducts, type TestEngine} from '@banli/engine/testing';
import {createProcessEngine, type CountedProcessEngine} from '../../src/companion-engine.js';
import type {ApplyResult, Operation, Variables} from '../../src/port.js';

/** A running engine with the port on it, and short ways to do what the tests do all the time. */
export interface Bench {
  readonly product: string;
  readonly running: TestEngine;
  readonly engine: CountedProcessEngine;
  /** Sends a request to the engine's own REST interface, as another program would. */
  rest(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<{readonly status: number; readonly body: unknown}>;
  /** Deploys one process and returns its definition id. */
  deploy(xml: string): Promise<string>;
  /** Starts a case and returns a handle that counts its sequence numbers. */
  start(xml: string, variables?: Variables): Promise<TestCase>;
}

export interface TestCase {
  readonly caseId: string;
  last(): ApplyResult;
  /** Applies under the next number; a number is used up by a refusal, too. */
  apply(...operations: Operation[]): Promise<ApplyResult>;
  /** Completes the open task of a step. */
  complete(stepId: string, variables?: Variables): Promise<ApplyResult>;
  /** Step ids of the open tasks, sorted. */
  steps(): readonly string[];
}

/** Defines the same tests for each engine; every title begins with the engine's name. */
export function onEachEngine(define: (bench: () => Bench, title: (text: string) => string) => void): void {
  for (const product of testProducts()) {
    let bench: Bench | null = null;
    test.before(async t => {
      t.timeout(180_000);
      bench = createBench(product, await startTestEngine(product));
    });
    test.after.always(async () => {
      await bench?.engine.close();
      await bench?.running.remove();
    });
    define(() => {
      if (bench === null) throw new Error('The engine did not start.');
      return bench;
    }, text => `${product}: ${text}`);
  }
}

export const newCaseId = (): string => `case-${randomBytes(8).toString('hex')}`;

export function createBench(product: string, running: TestEngine): Bench {
  const engine = createProcessEngine({endpoint: () => running.handle});
  const deployed = new Map<string, Promise<string>>();
  const deploy = async (xml: string): Promise<string> => {
    const {definitions} = await engine.deploy(`test-${randomBytes(6).toString('hex')}`, [{fileName: 'process.bpmn', xml}]);
    const id = Object.values(definitions)[0];
    if (id === undefined) throw new Error('Nothing was deployed.');
    return id;
  };
  return {
    product, running, engine, deploy,
    rest: async (method, path, body) => {
      const response = await fetch(`${running.handle.baseUrl}/engine-rest${path}`, {
        method,
        headers: {authorization: `Bearer ${running.handle.token}`, 'content-type': 'application/json'},
        ...(body === undefined ? {} : {body: JSON.stringify(body)}),
      });
      const text = await response.text();
      return {status: response.status, body: text === '' ? null : JSON.parse(text)};
    },
    start: async (xml, variables = {}) => {
      const definition = deployed.get(xml) ?? deploy(xml);
      deployed.set(xml, definition);
      return startCase(engine, await definition, variables);
    },
  };
}

async function startCase(engine: CountedProcessEngine, definitionId: string, variables: Variables): Promise<TestCase> {
  const caseId = newCaseId();
  let seq = 1;
  let last = await engine.apply({caseId, seq, operations: [{kind: 'start', definitionId, variables}]});
  const apply = async (...operations: Operation[]): Promise<ApplyResult> => {
    seq += 1;
    last = await engine.apply({caseId, seq, operations});
    return last;
  };
  return {
    caseId, apply,
    last: () => last,
    complete: (stepId, more = {}) => {
      const task = last.state.tasks.find(each => each.stepId === stepId);
      if (!task) throw new Error(`No open task ${stepId}.`);
      return apply({kind: 'complete', taskId: task.id, variables: more});
    },
    steps: () => last.state.tasks.map(task => task.stepId).sort(),
  };
}

import test from 'ava';
import {startEngine} from '@banli/engine';
import {startTestEngine, testProducts} from '@banli/engine/testing';
import type {ApplyRequest, InstanceState, Operation} from '../src/port.js';
import {bpmn, chain, choice, end, external, flow, start, user} from './helpers/bpmn.js';
import {createBench, newCaseId, type Bench} from './helpers/engines.js';

/** A condition behind an external task: with it an interrupted thread of the ending engine was a refusal for ever. */
const xml = bpmn(`${start()}${user('first')}${external('work', 'test.work')}${choice('which', 'third')}${user('second')}${user('third')}${end()}`
  + `${chain('begin', 'first', 'work', 'which')}${flow('which', 'second', 'route = "a"')}${flow('which', 'third')}${chain('second', 'done')}${chain('third', 'done')}`);

/** What brings a case one step further; `null` when it has ended. */
function nextOf({tasks, externalTasks}: InstanceState): Operation | null {
  const [task] = tasks;
  const [work] = externalTasks;
  if (task) return {kind: 'complete', taskId: task.id, variables: {}};
  return work ? {kind: 'completeExternal', externalTaskId: work.id, variables: {}} : null;
}

/** Drives one case after the other until a call is not answered; answers that call. */
async function driveUntilDown(bench: Bench, definitionId: string): Promise<ApplyRequest> {
  for (;;) {
    const caseId = newCaseId();
    let next: Operation | null = {kind: 'start', definitionId, variables: {route: 'a'}};
    for (let seq = 1; next !== null; seq += 1) {
      const call: ApplyRequest = {caseId, seq, operations: [next]};
      try {
        next = nextOf((await bench.engine.apply(call)).state);
      } catch {
        return call;
      }
    }
  }
}

for (const product of testProducts()) {
  test.serial(`${product}: what an ending engine could not finish is done by the next one, and nothing of it is refused`, async t => {
    t.timeout(240_000);
    const running = await startTestEngine(product);
    const bench = createBench(product, running);
    const definitionId = await bench.deploy(xml);
    const driving = Promise.all(Array.from({length: 40}, () => driveUntilDown(bench, definitionId)));
    // Only once conditions have been computed: the first ones take longest.
    await driveSome(bench, definitionId, 100);
    await running.handle.stop();
    const unanswered = await driving;

    const handle = await startEngine({home: running.home, product, databaseUrl: running.databaseUrl, javaOptions: ['-XX:TieredStopAtLevel=1']});
    const next = createBench(product, {...running, handle});
    const refused: string[] = [];
    for (const call of unanswered) await next.engine.apply(call).catch((error: unknown) => refused.push(String(error)));
    t.deepEqual([unanswered.length, refused], [40, []]);
    await Promise.all([bench.engine.close(), next.engine.close()]);
    await handle.stop();
    await running.remove();
  });
}

async function driveSome(bench: Bench, definitionId: string, cases: number): Promise<void> {
  for (let left = cases; left > 0; left -= 1) await bench.engine.apply({caseId: newCaseId(), seq: 1, operations: [{kind: 'start', definitionId, variables: {route: 'a'}}]});
}

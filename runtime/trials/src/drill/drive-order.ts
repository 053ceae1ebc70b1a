import {caseRoutes, taskRoutes} from '@banli/api';
import {sleep} from '@banli/time';
import type {Person} from '../person.js';
import {again, giveUpAfterMs, isPassing} from './again.js';
import {startOnce, type StartedOrder} from './start-order.js';

/** An order that was driven: its title is unique, so that a doubled start would be found. */
export interface DrivenOrder extends StartedOrder {
  readonly title: string;
  /** Came to its end, or to where its plan leaves it. */
  readonly arrived: boolean;
}

const steps = ['step1', 'step2', 'step3', 'step4', 'step5', 'step6'];

/**
 * Drives one order of the bench bundle to its end, whatever is killed meanwhile: a call without an answer is asked again, and
 * what was done before is recognised by what the server then says.
 */
export async function driveOrder(person: Person, index: number): Promise<DrivenOrder> {
  const title = `演练工单 ${index}`;
  const values = {...Object.fromEntries(Array.from({length: 12}, (_, field) => [`field${field}`, `值 ${index} ${field}`])), field0: title};
  const {caseId, number} = await startOnce(person, 'benchOrder', title, values);
  const arrived = await finishSteps(person, caseId);
  return {title, caseId, number, arrived};
}

async function finishSteps(person: Person, caseId: string): Promise<boolean> {
  for (let waited = 0; waited < giveUpAfterMs; waited += 50) {
    const view = await again(person, caseRoutes.view, {params: {caseId}});
    if (view.ended) return true;
    const task = view.tasks.find(candidate => steps.includes(candidate.stepId) && candidate.state === 'open' && candidate.mine);
    if (task && view.pending === null) {
      try {
        await person.call(taskRoutes.complete, {params: {taskId: task.id}, body: {outcome: 'done', values: {opinion: `意见 ${task.stepId}`}, caseVersion: view.version}});
        continue;
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
    }
    await sleep(50);
  }
  return false;
}

import {ApiError, caseRoutes, draftRoutes, inboxRoutes, taskRoutes, type AnswerOf, type CallInput, type Route} from '@banli/api';
import {sleep} from '@banli/time';
import type {Person} from '../person.js';

/** An order that was driven: its title is unique, so that a doubled start would be found. */
export interface DrivenOrder {
  readonly title: string;
  readonly caseId: string;
  readonly number: string;
  readonly ended: boolean;
}

const steps = ['step1', 'step2', 'step3', 'step4', 'step5', 'step6'];
const giveUpAfterMs = 180_000;

/**
 * Drives one order of the bench bundle to its end, whatever is killed meanwhile: a call without an answer is asked again, and
 * what was done before is recognised by what the server then says.
 */
export async function driveOrder(person: Person, index: number): Promise<DrivenOrder> {
  const title = `演练工单 ${index}`;
  const values = {...Object.fromEntries(Array.from({length: 12}, (_, field) => [`field${field}`, `值 ${index} ${field}`])), field0: title};
  const draft = await again(person, draftRoutes.create, {body: {bundleId: 'benchOrder', items: [values]}});
  const {caseId, number} = await startOnce(person, title, draft.id, values);
  const ended = await finishSteps(person, caseId);
  return {title, caseId, number, ended};
}

/** A start whose answer was lost is found again by its title. */
async function startOnce(person: Person, title: string, draftId: string, values: Readonly<Record<string, unknown>>): Promise<{caseId: string; number: string}> {
  for (let waited = 0; waited < giveUpAfterMs; waited += 500) {
    try {
      const answer = await person.call(caseRoutes.start, {body: {bundleId: 'benchOrder', draftId, items: [{values}]}});
      const first = answer.cases[0];
      if (first) return {caseId: first.caseId, number: first.number};
    } catch (error) {
      if (!isPassing(error) && !(error instanceof ApiError && error.code === 'CASE_DRAFT_UNKNOWN')) throw error;
      const found = await findByTitle(person, title);
      if (found) return found;
      await sleep(500);
    }
  }
  throw new Error(`${title} could not be started.`);
}

async function findByTitle(person: Person, title: string): Promise<{caseId: string; number: string} | null> {
  const {rows} = await again(person, inboxRoutes.search, {body: {q: title, limit: 50}});
  const row = rows.find(candidate => candidate.title === title);
  return row ? {caseId: row.id, number: row.number} : null;
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

/** Asks until there is an answer; only for what may be asked twice. */
async function again<R extends Route>(person: Person, route: R, input: CallInput<R>): Promise<AnswerOf<R>> {
  for (let waited = 0; ; waited += 250) {
    try {
      return await person.call(route, input);
    } catch (error) {
      if (!isPassing(error) || waited > giveUpAfterMs) throw error;
      await sleep(250);
    }
  }
}

/** No connection, busy, pending, or done by the call before: the next look tells. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 503 || error.status === 409 || error.status === 404 || error.status === 502);
}

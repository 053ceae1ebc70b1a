import {ApiError, caseRoutes, taskRoutes, type CaseViewJson} from '@banli/api';
import {sleep} from '@banli/time';
import {uploadPicture, type Person} from '../person.js';
import {again, giveUpAfterMs, isPassing, untilAnswered} from './again.js';
import type {DrivenOrder} from './drive-order.js';
import type {Act, HotlinePlan} from './hotline-plans.js';
import {startOnce} from './start-order.js';

/** A command that took effect as far as the person who gave it could see. */
export interface SeenCommand {
  readonly act: Act;
  readonly taskId: string;
}

/** A hotline order that was driven, with everything that was done to it. */
export interface DrivenHotline extends DrivenOrder {
  readonly plan: HotlinePlan;
  readonly commands: readonly SeenCommand[];
}

/** Person of an account who is signed in. */
export type PersonOf = (account: string) => Person;

/** Drives one hotline order through its plan, each command by the person whose turn it is, whatever is killed meanwhile. */
export async function driveHotline(personOf: PersonOf, plan: HotlinePlan, index: number): Promise<DrivenHotline> {
  const title = `演练热线 ${index}`;
  const values = {...plan.values, title, place: `${String(plan.values['place'])} ${index} 号`};
  const {caseId, number} = await startOnce(personOf('shi.shouli'), 'hotline', title, values);
  const commands: SeenCommand[] = [];
  for (const act of plan.acts) commands.push({act, taskId: await actOnce(personOf(act.account), caseId, act)});
  const ended = await hasEnded(personOf('shi.shouli'), caseId);
  return {title, caseId, number, ended, plan, commands};
}

/**
 * Gives one command until it took effect: after an answer that was lost, the case tells whether it did.
 *
 * @returns The task it was given at.
 */
async function actOnce(person: Person, caseId: string, act: Act): Promise<string> {
  const picture = act.picture === undefined ? {} : {[act.picture]: [await untilAnswered(() => uploadPicture(person, '现场.png'))]};
  let sent: string | null = null;
  for (let waited = 0; waited < giveUpAfterMs; waited += 100) {
    const view: CaseViewJson = await again(person, caseRoutes.view, {params: {caseId}});
    const task = view.tasks.find(candidate => candidate.stepId === act.step && candidate.state === 'open' && candidate.mine);
    if (view.pending === null) {
      if (sent !== null && act.outcome !== undefined && task?.id !== sent) return sent;
      if (task) {
        sent = task.id;
        if (await give(person, act, {...act.values, ...picture}, {taskId: task.id, caseVersion: view.version})) return task.id;
      }
    }
    await sleep(100);
  }
  const {pending, head, tasks} = await again(person, caseRoutes.view, {params: {caseId}});
  const seen = {pending, state: head.state.id, tasks: tasks.map(task => [task.stepId, task.state, task.mine])};
  throw new Error(`${person.account} could not do ${act.step} ${act.outcome ?? act.action ?? ''} in case ${caseId}: ${JSON.stringify(seen)}`);
}

/** Sends a command; `false` when only another look tells whether it took effect. */
async function give(person: Person, {outcome, action}: Act, values: Readonly<Record<string, unknown>>, {taskId, caseVersion}: {readonly taskId: string; readonly caseVersion: number}): Promise<boolean> {
  try {
    if (outcome !== undefined) await person.call(taskRoutes.complete, {params: {taskId}, body: {outcome, values, caseVersion}});
    if (action !== undefined) await person.call(caseRoutes.request, {params: {taskId}, body: {actionId: action, values, caseVersion}});
    return true;
  } catch (error) {
    if (action !== undefined && error instanceof ApiError && error.code === 'CASE_REQUEST_OPEN') return true;
    if (!isPassing(error)) throw error;
    return false;
  }
}

async function hasEnded(person: Person, caseId: string): Promise<boolean> {
  for (let waited = 0; waited < giveUpAfterMs; waited += 100) {
    if ((await again(person, caseRoutes.view, {params: {caseId}})).ended) return true;
    await sleep(100);
  }
  return false;
}

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
  /** The order that it opened, if its plan has one. */
  readonly opened?: DrivenHotline;
}

/** Person of an account who is signed in. */
export type PersonOf = (account: string) => Person;

/** Drives one hotline order through its plan, or as far as it goes before a lapse, each command by the person whose turn it is, whatever is killed meanwhile. */
export async function driveHotline(personOf: PersonOf, plan: HotlinePlan, index: number): Promise<DrivenHotline> {
  const title = `演练热线 ${index}`;
  const values = {...plan.values, title, place: `${String(plan.values['place'])} ${index} 号`};
  const {caseId, number} = await startOnce(personOf('shi.shouli'), 'hotline', title, values);
  const commands = await actAll(personOf, caseId, plan.acts);
  const order = {title, caseId, number, plan, commands, arrived: false};
  return plan.afterLapse === undefined ? arrive(personOf, order) : order;
}

/** Drives an order on whose limit has lapsed. */
export async function driveOn(personOf: PersonOf, order: DrivenHotline): Promise<DrivenHotline> {
  const more = await actAll(personOf, order.caseId, order.plan.afterLapse ?? []);
  return arrive(personOf, {...order, commands: [...order.commands, ...more]});
}

async function actAll(personOf: PersonOf, caseId: string, acts: readonly Act[]): Promise<readonly SeenCommand[]> {
  const commands: SeenCommand[] = [];
  for (const act of acts) commands.push({act, taskId: await actOnce(personOf(act.account), caseId, act)});
  return commands;
}

/** Waits until an order, and what it opened, is where its plan leaves it. */
async function arrive(personOf: PersonOf, order: DrivenHotline): Promise<DrivenHotline> {
  const clerk = personOf('shi.shouli');
  const last = await hasArrived(clerk, order.caseId, order.plan);
  const [linked] = last?.related ?? [];
  if (last === null || order.plan.opens === undefined || linked === undefined) return {...order, arrived: last !== null && order.plan.opens === undefined};
  const opened = await arrive(personOf, {title: order.title, caseId: linked.caseId, number: linked.number, plan: order.plan.opens, commands: [], arrived: false});
  return {...order, arrived: opened.arrived, opened};
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
  throw new Error(`${wordsOf(act)} did not come about in case ${caseId}: ${JSON.stringify(seen)}`);
}

function wordsOf({account, step, outcome, action}: Act): string {
  return `${step} ${outcome ?? action ?? ''} by ${account}`;
}

/** Sends a command; `false` when only another look tells whether it took effect. */
async function give(person: Person, act: Act, values: Readonly<Record<string, unknown>>, {taskId, caseVersion}: {readonly taskId: string; readonly caseVersion: number}): Promise<boolean> {
  const {outcome, action} = act;
  try {
    if (outcome !== undefined) await person.call(taskRoutes.complete, {params: {taskId}, body: {outcome, values, caseVersion}});
    if (action !== undefined) await person.call(caseRoutes.request, {params: {taskId}, body: {actionId: action, values, caseVersion}});
    return true;
  } catch (error) {
    if (action !== undefined && error instanceof ApiError && error.code === 'CASE_REQUEST_OPEN') return true;
    if (isPassing(error)) return false;
    if (error instanceof ApiError) throw new Error(`${wordsOf(act)} is refused: ${error.code} ${JSON.stringify(error.answer.problems)}`, {cause: error});
    throw error;
  }
}

async function hasArrived(person: Person, caseId: string, {leaves}: HotlinePlan): Promise<CaseViewJson | null> {
  const wanted = leaves?.open.map(task => task.step).sort().join();
  for (let waited = 0; waited < giveUpAfterMs; waited += 100) {
    const view = await again(person, caseRoutes.view, {params: {caseId}});
    const steps = view.tasks.filter(task => task.state === 'open').map(task => task.stepId).sort().join();
    if (leaves === undefined ? view.ended : view.pending === null && steps === wanted && view.head.state.id === leaves.state) return view;
    await sleep(100);
  }
  return null;
}

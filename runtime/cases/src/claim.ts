import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {personQueue} from './assignment.js';
import {changeCounters} from './counters.js';
import {insertLines, saveRecord} from './case-store.js';
import {runCommand} from './commit.js';
import {openDesk, type Desk} from './desk.js';
import {caseErrors} from './errors.js';
import type {Relay} from './relay.js';

/**
 * Takes a task for oneself; taking it twice changes nothing.
 * @throws AppError of `openDesk`, among them `CASE_TASK_TAKEN` for whoever comes second.
 */
export async function claimTask(deps: CaseDeps, relay: Relay, actor: Actor, taskId: string): Promise<void> {
  await runCommand(async () => {
    const desk = await openDesk(deps, relay, actor, taskId);
    if (desk.task.assigneeId === actor.personId) return;
    const {name} = desk.step;
    await move(deps, actor, desk, {assigneeId: actor.personId, queue: personQueue(actor.personId), kind: 'claimed', text: {'zh-CN': `${name}：领取`, en: `${name}: taken`}});
  });
}

/**
 * Gives a taken task back to its queue.
 * @throws AppError of `openDesk`; `CASE_TASK_FREE` when nobody has it.
 */
export async function releaseTask(deps: CaseDeps, relay: Relay, actor: Actor, taskId: string): Promise<void> {
  await runCommand(async () => {
    const desk = await openDesk(deps, relay, actor, taskId);
    if (desk.task.assigneeId !== actor.personId) throw caseErrors.TASK_FREE();
    const {name} = desk.step;
    await move(deps, actor, desk, {assigneeId: null, queue: desk.task.homeQueue, kind: 'released', text: {'zh-CN': `${name}：退回待领`, en: `${name}: given back`}});
  });
}

interface TaskMove {
  readonly assigneeId: string | null;
  readonly queue: string;
  readonly kind: string;
  readonly text: {readonly 'zh-CN': string; readonly en: string};
}

/** The case's lock version grows, too: whoever closes the task at this moment reads it again and counts it in the right queue. */
async function move(deps: CaseDeps, actor: Actor, desk: Desk, to: TaskMove): Promise<void> {
  const at = deps.clock.now();
  const {task, record, release} = desk;
  await deps.store.tx(async tx => {
    const saved = await saveRecord(deps, tx, release, record, {updatedAt: at});
    await tx('case_task').where({id: task.id}).update({assignee_id: to.assigneeId, queue: to.queue});
    await insertLines(deps, tx, release, saved, at, [{kind: to.kind, text: to.text, stepId: task.stepId, taskId: task.id, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    await deps.audit.record(tx, {actor, action: `task.${to.kind}`, subject: task.caseId, result: 'done', at, data: {taskId: task.id}});
    await changeCounters(deps.store, tx, new Map([[task.queue, -1], [to.queue, 1]]));
  });
}

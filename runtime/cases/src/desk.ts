import type {CaseTaskView} from '@banli/api';
import type {CompiledBundle, FieldAccess, FormSchema, Outcome, StepAction, StepModel} from '@banli/formats';
import {isTrueOr, type FeelContext} from '@banli/expressions';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {servesQueue} from './assignment.js';
import {loadByTask, type LoadedCase} from './case-store.js';
import {buildContext} from './context.js';
import {participantOf, reviewedRequest} from './effects.js';
import {caseErrors, releaseErrors} from './errors.js';
import type {CaseRecord, TaskRow} from './model.js';
import type {Relay} from './relay.js';
import {releaseOf} from './layers/case-layers.js';
import {atTask, withoutStrands} from './strands.js';

/** A task on someone's desk: he may work on it now. */
export interface Desk extends LoadedCase {
  readonly task: TaskRow;
  readonly step: StepModel;
  readonly release: CompiledBundle;
  readonly definitionId: string;
}

/**
 * Opens a task for someone who wants to act on it. A case whose last command is still on its way to the engine is tried first.
 *
 * @throws AppError `CASE_TASK_UNKNOWN` (also for tasks of others), `CASE_TASK_DONE`, `CASE_TASK_TAKEN`, `CASE_TASK_EXCLUDED`, `CASE_PENDING`.
 */
export async function openDesk(deps: CaseDeps, relay: Relay, actor: Actor, taskId: string): Promise<Desk> {
  let loaded = await loadByTask(deps, taskId);
  if (!loaded || !isInQueue(deps, actor, loaded.task)) throw caseErrors.TASK_UNKNOWN();
  if (loaded.record.ackedSeq < loaded.record.seq) {
    await relay.deliver(loaded.record.id);
    loaded = await loadByTask(deps, taskId);
    if (!loaded) throw caseErrors.TASK_UNKNOWN();
  }
  const {record, task} = loaded;
  if (task.status !== 'open') throw caseErrors.TASK_DONE();
  if (record.ackedSeq < record.seq) throw caseErrors.PENDING();
  if (task.assigneeId !== null && task.assigneeId !== actor.personId) throw caseErrors.TASK_TAKEN({name: deps.people.person(task.assigneeId)?.name ?? ''});
  if (task.hasExclusion && (await isExcluded(deps, taskId, actor.personId))) throw caseErrors.TASK_EXCLUDED();
  const found = await releaseOf(deps, record);
  const step = found?.release.steps[task.stepId];
  if (!found || !step) throw releaseErrors.UNKNOWN({hash: record.releaseHash});
  return {...loaded, step, release: found.release, definitionId: found.definitionId};
}

/**
 * Whether a task is for the person in the post he acts in, whose rights hold in the form: it stands in one of this post's queues. What he has taken in another post
 * waits for him there; what none of his posts serves any more is his in each, so that it never lies where nobody comes to it.
 */
export function isInQueue(deps: Pick<CaseDeps, 'people'>, actor: Actor, task: Pick<TaskRow, 'assigneeId' | 'homeQueue'>): boolean {
  if (servesQueue(queuesOf(actor), task.homeQueue)) return true;
  return task.assigneeId === actor.personId && !servesQueue(deps.people.queuesOf(actor.personId), task.homeQueue);
}

/** The `role@unit` queues of the post that a person acts in. */
export function queuesOf({roles, unitId}: Pick<Actor, 'roles' | 'unitId'>): readonly string[] {
  return roles.map(role => `${role}@${unitId}`);
}

/** Whether a rule of the drawing bars the person from this task. */
export async function isExcluded(deps: Pick<CaseDeps, 'store'>, taskId: string, personId: string): Promise<boolean> {
  const row = await deps.store.knex('case_exclusion').where({task_id: taskId, person_id: personId}).first<{task_id: string} | undefined>();
  return row !== undefined;
}

/** The FEEL context for someone at a task. */
export function deskContext(deps: Pick<CaseDeps, 'people' | 'clock'>, release: CompiledBundle, record: CaseRecord, task: TaskRow, actor: Actor | null): FeelContext {
  const participant = participantOf(record, task.stepId, task.loopCounter);
  return buildContext(release, deps.people, atTask(record, task.id), {step: task.stepId, participant, actor, request: reviewedRequest(record, task.id), now: deps.clock.now()});
}

/** Outcomes that are offered now. A failing `when` offers nothing. */
export function offeredOutcomes(step: StepModel, context: FeelContext): readonly Outcome[] {
  return step.outcomes.filter(outcome => outcome.when === undefined || isTrueOr(outcome.when, context, false));
}

/** An outcome as its button needs it. */
export function outcomeView({id, name, tone, requires, confirm, confirmWhen}: Outcome): CaseTaskView['outcomes'][number] {
  return {id, name, tone, requires: [...requires], ...(confirm === undefined ? {} : {confirm}), ...(confirmWhen === undefined ? {} : {confirmWhen})};
}

/** Actions that are offered now: what is paused can be resumed, what runs can be paused; one request of a kind at a time. */
export function offeredActions(step: StepModel, record: CaseRecord, context: FeelContext): readonly StepAction[] {
  return step.actions.filter(action => {
    if (action.when !== undefined && !isTrueOr(action.when, context, false)) return false;
    if (action.command === 'resume') return record.routing.paused !== null;
    return action.command !== 'pause' || record.routing.paused === null;
  });
}

/** The form of a step; a step without one shows the start form. */
export function formOf(release: CompiledBundle, step: StepModel): FormSchema {
  const form = step.form === null ? undefined : release.bundle.forms[step.form];
  const start = release.steps[release.startStep]?.form;
  const shown = form ?? (start ? release.bundle.forms[start] : undefined);
  if (!shown) throw releaseErrors.UNKNOWN({hash: release.hash});
  return shown;
}

/** Field access of whoever holds a task of the step. */
export function stepAccess(deps: Pick<CaseDeps, 'forms'>, release: CompiledBundle, stepId: string, roles: readonly string[], context: FeelContext): Readonly<Record<string, FieldAccess>> {
  return withoutStrands(release, deps.forms.access(release, {step: stepId, roles, context}), stepId);
}

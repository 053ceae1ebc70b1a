import type {CompiledBundle} from '@banli/formats';
import type {InstanceState} from '@banli/processes';
import {insertRowsLast, toRow, updateRows, updateRowsLast, type Tx} from '@banli/store';
import {raiseLasting} from './alarms.js';
import type {CaseDeps, OpenedTask} from './deps.js';
import {stateOf} from './case-state.js';
import {insertLines, saveRecord, type LoadedCase} from './case-store.js';
import {moveClocks, relevantMoves, subjectOf} from './clock-moves.js';
import {columnsOf} from './columns.js';
import {buildContext, textOrNull} from './context.js';
import {changeCounters} from './counters.js';
import type {CaseRecord, OutboxRow, Strand} from './model.js';
import {takeNumbers} from './numbers.js';
import {joinParties} from './parties.js';
import {tellDecided} from './request-decided.js';
import {stepWords} from './step-words.js';
import {kindOf, strandLines} from './strands.js';
import {holdersOf, tellMoved, tellTakenAway} from './taken-away.js';
import {alarmUnattended} from './unattended.js';
import {planProjection, queueChanges, type ProjectionCause, type ProjectionPlan} from './projection.js';

/**
 * Writes what the engine answered: tasks opened and closed, state, clocks, counters; and marks the outbox row as applied.
 *
 * @returns The case as it is now.
 * @throws CaseMoved when the case changed since `loaded` was read.
 */
export async function project(deps: CaseDeps, tx: Tx, release: CompiledBundle, loaded: LoadedCase, state: InstanceState, cause: ProjectionCause): Promise<LoadedCase> {
  const plan = planProjection(release, deps.people, loaded, state, cause);
  const record = await saveProjected(deps, tx, release, loaded.record, state, plan, cause);
  if (cause.row) updateRowsLast(tx, 'case_outbox', {id: cause.row.id}, {status: 'acked', acked_at: cause.at, last_error: null});
  await writeTasks(tx, plan, cause);
  await insertLines(deps, tx, release, record, cause.at, [...strandLines(release, loaded.record.routing.strands, record.routing.strands), ...plan.lines]);
  await alarmUnattended(deps, tx, release, record, {...plan, opened: [...plan.opened, ...plan.moved.map(each => each.task)]}, cause.at);
  await tellTakenAway(deps, tx, release, record, plan, cause);
  await tellMoved(deps, tx, release, record, plan, cause);
  await tellDecided(deps, tx, record, cause);
  if (deps.onOpened && plan.opened.length > 0) await deps.onOpened(tx, {record, at: cause.at, tasks: openedTasks(deps.people, release, plan)});
  if (state.incidents.length > 0) await alarmIncidents(tx, record.id, state, cause.at);
  const moves = relevantMoves(release, plan.clockMoves);
  if (moves.length > 0) await moveClocks(deps.clocks, tx, subjectOf(release, deps.people, record), moves, cause.row?.at ?? cause.at);
  await changeCounters(deps.store, tx, queueChanges(plan));
  if (plan.status !== 'open' && loaded.record.status === 'open') await deps.onEnded?.(tx, {caseId: record.id, how: plan.status, at: cause.at});
  return {...loaded, record, tasks: plan.tasks};
}

async function saveProjected(deps: CaseDeps, tx: Tx, release: CompiledBundle, before: CaseRecord, state: InstanceState, plan: ProjectionPlan, cause: ProjectionCause): Promise<CaseRecord> {
  const numbered = await numberSteps(deps, tx, release, before, plan, cause.at);
  const values = numbered ?? before.values;
  const strands = await numberStrands(deps, tx, release, before, plan.routing.strands, cause.at);
  const routing = joinParties(deps.people, tx, before.id, strands === plan.routing.strands ? plan.routing : {...plan.routing, strands}, {personIds: [], unitIds: [...plan.opened, ...plan.moved.map(each => each.task)].flatMap(task => (task.unitId === null ? [] : [task.unitId]))});
  const next: CaseRecord = {...before, values, routing, status: plan.status};
  const states = stateOf(release, next, plan.tasks, buildContext(release, deps.people, next));
  const ackedSeq = Math.max(before.ackedSeq, state.seq);
  return saveRecord(deps, tx, release, before, {
    ...(numbered ? {values} : {}),
    routing,
    ...columnsOf(release, deps, next, before),
    ...states,
    status: plan.status,
    endedAt: plan.status === before.status ? before.endedAt : (cause.row?.at ?? cause.at),
    ackedSeq,
    pendingSince: ackedSeq >= before.seq ? null : before.pendingSince,
    revision: state.revision,
    updatedAt: cause.at,
  });
}

/** Gives steps their own numbers when they are entered and the field is still empty; `null` when nothing was given. */
async function numberSteps(deps: CaseDeps, tx: Tx, release: CompiledBundle, record: CaseRecord, plan: ProjectionPlan, at: number): Promise<Readonly<Record<string, unknown>> | null> {
  const rules = (release.bundle.manifest.numbering.steps ?? []).filter(rule => plan.entered.some(({step}) => step === rule.step) && textOrNull(record.values[rule.field]) === null);
  if (rules.length === 0) return null;
  const values: Record<string, unknown> = {...record.values};
  const areaCode = deps.people.unit(record.acceptingUnitId)?.areaCode ?? '';
  for (const rule of rules) values[rule.field] = (await takeNumbers(deps.store, tx, {pattern: rule.pattern, areaCode, at}, 1))[0];
  return values;
}

/** Gives strands that begin their numbers; answers the same list when none is given. */
async function numberStrands(deps: CaseDeps, tx: Tx, release: CompiledBundle, record: CaseRecord, strands: readonly Strand[], at: number): Promise<readonly Strand[]> {
  const known = new Set(record.routing.strands.map(strand => strand.id));
  const numbers = new Map<string, Readonly<Record<string, unknown>>>();
  for (const strand of strands) {
    const rule = known.has(strand.id) ? undefined : kindOf(release, strand)?.number;
    if (!rule) continue;
    const [number] = await takeNumbers(deps.store, tx, {pattern: rule.pattern, areaCode: deps.people.unit(record.acceptingUnitId)?.areaCode ?? '', at}, 1);
    numbers.set(strand.id, {[rule.field]: number});
  }
  return numbers.size === 0 ? strands : strands.map(strand => ({...strand, values: {...strand.values, ...numbers.get(strand.id)}}));
}

function openedTasks(people: CaseDeps['people'], release: CompiledBundle, {opened, exclusions}: Pick<ProjectionPlan, 'opened' | 'exclusions'>): readonly OpenedTask[] {
  return opened.map(task => ({
    id: task.id, stepId: task.stepId, stepName: stepWords(release, task.stepId),
    personIds: () => holdersOf(people, task).filter(personId => !exclusions.some(each => each.taskId === task.id && each.personId === personId)),
  }));
}

async function writeTasks(tx: Tx, plan: ProjectionPlan, cause: ProjectionCause): Promise<void> {
  const closedAt = cause.row?.at ?? cause.at;
  for (const {task, how} of plan.closed) {
    if (how === 'cancelled') continue;
    const done = closingOf(cause.row);
    updateRowsLast(tx, 'case_task', {id: task.id}, {status: 'done', closed_at: closedAt, ...done});
  }
  const cancelled = plan.closed.filter(each => each.how === 'cancelled').map(each => each.task.id);
  if (cancelled.length > 0) await tx('case_task').whereIn('id', cancelled).update({status: 'cancelled', closed_at: closedAt});
  for (const {task, engineId} of plan.rebound) await tx('case_task').where({id: task.id}).update({engine_id: engineId});
  for (const {task} of plan.moved) await updateRows(tx, 'case_task', {id: task.id}, {queue: task.queue, home_queue: task.homeQueue, unit_id: task.unitId, assignee_id: task.assigneeId});
  if (plan.opened.length > 0) await insertRowsLast(tx, 'case_task', plan.opened.map(task => toRow(task as unknown as Record<string, unknown>)));
  const unbarred = plan.closed.filter(each => each.task.hasExclusion).map(each => each.task.id);
  if (unbarred.length > 0) await tx('case_exclusion').whereIn('task_id', unbarred).delete();
  if (plan.exclusions.length > 0) await tx('case_exclusion').insert(plan.exclusions.map(toRow));
  const drafts = plan.closed.filter(each => each.task.hasDraft).map(each => each.task.id);
  if (drafts.length > 0) await tx('case_draft').whereIn('task_id', drafts).delete();
}

function closingOf(row: OutboxRow | null): Record<string, unknown> {
  return {done_by: row?.cause.personId ?? null, done_by_name: row?.cause.personName ?? null, outcome: row?.cause.outcome ?? null};
}

/** One alarm per case, however often the engine reports it. */
async function alarmIncidents(tx: Tx, caseId: string, state: InstanceState, at: number): Promise<void> {
  const where = [...new Set(state.incidents.map(incident => incident.activityId))].join(', ');
  await raiseLasting(tx, {kind: 'incident', caseId, at, text: {'zh-CN': `自动处理环节“${where}”多次失败，需人工处理`, en: `The automatic step "${where}" failed too often and needs attention`}});
}

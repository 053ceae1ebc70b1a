import type {CompiledBundle, LocalizedText} from '@banli/formats';
import {queryRows, type SqlRow, type Tx} from '@banli/store';
import {dayMs} from '@banli/time';
import {closeByItself, raiseLasting} from './alarms.js';
import {placeTask, readQueue} from './assignment.js';
import {insertLines} from './case-store.js';
import {buildContext} from './context.js';
import type {CaseDeps} from './deps.js';
import type {CaseRecord, TaskRow} from './model.js';
import type {CasePeople} from './ports.js';
import type {ProjectionPlan} from './projection.js';
import {stepWords} from './step-words.js';

/** A step that nobody may take as things stand. */
export interface UnattendedStep {
  readonly stepId: string;
  readonly name: string;
}

/** Whether somebody holds a role of the queue at its unit and is not excluded. */
function isAttended(people: Pick<CasePeople, 'holders'>, queue: string, excluded: ReadonlySet<string>): boolean {
  const {roles, unitId} = readQueue(queue);
  return unitId === null || people.holders(roles, unitId).some(holder => !excluded.has(holder.id));
}

/**
 * Steps of a case that is about to begin which nobody may take, as far as it can be told beforehand: their roles and units are asked for with what is known now, and whoever
 * counts as having done a step is excluded where the drawing says so.
 */
export function unattendedSteps(release: CompiledBundle, people: CasePeople, record: CaseRecord): readonly UnattendedStep[] {
  return Object.values(release.steps).filter(step => step.kind === 'user' && step.assignment !== null && step.multiInstance === null).flatMap(step => {
    const {homeQueue, assigneeId, excluded} = placeTask(release, step, buildContext(release, people, record, {step: step.id}), record.routing, people);
    return assigneeId !== null || isAttended(people, homeQueue, new Set(excluded)) ? [] : [{stepId: step.id, name: step.name}];
  });
}

/** Raises an alarm for tasks that were opened just now and that nobody may take, and says so in the timeline; one alarm a case, in the same transaction. */
export async function alarmUnattended(deps: CaseDeps, tx: Tx, release: CompiledBundle, record: CaseRecord, plan: Pick<ProjectionPlan, 'opened' | 'exclusions'>, at: number): Promise<void> {
  const alone = plan.opened.filter(task => task.assigneeId === null && !isAttended(deps.people, task.homeQueue, new Set(plan.exclusions.filter(each => each.taskId === task.id).map(each => each.personId))));
  if (alone.length === 0) return;
  await insertLines(deps, tx, release, record, at, alone.map(task => ({kind: 'task.nobody', stepId: task.stepId, taskId: task.id, unitId: task.unitId, text: wordsFor(deps, release, task)})));
  const [first] = alone;
  if (first) await raiseLasting(tx, {kind: 'nobody', caseId: record.id, at, text: wordsFor(deps, release, first)});
}

function wordsFor(deps: Pick<CaseDeps, 'people'>, release: CompiledBundle, task: Pick<TaskRow, 'stepId' | 'homeQueue'>): LocalizedText {
  const {roles, unitId} = readQueue(task.homeQueue);
  const titles = roles.map(role => release.bundle.manifest.roles.find(each => each.id === role)?.title ?? {'zh-CN': role});
  const name = stepWords(release, task.stepId);
  const unit = deps.people.unit(unitId ?? '')?.name ?? unitId ?? '';
  return {
    'zh-CN': `“${name['zh-CN']}”没有可办理的人：${unit}无人任${titles.map(title => title['zh-CN']).join('、')}，或均须回避。有人任职后，待办自动出现`,
    en: `Nobody may take "${name.en}": no ${titles.map(title => title.en ?? title['zh-CN']).join(', ')} at ${unit}, or all are excluded. The task shows as soon as somebody holds the role`,
  };
}

/** Cases looked at in one round, in each direction. */
const mostAtOnce = 200;

/**
 * Looks at tasks as the organisation is now: queues that lost their last holder raise the alarm, and an alarm whose tasks all have somebody again, or are gone, is closed by itself.
 *
 * @returns How many alarms were raised and closed.
 */
export async function watchUnattended(deps: CaseDeps): Promise<{readonly raised: number; readonly closed: number}> {
  const closed = await closeSolved(deps);
  return {raised: await raiseAbandoned(deps), closed};
}

async function raiseAbandoned(deps: CaseDeps): Promise<number> {
  const {knex} = deps.store;
  const at = deps.clock.now();
  const queues = await queryRows(knex, 'select queue from case_queue where open_count > 0', []);
  let raised = 0;
  for (const queue of queues.map(row => String(row['queue'])).filter(each => !isAttended(deps.people, each, new Set()))) {
    const rows = await queryRows(knex, `select task.case_id, task.step_id, task.home_queue, record.release_hash from case_task task join case_record record on record.id = task.case_id
      where task.status = 'open' and task.queue = ? and not exists (select 1 from case_alarm alarm where alarm.case_id = task.case_id and alarm.kind = 'nobody' and (alarm.closed_at is null or (alarm.closed_at > ? and alarm.closed_by <> 'system')))
      order by task.case_id limit ${mostAtOnce}`, [queue, at - dayMs]);
    for (const row of rows) {
      const found = await deps.releases.byHash(String(row['release_hash']));
      if (!found) continue;
      await raiseLasting(knex, {kind: 'nobody', caseId: String(row['case_id']), at, text: wordsFor(deps, found.release, {stepId: String(row['step_id']), homeQueue: String(row['home_queue'])})});
      raised += 1;
    }
  }
  return raised;
}

async function closeSolved(deps: CaseDeps): Promise<number> {
  let closed = 0;
  for (let after = ''; ;) {
    const alarms = await queryRows(deps.store.knex, `select id, case_id from case_alarm where kind = 'nobody' and closed_at is null and id > ? order by id limit ${mostAtOnce}`, [after]);
    for (const alarm of alarms) {
      const caseId = String(alarm['case_id']);
      if (!(await isSolved(deps, caseId))) continue;
      if (await closeByItself(deps, {alarmId: String(alarm['id']), caseId, kind: 'nobody', reason: '已有可办理的人，自动关闭'})) closed += 1;
    }
    if (alarms.length < mostAtOnce) return closed;
    after = String(alarms.at(-1)?.['id']);
  }
}

async function isSolved(deps: CaseDeps, caseId: string): Promise<boolean> {
  const tasks: SqlRow[] = await queryRows(deps.store.knex, "select id, queue from case_task where case_id = ? and status = 'open'", [caseId]);
  const exclusions: SqlRow[] = tasks.length === 0 ? [] : await deps.store.knex('case_exclusion').whereIn('task_id', tasks.map(task => String(task['id'])));
  return tasks.every(task => isAttended(deps.people, String(task['queue']), new Set(exclusions.filter(each => each['task_id'] === task['id']).map(each => String(each['person_id'])))));
}

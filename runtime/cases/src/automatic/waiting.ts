import type {CompiledBundle} from '@banli/formats';
import {queryRows} from '@banli/store';
import {queueName} from '../assignment.js';
import {loadByTask} from '../case-store.js';
import {textOrNull} from '../context.js';
import type {CaseDeps} from '../deps.js';
import {releaseOf} from '../layers/case-layers.js';
import type {CaseAttributes, CaseRecord, TaskRow} from '../model.js';
import {currentBundles} from '../visible.js';

/** An order that waits for a dispatcher, as rules look at it. */
export interface WaitingOrder {
  readonly caseId: string;
  readonly taskId: string;
  readonly title: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly urgency: string | null;
  readonly industry: string | null;
  readonly attributes: CaseAttributes;
  /** The unit whose dispatcher would decide. */
  readonly centreId: string;
  /** What stands in the form: put there by the proposal. */
  readonly leadUnit: string | null;
  readonly excludedUnitIds: readonly string[];
  /** A unit gave it back. */
  readonly wasReturned: boolean;
}

/** A waiting order with what completing its task needs. */
export interface WaitingTask {
  readonly order: WaitingOrder;
  readonly task: TaskRow;
  readonly record: CaseRecord;
  readonly release: CompiledBundle;
  readonly outcome: string;
}

/** Steps of the releases in use at which a unit is chosen, with the roles that choose it. */
export async function dispatchSteps(deps: Pick<CaseDeps, 'releases'>): Promise<ReadonlyArray<{readonly stepId: string; readonly roles: readonly string[]}>> {
  return (await currentBundles(deps)).flatMap(({release}) => {
    const step = release.steps[release.bundle.manifest.dispatch?.step ?? ''];
    return step?.assignment ? [{stepId: step.id, roles: step.assignment.role.split(',').map(role => role.trim())}] : [];
  });
}

/**
 * Ids of tasks that nobody has taken or begun, that were opened since a moment and that nothing was decided about; the oldest first. A case whose command is on its way to
 * the engine is left for the next time.
 */
export async function waitingTasks(deps: Pick<CaseDeps, 'store' | 'releases'>, unitId: string, since: number, limit: number): Promise<readonly string[]> {
  const steps = await dispatchSteps(deps);
  const queues = [...new Set(steps.map(({roles}) => queueName(roles, unitId)))];
  if (queues.length === 0) return [];
  const rows = await queryRows(deps.store.knex, `select task.id from case_task task join case_record record on record.id = task.case_id
    where task.queue in (${places(queues)}) and task.status = 'open' and task.opened_at >= ? and task.step_id in (${places(steps)}) and task.has_draft = 0
      and record.status = 'open' and record.acked_seq >= record.seq and not exists (select 1 from dispatch_decision decision where decision.task_id = task.id)
    order by task.opened_at, task.id limit ?`, [...queues, since, ...steps.map(({stepId}) => stepId), limit]);
  return rows.map(row => String(row['id']));
}

function places(list: readonly unknown[]): string {
  return list.map(() => '?').join(', ');
}

/** Reads a waiting task; `null` when it was done meanwhile, or its release does not say how it is dispatched. */
export async function readWaiting(deps: CaseDeps, taskId: string): Promise<WaitingTask | null> {
  const loaded = await loadByTask(deps, taskId);
  const found = loaded && (await releaseOf(deps, loaded.record));
  const {dispatch, caseFields} = found?.release.bundle.manifest ?? {};
  if (!loaded || !found || !dispatch || loaded.task.status !== 'open' || loaded.task.stepId !== dispatch.step) return null;
  const {record, task} = loaded;
  const {matter, areaCode, urgency, industry, attributes, routing} = record;
  if (matter === null || task.unitId === null) return null;
  return {
    task, record, release: found.release, outcome: dispatch.outcome,
    order: {
      caseId: record.id, taskId, title: record.title, matterCode: matter, areaCode, urgency, industry, attributes: attributes ?? {}, centreId: task.unitId,
      leadUnit: textOrNull(record.values[caseFields?.leadUnit ?? '']), excludedUnitIds: routing.excludedUnits, wasReturned: routing.returns.length > 0,
    },
  };
}

import {taskBatchRoutes, type BatchResultView, type BodyOf} from '@banli/api';
import type {Actor, Cases} from '@banli/cases';
import {isAppError, type AppError} from '@banli/errors';
import type {Logger} from 'pino';
import {bindRoute, httpErrors, refusedStatuses, safeError, toErrorBody, type BoundRoute, type RefusalLog} from '../http/index.js';

/** What batches of tasks stand on. Refused tasks are told to `refusals`, as a refused command alone would be; faults to `log`. */
export interface TaskBatchDeps {
  readonly cases: Pick<Cases, 'claim' | 'release' | 'complete'>;
  readonly refusals: Pick<RefusalLog, 'note'>;
  readonly log: Pick<Logger, 'error'>;
}

type Batch = BodyOf<typeof taskBatchRoutes.run>;

/**
 * Binds the route of batches. The tasks run one after the other, each as its own command with its own transaction, so that one that is
 * refused fails alone; a task that is named twice runs once.
 */
export function bindTaskBatchRoutes(deps: TaskBatchDeps): readonly BoundRoute[] {
  return [
    bindRoute(taskBatchRoutes.run, async ({actor, body, origin}) => {
      if (body.command === 'complete' && body.outcome === undefined) throw httpErrors.INPUT_WRONG({count: 1}, {problems: [{code: 'HTTP_INPUT_WRONG', message: 'outcome is missing', place: {field: 'outcome'}}]});
      const results: BatchResultView[] = [];
      for (const task of new Map(body.tasks.map(each => [each.taskId, each])).values()) {
        const error = await runOne(deps, actor, body, task);
        if (error && refusedStatuses.has(error.status)) await deps.refusals.note({actor, routeId: taskBatchRoutes.run.id, code: error.code, status: error.status, subject: task.taskId});
        results.push({taskId: task.taskId, error: error && toErrorBody(error, origin.requestId)});
      }
      return {results};
    }),
  ];
}

async function runOne({cases, log}: TaskBatchDeps, actor: Actor, {command, outcome = ''}: Batch, {taskId, caseVersion}: Batch['tasks'][number]): Promise<AppError | null> {
  try {
    if (command === 'complete') await cases.complete(actor, {taskId, outcome, caseVersion, values: {}, isBatch: true});
    else await cases[command](actor, taskId);
    return null;
  } catch (error) {
    if (isAppError(error)) return error;
    log.error({taskId, command, ...safeError(error)}, 'server.batch.failed');
    return httpErrors.INTERNAL({}, {cause: error});
  }
}

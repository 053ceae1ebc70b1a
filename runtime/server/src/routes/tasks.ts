import {taskRoutes} from '@banli/api';
import type {Cases} from '@banli/cases';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What people do with tasks. */
export function bindTaskRoutes({cases}: {readonly cases: Cases}): readonly BoundRoute[] {
  return [
    bindRoute(taskRoutes.complete, ({actor, params, body}) => cases.complete(actor, {taskId: params.taskId, ...body})),
    bindRoute(taskRoutes.form, async ({actor, params, query}) => {
      const {schema, access} = await cases.taskForm(actor, params.taskId, query);
      return {schema: {...schema}, access: {...access}};
    }),
    bindRoute(taskRoutes.claim, async ({actor, params}) => {
      await cases.claim(actor, params.taskId);
      return {done: true as const};
    }),
    bindRoute(taskRoutes.release, async ({actor, params}) => {
      await cases.release(actor, params.taskId);
      return {done: true as const};
    }),
    bindRoute(taskRoutes.saveDraft, async ({actor, params, body}) => ({savedAt: await cases.drafts.saveForTask(actor, params.taskId, body.values)})),
  ];
}

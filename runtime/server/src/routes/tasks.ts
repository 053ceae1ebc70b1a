import {taskRoutes} from '@banli/api';
import type {Cases} from '@banli/cases';
import type {ReasonKeeper} from '../reason-keeper.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What people do with tasks. */
export function bindTaskRoutes({cases, reasonKeeper}: {readonly cases: Cases; readonly reasonKeeper: ReasonKeeper}): readonly BoundRoute[] {
  return [
    bindRoute(taskRoutes.complete, async ({actor, params, body}) => {
      const view = await cases.complete(actor, {taskId: params.taskId, ...body});
      await reasonKeeper.ofCommand(actor.personId, body.outcome, body.values, view);
      return view;
    }),
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

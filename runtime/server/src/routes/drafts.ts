import {draftRoutes} from '@banli/api';
import type {Cases} from '@banli/cases';
import {bindRoute, type BoundRoute} from '../http/index.js';

type DraftView = Awaited<ReturnType<Cases['drafts']['read']>>;

/** Cases that are being typed. */
export function bindDraftRoutes({cases}: {readonly cases: Cases}): readonly BoundRoute[] {
  return [
    bindRoute(draftRoutes.create, async ({actor, body}) => draftJson(await cases.drafts.create(actor, body))),
    bindRoute(draftRoutes.read, async ({actor, params}) => draftJson(await cases.drafts.read(actor, params.draftId))),
    bindRoute(draftRoutes.save, async ({actor, params, body}) => draftJson(await cases.drafts.save(actor, params.draftId, body))),
    bindRoute(draftRoutes.remove, async ({actor, params}) => {
      await cases.drafts.remove(actor, params.draftId);
      return {done: true as const};
    }),
  ];
}

function draftJson(draft: DraftView) {
  return {...draft, values: {...draft.values}, items: draft.items.map(item => ({...item})), problems: draft.problems.map(problem => ({...problem}))};
}

import {reasonRoutes} from '@banli/api';
import type {RecentReasons} from '@banli/people';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** Binds the routes of a person's own last reasons. */
export function bindReasonRoutes({reasons}: {readonly reasons: Pick<RecentReasons, 'read' | 'forget'>}): readonly BoundRoute[] {
  return [
    bindRoute(reasonRoutes.read, async ({actor, params}) => ({reasons: [...(await reasons.read(actor.personId, params.bundleId))]})),
    bindRoute(reasonRoutes.forget, async ({actor, params}) => {
      await reasons.forget(actor.personId, params.bundleId, params.field);
      return {done: true as const};
    }),
  ];
}

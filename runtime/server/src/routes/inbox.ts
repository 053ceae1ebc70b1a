import {inboxRoutes} from '@banli/api';
import type {Cases} from '@banli/cases';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the inbox routes stand on. `unread` counts a person's unread notices. */
export interface InboxRouteDeps {
  readonly cases: Cases;
  readonly clock: Clock;
  readonly unread: (personId: string) => Promise<number>;
}

/** Lists, badge counts, search. */
export function bindInboxRoutes({cases, clock, unread}: InboxRouteDeps): readonly BoundRoute[] {
  return [
    bindRoute(inboxRoutes.list, async ({actor, params, query}) => {
      const page = await cases.inbox(actor, {box: params.box, ...query});
      return {rows: [...page.rows], nextCursor: page.nextCursor};
    }),
    bindRoute(inboxRoutes.counts, async ({actor}) => {
      const [counts, notices] = await Promise.all([cases.counts(actor), unread(actor.personId)]);
      return {...counts, notices, now: clock.now()};
    }),
    bindRoute(inboxRoutes.search, async ({actor, query}) => {
      const page = await cases.search(actor, query);
      return {rows: [...page.rows], nextCursor: page.nextCursor};
    }),
  ];
}

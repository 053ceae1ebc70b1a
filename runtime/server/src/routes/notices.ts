import {noticeRoutes} from '@banli/api';
import type {Notices} from '@banli/messages';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** Binds the routes of notices: everyone sees his own. */
export function bindNoticeRoutes({notices}: {readonly notices: Notices}): readonly BoundRoute[] {
  return [
    bindRoute(noticeRoutes.list, async ({query, actor}) => {
      const page = await notices.list(actor.personId, {limit: query.limit ?? 50, unreadOnly: query.unread === 'true', ...(query.cursor === undefined ? {} : {cursor: query.cursor})});
      return {notices: [...page.notices], nextCursor: page.nextCursor};
    }),
    bindRoute(noticeRoutes.read, async ({params, actor}) => {
      await notices.read(actor.personId, params.noticeId);
      return {done: true as const};
    }),
    bindRoute(noticeRoutes.readMany, async ({body, actor}) => ({unknown: [...(await notices.readMany(actor.personId, body.noticeIds))]})),
    bindRoute(noticeRoutes.readAll, async ({actor}) => {
      await notices.readAll(actor.personId);
      return {done: true as const};
    }),
  ];
}

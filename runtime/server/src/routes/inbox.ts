import {inboxRoutes} from '@banli/api';
import {areaPrefix, type Cases} from '@banli/cases';
import type {CatalogService} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Clock} from '@banli/time';
import type {LimitBoard} from '../limit-board.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the inbox routes stand on. `unread` counts a person's unread notices. */
export interface InboxRouteDeps {
  readonly cases: Cases;
  readonly clock: Clock;
  readonly unread: (personId: string) => Promise<number>;
  /** For searching below a matter, and below a unit. */
  readonly catalogs: Pick<CatalogService, 'choices'>;
  readonly people: Pick<People, 'units'>;
  /** For searching a row of the board of limits. */
  readonly limitBoard: Pick<LimitBoard, 'filterOf'>;
}

const matterCatalog = 'matters';

/** A row of the directory of matters with everything below it; one that is not there stands alone. */
async function below(catalogs: InboxRouteDeps['catalogs'], key: string, at: number): Promise<readonly string[]> {
  const {choices} = await catalogs.choices(matterCatalog, at);
  const found = [key];
  for (const parent of found) found.push(...choices.filter(choice => choice.parentKey === parent && !found.includes(choice.key)).map(choice => choice.key));
  return found;
}

/** Lists, badge counts, search. */
export function bindInboxRoutes({cases, clock, unread, catalogs, people, limitBoard}: InboxRouteDeps): readonly BoundRoute[] {
  return [
    bindRoute(inboxRoutes.list, async ({actor, params, query}) => {
      const page = await cases.inbox(actor, {box: params.box, ...query});
      return {rows: [...page.rows], nextCursor: page.nextCursor};
    }),
    bindRoute(inboxRoutes.counts, async ({actor, identity}) => {
      const others = identity.person.posts.filter(post => post.id !== identity.post.id);
      const waiting = others.map(async post => ({postId: post.id, todo: (await cases.counts({...actor, unitId: post.unitId, roles: post.roles})).todo}));
      const [counts, notices, otherPosts] = await Promise.all([cases.counts(actor), unread(actor.personId), Promise.all(waiting)]);
      return {...counts, notices, ...(otherPosts.length === 0 ? {} : {otherPosts}), now: clock.now()};
    }),
    bindRoute(inboxRoutes.search, async ({actor, body}) => {
      const {matter, area, unit, group, ...rest} = body;
      const at = clock.now();
      const row = group === undefined ? null : await limitBoard.filterOf(actor, group);
      const page = await cases.search(actor, {
        ...rest,
        ...(row ? {group: row.filter} : {}),
        ...(matter === undefined ? {} : {matters: await below(catalogs, matter, at)}),
        ...(area === undefined ? {} : {area: areaPrefix(area)}),
        ...(unit === undefined ? {} : {leadUnitIds: people.units().filter(each => each.path.includes(unit)).map(each => each.id)}),
      });
      return {rows: [...page.rows], nextCursor: page.nextCursor, ...(page.total === undefined ? {} : {total: page.total}), ...(page.states ? {states: page.states.map(({id, title}) => ({id, title}))} : {}), ...(row && !body.cursor ? {groupTitle: row.title} : {})};
    }),
  ];
}

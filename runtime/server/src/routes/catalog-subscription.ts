import {catalogSubscriptionRoutes as routes} from '@banli/api';
import type {CatalogLife, CatalogSubscriptions} from '@banli/catalogs';
import {bindRoute, type BoundRoute} from '../http/index.js';
import {diffJson} from './catalog-life.js';

/** What people follow in catalogs; everybody sees his own. */
export function bindCatalogSubscriptionRoutes({subscriptions, life}: {readonly subscriptions: CatalogSubscriptions; readonly life: Pick<CatalogLife, 'labels'>}): readonly BoundRoute[] {
  return [
    bindRoute(routes.list, async ({actor}) => ({subscriptions: [...(await subscriptions.list(actor))]})),
    bindRoute(routes.add, async ({actor, body}) => ({subscription: await subscriptions.add(actor, body)})),
    bindRoute(routes.changes, async ({actor, params}) => {
      const {subscription, diff} = await subscriptions.changes(actor, params.subscriptionId);
      return {subscription, diff: diff.map(diffJson(await life.labels(subscription.catalogId)))};
    }),
    bindRoute(routes.seen, async ({actor, params, body}) => ({subscription: await subscriptions.seen(actor, params.subscriptionId, body.version)})),
    bindRoute(routes.remove, async ({actor, params}) => {
      await subscriptions.remove(actor, params.subscriptionId);
      return {done: true as const};
    }),
  ];
}

import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Done, Id, Moment, Text, oneOf, orNull, strict} from '../schemas.js';
import {CatalogDiff} from './catalog-life.js';

const Key = Type.String({minLength: 1, maxLength: 191});
const one = strict({subscriptionId: Id});
const Subscription = Type.Object({
  id: Id, catalogId: Id, title: Text, kind: oneOf('tree', 'list', 'matrix', 'relation', 'calendar'),
  branch: orNull(Type.Object({key: Type.String(), title: Text})),
  seenVersion: Type.String(), version: Type.String(), effectiveFrom: Type.String(),
  changes: Type.Object({added: Type.Integer(), modified: Type.Integer(), ended: Type.Integer(), total: Type.Integer()}, {description: 'Rows that are different since the version last seen'}),
  createdAt: Moment,
});
const answer = Type.Object({subscription: Subscription});

/** Who is told of new versions of a catalog; an unknown one is `CATALOG_UNKNOWN`. */
export const catalogSubscriptionRoutes = {
  list: defineRoute({id: 'catalogs.subscriptions', method: 'GET', path: '/api/catalog-subscriptions', permission: 'catalogs.read', summary: 'Own subscriptions with what changed since one looked last', answer: Type.Object({subscriptions: Type.Array(Subscription)})}),
  add: defineRoute({id: 'catalogs.subscribe', method: 'POST', path: '/api/catalog-subscriptions', permission: 'catalogs.read', summary: 'Follows a catalog, or a branch of its tree; twice is once', body: strict({catalogId: Id, branch: Type.Optional(Key)}), answer, status: 201}),
  changes: defineRoute({id: 'catalogs.subscriptionChanges', method: 'GET', path: '/api/catalog-subscriptions/:subscriptionId/changes', permission: 'catalogs.read', summary: 'Rows that are different since one looked last', params: one, answer: Type.Object({subscription: Subscription, diff: Type.Array(CatalogDiff)})}),
  seen: defineRoute({id: 'catalogs.subscriptionSeen', method: 'POST', path: '/api/catalog-subscriptions/:subscriptionId/seen', permission: 'catalogs.read', summary: 'Says up to which version one has seen the changes', params: one, body: strict({version: Type.String({minLength: 1, maxLength: 64})}), answer}),
  remove: defineRoute({id: 'catalogs.unsubscribe', method: 'DELETE', path: '/api/catalog-subscriptions/:subscriptionId', permission: 'catalogs.read', summary: 'Ends a subscription', params: one, answer: Done}),
};

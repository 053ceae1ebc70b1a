import type {Route} from './define-route.js';
import {accessTokenRoutes} from './routes/access-tokens.js';
import {automaticDispatchRoutes} from './routes/automatic-dispatch.js';
import {caseRoutes, draftRoutes, inboxRoutes, taskBatchRoutes, taskRoutes} from './routes/cases.js';
import {catalogIssueRoutes} from './routes/catalog-issue.js';
import {catalogSubscriptionRoutes} from './routes/catalog-subscription.js';
import {catalogLifeRoutes} from './routes/catalog-life.js';
import {catalogRoutes} from './routes/catalogs.js';
import {designRoutes} from './routes/design.js';
import {dispatchRoutes} from './routes/dispatch.js';
import {limitRoutes} from './routes/limits.js';
import {listRoutes} from './routes/lists.js';
import {fileRoutes, noticeRoutes, operationRoutes} from './routes/operations.js';
import {reasonRoutes} from './routes/reasons.js';
import {peopleRoutes, sessionRoutes} from './routes/session.js';

export * from './client.js';
export * from './define-route.js';
export * from './routes/access-tokens.js';
export * from './routes/automatic-dispatch.js';
export * from './routes/cases.js';
export * from './routes/catalog-issue.js';
export * from './routes/catalog-subscription.js';
export * from './routes/catalog-life.js';
export * from './routes/catalogs.js';
export * from './routes/design.js';
export * from './routes/dispatch.js';
export * from './routes/limits.js';
export * from './routes/lists.js';
export * from './routes/operations.js';
export * from './routes/reasons.js';
export * from './routes/session.js';
export * from './schemas.js';

/** Every route of the contract. */
export const allRoutes: readonly Route[] = [sessionRoutes, peopleRoutes, accessTokenRoutes, caseRoutes, taskRoutes, taskBatchRoutes, inboxRoutes, listRoutes, reasonRoutes, draftRoutes, catalogRoutes, catalogLifeRoutes, catalogIssueRoutes, catalogSubscriptionRoutes, limitRoutes, dispatchRoutes, automaticDispatchRoutes, designRoutes, noticeRoutes, fileRoutes, operationRoutes].flatMap(
  group => Object.values(group) as Route[],
);

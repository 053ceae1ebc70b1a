import type {Server} from 'node:http';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {allRoutes} from '@banli/api';
import {countBacklog, createDesignDrafts} from '@banli/cases';
import {createAccessTokens, createAccounts, createIdentities, createListPreferences, createLogin, createLoginGuard, createRecentReasons, createSessions, type AccessTokens} from '@banli/people';
import {listCaseSms} from '@banli/messages';
import {systemClock} from '@banli/time';
import {createCitizenLook} from './citizen-look.js';
import {createReasonKeeper} from './reason-keeper.js';
import {createHttpApp, createHttpServer, createMetrics, createReadBound, type BoundRoute, type Metrics} from './http/index.js';
import type {Platform} from './platform.js';
import {bindAccessTokenRoutes} from './routes/access-tokens.js';
import {bindAuditRoutes} from './routes/audit.js';
import {bindAutomaticDispatchRoutes} from './routes/automatic-dispatch.js';
import {bindCaseRoutes} from './routes/cases.js';
import {bindCatalogIssueRoutes} from './routes/catalog-issue.js';
import {bindCatalogBasisRoutes} from './routes/catalog-basis.js';
import {bindCatalogLifeRoutes} from './routes/catalog-life.js';
import {bindCatalogSubscriptionRoutes} from './routes/catalog-subscription.js';
import {bindCatalogRoutes} from './routes/catalogs.js';
import {caseGuidance} from './routes/guidance.js';
import {bindClassFormRoutes} from './routes/class-form.js';
import {bindDesignRoutes, type DesignRouteDeps} from './routes/design.js';
import {bindDispatchRoutes} from './routes/dispatch.js';
import {bindDraftRoutes} from './routes/drafts.js';
import {bindFileRoutes} from './routes/files.js';
import {bindHealthRoutes} from './routes/health.js';
import {bindInboxRoutes} from './routes/inbox.js';
import {createLimitBoard} from './limit-board.js';
import {bindLimitBoardRoutes} from './routes/limit-board.js';
import {bindLimitRoutes} from './routes/limits.js';
import {bindListRoutes} from './routes/lists.js';
import {bindNoticeRoutes} from './routes/notices.js';
import {bindOperationRoutes, type EngineView} from './routes/operations.js';
import {bindPeopleRoutes} from './routes/people.js';
import {bindReasonRoutes} from './routes/reasons.js';
import {bindSessionRoutes} from './routes/session.js';
import {bindTaskBatchRoutes} from './routes/task-batch.js';
import {bindTaskRoutes} from './routes/tasks.js';
import {bindTestClockRoute} from './routes/test-clock.js';
import {createTokenRights} from './token-rights.js';

const {version} = createRequire(import.meta.url)('../package.json') as {version: string};

/** What the web server needs besides the platform. */
export interface WebParts {
  readonly platform: Platform;
  readonly engine: () => EngineView;
  /** Calls to the engine of every process, by kind. */
  readonly engineCalls: () => Readonly<Record<string, number>>;
  readonly palette: DesignRouteDeps['palette'];
}

/** Puts the HTTP server together; it does not listen yet. */
export async function createWeb(parts: WebParts): Promise<Server> {
  const {platform} = parts;
  const {store, people, permissions, settings, logger} = platform;
  const sessions = createSessions(store, systemClock);
  const identities = createIdentities({store, clock: systemClock, people, sessions, audit: platform.audit.log});
  const metrics = createMetrics({processMetrics: true, onError: (name, error) => logger.warn({event: 'metrics.reading.failed', name, error: String(error)})});
  measure(metrics, parts);
  const tokens = createAccessTokens({store, clock: systemClock, audit: platform.audit.log});
  const app = await createHttpApp({
    identities, permissions, tokens, publicOrigins: settings.publicOrigins, https: settings.https, behindProxy: settings.behindProxy, log: logger, clock: systemClock, metrics, refusals: platform.refusals, 
    // An embedded database works in this process: it cannot hang alone.
    ...(store.dialect === 'mysql' ? {readBound: createReadBound(() => store.ping())} : {}),
    routes: bindRoutes(parts, {sessions, identities, metrics, tokens}),
    webApps: [
      {folder: join(settings.root, 'runtime/app/dist'), base: '/'},
      {folder: join(settings.root, 'designer/app/dist'), base: '/designer/'},
    ],
  });
  return createHttpServer(app);
}

interface SignIn {
  readonly sessions: ReturnType<typeof createSessions>;
  readonly identities: ReturnType<typeof createIdentities>;
  readonly metrics: Metrics;
  readonly tokens: AccessTokens;
}

function bindRoutes(parts: WebParts, {sessions, identities, metrics, tokens}: SignIn): readonly BoundRoute[] {
  const {store, people, permissions, audit, cases: {cases}, documents, files, notices, releases, catalogs, catalogLife, catalogIssues, catalogSubscriptions, clockPlans, clock, movableClock} = parts.platform;
  const guard = createLoginGuard(store);
  const accounts = createAccounts({store, clock: systemClock, sessions, guard, audit: audit.log});
  const reasons = createRecentReasons({store, vault: parts.platform.vault, clock: systemClock});
  const reasonKeeper = createReasonKeeper({reasons, log: parts.platform.logger});
  const login = createLogin({store, clock: systemClock, people, sessions, guard, audit: audit.log});
  const limitBoard = createLimitBoard({cases, catalogs, people, clock});
  return [
    ...bindSessionRoutes({login, identities, accounts, people, permissions, vault: parts.platform.vault}),
    ...bindPeopleRoutes({people, accounts}),
    ...bindAccessTokenRoutes({tokens, rights: createTokenRights({permissions, people, catalogs}), catalogs, clock, machineClock: systemClock}),
    ...bindCaseRoutes({
      cases, documents, reasonKeeper,
      guidanceFor: subject => caseGuidance({catalogs, people, clock}, subject),
      messagesOf: async caseId => (await listCaseSms(parts.platform, caseId)).map(({personId, ...message}) => ({...message, personName: personId === null ? null : (people.person(personId)?.name ?? null)})),
      citizenLook: createCitizenLook({store, clock: systemClock, look: (number, code) => cases.citizenView(number, code), log: event => parts.platform.logger.warn(event)}),
    }),
    ...bindTaskRoutes({cases, reasonKeeper}),
    ...bindTaskBatchRoutes({cases, refusals: parts.platform.refusals, log: parts.platform.logger}),
    ...bindInboxRoutes({cases, clock, catalogs, people, limitBoard, unread: personId => notices.unread(personId)}),
    ...bindListRoutes({lists: createListPreferences({store, clock: systemClock})}),
    ...bindReasonRoutes({reasons}),
    ...bindDraftRoutes({cases}),
    ...bindFileRoutes({files, cases}),
    ...bindCatalogRoutes({catalogs, people, releases, clock}),
    ...bindCatalogLifeRoutes({life: catalogLife}),
    ...bindCatalogBasisRoutes({life: catalogLife, files}),
    ...bindCatalogIssueRoutes({issues: catalogIssues, life: catalogLife, catalogs, people, permissions, clock}),
    ...bindCatalogSubscriptionRoutes({subscriptions: catalogSubscriptions, life: catalogLife}),
    ...bindDispatchRoutes({catalogs, releases, advisory: parts.platform.advisory, life: catalogLife, people, store, clock}),
    ...bindAutomaticDispatchRoutes({switches: {store, clock, people, audit: audit.log}, releases, permissions, catalogs}),
    ...bindLimitRoutes({catalogs, clockPlans, people, permissions, clock}),
    ...bindLimitBoardRoutes({limitBoard}),
    ...bindDesignRoutes({
      releases, store, palette: parts.palette,
      drafts: createDesignDrafts({store, clock, audit: audit.log}),
    }),
    ...bindClassFormRoutes({catalogs, life: catalogLife, clock}),
    ...bindNoticeRoutes({notices}),
    ...bindAuditRoutes({audit, store}),
    ...bindOperationRoutes({store, people, clock, audit: audit.log, permissions, vault: parts.platform.vault, processes: parts.platform.engine, engine: parts.engine}),
    ...bindHealthRoutes({store, isEngineUp: () => parts.engine().up, metrics, routes: allRoutes, version}),
    ...(movableClock === null ? [] : [bindTestClockRoute(movableClock, store)]),
  ];
}

function measure(metrics: Metrics, {platform, engine, engineCalls}: WebParts): void {
  const {store} = platform;
  metrics.totals('banli_engine_calls_total', 'Calls to the engine by all processes of this server', 'call', engineCalls);
  metrics.gauge('banli_engine_up', 'Whether the engine answers', () => (engine().up ? 1 : 0));
  metrics.gauge('banli_outbox_pending', 'Commands that wait for the engine', async () => (await countBacklog({store})).pendingCommands);
  metrics.gauge('banli_alarms_open', 'Alarms that nobody has closed', async () => (await countBacklog({store})).alarms);
}

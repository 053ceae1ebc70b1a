import {createServer, type Server} from 'node:http';
import Koa, {type Context} from 'koa';
import Router, {type RouterContext} from '@koa/router';
import type {Logger} from 'pino';
import type {Clock} from '@banli/time';
import {createErrorMiddleware, safeError} from './answer-error.js';
import {httpErrors} from './errors.js';
import type {AccessTokens} from '@banli/people';
import type {GuardParts} from './guard.js';
import type {Metrics} from './metrics.js';
import {createRateLimit} from './rate-limit.js';
import type {ReadBound} from './read-bound.js';
import type {RefusalLog} from './refusals.js';
import type {BoundRoute} from './request.js';
import {createRouteMiddleware} from './route-middleware.js';
import {createSecurityHeaders} from './security-headers.js';
import {createWebApps, type WebApp} from './web-apps.js';

/** What the HTTP server needs. `clock` is the machine's own. */
export interface HttpAppParts extends GuardParts {
  /** Tokens of outside systems; without them none are taken. */
  readonly tokens?: AccessTokens;
  readonly routes: readonly BoundRoute[];
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly webApps: readonly WebApp[];
  /** Set when people reach us by https: secure cookies and HSTS. */
  readonly https?: boolean;
  /** Told of commands of somebody signed in that were refused. */
  readonly refusals?: Pick<RefusalLog, 'note'>;
  /** Ends reads that wait for a database that hangs; without it they wait. */
  readonly readBound?: ReadBound;
  /** Set when a proxy of ours stands in front and tells the caller's address in `X-Forwarded-For`. */
  readonly behindProxy?: boolean;
  /** Calls of public routes for each address in a minute. Default 240; login counts as one of them. */
  readonly publicPerMinute?: number;
}

/**
 * Builds the HTTP application.
 *
 * @throws Error when two routes share an id or an address; AppError `PERMISSIONS_UNKNOWN` when a route wants a permission that nobody declares.
 */
export async function createHttpApp(parts: HttpAppParts): Promise<Koa> {
  checkRoutes(parts);
  // The last address is what the proxy saw itself; those before it are what the caller claims.
  const app = new Koa({proxy: parts.behindProxy ?? false, maxIpsCount: 1});
  app.on('error', (error: unknown) => parts.log.warn(safeError(error), 'http.answer.broken'));
  const limit = createRateLimit(parts.clock, parts.publicPerMinute ?? 240);
  const routers = new Map<string, Router>();
  for (const bound of parts.routes) {
    const router = routers.get(areaOf(bound.route.path)) ?? new Router();
    routers.set(areaOf(bound.route.path), router);
    router.register(bound.route.path, [bound.route.method], createRouteMiddleware({...parts, limit}, bound));
  }
  const dispatchers = new Map([...routers].map(([area, router]) => [area, router.routes()]));
  app.use(createErrorMiddleware(parts.log));
  app.use(createSecurityHeaders(parts.https ?? false));
  app.use((ctx, next) => dispatchers.get(areaOf(ctx.path))?.(ctx as RouterContext, next) ?? next());
  app.use(await createWebApps(parts.webApps));
  app.use((ctx: Context) => {
    const router = routers.get(areaOf(ctx.path));
    const methods = new Set(parts.routes.map(({route}) => route.method).filter(method => router?.match(ctx.path, method).route));
    if (methods.size === 0) throw httpErrors.NOT_FOUND();
    ctx.set('allow', [...methods].join(', '));
    throw httpErrors.METHOD_WRONG({method: ctx.method.slice(0, 16)});
  });
  return app;
}

/** The first two parts of a path, as `/api/cases`: a router tries every address it knows, so each area has one of its own. */
function areaOf(path: string): string {
  const end = path.indexOf('/', path.indexOf('/', 1) + 1);
  return end === -1 ? path : path.slice(0, end);
}

/** Makes the server of an application with the time limits of a public border; it does not listen yet. */
export function createHttpServer(app: Koa): Server {
  const server = createServer({requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384}, app.callback());
  server.maxRequestsPerSocket = 0;
  return server;
}

function checkRoutes({routes, permissions}: HttpAppParts): void {
  const seen = new Set<string>();
  for (const {route} of routes) {
    for (const key of [route.id, `${route.method} ${route.path.replace(/:\w+/g, ':')}`]) {
      if (seen.has(key)) throw new Error(`Two routes share ${key}.`);
      seen.add(key);
    }
    if (areaOf(route.path).includes(':')) throw new Error(`The route ${route.id} needs a fixed name before its first parameter.`);
    if (route.permission !== 'public' && route.permission !== 'signedIn') permissions.checkKnown(route.permission);
  }
}

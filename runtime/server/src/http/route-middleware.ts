import type {Context} from 'koa';
import type {Route} from '@banli/api';
import {isAppError} from '@banli/errors';
import {machineActor, type AccessToken, type Identity, type Origin} from '@banli/people';
import {httpErrors} from './errors.js';
import {guardRoute, originOf, sessionCookie, type GuardParts} from './guard.js';
import {guardMachine, type MachineGuardParts} from './machine-guard.js';
import type {Metrics} from './metrics.js';
import {refusedStatuses, type RefusalLog} from './refusals.js';
import type {ReadBound} from './read-bound.js';
import {readJson} from './read-json.js';
import type {BoundRoute, FileAnswer, Reply, SignedRequest} from './request.js';
import {createRouteValidator} from './validate.js';

/** What every route is mounted with. */
export interface RouteMiddlewareParts extends GuardParts, MachineGuardParts {
  readonly metrics: Metrics;
  readonly https?: boolean;
  /** Told of commands of somebody signed in that were refused. */
  readonly refusals?: Pick<RefusalLog, 'note'>;
  /** Ends reads that wait for a database that hangs; without it they wait. */
  readonly readBound?: ReadBound;
}

/** Operations pages are asked for by machines, often. */
const unlimited = new Set(['operations.healthz', 'operations.readyz', 'operations.metrics', 'operations.openapi']);

/** Makes the middleware of one route: guard, input, handler, answer. */
export function createRouteMiddleware(parts: RouteMiddlewareParts, bound: BoundRoute): (ctx: Context) => Promise<void> {
  const {route} = bound;
  const validator = createRouteValidator(route);
  return async ctx => {
    const started = performance.now();
    ctx.state['routeId'] = route.id;
    ctx.state['quiet'] = unlimited.has(route.id);
    try {
      const origin = originOf(ctx);
      if (route.permission === 'public' && !unlimited.has(route.id)) parts.limit.take(`${origin.address} ${route.id}`);
      const work = answerOf(parts, ctx, bound, {origin, validator});
      writeAnswer(ctx, route, await (parts.readBound && route.reads && !unlimited.has(route.id) ? holdRead(parts.readBound, work) : work));
    } catch (error) {
      await noteRefusal(parts, ctx, route, error);
      throw error;
    } finally {
      ctx.res.once('finish', () => parts.metrics.observeRequest(route.id, ctx.res.statusCode, (performance.now() - started) / 1000));
    }
  };
}

/** Guard, input, handler. */
async function answerOf(parts: RouteMiddlewareParts, ctx: Context, {route, handle}: BoundRoute, {origin, validator}: {readonly origin: Origin; readonly validator: ReturnType<typeof createRouteValidator>}): Promise<unknown> {
  const machine = await guardMachine(parts, ctx, route, origin);
  const identity = machine ? null : await guardRoute(parts, ctx, route, origin);
  const input = {params: {...(ctx['params'] as Record<string, unknown>)}, query: {...ctx.query} as Record<string, unknown>, body: await readBody(ctx, route)};
  validator.check(input);
  return handle(toRequest(parts, ctx, {identity, machine}, input));
}

/** A file that comes when nobody waits any more is closed. */
async function holdRead(readBound: ReadBound, work: Promise<unknown>): Promise<unknown> {
  try {
    return await readBound.hold(work);
  } catch (error) {
    void work.then(answer => {
      if (typeof answer === 'object' && answer !== null && 'stream' in answer) (answer as FileAnswer).stream.destroy();
    }, () => undefined);
    throw error;
  }
}

/** Only what is no command leaves no row: reading, and callers whom nobody knows. */
async function noteRefusal({refusals}: RouteMiddlewareParts, ctx: Context, route: Route, error: unknown): Promise<void> {
  const identity = ctx.state['identity'] as Identity | undefined;
  if (!refusals || !identity || route.method === 'GET' || !isAppError(error) || !refusedStatuses.has(error.status)) return;
  const [subject = ''] = Object.values((ctx['params'] ?? {}) as Record<string, unknown>);
  await refusals.note({actor: identity.actor, routeId: route.id, code: error.code, status: error.status, subject: String(subject)});
}

async function readBody(ctx: Context, route: Route): Promise<unknown> {
  if (route.kind === 'upload') {
    if (!/^multipart\/form-data;/i.test(ctx.get('content-type'))) throw httpErrors.MEDIA_WRONG({wanted: 'multipart/form-data'});
    return undefined;
  }
  return route.body === undefined ? undefined : readJson(ctx.req);
}

function toRequest(parts: RouteMiddlewareParts, ctx: Context, {identity, machine}: {readonly identity: Identity | null; readonly machine: AccessToken | null}, input: {readonly params: unknown; readonly query: unknown; readonly body: unknown}): SignedRequest<Route> {
  const base = {...input, origin: originOf(ctx), incoming: ctx.req, reply: createReply(ctx, parts.https ?? false)};
  if (machine) return {...base, machine, actor: machineActor(machine, base.origin)} as unknown as SignedRequest<Route>;
  // A public handler has a type without identity; the guard has made sure that every other one has it.
  return (identity ? {...base, identity, actor: identity.actor} : base) as SignedRequest<Route>;
}

function createReply(ctx: Context, https: boolean): Reply {
  return {
    sessionCookie(token) {
      ctx.cookies.secure = https || ctx.cookies.secure;
      ctx.cookies.set(sessionCookie, token, {httpOnly: true, sameSite: 'strict', path: '/', secure: https, signed: false, overwrite: true});
    },
    status: code => {
      ctx.state['status'] = code;
    },
    header: (name, value) => ctx.set(name, value),
  };
}

function writeAnswer(ctx: Context, route: Route, answer: unknown): void {
  ctx.status = typeof ctx.state['status'] === 'number' ? ctx.state['status'] : route.status;
  if (!ctx.response.get('cache-control')) ctx.set('cache-control', 'no-store');
  if (route.status === 204) return;
  if (route.kind === 'file') return writeFile(ctx, answer as FileAnswer);
  if (route.kind === 'html' || route.kind === 'text') {
    ctx.type = route.kind === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';
    if (route.kind === 'html') ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");
    ctx.body = String(answer);
    return;
  }
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = JSON.stringify(answer);
}

/** Always a download: whatever a file holds, it is not shown as a page of ours. */
function writeFile(ctx: Context, answer: FileAnswer): void {
  const ascii = answer.name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  ctx.set('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(answer.name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`);
  ctx.set('content-security-policy', "default-src 'none'; sandbox");
  ctx.set('x-content-type-options', 'nosniff');
  ctx.type = answer.type;
  ctx.length = answer.sizeBytes;
  ctx.body = answer.stream;
}

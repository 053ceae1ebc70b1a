import type {Context} from 'koa';
import type {Route} from '@banli/api';
import {isAppError} from '@banli/errors';
import {peopleErrors, type AccessToken, type AccessTokens, type Origin} from '@banli/people';
import {httpErrors} from './errors.js';
import {sessionCookie} from './guard.js';
import type {RateLimit} from './rate-limit.js';

/** What the guard of outside systems needs. Without `tokens` none are taken. */
export interface MachineGuardParts {
  readonly tokens?: AccessTokens;
  readonly limit: RateLimit;
}

/** Own figure: a wrong secret costs as much as this many calls of a public route, so that guessing ends soon. */
const costOfWrong = 10;

/**
 * Lets an outside system through to a route that is open for such, or not. Its token stands in `Authorization: Bearer`; it never mixes with the session of a
 * person, so a page cannot borrow either of them.
 *
 * @returns `null` when the request shows no token: then it is a person's.
 * @throws AppError `HTTP_TOKEN_MIXED`, `HTTP_TOKEN_NOT_HERE`, `PEOPLE_TOKEN_INVALID`, `PEOPLE_TOKEN_SCOPE`, `HTTP_TOO_OFTEN`
 */
export async function guardMachine(parts: MachineGuardParts, ctx: Context, route: Route, origin: Origin): Promise<AccessToken | null> {
  if (route.permission === 'public') return null;
  const [, secret] = /^Bearer +(\S+)$/i.exec(ctx.get('authorization')) ?? [];
  if (secret === undefined) return null;
  if (ctx.cookies.get(sessionCookie) !== undefined || ctx.get('x-banli-csrf') !== '') throw httpErrors.TOKEN_MIXED();
  if (!route.machine || route.method !== 'GET' || !parts.tokens) throw httpErrors.TOKEN_NOT_HERE();
  const token = await parts.tokens.use(secret, origin).catch((error: unknown) => {
    if (isAppError(error, 'PEOPLE_TOKEN_INVALID')) for (let cost = 0; cost < costOfWrong; cost += 1) parts.limit.take(`${origin.address} token`);
    throw error;
  });
  ctx.state['personId'] = `token:${token.id}`;
  parts.limit.take(`token ${token.id}`, token.perMinute);
  const {catalogId = ''} = ctx['params'] as Readonly<Record<string, string>>;
  const wanted = route.machineCatalogs.length > 0 ? route.machineCatalogs : [catalogId];
  const missing = wanted.filter(id => !token.catalogs.some(each => each === '*' || each === id));
  if (!token.permissions.includes(route.permission) || missing.length > 0) throw peopleErrors.TOKEN_SCOPE({catalog: (missing.length > 0 ? missing : wanted).join(', ')});
  return token;
}

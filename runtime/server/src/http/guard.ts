import {timingSafeEqual} from 'node:crypto';
import type {Context} from 'koa';
import type {Route} from '@banli/api';
import {peopleErrors, type Identities, type Identity, type Origin} from '@banli/people';
import type {Permissions} from '@banli/permissions';
import {httpErrors} from './errors.js';

/** Name of the session cookie. */
export const sessionCookie = 'banli_session';

/** What the guard needs. `publicOrigins` are the addresses under which people reach us (`https://banli.example.gov.cn`); empty: whatever the request's own Host says. */
export interface GuardParts {
  readonly identities: Identities;
  readonly permissions: Permissions;
  readonly publicOrigins: readonly string[];
}

/**
 * Lets a request through to a route, or not: origin, session, token against forged requests, right. Deny by default.
 *
 * @returns Who it is, `null` at public routes.
 * @throws AppError `HTTP_ORIGIN_FOREIGN`, `PEOPLE_NOT_SIGNED_IN`, `PEOPLE_SESSION_ENDED`, `HTTP_CSRF_WRONG`, `PEOPLE_PASSWORD_MUST_CHANGE`, `PERMISSIONS_DENIED`.
 */
export async function guardRoute(parts: GuardParts, ctx: Context, route: Route, origin: Origin): Promise<Identity | null> {
  const writes = route.method !== 'GET';
  if (writes && !isOwnOrigin(ctx, parts.publicOrigins)) throw httpErrors.ORIGIN_FOREIGN();
  if (route.permission === 'public') return null;
  const token = ctx.cookies.get(sessionCookie);
  if (!token) throw peopleErrors.NOT_SIGNED_IN();
  const identity = await parts.identities.identify(token, origin);
  ctx.state['personId'] = identity.person.id;
  ctx.state['identity'] = identity;
  if (writes && !sameText(ctx.get('x-banli-csrf'), identity.csrf)) throw httpErrors.CSRF_WRONG();
  if (identity.session.mustChangePassword && !route.id.startsWith('session.')) throw peopleErrors.PASSWORD_MUST_CHANGE();
  if (route.permission === 'signedIn') return identity;
  await parts.permissions.refresh(identity.session.permissionsVersion);
  parts.permissions.demand(identity.actor, route.permission);
  return identity;
}

/** Where a request comes from. */
export function originOf(ctx: Context): Origin {
  return {requestId: String(ctx.state['requestId'] ?? ''), address: ctx.ip, agent: ctx.get('user-agent').slice(0, 200)};
}

/** Browsers send `Origin` with everything that changes something; other programs may leave it out, they hold no foreign cookie. */
function isOwnOrigin(ctx: Context, publicOrigins: readonly string[]): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin' && site !== 'none') return false;
  const origin = ctx.get('origin');
  if (origin === '') return true;
  if (publicOrigins.length > 0) return publicOrigins.includes(origin);
  return URL.canParse(origin) && new URL(origin).host === ctx.get('host');
}

function sameText(one: string, two: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(two)];
  return first.length === second.length && timingSafeEqual(first, second);
}

import {sessionRoutes, type PostView, type SessionView} from '@banli/api';
import {csrfOf, type Accounts, type Identities, type Identity, type LoggedIn, type Origin, type People, type Post} from '@banli/people';
import type {Permissions} from '@banli/permissions';
import type {Vault} from '@banli/store';
import {bindPublicRoute, bindRoute, type BoundRoute} from '../http/index.js';

/** What signing in and out needs. */
export interface SessionRouteParts {
  readonly login: (request: {readonly login: string; readonly password: string; readonly origin: Origin}) => Promise<LoggedIn>;
  readonly identities: Identities;
  readonly accounts: Accounts;
  readonly people: People;
  readonly permissions: Permissions;
  readonly vault: Pick<Vault, 'keyFor'>;
}

/** Binds the routes of the session. */
export function bindSessionRoutes(parts: SessionRouteParts): readonly BoundRoute[] {
  const {identities, accounts} = parts;
  return [
    bindPublicRoute(sessionRoutes.login, async ({body, origin, reply}) => {
      const {token} = await parts.login({login: body.account, password: body.password, origin});
      reply.sessionCookie(token);
      return toSession(parts, await identities.identify(token, origin), csrfOf(token));
    }),
    bindRoute(sessionRoutes.current, ({identity}) => toSession(parts, identity, identity.csrf)),
    bindRoute(sessionRoutes.logout, async ({identity, reply}) => {
      await identities.logout(identity);
      reply.sessionCookie(null);
      return {done: true as const};
    }),
    bindRoute(sessionRoutes.logoutEverywhere, async ({identity, reply}) => {
      await identities.logoutEverywhere(identity);
      reply.sessionCookie(null);
      return {done: true as const};
    }),
    bindRoute(sessionRoutes.switchPost, async ({body, identity, origin}) => toSession(parts, await identities.switchPost(identity, body.postId, origin), identity.csrf)),
    bindRoute(sessionRoutes.changePassword, async ({body, identity, actor}) => {
      await accounts.changePassword(actor, {sessionId: identity.session.id, current: body.current, next: body.next});
      return {done: true as const};
    }),
  ];
}

/** A post as the contract shows it. */
export function toPost(people: People, post: Post): PostView {
  const unit = people.unit(post.unitId);
  const roles = post.roles.map(id => ({id, title: people.role(id)?.title ?? {'zh-CN': id}}));
  return {id: post.id, unitId: post.unitId, unitName: unit?.name ?? post.unitId, areaCode: unit?.areaCode ?? '', roles};
}

async function toSession(parts: SessionRouteParts, identity: Identity, csrf: string): Promise<SessionView> {
  const {people, permissions, accounts} = parts;
  const account = await accounts.of(identity.person.id);
  await permissions.refresh(identity.session.permissionsVersion);
  return {
    person: {id: identity.person.id, name: identity.person.name, account: account?.login ?? ''},
    posts: identity.person.posts.map(post => toPost(people, post)),
    activePostId: identity.post.id,
    permissions: [...permissions.permissionsOf(identity.post.roles)],
    csrf,
    keptKey: parts.vault.keyFor(`kept texts ${identity.person.id}`),
    expiresAt: Math.min(identity.session.endsAt, identity.session.idleUntilAt),
    mustChangePassword: account?.mustChange ?? false,
  };
}

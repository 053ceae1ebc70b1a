import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {peopleErrors} from './errors.js';
import {actorOf} from './login.js';
import type {People} from './people.js';
import {csrfOf, type SessionRow, type Sessions} from './sessions.js';
import type {Origin, PeopleActor, PeopleAudit, Person, Post} from './types.js';

/** Who stands behind a request, as of this very moment. */
export interface Identity {
  readonly session: SessionRow;
  readonly person: Person;
  readonly post: Post;
  readonly actor: PeopleActor;
  readonly csrf: string;
}

/** Tells who a token belongs to, and changes what the session says. */
export interface Identities {
  /**
   * Finds the person and his post behind a token. The organisation is loaded anew first if it changed, so that a post, role or
   * account taken away is gone with the next request.
   * @throws AppError `PEOPLE_SESSION_ENDED`
   */
  identify(token: string, origin: Origin): Promise<Identity>;
  /** @throws AppError `PEOPLE_POST_FOREIGN` */
  switchPost(identity: Identity, postId: string, origin: Origin): Promise<Identity>;
  logout(identity: Identity): Promise<void>;
  /** Ends all sessions of the person; answers how many. */
  logoutEverywhere(identity: Identity): Promise<number>;
}

/** Makes identities from sessions and people. */
export function createIdentities(parts: {readonly store: Store; readonly clock: Clock; readonly people: People; readonly sessions: Sessions; readonly audit: PeopleAudit}): Identities {
  const {store, clock, people, sessions, audit} = parts;
  return {
    async identify(token, origin) {
      const session = await sessions.find(token);
      await people.refresh(session.peopleVersion);
      const person = people.person(session.personId);
      const post = person?.posts.find(candidate => candidate.id === session.postId);
      if (!person || !post) throw peopleErrors.SESSION_ENDED();
      return {session, person, post, actor: actorOf(person, post, origin), csrf: csrfOf(token)};
    },
    async switchPost(identity, postId, origin) {
      const post = identity.person.posts.find(candidate => candidate.id === postId);
      if (!post) throw peopleErrors.POST_FOREIGN();
      const actor = actorOf(identity.person, post, origin);
      await store.tx(async tx => {
        await sessions.switchPost(tx, identity.session.id, postId);
        await audit.record(tx, {actor, action: 'session.switchPost', subject: postId, result: 'done', at: clock.now()});
      });
      return {...identity, post, actor, session: {...identity.session, postId}};
    },
    async logout(identity) {
      await store.tx(async tx => {
        await sessions.end(tx, identity.session.id);
        await audit.record(tx, {actor: identity.actor, action: 'session.logout', subject: identity.person.id, result: 'done', at: clock.now()});
      });
    },
    logoutEverywhere: identity =>
      store.tx(async tx => {
        const count = await sessions.endAll(tx, identity.person.id);
        await audit.record(tx, {actor: identity.actor, action: 'session.logoutEverywhere', subject: identity.person.id, result: 'done', at: clock.now(), data: {sessions: count}});
        return count;
      }),
  };
}

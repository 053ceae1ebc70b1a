import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Done, Id, Moment, oneOf, orNull, strict, Text} from '../schemas.js';

/** A post: the person at one unit with his roles there. */
export const Post = Type.Object({id: Id, unitId: Id, unitName: Type.String(), areaCode: Type.String(), roles: Type.Array(Type.Object({id: Id, title: Text}))});
export type PostView = Static<typeof Post>;

/** Who is signed in. `permissions` are those of the active post. */
export const Session = Type.Object({
  person: Type.Object({id: Id, name: Type.String(), account: Type.String()}),
  posts: Type.Array(Post),
  activePostId: Id,
  permissions: Type.Array(Type.String()),
  csrf: Type.String(),
  keptKey: Type.String({description: 'What the person left unsaved in a browser is encrypted with; the same at each sign-in'}),
  expiresAt: Moment,
  mustChangePassword: Type.Boolean(),
});
export type SessionView = Static<typeof Session>;

/** Signing in and out, post and password. `PEOPLE_LOGIN_REFUSED` says not which of account and password was wrong; `PEOPLE_LOGIN_LOCKED` after too many tries; `PEOPLE_PASSWORD_…`, `PEOPLE_POST_FOREIGN`. */
export const sessionRoutes = {
  login: defineRoute({id: 'session.login', method: 'POST', path: '/api/session', permission: 'public', summary: 'Signs in with account and password; sets the session cookie', body: strict({account: Type.String({minLength: 1, maxLength: 64}), password: Type.String({minLength: 1, maxLength: 256})}), answer: Session}),
  current: defineRoute({id: 'session.current', method: 'GET', path: '/api/session', permission: 'signedIn', summary: 'Who is signed in', answer: Session}),
  logout: defineRoute({id: 'session.logout', method: 'DELETE', path: '/api/session', permission: 'signedIn', summary: 'Ends the session', answer: Done}),
  logoutEverywhere: defineRoute({id: 'session.logoutEverywhere', method: 'DELETE', path: '/api/session/everywhere', permission: 'signedIn', summary: 'Ends every session of the person', answer: Done}),
  switchPost: defineRoute({id: 'session.switchPost', method: 'PUT', path: '/api/session/post', permission: 'signedIn', summary: 'Works in another post of the same person', body: strict({postId: Id}), answer: Session}),
  changePassword: defineRoute({id: 'session.changePassword', method: 'PUT', path: '/api/session/password', permission: 'signedIn', summary: 'Changes the own password and ends the other sessions', body: strict({current: Type.String({maxLength: 256}), next: Type.String({maxLength: 256})}), answer: Done}),
};

/** A unit of the directory; `level` is 1 for the region, larger downwards. */
export const Unit = Type.Object({id: Id, name: Type.String(), titleEn: Type.Optional(Type.String()), kind: Type.String({description: 'centre, department, township, community'}), level: Type.Integer(), areaCode: Type.String(), parentId: orNull(Id)});
export type UnitView = Static<typeof Unit>;

/** Units and persons; an unknown person is `PEOPLE_PERSON_UNKNOWN`. */
export const peopleRoutes = {
  units: defineRoute({id: 'people.units', method: 'GET', path: '/api/units', permission: 'signedIn', summary: 'All units, for choosing one', answer: Type.Object({units: Type.Array(Unit)})}),
  persons: defineRoute({id: 'people.persons', method: 'GET', path: '/api/persons', permission: 'people.read', summary: 'Persons, their posts and whether they are locked', answer: Type.Object({persons: Type.Array(Type.Object({id: Id, name: Type.String(), account: Type.String(), status: oneOf('active', 'locked', 'disabled'), posts: Type.Array(Post)}))})}),
  unlock: defineRoute({id: 'people.unlock', method: 'POST', path: '/api/persons/:personId/unlock', permission: 'people.manage', summary: 'Lifts a lock-out', params: strict({personId: Id}), answer: Done}),
};

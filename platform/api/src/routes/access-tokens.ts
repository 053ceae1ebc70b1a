import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Id, Moment, orNull, strict, Text} from '../schemas.js';

/** A token of an outside system, without its secret. `catalogs` are ids, `*` for all; `areaCode` null for any area. */
export const AccessTokenJson = Type.Object({
  id: Id, name: Type.String(), permissions: Type.Array(Type.String()), catalogs: Type.Array(Type.String()), areaCode: orNull(Type.String()), perMinute: Type.Integer(),
  expiresAt: Moment, createdAt: Moment, createdByName: Type.String(), revokedAt: orNull(Moment), revokedByName: orNull(Type.String()), lastUsedAt: orNull(Moment),
});
export type AccessTokenView = Static<typeof AccessTokenJson>;

const NewToken = strict({
  name: Type.String({minLength: 1, maxLength: 100, pattern: '\\S'}),
  catalogs: Type.Array(Type.String({minLength: 1, maxLength: 64}), {minItems: 1, maxItems: 100, uniqueItems: true}),
  areaCode: orNull(Type.String({pattern: '^[0-9]{6,12}$'})),
  perMinute: Type.Integer({minimum: 1, maximum: 6_000}),
  days: Type.Integer({minimum: 1, maximum: 730}),
});

export const accessTokenRoutes = {
  list: defineRoute({id: 'accessTokens.list', method: 'GET', path: '/api/access-tokens', permission: 'tokens.manage', summary: 'Tokens of outside systems, newest first, ended ones included, the catalogs, and which of them a new one of this person may read', answer: Type.Object({tokens: Type.Array(AccessTokenJson), catalogs: Type.Array(Type.Object({id: Id, title: Text, mayGive: Type.Boolean()})), givesAll: Type.Boolean({description: 'Every catalog, later ones included, for any area'}), now: Moment})}),
  create: defineRoute({id: 'accessTokens.create', method: 'POST', path: '/api/access-tokens', permission: 'tokens.manage', summary: 'Makes a token that reads catalogs, no more than its maker may read; its secret is in this answer and nowhere else', body: NewToken, answer: Type.Object({token: AccessTokenJson, secret: Type.String()}), status: 201}),
  revoke: defineRoute({id: 'accessTokens.revoke', method: 'POST', path: '/api/access-tokens/:tokenId/revoke', permission: 'tokens.manage', summary: 'Ends a token at once; twice is once', params: strict({tokenId: Id}), answer: AccessTokenJson}),
};

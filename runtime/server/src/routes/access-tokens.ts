import {accessTokenRoutes, type AccessTokenView} from '@banli/api';
import type {CatalogService} from '@banli/catalogs';
import {peopleErrors, type AccessToken, type AccessTokens} from '@banli/people';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';
import type {TokenRights} from '../token-rights.js';

/** What the routes of tokens stand on. `clock` says which catalogs hold now; tokens end by `machineClock`. */
export interface AccessTokenRouteDeps {
  readonly tokens: AccessTokens;
  readonly rights: TokenRights;
  readonly catalogs: Pick<CatalogService, 'list'>;
  readonly clock: Clock;
  readonly machineClock: Clock;
}

/** Binds the routes of tokens of outside systems; making and revoking are audited where they are done. A catalog that is not there is refused, as a wrong id would read nothing, and one that the maker may not read. */
export function bindAccessTokenRoutes({tokens, rights, catalogs, clock, machineClock}: AccessTokenRouteDeps): readonly BoundRoute[] {
  return [
    bindRoute(accessTokenRoutes.list, async ({actor}) => {
      const [all, published] = await Promise.all([tokens.list(), catalogs.list(clock.now())]);
      return {tokens: all.map(toView), catalogs: published.map(({id, title, owner}) => ({id, title, mayGive: rights.mayGive(actor, owner)})), givesAll: rights.givesAll(actor), now: machineClock.now()};
    }),
    bindRoute(accessTokenRoutes.create, async ({actor, body}) => {
      const known = new Set((await catalogs.list(clock.now())).map(catalog => catalog.id));
      if (!body.catalogs.every(id => id === '*' || known.has(id))) throw peopleErrors.TOKEN_INPUT_BAD({field: 'catalogs'});
      await rights.demand(actor, body, clock.now());
      const {token, secret} = await tokens.create(actor, body);
      return {token: toView(token), secret};
    }),
    bindRoute(accessTokenRoutes.revoke, async ({actor, params}) => toView(await tokens.revoke(actor, params.tokenId))),
  ];
}

function toView(token: AccessToken): AccessTokenView {
  return {...token, permissions: [...token.permissions], catalogs: [...token.catalogs]};
}

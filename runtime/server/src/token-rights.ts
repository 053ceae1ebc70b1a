import type {CatalogService} from '@banli/catalogs';
import {machinePermissions, peopleErrors, type AccessTokenInput, type People} from '@banli/people';
import type {PermissionActor, Permissions} from '@banli/permissions';

/** What somebody may give to an outside system. */
export interface TokenRights {
  /** Whether he may read the catalogs of an owner himself, with every right that a token has. */
  mayGive(actor: PermissionActor, owner: string): boolean;
  /** Whether he may read every catalog, later ones included, for any area. */
  givesAll(actor: PermissionActor): boolean;
  /** @throws AppError `PEOPLE_TOKEN_BEYOND_MAKER` when the token could read what he may not. */
  demand(actor: PermissionActor, input: Pick<AccessTokenInput, 'catalogs' | 'areaCode'>, at: number): Promise<void>;
}

/**
 * A token never reads more than its maker may: whoever looks after the system hands out no view of the business that he does not have (三员分立).
 * @see Source: ADR 0022
 */
export function createTokenRights({permissions, people, catalogs}: {readonly permissions: Pick<Permissions, 'canWith' | 'reach'>; readonly people: Pick<People, 'unit'>; readonly catalogs: Pick<CatalogService, 'list' | 'branches'>}): TokenRights {
  const mayGive: TokenRights['mayGive'] = (actor, owner) => machinePermissions.every(permission => permissions.canWith(actor, permission, {unitIds: [owner], personIds: []}));
  const givesAll: TokenRights['givesAll'] = actor => machinePermissions.every(permission => permissions.reach(actor, permission).all);
  return {
    mayGive,
    givesAll,
    async demand(actor, {catalogs: wanted, areaCode}, at) {
      if (givesAll(actor)) return;
      const owners = new Map((await catalogs.list(at)).map(({id, owner}) => [id, owner]));
      const beyond = wanted.filter(id => !mayGive(actor, owners.get(id) ?? ''));
      if (beyond.length > 0) throw peopleErrors.TOKEN_BEYOND_MAKER({what: beyond.join(', ')});
      const own = people.unit(actor.unitId)?.areaCode ?? '';
      if (areaCode === null || !(await catalogs.branches('areas', areaCode, at)).includes(own)) throw peopleErrors.TOKEN_BEYOND_MAKER({what: areaCode ?? '*'});
    },
  };
}

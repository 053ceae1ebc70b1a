import type {LifeRights} from '@banli/catalogs';
import type {Permissions} from '@banli/permissions';

/**
 * Who may do what in which catalog: the owner in its manifest is a unit, or the name of no unit, which only a right over everything covers.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.2 (a department maintains its own); the reading of foreign owners is ours.
 */
export function createLifeRights(permissions: Pick<Permissions, 'canWith'>): LifeRights {
  return {may: (actor, permission, owner) => permissions.canWith(actor, permission, {unitIds: [owner], personIds: []})};
}

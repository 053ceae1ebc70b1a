import type {LifeRights, TellerDeps} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Permissions} from '@banli/permissions';

/**
 * Who may do what in which catalog: the owner in its manifest is a unit, or the name of no unit, which only a right over everything covers.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.2 (a department maintains its own); the reading of foreign owners is ours.
 */
export function createLifeRights(permissions: Pick<Permissions, 'canWith'>): LifeRights {
  return {may: (actor, permission, owner) => permissions.canWith(actor, permission, {unitIds: [owner], personIds: []})};
}

/** Who is told of versions and issues: rights as of now, in any post of a person; issues only to those who sit at the unit. */
export function createCatalogReaders(permissions: Pick<Permissions, 'can' | 'canWith'>, people: Pick<People, 'person' | 'persons' | 'unit'>): Omit<TellerDeps, 'notices'> {
  return {
    mayRead: personId => people.person(personId)?.posts.some(post => permissions.can(post, 'catalogs.read')) ?? false,
    completers: unitId => people.persons().filter(({posts}) => posts.some(post => post.unitId === unitId && permissions.canWith(post, 'catalogs.edit', {unitIds: [unitId], personIds: []}))).map(person => person.id),
    unitTitle(unitId) {
      const unit = people.unit(unitId);
      return {'zh-CN': unit?.name ?? unitId, ...(unit?.titleEn === undefined ? {} : {en: unit.titleEn})};
    },
  };
}

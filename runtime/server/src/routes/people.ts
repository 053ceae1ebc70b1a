import {peopleRoutes} from '@banli/api';
import type {Accounts, People} from '@banli/people';
import {bindRoute, type BoundRoute} from '../http/index.js';
import {toPost} from './session.js';

/** Binds the routes of units and persons. */
export function bindPeopleRoutes({people, accounts}: {readonly people: People; readonly accounts: Accounts}): readonly BoundRoute[] {
  return [
    bindRoute(peopleRoutes.units, async () => ({units: people.units().map(({id, name, titleEn, kind, level, areaCode, parentId}) => ({id, name, ...(titleEn === undefined ? {} : {titleEn}), kind, level, areaCode, parentId}))})),
    bindRoute(peopleRoutes.persons, async () => {
      const accountOf = new Map((await accounts.list()).map(account => [account.personId, account]));
      const persons = people.persons().map(person => {
        const account = accountOf.get(person.id);
        return {id: person.id, name: person.name, account: account?.login ?? '', status: account?.status ?? ('disabled' as const), posts: person.posts.map(post => toPost(people, post))};
      });
      return {persons};
    }),
    bindRoute(peopleRoutes.unlock, async ({params, actor}) => {
      await accounts.unlock(actor, params.personId);
      return {done: true as const};
    }),
  ];
}

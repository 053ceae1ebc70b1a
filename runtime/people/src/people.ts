import type {Store} from '@banli/store';
import {readPeopleVersion} from './people-version.js';
import {loadSnapshot, type Snapshot} from './snapshot.js';
import type {Person, Role, Unit} from './types.js';

/** The organisation, answered from memory. `refresh` makes it true again after a change by this or another process. */
export interface People {
  unit(unitId: string): Unit | null;
  /** Active units, upper levels first. */
  units(): readonly Unit[];
  person(personId: string): Person | null;
  /** Active persons, by id. */
  persons(): readonly Person[];
  /** Persons with one of the roles at exactly this unit, each once. */
  holders(roles: readonly string[], unitId: string): ReadonlyArray<{readonly id: string; readonly name: string}>;
  /** Queues of a person: `role@unit` of every post. */
  queuesOf(personId: string): readonly string[];
  role(roleId: string): Role | null;
  snapshot(): Snapshot;
  /** Loads the organisation anew if its version moved; `version` saves the look-up when the caller has it. */
  refresh(version?: number): Promise<void>;
}

/** Loads the organisation into memory. */
export async function createPeople(store: Store): Promise<People> {
  let current = await loadSnapshot(store.knex, await readPeopleVersion(store.knex));
  let loading: Promise<void> | null = null;
  const load = async () => {
    current = await loadSnapshot(store.knex, await readPeopleVersion(store.knex));
  };
  const people: People = {
    unit: unitId => current.units.get(unitId) ?? null,
    units: () => [...current.units.values()].filter(unit => unit.active),
    person: personId => current.persons.get(personId) ?? null,
    persons: () => [...current.persons.values()],
    holders(roles, unitId) {
      const found = roles.flatMap(role => current.holders.get(`${role}@${unitId}`) ?? []);
      return found.filter((holder, index) => found.findIndex(other => other.id === holder.id) === index);
    },
    queuesOf: personId => current.queues.get(personId) ?? [],
    role: roleId => current.roles.get(roleId) ?? null,
    snapshot: () => current,
    async refresh(version) {
      const wanted = version ?? (await readPeopleVersion(store.knex));
      // A version that went back means a restored database: one load, whatever it gives.
      const restored = wanted < current.version;
      while (restored || wanted > current.version) {
        loading ??= load().finally(() => {
          loading = null;
        });
        await loading;
        if (restored) return;
      }
    },
  };
  return people;
}

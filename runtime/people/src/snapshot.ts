import type {Knex} from 'knex';
import type {Person, Post, Role, Unit, UnitLevel} from './types.js';

/** The whole organisation in memory, as of one version. Never changed; a new version is a new snapshot. */
export interface Snapshot {
  readonly version: number;
  readonly units: ReadonlyMap<string, Unit>;
  /** Persons with an active account or post. */
  readonly persons: ReadonlyMap<string, Person>;
  readonly posts: ReadonlyMap<string, Post>;
  readonly roles: ReadonlyMap<string, Role>;
  /** `role@unit` → persons, in the order of their posts. */
  readonly holders: ReadonlyMap<string, ReadonlyArray<{readonly id: string; readonly name: string}>>;
  /** Person → `role@unit` of every post. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
}

interface UnitRow { readonly id: string; readonly name: string; readonly kind: string; readonly level: number; readonly area_code: string; readonly parent_id: string | null; readonly status: string; readonly title_en: string | null }
interface PostRow { readonly id: string; readonly person_id: string; readonly unit_id: string; readonly title: string }

/** Reads the organisation; `version` must have been read before it, so that a change meanwhile is seen again. */
export async function loadSnapshot(knex: Knex, version: number): Promise<Snapshot> {
  const [unitRows, roleRows, personRows, postRows, postRoleRows] = await Promise.all([
    knex('unit').orderBy(['level', 'sort_order', 'id']) as Promise<UnitRow[]>,
    knex('role').orderBy(['sort_order', 'id']) as Promise<Array<{id: string; title_zh: string; title_en: string}>>,
    knex('person').where({status: 'active'}).orderBy('id') as Promise<Array<{id: string; name: string}>>,
    knex('post').where({status: 'active'}).orderBy(['person_id', 'sort_order', 'id']) as Promise<PostRow[]>,
    knex('post_role').orderBy(['post_id', 'role_id']) as Promise<Array<{post_id: string; role_id: string}>>,
  ]);
  const units = buildUnits(unitRows);
  const posts = buildPosts(postRows, postRoleRows, units, new Set(personRows.map(row => row.id)));
  const persons = new Map(personRows.map(row => [row.id, {id: row.id, name: row.name, posts: posts.filter(post => post.personId === row.id)}]));
  return {
    version,
    units,
    persons,
    posts: new Map(posts.map(post => [post.id, post])),
    roles: new Map(roleRows.map(row => [row.id, {id: row.id, title: {'zh-CN': row.title_zh, en: row.title_en}}])),
    holders: buildHolders(posts, persons),
    queues: new Map([...persons].map(([id, person]) => [id, [...new Set(person.posts.flatMap(queuesOfPost))]])),
  };
}

/** The queues that a post serves: `role@unit`. */
export function queuesOfPost(post: Pick<Post, 'roles' | 'unitId'>): readonly string[] {
  return post.roles.map(role => `${role}@${post.unitId}`);
}

function buildUnits(rows: readonly UnitRow[]): ReadonlyMap<string, Unit> {
  const byId = new Map(rows.map(row => [row.id, row]));
  const pathOf = (row: UnitRow): readonly string[] => {
    const path = [row.id];
    for (let next = byId.get(row.parent_id ?? ''); next && !path.includes(next.id); next = byId.get(next.parent_id ?? '')) path.unshift(next.id);
    return path;
  };
  return new Map(rows.map(row => [row.id, {id: row.id, name: row.name, ...(row.title_en === null ? {} : {titleEn: row.title_en}), kind: row.kind, level: row.level as UnitLevel, areaCode: row.area_code, parentId: row.parent_id, path: pathOf(row), active: row.status === 'active'}]));
}

function buildPosts(rows: readonly PostRow[], roleRows: ReadonlyArray<{post_id: string; role_id: string}>, units: ReadonlyMap<string, Unit>, persons: ReadonlySet<string>): readonly Post[] {
  const roles = new Map<string, string[]>();
  for (const row of roleRows) roles.set(row.post_id, [...(roles.get(row.post_id) ?? []), row.role_id]);
  return rows
    .filter(row => units.get(row.unit_id)?.active && persons.has(row.person_id))
    .map(row => ({id: row.id, personId: row.person_id, unitId: row.unit_id, title: row.title, roles: roles.get(row.id) ?? []}));
}

function buildHolders(posts: readonly Post[], persons: ReadonlyMap<string, Person>): Snapshot['holders'] {
  const holders = new Map<string, Array<{id: string; name: string}>>();
  for (const post of posts) {
    const person = persons.get(post.personId);
    if (!person) continue;
    for (const queue of queuesOfPost(post)) {
      const list = holders.get(queue) ?? [];
      if (!list.some(holder => holder.id === person.id)) list.push({id: person.id, name: person.name});
      holders.set(queue, list);
    }
  }
  return holders;
}

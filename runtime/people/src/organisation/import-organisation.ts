import {createHash} from 'node:crypto';
import type {Store, Tx} from '@banli/store';
import {raisePeopleVersion} from '../people-version.js';
import type {PeopleVault} from '../types.js';
import type {Organisation} from './read-organisation.js';

const name = 'organisation.hash';

/**
 * Brings the tables to what the organisation's text files say, in one transaction. Rows that the files no longer name are
 * retired, never deleted. Nothing happens when the files are the ones loaded last.
 *
 * @returns Whether anything was loaded.
 */
export async function importOrganisation(store: Store, vault: PeopleVault, organisation: Organisation): Promise<boolean> {
  const hash = createHash('sha256').update(JSON.stringify(organisation)).digest('hex');
  return store.tx(async tx => {
    const known = await tx('setting').where({name}).first<{value: string} | undefined>();
    if (known?.value === hash) return false;
    await importUnits(tx, organisation);
    await importPersons(tx, vault, organisation);
    await importPosts(tx, organisation);
    await tx('setting').insert({name, value: hash}).onConflict('name').merge();
    await raisePeopleVersion(tx);
    return true;
  });
}

async function importUnits(tx: Tx, {units, roles}: Organisation): Promise<void> {
  const rows = units.map((unit, index) => ({id: unit.id, name: unit.name, title_en: unit.titleEn ?? null, kind: unit.kind, level: unit.level, area_code: unit.areaCode, parent_id: unit.parentId, sort_order: index, status: unit.status}));
  await retireOthers(tx, 'unit', rows.map(row => row.id));
  await upsert(tx, 'unit', rows);
  await upsert(tx, 'role', roles.map((role, index) => ({id: role.id, title_zh: role.titleZh, title_en: role.titleEn, sort_order: index})));
}

async function importPersons(tx: Tx, vault: PeopleVault, {persons}: Organisation): Promise<void> {
  const rows = persons.map(person => ({
    id: person.id,
    name: person.name,
    phone_sealed: person.phone === null ? null : vault.seal(person.phone),
    phone_index: person.phone === null ? null : vault.blindIndex(person.phone),
    status: person.status,
  }));
  await retireOthers(tx, 'person', rows.map(row => row.id));
  await upsert(tx, 'person', rows);
}

async function importPosts(tx: Tx, {posts}: Organisation): Promise<void> {
  const rows = posts.map((post, index) => ({id: post.id, person_id: post.personId, unit_id: post.unitId, title: post.title, sort_order: index, status: post.status}));
  await retireOthers(tx, 'post', rows.map(row => row.id));
  await upsert(tx, 'post', rows);
  await tx('post_role').delete();
  await upsert(tx, 'post_role', posts.flatMap(post => [...new Set(post.roles)].map(role => ({post_id: post.id, role_id: role}))), ['post_id', 'role_id']);
}

async function retireOthers(tx: Tx, table: string, ids: readonly string[]): Promise<void> {
  await tx(table).whereNotIn('id', [...ids]).update({status: 'retired'});
}

/** In pieces of 50 rows: SQLite takes a limited number of values in one statement. */
async function upsert(tx: Tx, table: string, rows: ReadonlyArray<Record<string, unknown>>, key: readonly string[] = ['id']): Promise<void> {
  for (let start = 0; start < rows.length; start += 50) await tx(table).insert(rows.slice(start, start + 50)).onConflict([...key]).merge();
}

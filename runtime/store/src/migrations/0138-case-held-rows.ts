import type {Knex} from 'knex';
import {idColumn, type Migration} from '../migration.js';

/** Which rows of catalogs open cases stand on by what their forms hold: so that they are looked up where a row is to go, and not searched for in every open case. */
export const migration: Migration = {
  name: '0138-case-held-rows',
  async up(knex) {
    await knex.schema.createTable('case_held_row', table => {
      idColumn(table, 'case_id');
      table.string('catalog_id', 64).notNullable();
      table.string('name', 128).notNullable();
      table.string('value', 255).notNullable();
      table.primary(['case_id', 'catalog_id', 'name', 'value']);
      table.index(['catalog_id', 'name', 'value'], 'case_held_row_value');
    });
    await fill(knex);
  },
};

const pageSize = 500;

interface StoredCase {
  readonly id: string;
  readonly release_hash: string;
  readonly form_values: string;
  readonly routing: string;
}

interface StoredNode {
  readonly type?: string;
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, StoredNode>>;
  readonly 'x-banli'?: {readonly id?: string; readonly element?: string; readonly sensitivity?: string};
}

/** Names of fields, and the element that each holds an option of. */
type Elements = ReadonlyMap<string, string>;

interface StoredRelease {
  readonly proposalRow: string | undefined;
  readonly catalog: string | undefined;
  readonly elements: Elements;
}

/** Walks through the open cases once. */
async function fill(knex: Knex): Promise<void> {
  const releases = new Map<string, StoredRelease>();
  const layers = new Map<string, Elements>();
  for (let after = ''; ;) {
    const cases = await knex('case_record').where({status: 'open'}).where('id', '>', after).orderBy('id').limit(pageSize).select<StoredCase[]>('id', 'release_hash', 'form_values', 'routing');
    for (const one of cases) {
      const release = releases.get(one.release_hash) ?? (await readRelease(knex, one.release_hash));
      releases.set(one.release_hash, release);
      const {layers: kept} = JSON.parse(one.routing) as {readonly layers?: {readonly now: string | null; readonly former: readonly string[]} | null};
      const elements = new Map(release.elements);
      for (const hash of kept ? [kept.now, ...kept.former] : []) {
        if (hash === null) continue;
        const own = layers.get(hash) ?? (await readLayer(knex, hash));
        layers.set(hash, own);
        for (const [field, element] of own) elements.set(field, element);
      }
      const rows = heldRows(one, release, elements);
      if (rows.length > 0) await knex('case_held_row').insert(rows).onConflict(['case_id', 'catalog_id', 'name', 'value']).ignore();
    }
    const last = cases.at(-1);
    if (!last || cases.length < pageSize) return;
    after = last.id;
  }
}

function heldRows(one: StoredCase, {proposalRow, catalog}: StoredRelease, elements: Elements): ReadonlyArray<Readonly<Record<string, string>>> {
  const values = JSON.parse(one.form_values) as Readonly<Record<string, unknown>>;
  const texts = (held: unknown) => [...new Set(Array.isArray(held) ? held : [held])].filter((value): value is string => typeof value === 'string' && value !== '').map(value => value.slice(0, 255));
  const proposals = proposalRow === undefined ? [] : texts(values[proposalRow]).map(value => ({case_id: one.id, catalog_id: 'responsibility', name: '', value}));
  const options = catalog === undefined ? [] : [...elements].flatMap(([field, element]) => texts(values[field]).map(value => ({case_id: one.id, catalog_id: catalog, name: element, value})));
  return [...proposals, ...options];
}

async function readRelease(knex: Knex, hash: string): Promise<StoredRelease> {
  const row = await knex('bundle_release').where({hash}).first<{compiled: string} | undefined>('compiled');
  if (!row) return {proposalRow: undefined, catalog: undefined, elements: new Map()};
  const {bundle} = JSON.parse(row.compiled) as {readonly bundle: {readonly manifest: {readonly caseFields: {readonly proposalRow?: string}; readonly classForm?: {readonly catalog: string}}; readonly forms: Readonly<Record<string, StoredNode>>}};
  const elements = new Map<string, string>();
  for (const form of Object.values(bundle.forms)) collect(form.properties ?? {}, elements);
  return {proposalRow: bundle.manifest.caseFields.proposalRow, catalog: bundle.manifest.classForm?.catalog, elements};
}

async function readLayer(knex: Knex, hash: string): Promise<Elements> {
  const row = await knex('form_layer').where({hash}).first<{body: string} | undefined>('body');
  const elements = new Map<string, string>();
  if (row) collect((JSON.parse(row.body) as {readonly classLayer?: StoredNode | null}).classLayer?.properties ?? {}, elements);
  return elements;
}

function collect(properties: Readonly<Record<string, StoredNode>>, into: Map<string, string>): void {
  for (const [name, node] of Object.entries(properties)) {
    if (node.type === 'void') collect(node.properties ?? {}, into);
    const binding = node['x-banli'];
    const element = binding?.element ?? /^element\.(.+)$/.exec(binding?.id ?? '')?.[1];
    if (element !== undefined && node.enum !== undefined && binding?.sensitivity !== 'encrypt') into.set(name, element);
  }
}

import {placedFields, type CaseLayers} from '@banli/formats';
import {queryRows, type Store} from '@banli/store';
import type {FoundNumbers, RowsAsked} from './catalog-rows-asked.js';
import type {Releases} from './releases/releases.js';
import {proposalCatalog} from './views/dispatch-reason.js';
import {walkRows} from './walk-rows.js';

/** Keys of the rows asked, by field of a form and the value that stands for the row there. */
type Wanted = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Finds open cases whose form holds what stands for rows of a catalog: the row they were dispatched by, or an option of an element. */
export class HeldValues {
  constructor(readonly store: Store, readonly releases: Pick<Releases, 'byHash'>) {}

  /** Walks through all open cases once, unless no form could hold what is asked. */
  async find(asked: RowsAsked, found: FoundNumbers): Promise<void> {
    const {knex} = this.store;
    const options = asked.table === 'options' ? await this.#options(asked) : new Map<string, Map<string, string[]>>();
    if (asked.catalogId !== proposalCatalog && options.size === 0) return;
    const wanted = new Map<string, Wanted>();
    for (const row of await queryRows(knex, "select distinct release_hash from case_record where status = 'open'", [])) {
      const hash = String(row['release_hash']);
      wanted.set(hash, await this.#wantedOf(hash, asked, options));
    }
    if ([...wanted.values()].every(fields => fields.size === 0)) return;
    const read = (after: string, limit: number) => queryRows(knex, "select id, number, release_hash, form_values from case_record where status = 'open' and id > ? order by id limit ?", [after, limit]);
    await walkRows(read, row => {
      const fields = wanted.get(String(row['release_hash']));
      if (!fields || fields.size === 0) return;
      const values = JSON.parse(String(row['form_values'])) as Readonly<Record<string, unknown>>;
      for (const [field, keysOf] of fields) {
        const held = values[field];
        for (const value of Array.isArray(held) ? held : [held]) for (const key of keysOf.get(String(value)) ?? []) found.add(key, String(row['number']));
      }
    }, () => asked.rows.every(({key}) => found.isFull(key)));
  }

  /** What the forms of a release may hold: the proposal's row as the bundle keeps it, and options where its classes are those of the catalog. */
  async #wantedOf(hash: string, {catalogId, rows}: RowsAsked, options: Wanted): Promise<Wanted> {
    const manifest = (await this.releases.byHash(hash))?.release.bundle.manifest;
    const wanted = new Map(manifest?.classForm?.catalog === catalogId ? options : []);
    const proposal = manifest?.caseFields.proposalRow;
    if (catalogId === proposalCatalog && proposal !== undefined) wanted.set(proposal, new Map(rows.map(({key}) => [key, [key]])));
    return wanted;
  }

  /** The options asked, by the fields that classes made of their elements. */
  async #options({rows}: RowsAsked): Promise<Map<string, Map<string, string[]>>> {
    const byElement = new Map<string, Array<{readonly key: string; readonly value: string}>>();
    for (const {key, values: {elementCode, value}} of rows) {
      if (elementCode === undefined || value === undefined) continue;
      const id = `element.${elementCode}`;
      byElement.set(id, [...(byElement.get(id) ?? []), {key, value}]);
    }
    const fields = new Map<string, Map<string, string[]>>();
    if (byElement.size === 0) return fields;
    const read = (after: string, limit: number) => queryRows(this.store.knex, 'select hash as id, body from form_layer where hash > ? order by hash limit ?', [after, limit]);
    await walkRows(read, row => {
      for (const {node, name} of placedFields((JSON.parse(String(row['body'])) as CaseLayers).classLayer?.properties ?? {})) {
        const keysOf = fields.get(name) ?? new Map<string, string[]>();
        for (const {key, value} of byElement.get(node['x-banli']?.id ?? '') ?? []) {
          fields.set(name, keysOf.set(value, [...new Set([...(keysOf.get(value) ?? []), key])]));
        }
      }
    }, () => false);
    return fields;
  }
}

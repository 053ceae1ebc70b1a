import {matterFormsOf, placedFields, receiversKnown, type CaseLayers, type CompiledBundle, type FormSchema} from '@banli/formats';
import type {Store} from '@banli/store';
import {factsOf} from './release-facts.js';
import type {Releases} from './releases/releases.js';

/** Orders that hold a row of a catalog (`order`), those of them whose process still runs (`process`), and files of current bundles that name it (`data`). */
export interface CatalogUse {
  readonly key: string;
  readonly kind: 'order' | 'process' | 'data';
  /** Numbers of orders, or bundle/file; at most five. */
  readonly examples: readonly string[];
  readonly count: number;
}

/** What the life of catalogs asks about cases and bundles. */
export interface CatalogUses {
  uses(catalogId: string, keys: readonly string[]): Promise<readonly CatalogUse[]>;
  /** Elements that layouts of current bundles hide, with bundle and file. */
  hiddenElements(catalogId: string): Promise<ReadonlyArray<{readonly code: string; readonly layout: string}>>;
  /** Current bundles, each with the forms that a matter may name. */
  applications(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Current bundles with a clock on a limit of the catalogs, each with the codes of the receivers that it knows. */
  receivers(): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Counting ends here: what is asked is whether a row may go. */
const mostCounted = 1_000;

/**
 * Finds the cases whose form holds rows of a catalog, by the fields that each release binds to it. Sealed values are not looked into.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11 (checks before an item goes).
 */
export function createCatalogUses({store, releases}: {readonly store: Store; readonly releases: Pick<Releases, 'byHash' | 'bundles'>}): CatalogUses {
  return {
    async uses(catalogId, keys) {
      const hashes = await store.knex('case_record').distinct('release_hash').select<Array<{release_hash: string}>>('release_hash');
      const asked = await fieldsOfLayers(store, catalogId);
      const found = new Map<string, Array<{readonly number: string; readonly open: boolean}>>(keys.map(key => [key, []]));
      for (const {release_hash: hash} of hashes) {
        const release = (await releases.byHash(hash))?.release;
        for (const field of release ? new Set([...fieldsOf(release, catalogId), ...asked]) : []) {
          for (const [key, list] of found) list.push(...(await holding(store, hash, field, key, mostCounted - list.length)));
        }
      }
      const named = await namedInBundles(releases, catalogId, keys);
      return [...found].flatMap(([key, list]) => {
        const places = (named.get(key) ?? []).map(number => ({number}));
        return [useOf(key, 'order', list), useOf(key, 'process', list.filter(one => one.open)), useOf(key, 'data', places)].filter(use => use.count > 0);
      });
    },
    async hiddenElements(catalogId) {
      const found: Array<{readonly code: string; readonly layout: string}> = [];
      for (const {bundleId, hash} of await releases.bundles()) {
        const bundle = (await releases.byHash(hash))?.release.bundle;
        if (bundle?.manifest.classForm?.catalog !== catalogId) continue;
        for (const [id, {form, fields}] of Object.entries(bundle.layouts ?? {})) {
          if (form !== bundle.manifest.classForm.form) continue;
          const hidden = Object.entries(fields).filter(([field, placement]) => placement.hidden && field.startsWith(elementPrefix));
          found.push(...hidden.map(([field]) => ({code: field.slice(elementPrefix.length), layout: `${bundleId}/forms/layouts/${id}.layout.json`})));
        }
      }
      return found;
    },
    async applications() {
      const found = new Map<string, readonly string[]>();
      for (const {bundleId, hash} of await releases.bundles()) {
        const release = (await releases.byHash(hash))?.release;
        if (!release) continue;
        const {start, standIns, extensions} = matterFormsOf(release);
        found.set(bundleId, [...(start === null ? [] : [start]), ...standIns, ...extensions]);
      }
      return found;
    },
    async receivers() {
      const found = new Map<string, readonly string[]>();
      for (const {bundleId, hash} of await releases.bundles()) {
        const limits = (await releases.byHash(hash))?.release.bundle.limits;
        const known = limits && receiversKnown(limits);
        if (known) found.set(bundleId, known);
      }
      return found;
    },
  };
}

/** Ids of fields made from elements begin so. */
const elementPrefix = 'element.';

/** Files of current bundles with a field bound to the catalog that hold a key in quotes, as expressions and tables do. */
async function namedInBundles(releases: Pick<Releases, 'byHash' | 'bundles'>, catalogId: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = new Map<string, string[]>(keys.map(key => [key, []]));
  for (const {bundleId, hash} of await releases.bundles()) {
    const release = (await releases.byHash(hash))?.release;
    if (!release || fieldsOf(release, catalogId).length === 0) continue;
    for (const [file, text] of Object.entries(release.bundle.files)) {
      for (const [key, places] of named) {
        if ([`"${key}"`, `'${key}'`, `&quot;${key}&quot;`, `\\"${key}\\"`].some(quoted => text.includes(quoted))) places.push(`${bundleId}/${file}`);
      }
    }
  }
  return named;
}

function fieldsOf(release: CompiledBundle, catalogId: string): readonly string[] {
  const layers = Object.values(release.bundle.extensions ?? {}).flatMap(({properties}) => boundTo(properties, catalogId));
  return [...[...factsOf(release).fields].filter(([, node]) => node['x-banli']?.catalog?.id === catalogId).map(([name]) => name), ...layers];
}

/** Fields that classes of cases ask and that hold rows of the catalog. */
async function fieldsOfLayers(store: Store, catalogId: string): Promise<readonly string[]> {
  const rows = await store.knex('form_layer').where('body', 'like', `%"catalog":{"id":${JSON.stringify(catalogId)}%`).select<Array<{body: string}>>('body');
  return [...new Set(rows.flatMap(({body}) => boundTo((JSON.parse(body) as CaseLayers).classLayer?.properties ?? {}, catalogId)))];
}

function boundTo(properties: FormSchema['properties'], catalogId: string): readonly string[] {
  return placedFields(properties).filter(({node}) => node['x-banli']?.catalog?.id === catalogId).map(({name}) => name);
}

async function holding(store: Store, hash: string, field: string, key: string, limit: number): Promise<ReadonlyArray<{readonly number: string; readonly open: boolean}>> {
  if (limit <= 0) return [];
  const like = (text: string) => text.replaceAll(/[!%_]/g, wild => `!${wild}`);
  const name = like(JSON.stringify(field));
  const value = like(JSON.stringify(key));
  const rows = await store.knex('case_record').where({release_hash: hash})
    .whereRaw("(form_values like ? escape '!' or form_values like ? escape '!')", [`%${name}:${value}%`, `%${name}:[%${value}%`])
    .orderBy('id', 'desc').limit(limit).select<Array<{number: string; status: string; form_values: string}>>('number', 'status', 'form_values');
  return rows.filter(row => {
    const held = (JSON.parse(row.form_values) as Record<string, unknown>)[field];
    return held === key || (Array.isArray(held) && held.includes(key));
  }).map(row => ({number: row.number, open: row.status === 'open'}));
}

function useOf(key: string, kind: CatalogUse['kind'], list: ReadonlyArray<{readonly number: string}>): CatalogUse {
  return {key, kind, count: list.length, examples: list.slice(0, 5).map(one => one.number)};
}

import {readManifest, readShape, sameRules} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import type {CatalogSource} from './publish.js';

/**
 * Gives published versions the words (titles of columns and values) of newer texts of their row schemas, where these ask the same of a row: so that
 * a data folder of before speaks the same words as a new one. Only what has no words gets some: a version that has them, perhaps because an administrator renamed a
 * column, keeps them. Rows and rules of a version never change.
 */
export async function renewSchemaWords(store: Store, sources: readonly CatalogSource[]): Promise<void> {
  const fresh = new Map(sources.flatMap(source => {
    const {manifest} = readManifest(source.files['catalog.yaml']);
    return manifest ? [[manifest.id, source.files] as const] : [];
  }));
  const versions = await store.knex('catalog_version').whereIn('catalog_id', [...fresh.keys()]).whereNotNull('row_schemas').select<Array<{id: string; catalog_id: string; row_schemas: string}>>('id', 'catalog_id', 'row_schemas');
  for (const version of versions) {
    const files = fresh.get(version.catalog_id) ?? {};
    const known = JSON.parse(version.row_schemas) as Record<string, string>;
    const renewed = Object.fromEntries(Object.entries(known).map(([path, text]) => {
      const newer = files[path];
      return [path, newer !== undefined && !hasWords(text) && sameRules(newer, text) ? newer : text];
    }));
    const text = JSON.stringify(renewed);
    if (text !== version.row_schemas) await store.knex('catalog_version').where({id: version.id}).update({row_schemas: text});
  }
}

function hasWords(schema: string): boolean {
  const {title, columns} = readShape(schema);
  return title !== null || columns.some(column => column.title['zh-CN'] !== column.name);
}

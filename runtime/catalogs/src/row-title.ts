import type {LocalizedText} from '@banli/formats';
import {keyParts, type CatalogTable} from '@banli/formats/catalogs';
import {titleOf} from './choices.js';
import {levelTitle} from './find-limit.js';
import type {PublishedVersion} from './version.js';

/** Titles of rows of lists that are no catalogs, such as units, in both languages or in Chinese alone; `null` for unknown ones. */
export type ElsewhereTitle = (key: string) => LocalizedText | string | null;

/**
 * The key of a row of a matrix or relation in words: each part by the title of the row it points to. Parts that point nowhere (such as
 * a kind) are left out, unknown ones stay as they are. A row that has a title of its own is called by it.
 *
 * @param versionOf - Reads another catalog as of the same moment; `null` where it is unknown.
 * @returns `null` when no part has a title.
 */
export async function rowTitle(version: PublishedVersion, key: string, versionOf: (catalogId: string) => Promise<PublishedVersion | null>, elsewhere: ElsewhereTitle): Promise<LocalizedText | null> {
  const definition = tableOf(version, key);
  const parts = definition && keyParts(definition, key);
  if (!parts) return null;
  const own = parts.length === 1 ? version.tables.get(version.head.catalogId)?.byKey.get(key) : undefined;
  if (own?.values['titleZh'] !== undefined) return titleOf(own);
  let known = false;
  const titles: LocalizedText[] = [];
  for (const {column, value: part} of parts) {
    const reference = definition?.references?.find(each => each.column === column);
    if (!reference && column === 'level' && part !== '*') titles.push(levelTitle(part));
    if (!reference || reference.except?.includes(part)) continue;
    const title = await titleAt(version, reference, part, versionOf, elsewhere);
    if (title) known = true;
    titles.push(title ?? {'zh-CN': part});
  }
  return known ? {'zh-CN': titles.map(title => title['zh-CN']).join('·'), en: titles.map(title => title.en ?? title['zh-CN']).join(' · ')} : null;
}

/** The table that a key stands in: the main one, else the first other one that has it. */
function tableOf(version: PublishedVersion, key: string): CatalogTable | null {
  const main = version.manifest.tables[version.head.catalogId];
  if (main && keyParts(main, key) !== null) return main;
  const other = [...version.tables].find(([, table]) => table.byKey.has(key))?.[0];
  return (other === undefined ? undefined : version.manifest.tables[other]) ?? null;
}

async function titleAt(own: PublishedVersion, reference: {readonly catalog: string; readonly table?: string; readonly elsewhere?: boolean}, key: string, versionOf: (catalogId: string) => Promise<PublishedVersion | null>, elsewhere: ElsewhereTitle): Promise<LocalizedText | null> {
  if (reference.elsewhere) {
    const name = elsewhere(key);
    return typeof name === 'string' ? {'zh-CN': name} : name;
  }
  const version = reference.catalog === own.head.catalogId ? own : await versionOf(reference.catalog);
  const row = version?.tables.get(reference.table ?? reference.catalog)?.byKey.get(key);
  return row ? titleOf(row) : null;
}

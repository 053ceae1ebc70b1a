import type {PublishedRow, PublishedVersion} from './version.js';

/** The row and its parents, innermost first. */
export function chainOf(version: PublishedVersion, key: string): readonly PublishedRow[] {
  const {catalogId} = version.head;
  const parent = version.manifest.tables[catalogId]?.parent;
  const chain: PublishedRow[] = [];
  for (let at: string | undefined = key; at !== undefined;) {
    const row: PublishedRow | undefined = version.tables.get(catalogId)?.byKey.get(at);
    if (!row) break;
    chain.push(row);
    at = parent === undefined ? undefined : row.values[parent];
  }
  return chain;
}

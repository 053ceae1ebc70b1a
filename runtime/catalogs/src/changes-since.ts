import {catalogErrors} from './errors.js';
import {diffVersions} from './life/compare.js';
import type {ChangesPage, ChangesQuery} from './service.js';
import type {VersionStore} from './version-store.js';
import type {PublishedVersion} from './version.js';

/**
 * What changed since a version, page by page: a cursor names the version that the first page was held against, so that the pages of one reading fit together.
 *
 * @param areas - The area whose layers count, and those around it; none for what the owner published.
 * @throws AppError `CATALOG_VERSION_UNKNOWN` also for a layer of another area
 */
export async function changesSince(versions: VersionStore, areas: readonly string[], {catalogId, version, at, areaCode, cursor, limit}: ChangesQuery): Promise<ChangesPage> {
  const named = async (name: string): Promise<PublishedVersion> => {
    const [, area] = /\+(\d+)\./.exec(name) ?? [];
    const found = areaCode === undefined || area === undefined || areas.includes(area) ? await versions.versionNamed(catalogId, name, at) : null;
    if (!found) throw catalogErrors.VERSION_UNKNOWN({catalog: catalogId, version: name});
    return found;
  };
  const before = await named(version);
  const [to, seen] = cursor === undefined ? [undefined, 0] : [cursor.slice(0, cursor.lastIndexOf(':')), Number(cursor.slice(cursor.lastIndexOf(':') + 1))];
  const now = to === undefined ? await versions.versionFor(catalogId, areas, at) : await named(to);
  const all = diffVersions(before, now);
  const rows = all.slice(seen, seen + limit).map(({table, key, op}) => ({table, key, op, values: now.tables.get(table)?.byKey.get(key)?.values ?? null}));
  return {version: now.head.version, rows, nextCursor: all.length > seen + limit ? `${now.head.version}:${seen + limit}` : null};
}

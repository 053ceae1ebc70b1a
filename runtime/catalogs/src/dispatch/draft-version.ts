import {readCatalog, type LoadedCatalog} from '@banli/formats/catalogs';
import {parseDate, startOfDay} from '@banli/time';
import {catalogErrors} from '../errors.js';
import type {CatalogSource} from '../publish.js';
import type {PublishedTable, PublishedVersion} from '../version.js';

/**
 * A catalog that is not published, as if it were: for questions about a draft. Its rows are checked, its references to other catalogs are not.
 * @throws AppError `CATALOG_INVALID` with all problems of the files.
 */
export function draftVersion(source: CatalogSource): PublishedVersion {
  const {catalog, problems} = readCatalog(source.files);
  const errors = problems.filter(problem => problem.severity !== 'warning');
  if (!catalog || errors.length > 0) throw catalogErrors.INVALID({count: errors.length}, {problems: errors});
  return loadedVersion(catalog);
}

/** A catalog as it was read from its files, as if it were published. */
export function loadedVersion({manifest, tables: loaded}: LoadedCatalog): PublishedVersion {
  const tables = new Map<string, PublishedTable>();
  for (const table of Object.values(loaded)) {
    const rows = table.entries.map(entry => ({key: entry.key, values: entry.values}));
    tables.set(table.name, {rows, byKey: new Map(rows.map(row => [row.key, row]))});
  }
  const head = {
    id: '', catalogId: manifest.id, version: manifest.version, kind: manifest.kind, titleZh: manifest.title['zh-CN'], titleEn: manifest.title.en ?? '', owner: manifest.owner,
    effectiveAt: startOfDay(parseDate(manifest.effectiveFrom)), publishedAt: 0, publishedBy: '', hash: '', rowCount: [...tables.values()].reduce((sum, table) => sum + table.rows.length, 0),
  };
  return {head, manifest, tables};
}

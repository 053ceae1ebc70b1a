import type {ElementTables} from '@banli/formats/catalogs';
import {draftVersion} from './dispatch/draft-version.js';
import type {CatalogSource} from './publish.js';
import {activeRows, memoPerVersion, type PublishedVersion} from './version.js';

/** The tables from which class forms are made; worked out once per version. */
export const elementTablesOf: (version: PublishedVersion) => ElementTables = memoPerVersion(version => {
  const rows = (table: string) => activeRows(version, table).map(row => row.values);
  return {version: version.head.version, elements: rows('elements'), options: rows('options'), uses: rows('uses'), dependencies: rows('dependencies')};
});

/** As `elementTablesOf`, of a catalog that is not published. @throws AppError `CATALOG_INVALID` with all problems of the files */
export function draftElements(source: CatalogSource): ElementTables {
  return elementTablesOf(draftVersion(source));
}

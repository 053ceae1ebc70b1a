import type {ElementTables} from '@banli/formats/catalogs';
import {draftVersion} from './dispatch/draft-version.js';
import type {CatalogSource} from './publish.js';
import {activeRows, memoPerVersion, type PublishedVersion} from './version.js';

/** The tables from which class forms are made; worked out once per version. */
export const elementTablesOf: (version: PublishedVersion) => ElementTables = memoPerVersion(version => {
  const rows = (table: string) => activeRows(version, table).map(row => row.values);
  return {version: version.head.version, elements: rows('elements'), options: rows('options'), uses: rows('uses'), dependencies: rows('dependencies')};
});

/** Who requires an element, by its code: matters whose use of it says so, and elements that bring it along. No layout of a form may hide those. */
export function requiredElements({uses, dependencies}: ElementTables): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (code = '', by = ''): void => void found.set(code, [...(found.get(code) ?? []), by]);
  for (const {elementCode, matterCode, required, status} of uses) if (required === 'yes' && status !== 'retired') add(elementCode, matterCode);
  for (const {otherCode, elementCode, kind, status} of dependencies) if (kind === 'requires' && status !== 'retired') add(otherCode, elementCode);
  return found;
}

/** As `elementTablesOf`, of a catalog that is not published. @throws AppError `CATALOG_INVALID` with all problems of the files */
export function draftElements(source: CatalogSource): ElementTables {
  return elementTablesOf(draftVersion(source));
}

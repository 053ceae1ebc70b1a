import type {CatalogManifest} from '@banli/formats/catalogs';
import {withBounds} from './bound-cells.js';
import {withSettings} from './settings-row.js';

/** What of a manifest no row of columns or settings says: without titles, owner, review, keepers and bounds. */
export function unsaid(manifest: CatalogManifest): CatalogManifest {
  const plain = withSettings(manifest, {});
  const tables = Object.entries(plain.tables).map(([name, table]) => [name, withBounds(table, (table.issue?.overrides ?? []).map(({columns: [column = '']}) => ({column})))] as const);
  return {...plain, tables: Object.fromEntries(tables)};
}

import {writeManifest} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import {applyChanges, composeSource} from '../life/tables.js';
import {versionsOf} from '../life/versions.js';
import type {CatalogSource} from '../publish.js';

/**
 * A published version as the text files of its folder: manifest, row schemas, tables. What administrators made of it comes along, so that the next version may be written as
 * text again.
 *
 * @param version - By default the last one.
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_VERSION_UNKNOWN`, `CATALOG_CHANGE_SCHEMAS_MISSING`
 */
export async function publishedSource(store: Store, catalogId: string, version?: string): Promise<CatalogSource> {
  const versions = versionsOf(store);
  const base = await versions.withSchemas(version === undefined ? await versions.published(catalogId) : await versions.named(catalogId, version));
  const {name, files} = composeSource(base, applyChanges(base, []), base.manifest);
  return {name, files: {...files, 'catalog.yaml': writeManifest(base.manifest)}};
}

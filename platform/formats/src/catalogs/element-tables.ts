import type {CatalogRow} from './manifest.js';

/** The tables of an elements catalog (事项要素) as of a moment, and the version they come from. */
export interface ElementTables {
  readonly version: string;
  readonly elements: readonly CatalogRow[];
  readonly options: readonly CatalogRow[];
  readonly uses: readonly CatalogRow[];
  readonly dependencies: readonly CatalogRow[];
}

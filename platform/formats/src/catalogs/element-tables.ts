import type {CatalogRow} from './manifest.js';

/** The tables of an elements catalog (事项要素) as of a moment, and the version they come from. */
export interface ElementTables {
  readonly version: string;
  readonly elements: readonly CatalogRow[];
  readonly options: readonly CatalogRow[];
  readonly uses: readonly CatalogRow[];
  readonly dependencies: readonly CatalogRow[];
}

/** The element that a row of uses or links requires, with the column that says so; `null` when it requires none. */
export function elementDemand(table: string, row: CatalogRow): {readonly code: string; readonly column: string} | null {
  if (row['status'] === 'retired') return null;
  if (table === 'uses' && row['required'] === 'yes') return {code: row['elementCode'] ?? '', column: 'required'};
  return table === 'dependencies' && row['kind'] === 'requires' ? {code: row['otherCode'] ?? '', column: 'otherCode'} : null;
}

/** Who requires an element, by its code: matters whose use of it says so, and elements that bring it along. No layout of a form may hide those. */
export function requiredElements({uses, dependencies}: Pick<ElementTables, 'uses' | 'dependencies'>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (code: string | undefined, by = ''): void => {
    if (code !== undefined) found.set(code, [...(found.get(code) ?? []), by]);
  };
  for (const use of uses) add(elementDemand('uses', use)?.code, use['matterCode']);
  for (const link of dependencies) add(elementDemand('dependencies', link)?.code, link['elementCode']);
  return found;
}

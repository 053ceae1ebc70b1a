import type {Problem} from '@banli/errors';
import {elementDemand, type LoadedCatalog} from '@banli/formats/catalogs';
import {catalogErrors} from './errors.js';
import type {PublishedVersion} from './version.js';

/** An element that a layout of a form in use hides, with the layout (bundle/file). */
export interface HiddenElement {
  readonly code: string;
  readonly layout: string;
}

/** Elements that layouts hide, by catalog of elements. */
export type HiddenElements = ReadonlyMap<string, readonly HiddenElement[]>;

/** Asks which elements of catalogs are hidden. Ask before a transaction begins: layouts stand elsewhere in the database. */
export async function askHidden(catalogs: ReadonlyArray<Pick<LoadedCatalog, 'manifest' | 'tables'>>, ask: ((catalogId: string) => Promise<readonly HiddenElement[]>) | undefined): Promise<HiddenElements> {
  const found = new Map<string, readonly HiddenElement[]>();
  for (const {manifest, tables} of catalogs) if (ask && tables['uses']) found.set(manifest.id, await ask(manifest.id));
  return found;
}

/**
 * Rows of a catalog from files that require what a layout in use hides, each with file and line. What the last version required already is no news: forms show it anyway.
 * @see The same rule for change sets: `life/rules/elements.ts`; for layouts: `LAYOUT_HIDES_REQUIRED` of bundles.
 */
export function hiddenProblems({tables}: LoadedCatalog, last: PublishedVersion | undefined, hidden: readonly HiddenElement[]): readonly Problem[] {
  if (hidden.length === 0) return [];
  return ['uses', 'dependencies'].flatMap(name => (tables[name]?.entries ?? []).flatMap((entry): Problem[] => {
    const demand = elementDemand(name, entry.values);
    const before = last?.tables.get(name)?.byKey.get(entry.key)?.values;
    if (!demand || (before && elementDemand(name, before)?.code === demand.code)) return [];
    const layouts = hidden.filter(each => each.code === demand.code).map(each => each.layout);
    if (layouts.length === 0) return [];
    const {code, message, details} = catalogErrors.ELEMENT_HIDDEN({key: entry.key, element: demand.code, layout: layouts.join(', ')});
    return [{code, message, details, place: {file: tables[name]?.definition.file ?? '', line: entry.line, field: demand.column}}];
  }));
}

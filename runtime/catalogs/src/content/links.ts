import type {CatalogManifest, CatalogRow} from '@banli/formats/catalogs';
import {contentErrors} from './errors.js';
import {circlesOf, inUse, newOnly, type ContentFinding, type ContentWorld} from './model.js';

/** Units that rows name are there and in use. What stood before a unit went is no reason to refuse another change. */
export const unitRule = newOnly(world => {
  const {isUnit, own: {manifest}} = world;
  return isUnit ? Object.keys(manifest.tables).flatMap(table => unitFindings(manifest, isUnit, table, world.rows(table))) : [];
});

/** The same of some rows of a table. */
export function unitFindings({tables}: CatalogManifest, isUnit: (unitId: string) => boolean, table: string, rows: Iterable<readonly [string, CatalogRow]>): readonly ContentFinding[] {
  const named = (tables[table]?.references ?? []).filter(reference => reference.elsewhere && (reference.table ?? reference.catalog) === 'units');
  return named.length === 0 ? [] : [...rows].flatMap(([key, row]) => named.flatMap(({column, except}): readonly ContentFinding[] => {
    const unit = row[column];
    if (unit === undefined || row['status'] === 'retired' || except?.includes(unit) || isUnit(unit)) return [];
    return [{error: contentErrors.UNIT_UNKNOWN({key, unit, other: unit}), table, key, field: column}];
  }));
}

/** Elements whose being shown leads back to themselves would never show. */
export function elementCircleRule(world: ContentWorld): readonly ContentFinding[] {
  const table = 'dependencies';
  const links = [...inUse(world.rows(table))].filter(([, row]) => row['kind'] === 'shown-when');
  const next = new Map<string, string[]>();
  for (const [, row] of links) next.set(row['elementCode'] ?? '', [...(next.get(row['elementCode'] ?? '') ?? []), row['otherCode'] ?? '']);
  const circles = circlesOf(next);
  return links.flatMap(([key, row]): readonly ContentFinding[] => {
    const [element = '', other = ''] = [row['elementCode'], row['otherCode']];
    const way = circles.get(element);
    return way?.[1] === other ? [{error: contentErrors.ELEMENT_CIRCLE({key: element, other, path: way.join(' → ')}), table, key, field: 'otherCode'}] : [];
  });
}

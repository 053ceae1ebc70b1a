import {contentErrors} from './errors.js';
import {circlesOf, inUse, newOnly, type ContentFinding, type ContentWorld} from './model.js';

/** Units that rows name are there and in use. What stood before a unit went is no reason to refuse another change. */
export const unitRule = newOnly(world => {
  const {isUnit} = world;
  if (!isUnit) return [];
  return Object.entries(world.own.manifest.tables).flatMap(([table, {references = []}]) => references.filter(reference => reference.elsewhere && (reference.table ?? reference.catalog) === 'units').flatMap(({column, except}) =>
    [...inUse(world.rows(table))].flatMap(([key, row]): readonly ContentFinding[] => {
      const unit = row[column];
      return unit === undefined || except?.includes(unit) || isUnit(unit) ? [] : [{error: contentErrors.UNIT_UNKNOWN({key, unit, other: unit}), table, key, field: column}];
    })));
});

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

import type {Problem} from '@banli/errors';
import type {CatalogReference} from '@banli/formats/catalogs';
import {changeErrors} from '../errors.js';
import {problemOf} from '../problem.js';
import {tableOf} from '../tables.js';
import {allReferences, catalogZh, isActive, placeOf, tableIn, type Draft} from './draft.js';

/** Rows that hang on leaves hang on one that is in use and has nothing below. Test A5. */
export function leafRule(draft: Draft): readonly Problem[] {
  return draft.changes.flatMap(change => {
    if (!isActive(change.after)) return [];
    return (tableOf(draft.base.manifest, change.tableName).references ?? []).filter(reference => reference.leaf).flatMap(reference => {
      const value = change.after[reference.column];
      if (value === undefined || isLeaf(draft, reference, value)) return [];
      return [problemOf(changeErrors.NOT_LEAF({key: change.rowKey, parent: value, catalog: reference.catalog, catalogZh: catalogZh(draft, reference.catalog)}), placeOf(draft, change, reference.column))];
    });
  });
}

/** A leaf on which rows of any catalog hang gets nothing below it. */
export function leafInUseRule(draft: Draft): readonly Problem[] {
  const {manifest} = draft.base;
  return draft.changes.flatMap(change => {
    const {parent} = tableOf(manifest, change.tableName);
    const above = parent === undefined ? undefined : change.after[parent];
    if (above === undefined || !isActive(change.after)) return [];
    for (const {catalogId, reference, rows} of allReferences(draft)) {
      if (!reference.leaf || reference.catalog !== manifest.id || (reference.table ?? reference.catalog) !== change.tableName) continue;
      const hanging = [...rows].find(([, row]) => isActive(row) && row[reference.column] === above);
      if (hanging) return [problemOf(changeErrors.LEAF_IN_USE({parent: above, key: change.rowKey, catalog: catalogId, catalogZh: catalogZh(draft, catalogId), example: hanging[0]}), placeOf(draft, change, parent))];
    }
    return [];
  });
}

/** The parent of a row in use is in use. */
export function parentRule(draft: Draft): readonly Problem[] {
  return draft.changes.flatMap(change => {
    const {parent} = tableOf(draft.base.manifest, change.tableName);
    const above = parent === undefined ? undefined : change.after[parent];
    if (above === undefined || !isActive(change.after)) return [];
    const row = draft.tables.get(change.tableName)?.get(above);
    return row && !isActive(row) ? [problemOf(changeErrors.PARENT_RETIRED({parent: above, key: change.rowKey}), placeOf(draft, change, parent))] : [];
  });
}

function isLeaf(draft: Draft, reference: CatalogReference, value: string): boolean {
  const table = reference.table ?? reference.catalog;
  const tree = tableIn(draft, reference.catalog, table);
  // A catalog that is not published is a problem of publishing, which looks at every reference.
  if (!tree) return true;
  const {parent} = tableOf(tree.manifest, table);
  if (!isActive(tree.rows.get(value))) return false;
  return parent === undefined || ![...tree.rows.values()].some(row => isActive(row) && row[parent] === value);
}

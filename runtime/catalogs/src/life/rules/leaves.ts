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

/**
 * A leaf on which anything hangs gets nothing below it: no row of any catalog, of a unit's layer, or order could be about it any more. What was a branch before stays one; only rows
 * that want a leaf matter there.
 */
export async function leafInUseRule(draft: Draft): Promise<readonly Problem[]> {
  return [...hangingRows(draft), ...(await hangingOrders(draft))];
}

function hangingRows(draft: Draft): readonly Problem[] {
  const {manifest} = draft.base;
  return draft.changes.flatMap(change => {
    const {parent} = tableOf(manifest, change.tableName);
    const above = parent === undefined ? undefined : change.after[parent];
    if (above === undefined || !isActive(change.after)) return [];
    for (const {catalogId, reference, rows} of allReferences(draft)) {
      if (!(reference.leaf || isSplit(draft, change.tableName, above)) || reference.catalog !== manifest.id || (reference.table ?? reference.catalog) !== change.tableName) continue;
      const hanging = [...rows].find(([, row]) => isActive(row) && row[reference.column] === above);
      if (hanging) return [problemOf(changeErrors.LEAF_IN_USE({parent: above, key: change.rowKey, catalog: catalogId, catalogZh: catalogZh(draft, catalogId), example: hanging[0]}), placeOf(draft, change, parent))];
    }
    return [];
  });
}

/** Orders that are open about a leaf that would become a branch, and rows of units' layers. */
async function hangingOrders(draft: Draft): Promise<readonly Problem[]> {
  const {base: {head: {catalogId}, manifest}, references} = draft;
  const {parent} = tableOf(manifest, catalogId);
  const added = draft.changes.filter(change => change.tableName === catalogId && parent !== undefined && isActive(change.after) && isSplit(draft, catalogId, change.after[parent]));
  const leaves = new Map(added.map(change => [change.after[parent ?? ''] ?? '', change]));
  if (leaves.size === 0) return [];
  const keys = [...leaves.keys()];
  const uses = [...(await references.uses(catalogId, keys)).filter(use => use.kind !== 'order'), ...((await references.layerUses?.(catalogId, keys)) ?? [])];
  return uses.filter(use => use.count > 0).flatMap(({key, count, examples}) => {
    const change = leaves.get(key);
    return change ? [problemOf(changeErrors.LEAF_HELD({parent: key, key: change.rowKey, count, example: examples.slice(0, 5)}), placeOf(draft, change, parent))] : [];
  });
}

/** Whether a row is a leaf so far, of a tree whose leaves are what is chosen: rows of some catalog may hang on leaves alone. */
function isSplit(draft: Draft, table: string, above: string | undefined): boolean {
  const {base} = draft;
  const {parent} = tableOf(base.manifest, table);
  const stood = above === undefined ? undefined : base.tables.get(table)?.byKey.get(above);
  if (!stood || parent === undefined || !isActive(stood.values)) return false;
  const wantsLeaves = [...allReferences(draft)].some(({reference}) => reference.leaf && reference.catalog === base.manifest.id && (reference.table ?? reference.catalog) === table);
  return wantsLeaves && !(base.tables.get(table)?.rows ?? []).some(row => isActive(row.values) && row.values[parent] === above);
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

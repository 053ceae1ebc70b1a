import {namedBy} from '@banli/formats/catalogs';
import {chainOf} from '../chain-of.js';
import type {RowDiff} from '../life/compare.js';
import type {PublishedVersion} from '../version.js';

/** Rows that are different, by what happened to them. */
export type ChangeCounts = Readonly<Record<'added' | 'modified' | 'ended' | 'total', number>>;

/** The part of a difference that lies in a branch of the catalog's tree: rows of the tree itself, and rows of its other tables that name one of them. */
export function diffWithin(diff: readonly RowDiff[], branch: string, versions: readonly PublishedVersion[]): readonly RowDiff[] {
  if (branch === '') return diff;
  const isWithin = (key: string): boolean => versions.some(version => chainOf(version, key).some(row => row.key === branch));
  return diff.filter(({table, key}) => versions.some(version => placesOf(version, table, key).some(isWithin)));
}

/** Rows of the tree that a row of the catalog is, or names. */
function placesOf(version: PublishedVersion, table: string, key: string): readonly string[] {
  const {catalogId} = version.head;
  if (table === catalogId) return [key];
  const values = version.tables.get(table)?.byKey.get(key)?.values;
  const names = version.manifest.tables[table]?.references?.filter(each => each.catalog === catalogId && (each.table ?? catalogId) === catalogId) ?? [];
  return names.flatMap(reference => namedBy(reference, values?.[reference.column]));
}

/** Whether the catalog is a tree whose branches can be followed. */
export function hasBranches({head, manifest}: PublishedVersion): boolean {
  return manifest.tables[head.catalogId]?.parent !== undefined;
}

/** Rows of a difference by what happened to them; 恢复 counts as new. */
export function countChanges(diff: readonly RowDiff[]): ChangeCounts {
  const count = (...ops: ReadonlyArray<RowDiff['op']>): number => diff.filter(each => ops.includes(each.op)).length;
  return {added: count('add', 'restore'), modified: count('modify'), ended: count('offShelf', 'void', 'gone'), total: diff.length};
}

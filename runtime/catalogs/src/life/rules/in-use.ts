import type {Problem} from '@banli/errors';
import {namedBy, type CatalogRow} from '@banli/formats/catalogs';
import {changeErrors} from '../errors.js';
import type {RowChange, RowUse} from '../model.js';
import {problemOf} from '../problem.js';
import {tableOf} from '../tables.js';
import {allReferences, catalogZh, isActive, placeOf, type Draft} from './draft.js';

/**
 * The conflict report: a row goes out of use only when no row in use names it, neither of a catalog nor of a unit's layer, and it becomes void only when no order, process or other
 * data does either.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.11 (three checks); tests A9 and A11. That 下架 leaves orders alone is ours.
 */
export async function inUseRule(draft: Draft): Promise<readonly Problem[]> {
  const leaving = draft.changes.filter(change => change.op === 'offShelf' || change.op === 'void');
  if (leaving.length === 0) return [];
  const {references} = draft;
  const ofLayers = await outsideUses(draft, leaving, (catalogId, keys) => references.layerUses?.(catalogId, keys) ?? Promise.resolve([]));
  const voided = leaving.filter(change => change.op === 'void');
  return [...rowUses(draft, leaving), ...ofLayers, ...(await outsideUses(draft, voided, (catalogId, keys) => references.uses(catalogId, keys))), ...(await caseUses(draft, voided))];
}

/** Open cases that stand on rows of any table, the main one included. */
async function caseUses(draft: Draft, voided: readonly RowChange[]): Promise<readonly Problem[]> {
  const {head, manifest} = draft.base;
  const problems: Problem[] = [];
  for (const table of new Set(voided.map(change => change.tableName))) {
    const changes = voided.filter(change => change.tableName === table);
    const owner = manifest.tables[table]?.references?.find(reference => reference.catalog === head.catalogId && (reference.table ?? reference.catalog) === head.catalogId);
    const rows = changes.map(({rowKey, after}) => {
      const main = owner && draft.tables.get(head.catalogId)?.get(after[owner.column] ?? '');
      return {key: rowKey, values: after, areaCode: main?.['areaCode'] ?? null};
    });
    problems.push(...useProblems(draft, changes, (await draft.references.rowUses?.({catalogId: head.catalogId, table, rows})) ?? []));
  }
  return problems;
}

function rowUses(draft: Draft, leaving: readonly RowChange[]): readonly Problem[] {
  const {manifest} = draft.base;
  const problems: Problem[] = [];
  const report = (change: RowChange, catalog: string, table: string, using: readonly string[]): void => {
    if (using.length > 0) problems.push(problemOf(changeErrors.USED_BY_ROW({key: change.rowKey, count: using.length, catalog, catalogZh: catalogZh(draft, catalog), table, example: using.slice(0, 5)}), placeOf(draft, change)));
  };
  for (const {catalogId, table, reference, rows} of allReferences(draft)) {
    if (reference.catalog !== manifest.id) continue;
    const wanted = leaving.filter(change => change.tableName === (reference.table ?? reference.catalog));
    if (wanted.length === 0) continue;
    const using = groupBy(rows, row => namedBy(reference, row[reference.column]));
    for (const change of wanted) report(change, catalogId, table, using.get(change.rowKey) ?? []);
  }
  for (const change of leaving) {
    const {parent} = tableOf(manifest, change.tableName);
    if (parent !== undefined) report(change, manifest.id, change.tableName, groupBy(draft.tables.get(change.tableName) ?? new Map(), row => row[parent] ?? []).get(change.rowKey) ?? []);
  }
  return problems;
}

/** Keys of rows in use by what they name. */
function groupBy(rows: ReadonlyMap<string, CatalogRow>, namedOf: (row: CatalogRow) => string | readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, row] of rows) {
    if (!isActive(row)) continue;
    for (const value of [namedOf(row)].flat()) {
      const group = groups.get(value) ?? [];
      group.push(key);
      groups.set(value, group);
    }
  }
  return groups;
}

const codes = {order: changeErrors.USED_BY_ORDER, process: changeErrors.USED_BY_PROCESS, data: changeErrors.USED_BY_DATA} as const;

async function outsideUses(draft: Draft, leaving: readonly RowChange[], ask: (catalogId: string, keys: readonly string[]) => Promise<readonly RowUse[]>): Promise<readonly Problem[]> {
  const {catalogId} = draft.base.head;
  const main = leaving.filter(change => change.tableName === catalogId);
  if (main.length === 0) return [];
  return useProblems(draft, main, await ask(catalogId, main.map(change => change.rowKey)));
}

function useProblems(draft: Draft, changes: readonly RowChange[], uses: readonly RowUse[]): readonly Problem[] {
  return uses.filter(use => use.count > 0).flatMap(use => {
    const change = changes.find(candidate => candidate.rowKey === use.key);
    return change ? [problemOf(codes[use.kind]({key: use.key, count: use.count, example: use.examples.slice(0, 5)}), placeOf(draft, change))] : [];
  });
}

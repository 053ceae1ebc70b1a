import type {CellChoice} from '../life/merge.js';
import type {PublishedVersion} from '../version.js';
import {areasAt, refuseIssue, type IssueDesk} from './desk.js';
import {cellsOf, overrideOf, sameCells, withoutColumns} from './fields.js';
import {readLayerRows, readLayersOf} from './layer-store.js';
import type {IssueUnit, LayerHead, LayerRow} from './model.js';
import {checksOn} from './receive.js';
import {wholeProblems} from './rule-problems.js';

/** What a layer that is brought back stands on, and what it makes of that. */
export interface Restored {
  readonly base: Pick<LayerHead, 'baseVersionId' | 'baseLayerId' | 'baseName' | 'areasVersionId'>;
  readonly rows: readonly LayerRow[];
}

/**
 * What a unit made of a catalog in the layer it goes back to, merged with what the level above says on the day from which it holds: what the unit did not override
 * follows, and bounds, locks, jurisdiction, references and rules are checked. Where the level above changed a value that the unit overrides, `choices` decide for one side.
 *
 * @throws AppError `CATALOG_ISSUE_REFUSED` with every problem and every conflict that no choice decides
 */
export async function restoredRows(desk: IssueDesk, unit: IssueUnit, before: LayerHead, effectiveAt: number, choices: readonly CellChoice[]): Promise<Restored> {
  const {catalogId, areaCode} = before;
  const above = await baseAbove(desk, catalogId, unit, effectiveAt);
  const areasVersionId = before.areasVersionId === null ? null : (await areasAt(desk, effectiveAt)).head.id;
  const checks = await checksOn(desk, {...above, catalogId, areaCode, areasVersionId, toUnitId: unit.id, fromUnitId: unit.parentId ?? unit.id});
  const rows = takeSides(await readLayerRows(desk.store.knex, before.id), checks.onto, choices);
  refuseIssue(await wholeProblems(desk, rows, checks));
  return {base: {...above, areasVersionId}, rows};
}

/** What holds directly above a unit at a moment: the layer of the nearest level that has one, or what the owner published; whether or not the unit was given it. */
async function baseAbove(desk: IssueDesk, catalogId: string, unit: IssueUnit, at: number): Promise<Pick<LayerHead, 'baseVersionId' | 'baseLayerId' | 'baseName'>> {
  const begun = (await readLayersOf(desk.store.knex, catalogId)).filter(layer => layer.effectiveAt <= at);
  for (const id of unit.path.toReversed()) {
    const areaCode = desk.units.unit(id)?.areaCode;
    if (areaCode === undefined || areaCode === unit.areaCode) continue;
    const layer = begun.findLast(candidate => candidate.areaCode === areaCode);
    if (layer && layer.kind !== 'ended') return {baseVersionId: layer.baseVersionId, baseLayerId: layer.id, baseName: layer.name};
  }
  const head = (await desk.versions.heads(catalogId)).findLast(candidate => candidate.effectiveAt <= at) ?? (await desk.versions.last(catalogId)).head;
  return {baseVersionId: head.id, baseLayerId: null, baseName: head.version};
}

/**
 * Decides overrides for one side: `theirs` gives the override up, `mine` notes the value above as it is now. What is locked or gone above can only be given up; what the
 * level above has by now as the unit had it is no override any more. A row of the unit's own that stands above now becomes an override of it.
 */
function takeSides(rows: readonly LayerRow[], above: PublishedVersion, choices: readonly CellChoice[]): readonly LayerRow[] {
  return rows.flatMap((row): readonly LayerRow[] => {
    const values = above.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    let next: LayerRow | null = row.kind === 'local' && values ? {...row, kind: 'patch', baseValues: {}} : row;
    for (const column of next.kind === 'patch' ? Object.keys(row.ownValues) : []) {
      if (!next || !Object.hasOwn(next.ownValues, column)) continue;
      const columns = overrideOf(above.manifest.tables[row.tableName], column)?.columns ?? [column];
      if (values && sameCells(next.ownValues, cellsOf(values, columns), columns)) next = withoutColumns(next, columns);
    }
    for (const {table, key, column, take} of next?.kind === 'patch' ? choices : []) {
      if (table !== row.tableName || key !== row.rowKey || !next) continue;
      const columns = overrideOf(above.manifest.tables[row.tableName], column)?.columns;
      if (take === 'theirs') next = withoutColumns(next, columns ?? [column]);
      else if (values && columns?.some(each => Object.hasOwn(row.ownValues, each))) next = {...next, baseValues: {...next.baseValues, ...cellsOf(values, columns)}};
    }
    return next ? [next] : [];
  });
}

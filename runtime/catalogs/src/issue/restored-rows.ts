import type {CellChoice} from '../life/merge.js';
import type {PublishedVersion} from '../version.js';
import {conflictsOf} from './carry-over.js';
import {checkLayerRows} from './check-rows.js';
import {areasAt, refuseIssue, type IssueDesk} from './desk.js';
import {cellsOf, overrideOf, withoutColumns} from './fields.js';
import {readLayerRows, readLayersOf} from './layer-store.js';
import type {Base} from './layers.js';
import type {IssueUnit, LayerHead, LayerRow} from './model.js';
import {checksOn} from './receive.js';

/**
 * The rows of a layer that a unit goes back to, held against what the level above says on the day from which they hold: bounds, locks, jurisdiction, references.
 * Where the level above changed a value that the unit overrides, `choices` decide for one side.
 *
 * @throws AppError `CATALOG_ISSUE_REFUSED` with every problem and every conflict that no choice decides
 */
export async function restoredRows(desk: IssueDesk, unit: IssueUnit, before: LayerHead, effectiveAt: number, choices: readonly CellChoice[]): Promise<readonly LayerRow[]> {
  const {catalogId, areaCode} = before;
  const above = await baseAbove(desk, catalogId, unit, effectiveAt);
  const areasVersionId = before.areasVersionId === null ? null : (await areasAt(desk, effectiveAt)).head.id;
  const checks = await checksOn(desk, {...above, areaCode, areasVersionId, toUnitId: unit.id, fromUnitId: unit.parentId ?? unit.id});
  const rows = takeSides(await readLayerRows(desk.store.knex, before.id), checks.onto, choices);
  refuseIssue([...conflictsOf(rows, checks.onto), ...checkLayerRows(rows, checks)]);
  return rows;
}

/** What holds directly above a unit at a moment: the layer of the nearest level that has one, or what the owner published; whether or not the unit was given it. */
async function baseAbove(desk: IssueDesk, catalogId: string, unit: IssueUnit, at: number): Promise<Base> {
  const begun = (await readLayersOf(desk.store.knex, catalogId)).filter(layer => layer.effectiveAt <= at);
  for (const id of unit.path.toReversed()) {
    const areaCode = desk.units.unit(id)?.areaCode;
    if (areaCode === undefined || areaCode === unit.areaCode) continue;
    const layer = begun.findLast(candidate => candidate.areaCode === areaCode);
    if (layer && layer.kind !== 'ended') return {catalogId, baseVersionId: layer.baseVersionId, baseLayerId: layer.id};
  }
  const head = (await desk.versions.heads(catalogId)).findLast(candidate => candidate.effectiveAt <= at);
  return {catalogId, baseVersionId: head?.id ?? (await desk.versions.last(catalogId)).head.id, baseLayerId: null};
}

/**
 * Decides overrides for one side. The layer stands on what it stood on: `theirs` writes the value above as it is now, `mine` notes that it is known. What is locked or
 * gone above can only fall away.
 */
function takeSides(rows: readonly LayerRow[], above: PublishedVersion, choices: readonly CellChoice[]): readonly LayerRow[] {
  return rows.flatMap((row): readonly LayerRow[] => {
    const values = above.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    let next: LayerRow | null = row;
    for (const {table, key, column, take} of row.kind === 'patch' ? choices : []) {
      if (table !== row.tableName || key !== row.rowKey || !next) continue;
      const columns = overrideOf(above.manifest.tables[row.tableName], column)?.columns;
      if (!values || !columns) {
        if (take === 'theirs') next = withoutColumns(next, columns ?? [column]);
      } else if (columns.some(each => Object.hasOwn(row.ownValues, each))) {
        const now = cellsOf(values, columns);
        next = {...next, baseValues: {...next.baseValues, ...now}, ...(take === 'theirs' ? {ownValues: {...next.ownValues, ...now}} : {})};
      }
    }
    return next ? [next] : [];
  });
}

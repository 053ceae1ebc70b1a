import type {Problem} from '@banli/errors';
import type {CatalogManifest} from '@banli/formats/catalogs';
import type {CellChoice} from '../life/merge.js';
import {problemOf} from '../life/problem.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';
import {cellsOf, overrideOf, overridesIn, sameCells, withoutColumns} from './fields.js';
import type {LayerRow} from './model.js';
import {placeOfRow, type Scope} from './scope.js';

/**
 * Takes what a unit made of an earlier version over to a newer one, column group by column group: what is locked now, or says the same above now, falls
 * away; a row that is gone, retired or no longer its own falls away, too; the rest stays with the value it knew above, so that a difference shows as a
 * conflict. A row of its own that stands above now becomes an override of it.
 */
export function carryOver(rows: readonly LayerRow[], onto: PublishedVersion, scope: Scope): readonly LayerRow[] {
  return rows.flatMap((row): readonly LayerRow[] => {
    const definition = onto.manifest.tables[row.tableName];
    const theirs = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    if (!theirs) return row.kind === 'local' && definition?.issue?.local ? [row] : [];
    if (placeOfRow(scope, definition?.issue, theirs) !== 'inside' || theirs['status'] === 'retired') return [];
    let patch: LayerRow | null = row.kind === 'local' ? {...row, kind: 'patch', baseValues: {}} : row;
    for (const column of Object.keys(row.ownValues)) {
      const override = overrideOf(definition, column);
      if (!patch) break;
      if (!override) patch = withoutColumns(patch, [column]);
      else if (sameCells(patch.ownValues, cellsOf(theirs, override.columns), override.columns)) patch = withoutColumns(patch, override.columns);
    }
    return patch ? [patch] : [];
  });
}

/** Overrides whose value above is not the one they were made against: somebody decides for one side. */
export function conflictsOf(rows: readonly LayerRow[], onto: PublishedVersion): readonly Problem[] {
  return rows.filter(row => row.kind === 'patch').flatMap(row => {
    const theirs = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    return overridesIn(onto.manifest.tables[row.tableName], row).filter(({columns}) => !sameCells(row.baseValues, cellsOf(theirs, columns), columns)).map(({columns}) => {
      const words = (cells: Readonly<Record<string, string | null | undefined>>): string => columns.map(column => cells[column] ?? '').join(' ').trim();
      const [column = ''] = columns;
      return problemOf(issueErrors.CONFLICT({column, key: row.rowKey, base: words(row.baseValues), mine: words(row.ownValues), theirs: words(theirs ?? {})}), {file: `${onto.head.catalogId}/${row.tableName}`, element: row.rowKey, field: column});
    });
  });
}

/** Decides overrides for one side: `mine` stands against the value above as it is now, `theirs` falls away. Choices about nothing are left alone. */
export function decide(rows: readonly LayerRow[], onto: PublishedVersion, choices: readonly CellChoice[]): {readonly changed: readonly LayerRow[]; readonly gone: readonly LayerRow[]} {
  const [changed, gone]: [LayerRow[], LayerRow[]] = [[], []];
  for (const row of rows) {
    if (row.kind === 'local') continue;
    const definition = onto.manifest.tables[row.tableName];
    const theirs = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    let next: LayerRow | null = row;
    for (const choice of choices) {
      const columns = overrideOf(definition, choice.column)?.columns;
      if (choice.table !== row.tableName || choice.key !== row.rowKey || !columns || !next || !columns.some(column => Object.hasOwn(row.ownValues, column))) continue;
      next = choice.take === 'theirs' ? withoutColumns(next, columns) : {...next, baseValues: {...next.baseValues, ...cellsOf(theirs, columns)}};
    }
    if (!next) gone.push(row);
    else if (next !== row) changed.push(next);
  }
  return {changed, gone};
}

/** Columns of a table that lower levels may override. */
export function openColumns(manifest: CatalogManifest, table: string): readonly string[] {
  return (manifest.tables[table]?.issue?.overrides ?? []).flatMap(override => override.columns);
}

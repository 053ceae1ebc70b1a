import type {Problem} from '@banli/errors';
import {formatLimit} from '@banli/time';
import type {CellChoice} from '../life/merge.js';
import {problemOf} from '../life/problem.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';
import {cellsOf, limitOf, overrideOf, overridesIn, sameCells, withoutColumns} from './fields.js';
import type {GoneOverride, GoneReason, LayerRow} from './model.js';
import {placeOfRow, type Scope} from './scope.js';

/** What a unit takes over to a newer version, and what it cannot. */
export interface CarriedOver {
  readonly rows: readonly LayerRow[];
  readonly gone: readonly GoneOverride[];
}

/**
 * Takes what a unit made of an earlier version over to a newer one, column group by column group: what is locked now, or says the same above now, falls
 * away; a row that is gone, retired or no longer its own falls away, too, each with its reason; the rest stays with the value it knew above, so that a
 * difference shows as a conflict. A row of its own that stands above now becomes an override of it.
 */
export function carryOver(rows: readonly LayerRow[], onto: PublishedVersion, scope: Scope): CarriedOver {
  const gone: GoneOverride[] = [];
  const kept = rows.flatMap((row): readonly LayerRow[] => {
    const definition = onto.manifest.tables[row.tableName];
    const theirs = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    const lose = (reason: GoneReason, columns: readonly string[] = []): readonly LayerRow[] => {
      const own = columns.length === 0 ? row.ownValues : Object.fromEntries(Object.entries(row.ownValues).filter(([column]) => columns.includes(column)));
      gone.push({tableName: row.tableName, rowKey: row.rowKey, columns, reason, ownValues: own});
      return [];
    };
    if (!theirs && row.kind === 'local') return definition?.issue?.local ? [row] : lose('locked');
    if (!theirs) return lose('gone');
    if (definition?.issue && placeOfRow(scope, definition.issue, theirs) !== 'inside') return lose('outside');
    if (theirs['status'] === 'retired') return lose('retired');
    let patch: LayerRow | null = row.kind === 'local' ? {...row, kind: 'patch', baseValues: {}} : row;
    for (const column of Object.keys(row.ownValues)) {
      if (!patch || !Object.hasOwn(patch.ownValues, column)) continue;
      const override = overrideOf(definition, column);
      const columns: readonly string[] = override?.columns ?? [column];
      const isSame: boolean = sameCells(patch.ownValues, cellsOf(theirs, columns), columns);
      if (override && !isSame) continue;
      lose(isSame ? 'same' : 'locked', columns);
      patch = withoutColumns(patch, columns);
    }
    return patch ? [patch] : [];
  });
  return {rows: kept, gone};
}

/** Overrides whose value above is not the one they were made against: somebody decides for one side. */
export function conflictsOf(rows: readonly LayerRow[], onto: PublishedVersion): readonly Problem[] {
  return rows.filter(row => row.kind === 'patch').flatMap(row => {
    const theirs = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values;
    return overridesIn(onto.manifest.tables[row.tableName], row).filter(({columns}) => !sameCells(row.baseValues, cellsOf(theirs, columns), columns)).map(({columns, bound}) => {
      const [column = '', unit = ''] = columns;
      const words = (cells: Readonly<Record<string, string | null | undefined>>): string => {
        const limit = bound === 'notLonger' ? limitOf(cells[column], cells[unit]) : null;
        return limit ? formatLimit(limit, 'zh-CN') : columns.map(each => cells[each] ?? '').join(' ').trim();
      };
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

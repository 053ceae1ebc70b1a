import type {Problem} from '@banli/errors';
import type {RowChange} from '../life/model.js';
import {elementRule, hiddenElementRule} from '../life/rules/elements.js';
import {applyChanges} from '../life/tables.js';
import {checkLayerRows, type RowChecks} from './check-rows.js';
import {conflictsOf} from './carry-over.js';
import type {IssueDesk} from './desk.js';
import {withCells} from './lay-over.js';
import type {LayerRow} from './model.js';

/** Everything that stands against what a unit makes of a catalog as a whole: open conflicts, its rows, and the rules that a change set of the catalog obeys, too. */
export async function wholeProblems(desk: Pick<IssueDesk, 'references' | 'units'>, rows: readonly LayerRow[], checks: RowChecks): Promise<readonly Problem[]> {
  return [...conflictsOf(rows, checks.onto), ...checkLayerRows(rows, checks), ...(await ruleProblems(desk, rows, checks))];
}

/** Elements that fit their options and links, and nothing required that a layout in use hides. */
async function ruleProblems({references, units}: Pick<IssueDesk, 'references' | 'units'>, rows: readonly LayerRow[], {onto, others}: RowChecks): Promise<readonly Problem[]> {
  const changes = rows.map((row): RowChange => {
    const before = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values ?? null;
    return {tableName: row.tableName, rowKey: row.rowKey, op: before ? 'modify' : 'add', before, after: withCells(before ?? {}, row.ownValues), changedAt: 0, changedBy: ''};
  });
  const draft = {base: onto, shape: onto, changes, fields: [], tables: applyChanges(onto, changes), others, references, unitName: (id: string) => units.unit(id)?.name ?? null};
  return [...elementRule(draft), ...(await hiddenElementRule(draft))];
}

import type {Problem} from '@banli/errors';
import {inSteps} from '@banli/time';
import {contentFindingsInSteps} from '../content/check-content.js';
import {atRow, worldsOf} from '../content/places.js';
import type {RowChange} from '../life/model.js';
import type {Draft} from '../life/rules/draft.js';
import {elementRule, hiddenElementRule} from '../life/rules/elements.js';
import {applyChanges} from '../life/tables.js';
import {checkLayerRows, type RowChecks} from './check-rows.js';
import {coverageWarnings} from './coverage-problems.js';
import {conflictsOf} from './carry-over.js';
import type {IssueDesk} from './desk.js';
import {withCells} from './lay-over.js';
import type {LayerRow} from './model.js';

/** Everything that stands against what a unit makes of a catalog as a whole: open conflicts, its rows, the rules that a change set of the catalog obeys, too, and as warnings what it does to the coverage of dispatch. */
export async function wholeProblems(desk: Pick<IssueDesk, 'references' | 'units' | 'layerCoverage' | 'clock'>, rows: readonly LayerRow[], checks: RowChecks): Promise<readonly Problem[]> {
  const found = [...conflictsOf(rows, checks.onto), ...checkLayerRows(rows, checks)];
  const draft = draftOf(desk, rows, checks);
  const isSound = !found.some(problem => problem.severity !== 'warning');
  return [...found, ...(await ruleProblems(draft)), ...(isSound ? [...(await contentProblems(draft)), ...(await coverageWarnings(desk, worldsOf(draft).world.own, checks.scope.areaCode))] : [])];
}

/** Elements that fit their options and links, and nothing required that a layout in use hides. */
async function ruleProblems(draft: Draft): Promise<readonly Problem[]> {
  return [...elementRule(draft), ...(await hiddenElementRule(draft))];
}

/** What the rows say that cannot hold. Looked at once branches end and references stand. */
async function contentProblems(draft: Draft): Promise<readonly Problem[]> {
  const {world, before} = worldsOf(draft);
  return (await inSteps(contentFindingsInSteps(world, before))).map(atRow(draft.base.head.catalogId));
}

function draftOf({references, units}: Pick<IssueDesk, 'references' | 'units'>, rows: readonly LayerRow[], {onto, others}: RowChecks): Draft {
  const changes = rows.map((row): RowChange => {
    const before = onto.tables.get(row.tableName)?.byKey.get(row.rowKey)?.values ?? null;
    return {tableName: row.tableName, rowKey: row.rowKey, op: before ? 'modify' : 'add', before, after: withCells(before ?? {}, row.ownValues), changedAt: 0, changedBy: ''};
  });
  return {base: onto, shape: onto, changes, fields: [], tables: applyChanges(onto, changes), others, references, unitName: (id: string) => units.unit(id)?.name ?? null};
}

import type {Problem} from '@banli/errors';
import {keyColumns, type CatalogTable, type IssueOverride} from './manifest.js';
import {fileProblem} from './problem.js';

/**
 * Checks what a table says about its being issued: columns that exist, none twice, none that a row is found by, and what each bound asks for.
 *
 * @param columns - The columns of the row schema; `null` when that cannot be read, which is a problem of its own.
 */
export function checkIssue(table: string, definition: CatalogTable, columns: readonly string[] | null): readonly Problem[] {
  const {issue} = definition;
  if (!issue || columns === null) return [];
  const overrides = issue.overrides ?? [];
  const limited = Object.keys(issue.localOnly ?? {});
  const named = [...(issue.area === undefined ? [] : [issue.area]), ...overrides.flatMap(override => override.columns), ...limited];
  const fixed = new Set([...keyColumns(definition), ...(definition.parent === undefined ? [] : [definition.parent]), ...(issue.area === undefined ? [] : [issue.area])]);
  const reasons = [
    ...named.filter(column => !columns.includes(column)).map(column => `issue names the column ${column}, which the rows do not have`),
    ...overrides.flatMap(override => override.columns).filter((column, index, all) => all.indexOf(column) !== index).map(column => `the column ${column} stands in two overrides`),
    ...overrides.flatMap(override => override.columns).filter(column => fixed.has(column)).map(column => `the column ${column} is key, parent or area and cannot be overridden`),
    ...overrides.flatMap(override => boundFault(override, definition)),
    ...(limited.length > 0 && !issue.local ? ['localOnly wants local rows'] : []),
  ];
  return reasons.map(reason => fileProblem('MANIFEST_INVALID', {file: 'catalog.yaml', element: `/tables/${table}/issue`}, {reason}));
}

function boundFault({bound, columns, order}: IssueOverride, definition: CatalogTable): readonly string[] {
  const [first = ''] = columns;
  if (bound === 'notLonger' && columns.length !== 2) return ['notLonger wants two columns: value and unit'];
  if ((bound === 'notLower') !== (order !== undefined)) return ['notLower wants an order, and nothing else does'];
  if ((bound === 'notLower' || bound === 'extend') && columns.length !== 1) return [`${bound} wants one column`];
  if (bound === 'retire' && columns.join() !== 'status') return ['retire wants the column status alone'];
  if (bound !== 'retire' && columns.includes('status')) return ['status can only be overridden by retire'];
  const toUnit = definition.references?.some(reference => reference.column === first && reference.elsewhere === true) ?? false;
  return bound === 'ownUnit' && (columns.length !== 1 || !toUnit) ? ['ownUnit wants one column that refers to units elsewhere'] : [];
}

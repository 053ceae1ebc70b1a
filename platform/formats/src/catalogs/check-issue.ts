import type {Problem} from '@banli/errors';
import type {CatalogTable} from './manifest.js';
import {overrideFaults, type OverrideFault, type OverrideFaultKind} from './override-faults.js';
import {fileProblem} from './problem.js';
import type {ColumnShape} from './row-shape.js';

/** What is wrong, in words. */
const reasonOf: Readonly<Record<OverrideFaultKind, (fault: OverrideFault) => string>> = {
  unknown: ({column}) => `issue names the column ${column}, which the rows do not have`,
  twice: ({column}) => `the column ${column} stands in two overrides`,
  fixed: ({column}) => `the column ${column} is key, parent or area and cannot be overridden`,
  retired: ({column}) => `the column ${column} is retired and cannot be overridden`,
  limit: ({first}) => `notLonger wants two columns, value and unit: ${first} is to be a number, the second a choice of units of limits`,
  order: ({first}) => `notLower wants an order, every value of the choice ${first} once, and nothing else does`,
  single: ({bound}) => `${bound} wants one column`,
  text: ({first}) => `extend wants a text, which ${first} is not`,
  status: ({bound}) => (bound === 'retire' ? 'retire wants the column status alone' : 'status can only be overridden by retire'),
  units: () => 'ownUnit wants one column that refers to units elsewhere',
};

/**
 * Checks what a table says about its being issued: columns that exist, none twice, none that a row is found by, and what each bound asks for.
 *
 * @param columns - The columns of the row schema; `null` when that cannot be read, which is a problem of its own.
 */
export function checkIssue(table: string, definition: CatalogTable, columns: readonly ColumnShape[] | null): readonly Problem[] {
  const {issue} = definition;
  if (!issue || columns === null) return [];
  const limited = Object.keys(issue.localOnly ?? {});
  const named = [...(issue.area === undefined ? [] : [issue.area]), ...limited];
  const reasons = [
    ...named.filter(name => !columns.some(column => column.name === name)).map(column => `issue names the column ${column}, which the rows do not have`),
    ...overrideFaults(definition, columns).map(fault => reasonOf[fault.kind](fault)),
    ...(limited.length > 0 && !issue.local ? ['localOnly wants local rows'] : []),
  ];
  return reasons.map(reason => fileProblem('MANIFEST_INVALID', {file: 'catalog.yaml', element: `/tables/${table}/issue`}, {reason}));
}

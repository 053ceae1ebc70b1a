import type {Problem} from '@banli/errors';
import type {CatalogRow, IssueOverride, OverrideBound} from '@banli/formats/catalogs';
import {formatLimit, isSurelyNotLonger, type Limit} from '@banli/time';
import {problemOf} from '../life/problem.js';
import type {Place} from '../life/problem.js';
import {issueErrors} from './errors.js';
import {limitOf} from './fields.js';
import type {LayerRow} from './model.js';

/** An override as it is held against the row above; `at` says where a column of it stands. */
interface Held {
  readonly override: IssueOverride;
  readonly row: LayerRow;
  readonly theirs: CatalogRow;
  at(column: string): Place;
}

/** What each bound asks; that a unit is one's own is asked of every reference to units. */
const checks: Readonly<Record<OverrideBound, (held: Held) => readonly Problem[]>> = {
  notLonger: longerLimit,
  notLower: lowerValue,
  extend: lostText,
  retire: otherStatus,
  free: () => [],
  ownUnit: () => [],
};

/** Problems of an override that is out of the bound its catalog declares. */
export function boundProblems(held: Held): readonly Problem[] {
  return checks[held.override.bound](held);
}

function longerLimit({override: {columns: [value = '', unit = '']}, row, theirs, at}: Held): readonly Problem[] {
  const above = limitOf(theirs[value], theirs[unit]);
  if (!above) return [];
  const mine = limitOf(row.ownValues[value], row.ownValues[unit]);
  if (mine && isSurelyNotLonger(mine, above)) return [];
  const words = (limit: Limit | null): string => (limit ? formatLimit(limit, 'zh-CN') : [row.ownValues[value], row.ownValues[unit]].join(' ').trim());
  return [problemOf(issueErrors.LONGER({key: row.rowKey, mine: words(mine), theirs: words(above)}), at(value))];
}

/** A value that the order does not name stands before all others. */
function lowerValue({override: {columns: [column = ''], order = []}, row, theirs, at}: Held): readonly Problem[] {
  const [mine, above] = [row.ownValues[column] ?? '', theirs[column] ?? ''];
  return order.indexOf(mine) >= order.indexOf(above) ? [] : [problemOf(issueErrors.LOWER({column, key: row.rowKey, mine, theirs: above, order: order.join(' → ')}), at(column))];
}

function lostText({override: {columns: [column = '']}, row, theirs, at}: Held): readonly Problem[] {
  const above = theirs[column] ?? '';
  return (row.ownValues[column] ?? '').includes(above) ? [] : [problemOf(issueErrors.TEXT_LOST({column, key: row.rowKey, theirs: above}), at(column))];
}

function otherStatus({override: {columns: [column = '']}, row, at}: Held): readonly Problem[] {
  return row.ownValues[column] === 'retired' ? [] : [problemOf(issueErrors.RETIRE_ONLY({key: row.rowKey}), at(column))];
}

import type {AppError, Problem} from '@banli/errors';
import {overrideBounds, overrideFaults, readShape, type CatalogTable, type IssueOverride, type OverrideFaultKind} from '@banli/formats/catalogs';
import {contentErrors} from '../../content/errors.js';
import {boundProblems} from '../../issue/bounds.js';
import {overrideOf} from '../../issue/fields.js';
import {withCells} from '../../issue/lay-over.js';
import type {LayerRow} from '../../issue/model.js';
import {changeErrors} from '../errors.js';
import {changesBound, withBounds} from '../fields/bound-cells.js';
import {fieldsTable} from '../fields/field-rows.js';
import type {BelowLayer, RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {placeOf, type Draft} from './draft.js';

/** How many rows that break a new bound are named. */
const mostExamples = 5;

const errorOf: Readonly<Record<OverrideFaultKind, (details: {readonly column: string; readonly columnZh: string}) => AppError>> = {
  unknown: changeErrors.BOUND_COLUMN, twice: changeErrors.BOUND_TWICE, fixed: changeErrors.BOUND_FIXED, retired: changeErrors.BOUND_RETIRED, limit: changeErrors.BOUND_LIMIT,
  order: changeErrors.BOUND_ORDER, single: changeErrors.BOUND_SINGLE, text: changeErrors.BOUND_TEXT, status: changeErrors.BOUND_STATUS, units: changeErrors.BOUND_UNITS,
};

/** The cell that a fault is mended in. */
const cellOf: Readonly<Partial<Record<OverrideFaultKind, string>>> = {unknown: 'belowWith', order: 'belowOrder', single: 'belowWith'};

/**
 * What lower levels may make of a column fits the column: no key, a limit with its unit, an order of all values, a text to extend; the same that files are held against.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.4 (shorter, yes; longer, no; locked fields, no).
 */
export function boundRule(draft: Draft): readonly Problem[] {
  return boundChanges(draft).flatMap(change => {
    const {table = '', column = '', below, belowWith, belowOrder, status} = change.after;
    const definition = draft.base.manifest.tables[table];
    const found = (error: AppError, cell: string): Problem => problemOf(error, placeOf(draft, change, cell));
    if (!definition || !draft.shape) return [];
    const isSaid = below === undefined ? belowWith === undefined && belowOrder === undefined : (overrideBounds as readonly string[]).includes(below);
    if (!isSaid) return [found(changeErrors.BOUND_UNKNOWN({bounds: overrideBounds}), 'below')];
    const {columns} = readShape(draft.shape.schemas[definition.schema] ?? '{}');
    const named = (name: string) => {
      const title = columns.find(each => each.name === name)?.title ?? {'zh-CN': name};
      return {column: title.en ?? title['zh-CN'], columnZh: title['zh-CN']};
    };
    const faults = overrideFaults(definition, columns).filter(fault => fault.first === column || fault.column === column);
    return faults.map(fault => found(errorOf[fault.kind](named(fault.column)), status === 'retired' && fault.kind === 'retired' ? 'status' : fault.column === column ? (cellOf[fault.kind] ?? 'below') : fault.first === column ? 'belowWith' : 'below'));
  });
}

/**
 * Tells what units below have made of a column that a new bound would not let them: it goes on holding there until the catalog is issued again. Then what is locked falls
 * away, and what is out of its bound wants to be corrected.
 * Whoever publishes looks at it and confirms.
 */
export async function belowRule(draft: Draft): Promise<readonly Problem[]> {
  const changes = boundChanges(draft).filter(change => change.op !== 'add' && changesBound(change.before, change.after));
  const layers = changes.length > 0 ? ((await draft.references.layersBelow?.(draft.base.head.catalogId)) ?? []) : [];
  return changes.flatMap(change => layers.flatMap(layer => brokenIn(draft, change, layer)));
}

function boundChanges(draft: Draft): readonly RowChange[] {
  return draft.fields.filter(change => change.tableName === fieldsTable && (change.op === 'add' || changesBound(change.before, change.after) || change.before?.['status'] !== change.after['status']));
}

/** One finding for each unit and column: how many of its rows break the new bound, some of them by name. */
function brokenIn(draft: Draft, change: RowChange, {unitId, name, rows}: BelowLayer): readonly Problem[] {
  const {table = '', column = ''} = change.after;
  const after = draft.base.manifest.tables[table];
  if (!after) return [];
  const before = withBounds(after, draft.fields.filter(each => each.tableName === fieldsTable && each.before?.['table'] === table).flatMap(each => (each.before ? [each.before] : [])));
  const broken = rows.filter(row => row.tableName === table && row.kind === 'patch' && breaks({draft, row, column, before, after}));
  if (broken.length === 0) return [];
  const details = {
    key: change.rowKey, catalog: draft.base.head.catalogId, table, unit: draft.unitName(unitId) ?? unitId, layer: name, count: broken.length, example: broken.slice(0, mostExamples).map(row => row.rowKey),
  };
  return [problemOf(overrideOf(after, column) ? contentErrors.BELOW_BROKEN(details) : contentErrors.BELOW_LOCKED(details), placeOf(draft, change, 'below'), 'warning')];
}

interface Broken {
  readonly draft: Draft;
  readonly row: LayerRow;
  readonly column: string;
  readonly before: CatalogTable;
  readonly after: CatalogTable;
}

/** Whether a row that was within its bound is not any more. */
function breaks({draft, row, column, before, after}: Broken): boolean {
  const was = overrideOf(before, column);
  const own = [...new Set([column, ...(was?.columns ?? [])])].filter(each => Object.hasOwn(row.ownValues, each));
  if (own.length === 0) return false;
  if (own.some(each => !overrideOf(after, each))) return true;
  const now = overrideOf(after, column);
  return now !== null && isOutside(draft, row, now) && !(was && isOutside(draft, row, was));
}

function isOutside(draft: Draft, row: LayerRow, override: IssueOverride): boolean {
  const theirs = draft.tables.get(row.tableName)?.get(row.rowKey);
  if (!theirs) return false;
  const laid = withCells(theirs, row.ownValues);
  const ownValues = {...row.ownValues, ...Object.fromEntries(override.columns.map(column => [column, laid[column] ?? null]))};
  return boundProblems({override, row: {...row, ownValues}, theirs, at: field => ({file: `${draft.base.head.catalogId}/${row.tableName}`, element: row.rowKey, field})}).length > 0;
}

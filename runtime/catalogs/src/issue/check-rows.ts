import type {Problem} from '@banli/errors';
import {tieKey, type CatalogRow, type CatalogTable} from '@banli/formats/catalogs';
import {formatLimit, isSurelyNotLonger, type Limit} from '@banli/time';
import {problemOf} from '../life/problem.js';
import {checkRows as checkCells} from '../life/row-input.js';
import type {BaseVersion} from '../life/versions.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';
import {limitOf, overridesIn} from './fields.js';
import {withCells} from './lay-over.js';
import type {IssueUnit, IssueUnits, LayerRow} from './model.js';
import {placeOfRow, type Scope} from './scope.js';

/** What the rows of a unit are held against. */
export interface RowChecks {
  /** What the level above has, rows of elsewhere left out; with the schemas of its rows. */
  readonly onto: BaseVersion;
  /** The last versions of the other catalogs. */
  readonly others: readonly PublishedVersion[];
  readonly scope: Scope;
  readonly units: IssueUnits;
  readonly unit: IssueUnit;
  /** Name of the level above. */
  readonly from: string;
}

/**
 * Every problem of what a unit makes of the rows: bounds, locks, jurisdiction, cells, references, ties.
 *
 * @param others - What the unit has besides, already checked: new rows must not tie with them.
 */
export function checkLayerRows(rows: readonly LayerRow[], checks: RowChecks, others: readonly LayerRow[] = []): readonly Problem[] {
  const tables = [...new Set(rows.map(row => row.tableName))];
  return tables.flatMap(table => {
    const own = rows.filter(row => row.tableName === table);
    const definition = checks.onto.manifest.tables[table];
    if (!definition) return own.map(row => problemOf(issueErrors.TABLE_UNKNOWN({catalog: checks.onto.head.catalogId, table}), placeOf(checks, row)));
    const laid = own.map(row => ({row, theirs: checks.onto.tables.get(table)?.byKey.get(row.rowKey)?.values}));
    const values = laid.map(({row, theirs}) => ({key: row.rowKey, values: withCells(row.kind === 'local' ? {} : (theirs ?? {}), row.ownValues)}));
    const cells = checkCells(checks.onto, table, values);
    return [...cells, ...tieProblems(checks, definition, table, {values, others}), ...laid.flatMap(({row, theirs}, index) => [...(row.kind === 'local' ? localProblems(checks, definition, row) : patchProblems(checks, definition, row, theirs)), ...referenceProblems(checks, definition, row, values[index]?.values ?? {})])];
  });
}

/** A unit's own row must not meet another one, from above or its own, that names the same conditions and another lead. */
function tieProblems({onto}: RowChecks, definition: CatalogTable, table: string, own: {readonly values: ReadonlyArray<{readonly key: string; readonly values: CatalogRow}>; readonly others: readonly LayerRow[]}): readonly Problem[] {
  const {decides} = definition;
  if (decides === undefined) return [];
  const above = onto.tables.get(table);
  const others = own.others.filter(row => row.tableName === table).map(row => ({key: row.rowKey, values: withCells(above?.byKey.get(row.rowKey)?.values ?? {}, row.ownValues)}));
  const laid = new Map([...(above?.rows ?? []), ...others, ...own.values].map(row => [row.key, row.values]));
  const byCondition = new Map<string, string[]>();
  for (const [key, values] of laid) {
    const condition = tieKey(definition, values);
    if (condition !== null) byCondition.set(condition, [...(byCondition.get(condition) ?? []), key]);
  }
  return own.values.flatMap(({key, values}) => {
    const other = (byCondition.get(tieKey(definition, values) ?? '') ?? []).find(each => each !== key);
    return other === undefined ? [] : [problemOf(issueErrors.RULE_TIE({key, other, column: decides}), {file: `${onto.head.catalogId}/${table}`, element: key, field: decides})];
  });
}

function placeOf({onto}: RowChecks, row: LayerRow, field?: string) {
  return {file: `${onto.head.catalogId}/${row.tableName}`, element: row.rowKey, ...(field === undefined ? {} : {field})};
}

function patchProblems(checks: RowChecks, definition: CatalogTable, row: LayerRow, theirs: CatalogRow | undefined): readonly Problem[] {
  const {issue} = definition;
  if (!theirs) return [problemOf(issueErrors.ROW_UNKNOWN({key: row.rowKey, base: checks.onto.head.version}), placeOf(checks, row))];
  if (placeOfRow(checks.scope, issue, theirs) !== 'inside') return [problemOf(issueErrors.ROW_LOCKED({key: row.rowKey, area: theirs[issue?.area ?? ''] ?? ''}), placeOf(checks, row))];
  const overrides = overridesIn(definition, row);
  const open = overrides.flatMap(override => override.columns);
  const locked = Object.keys(row.ownValues).filter(column => !open.includes(column)).map(column => problemOf(issueErrors.LOCKED({column, key: row.rowKey, from: checks.from}), placeOf(checks, row, column)));
  return [...locked, ...overrides.flatMap(({bound, columns}): readonly Problem[] => {
    const [first = '', second = ''] = columns;
    const value = row.ownValues[first] ?? null;
    if (bound === 'notLonger') return longer(checks, row, theirs, [first, second]);
    if (bound === 'retire') return value === 'retired' ? [] : [problemOf(issueErrors.RETIRE_ONLY({key: row.rowKey}), placeOf(checks, row, first))];
    return [];
  })];
}

function longer(checks: RowChecks, row: LayerRow, theirs: CatalogRow, [value, unit]: readonly [string, string]): readonly Problem[] {
  const above = limitOf(theirs[value], theirs[unit]);
  if (!above) return [];
  const mine = limitOf(row.ownValues[value], row.ownValues[unit]);
  if (mine && isSurelyNotLonger(mine, above)) return [];
  const words = (limit: Limit | null): string => (limit ? formatLimit(limit, 'zh-CN') : [row.ownValues[value], row.ownValues[unit]].join(' ').trim());
  return [problemOf(issueErrors.LONGER({key: row.rowKey, mine: words(mine), theirs: words(above)}), placeOf(checks, row, value))];
}

function localProblems(checks: RowChecks, {issue}: CatalogTable, row: LayerRow): readonly Problem[] {
  if (!issue?.local || issue.area === undefined) return [problemOf(issueErrors.NO_LOCAL_ROWS({table: row.tableName, from: checks.from}), placeOf(checks, row))];
  const area = row.ownValues[issue.area] ?? '';
  return checks.scope.place(area) === 'inside' ? [] : [problemOf(issueErrors.OUTSIDE({key: row.rowKey, area, own: checks.scope.areaCode}), placeOf(checks, row, issue.area))];
}

/** Units must be one's own or below it; other values must stand in use where they point to. Only cells that the unit itself wrote are looked at. */
function referenceProblems(checks: RowChecks, definition: CatalogTable, row: LayerRow, values: CatalogRow): readonly Problem[] {
  if (values['status'] === 'retired') return [];
  return (definition.references ?? []).flatMap((reference): readonly Problem[] => {
    const {column, catalog} = reference;
    const value = row.ownValues[column];
    if (value === undefined || value === null || reference.except?.includes(value)) return [];
    if (reference.elsewhere) {
      const unit = checks.units.unit(value);
      return unit?.active && unit.path.includes(checks.unit.id) ? [] : [problemOf(issueErrors.UNIT_OUTSIDE({unit: unit?.name ?? value, own: checks.unit.name}), placeOf(checks, row, column))];
    }
    const version = catalog === checks.onto.head.catalogId ? checks.onto : checks.others.find(other => other.head.catalogId === catalog);
    const found = version?.tables.get(reference.table ?? catalog)?.byKey.get(value);
    return found && found.values['status'] !== 'retired' ? [] : [problemOf(issueErrors.REFERENCE({column, key: row.rowKey, value, catalog}), placeOf(checks, row, column))];
  });
}

import type {Problem} from '@banli/errors';
import {namedBy, tieKey, type CatalogRow, type CatalogTable} from '@banli/formats/catalogs';
import {rowFindings} from '../content/check-content.js';
import {atRow} from '../content/places.js';
import {problemOf} from '../life/problem.js';
import {checkRows as checkCells} from '../life/row-input.js';
import type {BaseVersion} from '../life/versions.js';
import type {PublishedVersion} from '../version.js';
import {boundProblems} from './bounds.js';
import {issueErrors} from './errors.js';
import {overridesIn} from './fields.js';
import {structureProblems, standingAt} from './structure.js';
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

/** With everything the unit makes of the catalog: rows of its own name each other. */
export interface OwnChecks extends RowChecks {
  readonly own: readonly LayerRow[];
}

/**
 * Every problem of what a unit makes of the rows: bounds, locks, jurisdiction, cells, references, branches, ties, and what goes out of use while rows name it.
 *
 * @param own - All rows of the unit, where `rows` are only some of them.
 */
export function checkLayerRows(rows: readonly LayerRow[], checks: RowChecks, own: readonly LayerRow[] = rows): readonly Problem[] {
  const all = {...checks, own};
  return [...checkTables(rows, all), ...structureProblems(rows, all)];
}

function checkTables(rows: readonly LayerRow[], checks: OwnChecks): readonly Problem[] {
  const tables = [...new Set(rows.map(row => row.tableName))];
  return tables.flatMap(table => {
    const own = rows.filter(row => row.tableName === table);
    const definition = checks.onto.manifest.tables[table];
    if (!definition) return own.map(row => problemOf(issueErrors.TABLE_UNKNOWN({catalog: checks.onto.head.catalogId, table}), placeOf(checks, row)));
    const laid = own.map(row => ({row, theirs: checks.onto.tables.get(table)?.byKey.get(row.rowKey)?.values}));
    const values = laid.map(({row, theirs}) => ({key: row.rowKey, values: withCells(row.kind === 'local' ? {} : (theirs ?? {}), row.ownValues)}));
    const cells = checkCells(checks.onto, table, values);
    const alone = values.flatMap(({key, values: row}) => rowFindings(checks.onto.head.catalogId, table, key, row)).map(atRow(checks.onto.head.catalogId));
    return [...cells, ...alone, ...tieProblems(checks, definition, table, {values, others: checks.own}), ...laid.flatMap(({row, theirs}, index) => [...(row.kind === 'local' ? localProblems(checks, definition, row) : patchProblems(checks, definition, row, theirs)), ...referenceProblems(checks, definition, row, values[index]?.values ?? {})])];
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
  if (issue && placeOfRow(checks.scope, issue, theirs) !== 'inside') return [problemOf(issueErrors.ROW_LOCKED({key: row.rowKey, area: theirs[issue.area ?? ''] ?? ''}), placeOf(checks, row))];
  const overrides = overridesIn(definition, row);
  const open = overrides.flatMap(override => override.columns);
  const locked = Object.keys(row.ownValues).filter(column => !open.includes(column)).map(column => problemOf(issueErrors.LOCKED({column, key: row.rowKey, from: checks.from}), placeOf(checks, row, column)));
  return [...locked, ...overrides.flatMap(override => boundProblems({override, row, theirs, at: column => placeOf(checks, row, column)}))];
}

function localProblems(checks: RowChecks, {issue}: CatalogTable, row: LayerRow): readonly Problem[] {
  if (!issue?.local) return [problemOf(issueErrors.NO_LOCAL_ROWS({table: row.tableName, from: checks.from}), placeOf(checks, row))];
  const barred = Object.entries(issue.localOnly ?? {}).flatMap(([column, values]) => {
    const value = row.ownValues[column] ?? '';
    return values.includes(value) ? [] : [problemOf(issueErrors.VALUE_NOT_LOCAL({column, value, values: values.join('、')}), placeOf(checks, row, column))];
  });
  if (issue.area === undefined) return barred;
  const area = row.ownValues[issue.area] ?? '';
  return checks.scope.place(area) === 'inside' ? barred : [...barred, problemOf(issueErrors.OUTSIDE({key: row.rowKey, area, own: checks.scope.areaCode}), placeOf(checks, row, issue.area))];
}

/** Units must be one's own or below it; other values must stand in use where they point to. Only cells that the unit itself wrote are looked at. */
function referenceProblems(checks: OwnChecks, definition: CatalogTable, row: LayerRow, values: CatalogRow): readonly Problem[] {
  if (values['status'] === 'retired') return [];
  return (definition.references ?? []).flatMap((reference): readonly Problem[] => {
    const {column, catalog} = reference;
    return namedBy(reference, row.ownValues[column]).flatMap((value): readonly Problem[] => {
      if (reference.elsewhere) {
        const unit = checks.units.unit(value);
        return unit?.active && unit.path.includes(checks.unit.id) ? [] : [problemOf(issueErrors.UNIT_OUTSIDE({unit: unit?.name ?? value, own: checks.unit.name}), placeOf(checks, row, column))];
      }
      const {onto} = checks;
      const found = catalog === onto.head.catalogId
        ? standingAt(checks, reference.table ?? catalog, value)
        : checks.others.find(other => other.head.catalogId === catalog)?.tables.get(reference.table ?? catalog)?.byKey.get(value)?.values;
      return found && found['status'] !== 'retired' ? [] : [problemOf(issueErrors.REFERENCE({column, key: row.rowKey, value, catalog}), placeOf(checks, row, column))];
    });
  });
}

import type {Problem} from '@banli/errors';
import {namedBy, type CatalogManifest, type CatalogRow} from '@banli/formats/catalogs';
import {problemOf} from '../life/problem.js';
import type {OwnChecks} from './check-rows.js';
import {issueErrors} from './errors.js';
import {withCells} from './lay-over.js';
import type {LayerRow} from './model.js';

type Onto = Pick<OwnChecks, 'onto' | 'own'>;

/** A row as it would stand for the unit: that of the level above with the unit's cells, or one of its own; `undefined` when there is none. */
export function standingAt({onto, own}: Onto, table: string, key: string): CatalogRow | undefined {
  const theirs = onto.tables.get(table)?.byKey.get(key)?.values;
  const mine = own.find(row => row.tableName === table && row.rowKey === key);
  return mine ? withCells(theirs ?? {}, mine.ownValues) : theirs;
}

/** How rows of the unit hang together with all others: branches of trees that are there and end, nothing out of use that rows in use name. */
export function structureProblems(rows: readonly LayerRow[], checks: Onto): readonly Problem[] {
  const retired = rows.filter(row => row.ownValues['status'] === 'retired');
  return [...rows.flatMap(row => parentProblems(row, checks)), ...(retired.length > 0 ? retiredProblems(retired, checks) : [])];
}

function parentProblems(row: LayerRow, checks: Onto): readonly Problem[] {
  const {onto} = checks;
  const column = onto.manifest.tables[row.tableName]?.parent;
  const parent = column === undefined ? undefined : row.ownValues[column];
  if (column === undefined || parent === undefined || parent === null || row.ownValues['status'] === 'retired') return [];
  const place = {file: `${onto.head.catalogId}/${row.tableName}`, element: row.rowKey, field: column};
  const above = standingAt(checks, row.tableName, parent);
  if (!above || above['status'] === 'retired') return [problemOf(issueErrors.REFERENCE({column, key: row.rowKey, value: parent, catalog: onto.head.catalogId}), place)];
  const seen = new Set([row.rowKey]);
  for (let at: string | undefined = parent; at !== undefined; at = standingAt(checks, row.tableName, at)?.[column]) {
    if (seen.has(at)) return [problemOf(issueErrors.PARENT_CIRCLE({key: row.rowKey}), place)];
    seen.add(at);
  }
  return [];
}

/** Columns of a catalog that name rows of one of its own tables. */
function naming(manifest: CatalogManifest, table: string): ReadonlyArray<{readonly table: string; readonly column: string; readonly list?: boolean}> {
  return Object.entries(manifest.tables).flatMap(([name, {references = [], parent}]) => [
    ...references.filter(reference => reference.catalog === manifest.id && !reference.elsewhere && (reference.table ?? reference.catalog) === table).map(({column, list = false}) => ({table: name, column, list})),
    ...(name === table && parent !== undefined ? [{table: name, column: parent}] : []),
  ]);
}

function retiredProblems(retired: readonly LayerRow[], checks: Onto): readonly Problem[] {
  const {onto, own} = checks;
  const users = new Map<string, string[]>();
  const note = (table: string, naming: {readonly column: string; readonly list?: boolean}, key: string): void => {
    const values = standingAt(checks, table, key);
    if (values?.['status'] === 'retired') return;
    for (const named of namedBy(naming, values?.[naming.column])) users.set(`${table} ${naming.column} ${named}`, [...(users.get(`${table} ${naming.column} ${named}`) ?? []), key]);
  };
  const columns = [...new Map(retired.flatMap(row => naming(onto.manifest, row.tableName)).map(each => [`${each.table} ${each.column}`, each])).values()];
  for (const {table, ...each} of columns) {
    const keys = new Set([...(onto.tables.get(table)?.byKey.keys() ?? []), ...own.filter(row => row.tableName === table).map(row => row.rowKey)]);
    for (const key of keys) note(table, each, key);
  }
  return retired.flatMap(row => {
    const found = naming(onto.manifest, row.tableName).flatMap(({table, column}) => users.get(`${table} ${column} ${row.rowKey}`) ?? []);
    return found.length === 0 ? [] : [problemOf(issueErrors.RETIRED_USED({key: row.rowKey, count: found.length, first: found[0] ?? ''}), {file: `${onto.head.catalogId}/${row.tableName}`, element: row.rowKey, field: 'status'})];
  });
}

import type {Problem} from '@banli/errors';
import {readCatalog, type CatalogManifest, type CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';
import {changeErrors} from './errors.js';
import type {ChangeOp, RowChange} from './model.js';
import {problemOf} from './problem.js';
import {fieldsTable} from './fields/field-rows.js';
import {newField} from './fields/new-field.js';
import {shapeTable} from './fields/shape-tables.js';
import {sameRow} from './merge.js';
import {columnsOf, keyOf, tableOf, writeCsv} from './tables.js';
import type {BaseVersion} from './versions.js';

/** What is to become of one row. `cells` names what changes; an empty text or `null` empties a cell. `key` may be left out for a new row. */
export interface RowInput {
  /** Default: the main table. */
  readonly table?: string;
  readonly op: ChangeOp;
  readonly key?: string;
  readonly cells?: Readonly<Record<string, string | null>>;
}

interface InputParts {
  /** The version the set began with, and the last one. */
  readonly base: PublishedVersion;
  readonly last: BaseVersion;
  /** What the set says of its rows so far. */
  readonly rows: readonly RowChange[];
  readonly at: number;
  readonly by: string;
}

function rowExists(catalogId: string, table: string, key: string): Error {
  return changeErrors.REFUSED({count: 1}, {problems: [problemOf(changeErrors.ROW_EXISTS({key}), {file: `${catalogId}/${table}`, element: key})]});
}

const statusOf: Readonly<Record<ChangeOp, string | undefined>> = {add: 'active', restore: 'active', offShelf: 'retired', void: 'retired', modify: undefined};

/**
 * Makes the change of one row from what was sent.
 *
 * @throws AppError `CATALOG_CHANGE_REFUSED` for a new row that exists, `CATALOG_CHANGE_TABLE_UNKNOWN`, `CATALOG_CHANGE_COLUMN_UNKNOWN`, `CATALOG_CHANGE_ROW_UNKNOWN`, `CATALOG_CHANGE_CHANGED_NOTHING`
 */
export function makeRowChange(input: RowInput, parts: InputParts): RowChange {
  const {last} = parts;
  const table = input.table ?? last.head.catalogId;
  const shape = shapeTable(table);
  const definition = shape?.definition ?? tableOf(last.manifest, table);
  const columns = shape?.cells ?? columnsOf(last, table);
  const cells = Object.entries(input.cells ?? {});
  const unknown = cells.find(([column]) => !(shape?.isCell(column) ?? columns.includes(column)));
  if (unknown) throw changeErrors.COLUMN_UNKNOWN({column: unknown[0], columns});
  const sent = Object.fromEntries(cells.flatMap(([column, value]) => (value === null || value === '' ? [] : [[column, value] as const])));
  const rowKey = input.key ?? keyOf(definition, sent);
  const known = parts.rows.find(row => row.tableName === table && row.rowKey === rowKey);
  const before = known ? known.before : rowIn(parts.base, table, rowKey) ?? rowIn(last, table, rowKey);
  const op = known && input.op === 'modify' && (known.op === 'add' || known.op === 'restore') ? known.op : input.op;
  if (op === 'add' && !known && before !== null) throw rowExists(last.head.catalogId, table, rowKey);
  if (op !== 'add' && before === null) throw changeErrors.ROW_UNKNOWN({key: rowKey, version: last.head.version});
  const after: Record<string, string> = {...(input.op === 'modify' ? (known?.after ?? before) : op === 'add' ? (table === fieldsTable ? newField(last, sent) : {}) : before)};
  for (const [column, value] of cells) {
    if (value === null || value === '') delete after[column];
    else after[column] = value;
  }
  const status = statusOf[input.op];
  if (status !== undefined) after['status'] = status;
  if (op === 'modify' && before && sameRow(before, after)) throw changeErrors.CHANGED_NOTHING({key: rowKey});
  return {tableName: table, rowKey: op === 'add' ? keyOf(definition, after) : rowKey, op, before: op === 'add' ? null : before, after, changedAt: parts.at, changedBy: parts.by};
}

const cellCodes = new Set(['CATALOG_FILE_ROW_INVALID', 'CATALOG_FILE_FORMAT', 'CATALOG_FILE_SCHEMA_INVALID']);

/** Problems of the cells of rows by the schema of their table, the same that publishing finds. */
export function checkRows(version: BaseVersion, table: string, rows: ReadonlyArray<{readonly key: string; readonly values: CatalogRow}>): readonly Problem[] {
  const {manifest} = version;
  const file = `${manifest.id}/${table}`;
  const broken = rows.flatMap(({key, values}) => Object.entries(values).filter(([, text]) => /[\u0000-\u001f\u007f]/.test(text)).map(([field]) => problemOf(changeErrors.TEXT_INVALID({field, most: 2_000}), {file, element: key, field})));
  if (broken.length > 0) return broken;
  const names = [...new Set([manifest.id, table])];
  const small: CatalogManifest = {...manifest, tables: Object.fromEntries(names.map(name => [name, tableOf(manifest, name)]))};
  const files: Record<string, string> = {'catalog.yaml': JSON.stringify(small), ...version.schemas};
  for (const name of names) files[tableOf(manifest, name).file] = writeCsv(columnsOf(version, name), name === table ? rows.map(row => row.values) : []);
  return readCatalog(files).problems.filter(problem => cellCodes.has(problem.code)).map(problem => {
    const {line = 2, field} = problem.place;
    return {...problem, place: {file, element: rows[line - 2]?.key ?? '', ...(field === undefined ? {} : {field})}};
  });
}

function rowIn(version: PublishedVersion, table: string, key: string): CatalogRow | null {
  return version.tables.get(table)?.byKey.get(key)?.values ?? null;
}

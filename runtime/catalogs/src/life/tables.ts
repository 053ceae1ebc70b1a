import type {LocalizedText} from '@banli/formats';
import {formatCsvRow, keyColumns, readShape, rowKey, type CatalogManifest, type CatalogRow, type CatalogTable} from '@banli/formats/catalogs';
import type {CatalogSource} from '../publish.js';
import type {PublishedVersion} from '../version.js';
import {changeErrors} from './errors.js';
import type {RowChange} from './model.js';
import type {BaseVersion} from './versions.js';

/** Rows of a catalog by table and key, as a draft would have them. */
export type DraftTables = ReadonlyMap<string, ReadonlyMap<string, CatalogRow>>;

/** The definition of a table. @throws AppError `CATALOG_CHANGE_TABLE_UNKNOWN` */
export function tableOf(manifest: CatalogManifest, table: string): CatalogTable {
  const definition = Object.hasOwn(manifest.tables, table) ? manifest.tables[table] : undefined;
  if (!definition) throw changeErrors.TABLE_UNKNOWN({catalog: manifest.id, table});
  return definition;
}

/** Columns of a table in the order of its schema. */
export function columnsOf(version: BaseVersion, table: string): readonly string[] {
  const schema = JSON.parse(version.schemas[tableOf(version.manifest, table).schema] ?? '{}') as {readonly properties?: Readonly<Record<string, unknown>>};
  return Object.keys(schema.properties ?? {});
}

/** Those of them that are still asked for. */
export function askedColumnsOf(version: BaseVersion, table: string): readonly string[] {
  return readShape(version.schemas[tableOf(version.manifest, table).schema] ?? '{}').columns.filter(column => !column.isRetired).map(column => column.name);
}

/** What the columns of a table are called, by column; those without words are left out. */
export function titlesOf(version: BaseVersion, table: string): ReadonlyMap<string, LocalizedText> {
  const {columns} = readShape(version.schemas[tableOf(version.manifest, table).schema] ?? '{}');
  return new Map(columns.filter(column => column.title['zh-CN'] !== column.name).map(column => [column.name, column.title]));
}

/** The key of a row. */
export function keyOf(definition: CatalogTable, values: CatalogRow): string {
  return rowKey(definition, values);
}

/** Columns that a change never touches: key, parent, level of a tree, the leaf a row hangs on. Tests A2 and A7. */
export function fixedColumns(definition: CatalogTable): ReadonlySet<string> {
  const leaves = (definition.references ?? []).filter(reference => reference.leaf).map(reference => reference.column);
  return new Set([...keyColumns(definition), ...(definition.parent === undefined ? [] : [definition.parent, 'level', 'path']), ...leaves]);
}

/** Rows of a version with changes laid over them. */
export function applyChanges(version: PublishedVersion, changes: ReadonlyArray<Pick<RowChange, 'tableName' | 'rowKey' | 'after'>>): DraftTables {
  const tables = new Map<string, Map<string, CatalogRow>>();
  for (const name of Object.keys(version.manifest.tables)) tables.set(name, new Map((version.tables.get(name)?.rows ?? []).map(row => [row.key, row.values])));
  for (const change of changes) tables.get(change.tableName)?.set(change.rowKey, change.after);
  return tables;
}

/** Writes a catalog as the text files that publishing reads; rows sorted by key. */
export function composeSource(base: BaseVersion, tables: DraftTables, head: {readonly version: string; readonly effectiveFrom: string}): CatalogSource {
  const manifest: CatalogManifest = {...base.manifest, ...head};
  const files: Record<string, string> = {'catalog.yaml': JSON.stringify(manifest), ...base.schemas};
  for (const [name, definition] of Object.entries(manifest.tables)) {
    const columns = columnsOf(base, name);
    const rows = sortRows([...(tables.get(name) ?? new Map<string, CatalogRow>()).values()], keyColumns(definition));
    files[definition.file] = writeCsv(columns, rows);
  }
  return {name: manifest.id, files};
}

/** Rows in the order of their key, as house format wants them. */
export function sortRows(rows: readonly CatalogRow[], key: readonly string[]): readonly CatalogRow[] {
  return rows.toSorted((a, b) => compareRows(a, b, key));
}

/** One table as text in house format. */
export function writeCsv(columns: readonly string[], rows: readonly CatalogRow[]): string {
  return `${[columns, ...rows.map(row => columns.map(column => row[column] ?? ''))].map(cells => formatCsvRow(cells)).join('\n')}\n`;
}

/** Keys of the rows of a table in the order in which `composeSource` writes them: line 2 is the first. */
export function orderedKeys(definition: CatalogTable, rows: ReadonlyMap<string, CatalogRow>): readonly string[] {
  return sortRows([...rows.values()], keyColumns(definition)).map(values => keyOf(definition, values));
}

/** The version number after the last one: `2026.2.1` → `2026.3.0`, in a later year `2027.1.0`. */
export function nextVersion(last: string, effectiveFrom: string): string {
  const [year = 0, release = 0] = last.split('.').map(Number);
  const wanted = Number(effectiveFrom.slice(0, 4));
  return wanted > year ? `${wanted}.1.0` : `${year}.${release + 1}.0`;
}

function compareRows(a: CatalogRow, b: CatalogRow, key: readonly string[]): number {
  for (const column of key) {
    const left = a[column] ?? '';
    const right = b[column] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

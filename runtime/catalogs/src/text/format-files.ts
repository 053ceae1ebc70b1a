import {keyColumns, readCatalog, readCsv, type CatalogFiles, type CatalogManifest, type CatalogRow, type LoadedCatalog} from '@banli/formats/catalogs';
import {catalogErrors} from '../errors.js';
import {withShapeTables} from '../life/fields/shape-tables.js';
import {keyOf, sortRows, writeCsv} from '../life/tables.js';
import type {PublishedVersion} from '../version.js';

/**
 * Puts the tables of a catalog into house format: UTF-8 without mark, LF, quotes only where needed, rows sorted by key. Doing it twice changes
 * nothing more. Whatever else is wrong stays as it is, for the check to tell.
 *
 * @throws AppError `CATALOG_INVALID` when a row cannot be read without losing something; nothing is formatted then.
 */
export function formatFiles(manifest: CatalogManifest, files: CatalogFiles): CatalogFiles {
  const formatted: Record<string, string> = {};
  for (const definition of Object.values(manifest.tables)) {
    const {file} = definition;
    const text = files[file];
    if (text === undefined) continue;
    const plain = `${text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').replace(/\n+$/, '')}\n`;
    const {rows: [header = [], ...rows], problems} = readCsv(file, plain);
    const columns = header.map(cell => cell.text);
    const broken = rows.filter(row => row.length !== columns.length);
    if (broken.length > 0) throw catalogErrors.INVALID({count: broken.length}, {problems: [...problems, ...broken.map(row => ({code: 'CATALOG_FILE_CELLS', message: `The row has ${row.length} cells, the header has ${columns.length}.`, place: {file, line: row[0]?.line ?? 1}}))]});
    const values = rows.map((row): CatalogRow => Object.fromEntries(row.flatMap((cell, index) => (cell.text === '' ? [] : [[columns[index] ?? '', cell.text] as const]))));
    formatted[file] = writeCsv(columns, sortRows(values, keyColumns(definition)));
  }
  return {...files, ...formatted};
}

/** The text of a catalog as if it were published, its columns and settings among its tables: to compare folders. @throws AppError `CATALOG_INVALID` when it cannot be read */
export function versionOfFiles(files: CatalogFiles): PublishedVersion {
  const {catalog, problems} = readCatalog(files);
  if (!catalog) throw catalogErrors.INVALID({count: problems.length}, {problems});
  return withShapeTables(asVersion(catalog), files);
}

/** Changes and new rows laid into the text of one table; cells that a row does not name stay as they are. */
export function mergeRows(catalog: LoadedCatalog, table: string, rows: ReadonlyArray<Readonly<Record<string, string | null>>>): string {
  const loaded = catalog.tables[table];
  if (!loaded) throw catalogErrors.ROW_UNKNOWN({catalog: catalog.manifest.id, key: table});
  const byKey = new Map<string, CatalogRow>(loaded.entries.map(entry => [entry.key, entry.values]));
  for (const cells of rows) {
    const sent = Object.fromEntries(Object.entries(cells).flatMap(([column, value]) => (value === null ? [] : [[column, value] as const])));
    const key = keyOf(loaded.definition, sent);
    const kept = Object.fromEntries(Object.entries(byKey.get(key) ?? {status: 'active'}).filter(([column]) => cells[column] === undefined));
    byKey.set(key, {...kept, ...sent});
  }
  return writeCsv(loaded.columns, sortRows([...byKey.values()], keyColumns(loaded.definition)));
}

function asVersion({manifest, tables}: LoadedCatalog): PublishedVersion {
  const rows = Object.entries(tables).map(([name, table]) => {
    const list = table.entries.map(({key, values}) => ({key, values}));
    return [name, {rows: list, byKey: new Map(list.map(row => [row.key, row]))}] as const;
  });
  const head = {
    id: '', catalogId: manifest.id, version: manifest.version, kind: manifest.kind, titleZh: manifest.title['zh-CN'], titleEn: manifest.title.en ?? '', owner: manifest.owner,
    effectiveAt: 0, publishedAt: 0, publishedBy: '', hash: '', rowCount: rows.reduce((sum, [, table]) => sum + table.rows.length, 0),
  };
  return {head, manifest, tables: new Map(rows)};
}

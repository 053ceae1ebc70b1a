import {catalogErrors, diffVersions, publishedSource, unsaid, versionOfFiles, type CatalogSource, type RowDiff, type RowInput} from '@banli/catalogs';
import {isAppError} from '@banli/errors';
import {readManifest, sameRules, type CatalogManifest} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import {cliErrors} from './errors.js';

/** What a folder makes of the last published version of its catalog. */
export interface FolderChanges {
  readonly catalogId: string;
  readonly version: string;
  readonly title: string;
  readonly rows: readonly RowInput[];
}

/**
 * The rows that a folder changes against what is published, as a change set takes them.
 *
 * @throws AppError `CLI_CATALOG_FIRST`; `CLI_CATALOG_SHAPE` where tables, keys, references or jurisdiction change, which no change set of rows can say
 */
export async function changesOf(store: Store, source: CatalogSource): Promise<FolderChanges> {
  const after = versionOfFiles(source.files);
  const {manifest} = after;
  const published = await publishedFiles(store, manifest.id);
  if (!published) throw cliErrors.CATALOG_FIRST({catalog: manifest.id});
  const before = readManifest(published.files['catalog.yaml']).manifest;
  const what = before === null || written(before) !== written(manifest) ? 'catalog.yaml' : Object.values(manifest.tables).map(table => table.schema).find(path => !sameRules(published.files[path] ?? '', source.files[path] ?? ''));
  if (what !== undefined) throw cliErrors.CATALOG_SHAPE({catalog: manifest.id, what});
  return {catalogId: manifest.id, version: manifest.version, title: manifest.title['zh-CN'], rows: diffVersions(versionOfFiles(published.files), after).map(row => inputOf(manifest.id, before?.version ?? '', row, after.tables.get(row.table)?.byKey.get(row.key)?.values ?? {}))};
}

/** Whose a catalog is: the owner that was published last, or the one that its folder names where it never was. A folder that names another owner takes nothing over by that. */
export async function ownerOf(store: Store, {id, owner}: Pick<CatalogManifest, 'id' | 'owner'>): Promise<string> {
  return readManifest((await publishedFiles(store, id))?.files['catalog.yaml']).manifest?.owner ?? owner;
}

function publishedFiles(store: Store, catalogId: string): Promise<CatalogSource | null> {
  return publishedSource(store, catalogId).catch((error: unknown) => {
    if (isAppError(error, 'CATALOG_UNKNOWN')) return null;
    throw error;
  });
}

/** What of a manifest no change set says, without its version and day, whatever the order of its words. */
function written(manifest: CatalogManifest): string {
  const {version: _, effectiveFrom: __, ...rest} = unsaid(manifest);
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
  };
  return JSON.stringify(sorted(rest));
}

/** @throws AppError `CATALOG_ROW_GONE`, because rows are retired, never deleted; `CLI_CATALOG_SHAPE` for a new row that is out of use, which nobody could review */
function inputOf(catalogId: string, last: string, {table, key, op, cells}: RowDiff, values: Readonly<Record<string, string>>): RowInput {
  if (op === 'gone') throw catalogErrors.ROW_GONE({key, table, last});
  if (op === 'add' && values['status'] === 'retired') throw cliErrors.CATALOG_SHAPE({catalog: catalogId, what: `${table} ${key}（新增即停用）`});
  if (op === 'add') return {table, op, cells: Object.fromEntries(Object.entries(values).filter(([column]) => column !== 'status'))};
  return {table, key, op, cells: Object.fromEntries(cells.filter(cell => cell.column !== 'status').map(cell => [cell.column, cell.after]))};
}

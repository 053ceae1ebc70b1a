import type {Problem} from '@banli/errors';
import type {LoadedCatalog} from '@banli/formats/catalogs';
import type {Store} from '@banli/store';
import {loadedVersion} from '../dispatch/draft-version.js';
import type {CatalogSource} from '../publish.js';
import {readHeads} from '../version-store.js';
import type {PublishedVersion, VersionHead} from '../version.js';
import {diffVersions} from './compare.js';
import {settingsOf, settingsTable} from './fields/settings-row.js';
import {shapeTable, withoutShapeTables, withShapeTables} from './fields/shape-tables.js';
import {splitChanges} from './fields/shaped-by.js';
import type {CatalogReferences, RowChange} from './model.js';
import type {Draft} from './rules/draft.js';
import {checkFolderRules} from './rules/index.js';
import {applyChanges} from './tables.js';
import {lastOf, versionsOf} from './versions.js';

/** What the rules of change sets say of catalogs from files that are published without a review, by catalog; and the versions that they looked at. */
export interface FolderFindings {
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly seen: readonly VersionHead[];
}

interface Folder {
  readonly source: CatalogSource;
  readonly catalog: LoadedCatalog;
}

/**
 * Holds catalogs from files against the rules of change sets that do not depend on a set: the owner, what units below have made of columns, what goes out of use. Ask before the transaction that
 * publishes, which has to see the same versions still. A catalog in the version that is published says nothing.
 *
 * @returns `null` where all are: most starts, which have nothing to read then
 */
export async function checkFolders(store: Store, folders: readonly Folder[], references: CatalogReferences, unitName: (unitId: string) => string | null): Promise<FolderFindings | null> {
  const heads = await readHeads(store.knex);
  if (folders.every(({catalog: {manifest}}) => lastOf(heads.get(manifest.id) ?? [])?.version === manifest.version)) return null;
  const published = await versionsOf(store).lastOfAll();
  const fresh = new Map(folders.map(({source, catalog}) => [catalog.manifest.id, withShapeTables(loadedVersion(catalog), source.files)]));
  const world = [...published.filter(({head}) => !fresh.has(head.catalogId)), ...fresh.values()];
  const problems = new Map<string, readonly Problem[]>();
  for (const {source, catalog} of folders) {
    const {id} = catalog.manifest;
    const [last, now] = [published.find(({head}) => head.catalogId === id), fresh.get(id)];
    if (!now || last?.head.version === now.head.version) continue;
    const base = {...withoutShapeTables(last ?? now), manifest: now.manifest};
    const {rows, fields} = splitChanges(changesOf(last, now));
    const draft: Draft = {base, shape: {...base, schemas: source.files}, changes: rows, fields, tables: applyChanges(withoutShapeTables(now), []), others: world.filter(({head}) => head.catalogId !== id), references, unitName};
    problems.set(id, (await checkFolderRules(draft)).map(atFile(catalog)));
  }
  return {problems, seen: published.map(({head}) => head)};
}

/** What a folder changes; a first version only says what the catalog is as a whole. */
function changesOf(last: PublishedVersion | undefined, now: PublishedVersion): readonly RowChange[] {
  const change = (tableName: string, rowKey: string, op: RowChange['op'], before: RowChange['before']): RowChange => ({tableName, rowKey, op, before, after: now.tables.get(tableName)?.byKey.get(rowKey)?.values ?? {}, changedAt: 0, changedBy: ''});
  if (!last) return [change(settingsTable, now.manifest.id, 'modify', null)];
  // Versions from before row schemas were kept have no columns among their tables, but an owner.
  const before = last.tables.has(settingsTable) ? last : {...last, tables: new Map([...last.tables, [settingsTable, settingsOf(last.manifest)]])};
  return diffVersions(before, now).flatMap(({table, key, op}) => (op === 'gone' ? [] : [change(table, key, op, before.tables.get(table)?.byKey.get(key)?.values ?? null)]));
}

/** A problem of a row at the line of its file; what a manifest says stands in `catalog.yaml`. */
function atFile({manifest, tables}: LoadedCatalog): (problem: Problem) => Problem {
  return problem => {
    const {file = '', element, field} = problem.place;
    const table = file.slice(manifest.id.length + 1);
    const at = field === undefined ? {} : {field};
    if (shapeTable(table)) return {...problem, place: {file: 'catalog.yaml', ...(element === undefined ? {} : {element}), ...at}};
    const line = tables[table]?.entries.find(entry => entry.key === element)?.line;
    return {...problem, place: {file: tables[table]?.definition.file ?? 'catalog.yaml', ...(line === undefined ? {} : {line}), ...(element === undefined ? {} : {element}), ...at}};
  };
}

import {createHash} from 'node:crypto';
import type {Problem} from '@banli/errors';
import {checkReferencesInSteps, compareVersions, readCatalogInSteps, readShape, statusByKey, type CatalogFiles, type FindTable, type LoadedCatalog, type ReadCatalog} from '@banli/formats/catalogs';
import {execute, insertRows, newId, toRow, type Store, type Tx} from '@banli/store';
import {breathe, dayOf, formatDate, inSteps, parseDate, startOfDay} from '@banli/time';
import {aloneFindings, contentFindingsInSteps} from './content/check-content.js';
import {contentWorld} from './content/model.js';
import {atLine} from './content/places.js';
import {loadedVersion} from './dispatch/draft-version.js';
import {catalogErrors} from './errors.js';
import {askHidden, hiddenProblems, type HiddenElements} from './hidden-elements.js';
import {handlingProblemsIn, type Applications} from './handling-problems.js';
import {changeErrors} from './life/errors.js';
import {fieldsOf} from './life/fields/field-rows.js';
import {checkFolders, type FolderFindings} from './life/folder-rules.js';
import type {CatalogReferences} from './life/model.js';
import {sawLast} from './life/standing.js';
import {receiverProblemsIn, type KnownReceivers} from './receiver-problems.js';
import {readHeads, readVersion} from './version-store.js';
import type {PublishedVersion, VersionHead} from './version.js';

/** A catalog as text, with the name its problems are reported under (its folder). */
export interface CatalogSource {
  readonly name: string;
  readonly files: CatalogFiles;
}

/** What became of one catalog: `published` is false when exactly this version was there before. */
export interface PublishResult {
  readonly catalogId: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly published: boolean;
  /** Problems that do not stop publishing. */
  readonly warnings: readonly Problem[];
}

/** Catalogs as read from their text, with every problem that the text alone shows. */
export interface ReadSources {
  readonly catalogs: ReadonlyArray<{readonly source: CatalogSource; readonly catalog: LoadedCatalog}>;
  readonly problems: readonly Problem[];
}

/**
 * Publishes catalogs together, all or none: every problem of every catalog is collected first.
 *
 * @throws AppError `CATALOG_INVALID` with all problems; `CATALOG_VERSION_TAKEN`.
 */
export async function publishCatalogs(store: Store, sources: readonly CatalogSource[], by: string, now: number, outside: FileReferences = {}): Promise<readonly PublishResult[]> {
  const read = await readSources(sources);
  const more = await outsideOf(store, read, outside);
  return store.tx(tx => publishIn(tx, read, by, now, more));
}

/**
 * What publishing from files asks of whoever holds forms, cases and units; see `CatalogReferences`. With all that change sets ask (`uses`), their rules about owners, units below and what goes out of use hold
 * for files, too.
 */
export interface FileReferences extends Partial<CatalogReferences> {
  /** What a unit is called; by default its id. */
  readonly unitName?: (unitId: string) => string | null;
}

/** What applications say of the catalogs that were read: which elements their forms hide, which forms there are, which receivers they know; and what the rules of change sets say of them. Ask before the transaction that publishes them. */
export async function outsideOf(store: Store, read: ReadSources, outside: FileReferences): Promise<Outside> {
  const applications = await outside.applications?.();
  const receivers = await outside.receivers?.();
  // Rows that cannot be read say nothing: that is refused first.
  const rules = isWhole(outside) && !read.problems.some(isError) ? await checkFolders(store, read.catalogs, outside, outside.unitName ?? (() => null)) : null;
  return {
    hidden: await askHidden(read.catalogs.map(entry => entry.catalog), outside.hiddenElements && (catalogId => outside.hiddenElements?.(catalogId) ?? Promise.resolve([]))),
    ...(applications ? {applications} : {}),
    ...(receivers ? {receivers} : {}),
    ...(rules ? {rules} : {}),
    ...(outside.isUnit ? {isUnit: outside.isUnit} : {}),
  };
}

function isWhole(outside: FileReferences): outside is FileReferences & CatalogReferences {
  return outside.uses !== undefined;
}

/** Answers of `outsideOf`. */
export interface Outside {
  readonly hidden?: HiddenElements;
  readonly applications?: Applications;
  readonly receivers?: KnownReceivers;
  readonly rules?: FolderFindings;
  /** Whether a unit is there and in use; without it units are not looked at. */
  readonly isUnit?: (unitId: string) => boolean;
}

/** Reads the text of catalogs; needs no database. */
export async function readSources(sources: readonly CatalogSource[]): Promise<ReadSources> {
  const read: Array<{readonly source: CatalogSource} & ReadCatalog> = [];
  for (const source of sources) {
    read.push({source, ...(await inSteps(readCatalogInSteps(source.files)))});
    await breathe();
  }
  return {
    catalogs: read.flatMap(result => (result.catalog ? [{source: result.source, catalog: result.catalog}] : [])),
    problems: read.flatMap(result => named(result.source, result.problems)),
  };
}

/**
 * Publishes what was read within the caller's transaction. Publishings go one after the other.
 *
 * @param outside - Of `outsideOf`, for catalogs from files: their rows must not require what a layout hides, nor name forms that nobody has. A change set has its own rules.
 * @throws AppError `CATALOG_INVALID` with all problems; `CATALOG_VERSION_TAKEN`; `CATALOG_CHANGE_PUBLISHED_MEANWHILE` when the rules looked at versions that are not the last ones any more.
 */
export async function publishIn(tx: Tx, read: ReadSources, by: string, now: number, outside: Outside = {}): Promise<readonly PublishResult[]> {
  await lockPublishing(tx);
  if (outside.rules && !(await sawLast(tx, outside.rules.seen))) throw changeErrors.PUBLISHED_MEANWHILE({catalog: read.catalogs.map(({catalog}) => catalog.manifest.id).join(', ')});
  const all = await checkAgainstPublished(tx, read, outside);
  const errors = all.filter(isError);
  if (errors.length > 0) throw catalogErrors.INVALID({count: errors.length}, {problems: all});
  const results: PublishResult[] = [];
  for (const {source, catalog} of read.catalogs) {
    const {id: catalogId, version, effectiveFrom} = catalog.manifest;
    const done = await insertVersion(tx, catalog, source, by, now);
    results.push({catalogId, version, effectiveFrom, published: done, warnings: all.filter(problem => problem.place.file?.startsWith(`${source.name}/`))});
  }
  return results;
}

/** Makes this transaction the only one that publishes, until it ends: catalogs name rows of each other. */
export async function lockPublishing(tx: Tx): Promise<void> {
  await execute(tx, 'update catalog_publishing set turn = turn + 1 where id = ?', [1]);
}

/** What a check takes besides what was read and published. */
export interface CheckMore extends Outside {
  /** Versions that stand in the place of the last ones of their catalogs. */
  readonly instead?: readonly PublishedVersion[];
}

/** All problems of what was read: of the text, of references, and against the last versions. */
export async function checkAgainstPublished(on: Store['knex'] | Tx, read: ReadSources, {hidden = new Map(), applications, receivers, rules, instead = [], isUnit}: CheckMore = {}): Promise<readonly Problem[]> {
  const published = new Map([...(await lastVersions(on)), ...instead.map(version => [version.head.catalogId, version] as const)]);
  const find = finder(read.catalogs.map(entry => entry.catalog), published);
  const fresh = new Map(read.catalogs.map(({catalog}) => [catalog.manifest.id, loadedVersion(catalog)]));
  // Content as a whole is looked at once rows can be read and branches end: what a circle of parents says is nothing.
  const isSound = !read.problems.some(isError);
  const found: Problem[] = [];
  for (const {source, catalog} of read.catalogs) {
    const last = published.get(catalog.manifest.id);
    const own = fresh.get(catalog.manifest.id) ?? loadedVersion(catalog);
    const world = contentWorld(own, new Map([...published, ...fresh]), isUnit);
    const content = (isSound ? await inSteps(contentFindingsInSteps(world, last ? contentWorld(last, published, isUnit) : null)) : aloneFindings(world)).map(atLine(catalog));
    found.push(...named(source, [...(await inSteps(checkReferencesInSteps(catalog, find))), ...(await inSteps(checkAgainstLast(catalog, last))), ...(await checkColumns(on, catalog, source, last)), ...hiddenProblems(catalog, last, hidden.get(catalog.manifest.id) ?? []), ...handlingProblemsIn(catalog, last, applications), ...receiverProblemsIn(catalog, receivers), ...(rules?.problems.get(catalog.manifest.id) ?? []), ...content]));
    await breathe();
  }
  return [...read.problems, ...found];
}

function isError({severity}: Problem): boolean {
  return severity !== 'warning';
}

function named(source: CatalogSource, problems: readonly Problem[]): readonly Problem[] {
  return problems.map(problem => ({...problem, place: {...problem.place, file: `${source.name}/${problem.place.file ?? ''}`}}));
}

async function lastVersions(on: Store['knex'] | Tx): Promise<ReadonlyMap<string, PublishedVersion>> {
  const last = new Map<string, PublishedVersion>();
  for (const [catalogId, heads] of await readHeads(on)) {
    const head = heads.reduce<VersionHead | undefined>((best, candidate) => (best && compareVersions(best.version, candidate.version) > 0 ? best : candidate), undefined);
    if (head) last.set(catalogId, await readVersion(head, on));
    await breathe();
  }
  return last;
}

function finder(catalogs: readonly LoadedCatalog[], published: ReadonlyMap<string, PublishedVersion>): FindTable {
  const fresh = new Map(catalogs.map(catalog => [catalog.manifest.id, catalog]));
  return (catalogId, table) => {
    const own = fresh.get(catalogId)?.tables[table];
    if (own) return statusByKey(own);
    const rows = published.get(catalogId)?.tables.get(table)?.rows;
    return rows ? new Map(rows.map(row => [row.key, row.values['status'] ?? 'active'])) : null;
  };
}

/** A new version must come later than the last one, and keep every key of it. */
function* checkAgainstLast(catalog: LoadedCatalog, last: PublishedVersion | undefined): Generator<void, readonly Problem[]> {
  const {manifest} = catalog;
  if (!last || last.head.version === manifest.version) return [];
  const file = 'catalog.yaml';
  const details = {catalog: manifest.id, version: manifest.version};
  const problems: Problem[] = [];
  if (compareVersions(manifest.version, last.head.version) < 0) problems.push(problem(catalogErrors.VERSION_OLD({...details, last: last.head.version}), file));
  if (startOfDay(parseDate(manifest.effectiveFrom)) < last.head.effectiveAt) {
    problems.push(problem(catalogErrors.EFFECTIVE_EARLIER({...details, date: manifest.effectiveFrom, last: formatDate(dayOf(last.head.effectiveAt))}), file));
  }
  for (const [name, table] of last.tables) {
    const keys = new Set((catalog.tables[name]?.entries ?? []).map(entry => entry.key));
    for (const [index, row] of table.rows.entries()) {
      if (index % chunk === 0) yield;
      if (!keys.has(row.key)) problems.push(problem(catalogErrors.ROW_GONE({key: row.key, table: name, last: last.head.version}), catalog.tables[name]?.definition.file ?? file));
    }
  }
  return problems;
}

/** Columns stay, each with the type it has. Lists and references are told from text by what stands in the schema and the manifest; other types are marked. */
async function checkColumns(on: Store['knex'] | Tx, {manifest}: LoadedCatalog, {files}: CatalogSource, last: PublishedVersion | undefined): Promise<readonly Problem[]> {
  if (!last || last.head.version === manifest.version) return [];
  const row = await on('catalog_version').where({id: last.head.id}).first<{row_schemas: string | null} | undefined>('row_schemas');
  if (!row?.row_schemas) return [];
  const now = fieldsOf(manifest, files).byKey;
  return fieldsOf(last.manifest, JSON.parse(row.row_schemas) as Record<string, string>).rows.flatMap(({key, values}) => {
    const {table = '', column = '', type: before = ''} = values;
    const after = now.get(key)?.values['type'];
    const details = {column, table, last: last.head.version};
    const file = manifest.tables[table]?.schema ?? 'catalog.yaml';
    if (after === undefined) return [problem(catalogErrors.COLUMN_GONE(details), file)];
    return after === before || !readOwn(files[file], column) ? [] : [problem(catalogErrors.COLUMN_TYPE({...details, before, after}), file)];
  });
}

function readOwn(schema: string | undefined, name: string): boolean {
  return readShape(schema ?? '{}').columns.some(column => column.name === name && column.isOwn);
}

function problem(error: {readonly code: string; readonly message: string}, file: string): Problem {
  return {code: error.code, message: error.message, place: {file}};
}

/** Rows of one statement; between two of them whoever reads has a turn. */
const chunk = 100;

async function insertVersion(tx: Tx, catalog: LoadedCatalog, source: CatalogSource, by: string, now: number): Promise<boolean> {
  const {manifest} = catalog;
  const hash = await inSteps(hashOf(catalog));
  const known = await tx('catalog_version').where({catalog_id: manifest.id, version: manifest.version}).first<{id: string; hash: string; row_schemas: string | null; withdrawn_at: number | null} | undefined>('id', 'hash', 'row_schemas', 'withdrawn_at');
  if (known && known.withdrawn_at !== null) throw catalogErrors.VERSION_WITHDRAWN({catalog: manifest.id, version: manifest.version});
  const rowSchemas = JSON.stringify(schemasOf(catalog, source));
  if (known?.hash === hash) {
    // Versions from before row schemas were kept get them now.
    if (known.row_schemas === null) await tx('catalog_version').where({id: known.id}).update({row_schemas: rowSchemas});
    return false;
  }
  if (known) throw catalogErrors.VERSION_TAKEN({catalog: manifest.id, version: manifest.version});
  const id = newId(now);
  const entries = Object.values(catalog.tables).flatMap(table => table.entries.map((entry, position) => ({table: table.name, position, entry})));
  await tx('catalog_version').insert(toRow({
    id, catalogId: manifest.id, version: manifest.version, kind: manifest.kind, titleZh: manifest.title['zh-CN'], titleEn: manifest.title.en ?? '', owner: manifest.owner,
    effectiveAt: startOfDay(parseDate(manifest.effectiveFrom)), publishedAt: now, publishedBy: by, hash, rowCount: entries.length, manifest: JSON.stringify(manifest), rowSchemas,
  }));
  for (let start = 0; start < entries.length; start += chunk) {
    const rows = entries.slice(start, start + chunk).map(({table, position, entry}) => ({version_id: id, table_name: table, position, row_key: entry.key, data: JSON.stringify(entry.values)}));
    await insertRows(tx, 'catalog_row', rows);
    await breathe();
  }
  return true;
}

/** The row schemas of a catalog by path: what a later version is checked with that comes from no folder. */
function schemasOf({manifest}: LoadedCatalog, source: CatalogSource): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(manifest.tables).map(table => [table.schema, source.files[table.schema] ?? '']));
}

/** SHA-256 over the JSON of `[manifest, [[table, columns, rows], …]]`, written piece by piece. */
function* hashOf(catalog: LoadedCatalog): Generator<void, string> {
  const hash = createHash('sha256').update(`[${JSON.stringify(catalog.manifest)},[`);
  for (const [place, name] of Object.keys(catalog.tables).sort().entries()) {
    const {columns, entries} = catalog.tables[name] ?? {columns: [], entries: []};
    hash.update(`${place === 0 ? '' : ','}[${JSON.stringify(name)},${JSON.stringify(columns)},[`);
    for (let start = 0; start < entries.length; start += chunk) {
      yield;
      hash.update(`${start === 0 ? '' : ','}${entries.slice(start, start + chunk).map(entry => JSON.stringify(entry.values)).join(',')}`);
    }
    hash.update(']]');
  }
  return hash.update(']]').digest('hex');
}

import type {Problem} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import {keyColumns, type CatalogManifest, type CatalogRow, type IssueOverride, type OverrideBound} from '@banli/formats/catalogs';
import {titleOf} from '../choices.js';
import {columnsOf} from '../life/tables.js';
import type {LifeActor} from '../life/model.js';
import type {PublishedVersion} from '../version.js';
import type {RowChecks} from './check-rows.js';
import {givenBy, newestLayer, sourceOf, type IssueDesk} from './desk.js';
import {issueErrors} from './errors.js';
import {cellsOf, sameCells} from './fields.js';
import {readGone, readIssue, readIssueLines, readIssueRows} from './issue-store.js';
import {withCells} from './lay-over.js';
import {readLayer} from './layer-store.js';
import type {GoneOverride, Issue, IssueLine, LayerCells, LayerHead, LayerRow} from './model.js';
import {wholeProblems} from './rule-problems.js';
import {placeOfRow, type Place} from './scope.js';

/** An issue as it is opened. */
export interface OpenedIssue {
  readonly issue: Issue;
  readonly title: LocalizedText;
  readonly lines: readonly IssueLine[];
  /** What stands against confirming it now; empty once it is through. */
  readonly problems: readonly Problem[];
  /** The newest layer of the unit, and whether this issue is what it came of. */
  readonly newest: LayerHead | null;
  readonly tables: readonly IssueTable[];
  /** What the unit had made of the version before and could not take over when it verified this one. */
  readonly fellAway: readonly GoneOverride[];
}

/** A table of an issue: its columns, what may be changed, how many rows are where. */
export interface IssueTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly overrides: readonly IssueOverride[];
  readonly area: string | null;
  readonly local: boolean;
  /** Values that rows of one's own may have, by column. */
  readonly localOnly: Readonly<Record<string, readonly string[]>>;
  readonly rows: number;
  readonly outside: number;
  readonly own: number;
}

/** Columns that are decided together: the value above before and now, and one's own. */
export interface IssueField {
  readonly columns: readonly string[];
  readonly bound: OverrideBound;
  /** What was above when the unit last confirmed, or when it made its override; `null` when it never had the row. */
  readonly base: LayerCells | null;
  readonly theirs: LayerCells;
  readonly mine: LayerCells | null;
  readonly conflict: boolean;
}

/** A row of an issue. `outside`: filtered, with its area as the reason; `above`: of an upper area, locked. */
export interface IssueRow {
  readonly key: string;
  readonly title: LocalizedText;
  readonly place: Place;
  readonly kind: 'given' | 'local';
  readonly area: string | null;
  /** As it would be for the unit. */
  readonly values: CatalogRow;
  readonly fields: readonly IssueField[];
  /** Cells that the level above changed since the unit last confirmed, locked ones too; of a row it never had, none. */
  readonly changedAbove: ReadonlyArray<{readonly column: string; readonly base: string | null; readonly theirs: string | null}>;
  readonly added: boolean;
}

/** Which rows of an issue are wanted. `cursor` is the key of the last one seen. */
export interface IssueRowQuery {
  readonly table: string;
  readonly only: 'all' | 'own' | 'conflicts' | 'changed' | 'outside';
  readonly words?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Opens an issue. @throws AppError `CATALOG_ISSUE_UNKNOWN`; `CATALOG_ISSUE_NOT_YOURS` for whoever may read at neither end */
export async function openIssue(desk: IssueDesk, actor: LifeActor, issueId: string): Promise<OpenedIssue> {
  const issue = await readReadable(desk, actor, issueId);
  const rows = await rowsOf(desk, issue);
  const {whole, given, scope} = await givenBy(desk, issue);
  const schemas = (await desk.versions.withSchemas(await desk.versions.byId(issue.catalogId, issue.baseVersionId))).schemas;
  const tables = Object.entries(given.manifest.tables).filter(([, definition]) => definition.issue).map(([name, definition]): IssueTable => ({
    name, columns: columnsOf({...given, schemas}, name), key: keyColumns(definition), overrides: definition.issue?.overrides ?? [], area: definition.issue?.area ?? null, local: definition.issue?.local ?? false, localOnly: definition.issue?.localOnly ?? {},
    rows: given.tables.get(name)?.rows.length ?? 0, outside: (whole.tables.get(name)?.rows ?? []).filter(row => placeOfRow(scope, definition.issue, row.values) === 'outside').length,
    own: rows.filter(row => row.tableName === name).length,
  }));
  const problems = issue.state === 'completing' ? await problemsOf(desk, issue, {...given, schemas}, rows, scope) : [];
  const newest = await newestLayer(desk.store.knex, issue.catalogId, issue.areaCode);
  return {issue, title: {'zh-CN': given.head.titleZh, en: given.head.titleEn}, lines: await readIssueLines(desk.store.knex, issue.id), problems, newest: newest?.unitId === issue.toUnitId ? newest : null, tables, fellAway: await readGone(desk.store.knex, issue.id)};
}

/** Rows of an issue with base, mine and theirs. @throws AppError of `openIssue`; `CATALOG_ISSUE_TABLE_UNKNOWN` */
export async function issueRows(desk: IssueDesk, actor: LifeActor, issueId: string, query: IssueRowQuery): Promise<{readonly rows: readonly IssueRow[]; readonly nextCursor: string | null}> {
  const issue = await readReadable(desk, actor, issueId);
  const {whole, scope} = await givenBy(desk, issue);
  if (!Object.hasOwn(whole.manifest.tables, query.table)) throw issueErrors.TABLE_UNKNOWN({catalog: issue.catalogId, table: query.table});
  const own = new Map((await rowsOf(desk, issue)).filter(row => row.tableName === query.table).map(row => [row.rowKey, row]));
  const before = await baseBefore(desk, issue);
  const parts = {manifest: whole.manifest, table: query.table, before};
  const all = [
    ...(whole.tables.get(query.table)?.rows ?? []).map(row => rowOf({...parts, key: row.key, theirs: row.values, own: own.get(row.key) ?? null, place: placeOfRow(scope, whole.manifest.tables[query.table]?.issue, row.values)})),
    ...[...own.values()].filter(row => row.kind === 'local' && !whole.tables.get(query.table)?.byKey.has(row.rowKey)).map(row => rowOf({...parts, key: row.rowKey, theirs: null, own: row, place: 'inside'})),
  ];
  const wanted = all.filter(row => (query.only === 'outside') === (row.place === 'outside') && fits(row, query)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rest = query.cursor === undefined ? wanted : wanted.filter(row => row.key > (query.cursor ?? ''));
  const rows = rest.slice(0, query.limit);
  return {rows, nextCursor: rest.length > query.limit ? (rows.at(-1)?.key ?? null) : null};
}

function fits(row: IssueRow, {only, words}: IssueRowQuery): boolean {
  if (words !== undefined && words !== '' && ![row.key, row.title['zh-CN'], ...Object.values(row.values)].some(text => text.includes(words))) return false;
  if (only === 'own') return row.kind === 'local' || row.fields.some(field => field.mine);
  if (only === 'conflicts') return row.fields.some(field => field.conflict);
  return only !== 'changed' || row.added || row.changedAbove.length > 0;
}

async function readReadable(desk: IssueDesk, actor: LifeActor, issueId: string): Promise<Issue> {
  const issue = await readIssue(desk.store.knex, issueId);
  if (![issue.fromUnitId, issue.toUnitId].some(unitId => desk.rights.may(actor, 'catalogs.read', unitId))) throw issueErrors.NOT_YOURS({permission: 'catalogs.read', unit: desk.units.unit(issue.toUnitId)?.name ?? issue.toUnitId});
  return issue;
}

/** What the unit made of it, also where it never came to anything. */
function rowsOf(desk: IssueDesk, issue: Issue): Promise<readonly LayerRow[]> {
  return readIssueRows(desk.store.knex, issue.id);
}

/** What was above when the unit last confirmed before this issue; `null` when it never did. */
async function baseBefore(desk: IssueDesk, issue: Issue): Promise<PublishedVersion | null> {
  const became = issue.layerId === null ? null : await readLayer(desk.store.knex, issue.layerId);
  const layers = await desk.store.knex('catalog_layer').where({catalog_id: issue.catalogId, area_code: issue.areaCode}).orderBy('number', 'desc').select<Array<{id: string; number: number; kind: string}>>('id', 'number', 'kind');
  const last = layers.find(layer => became === null || layer.number < became.number);
  if (!last || last.kind === 'ended') return null;
  const source = sourceOf(desk);
  return desk.layers.base(await source.layer(last.id), source);
}

async function problemsOf(desk: IssueDesk, issue: Issue, onto: RowChecks['onto'], rows: readonly LayerRow[], scope: RowChecks['scope']): Promise<readonly Problem[]> {
  const unit = desk.units.unit(issue.toUnitId);
  if (!unit) return [];
  const others = (await desk.versions.lastOfAll()).filter(version => version.head.catalogId !== issue.catalogId);
  return wholeProblems(desk, rows, {onto, others, scope, units: desk.units, unit, from: desk.units.unit(issue.fromUnitId)?.name ?? issue.fromUnitId});
}

interface RowParts {
  readonly manifest: CatalogManifest;
  readonly table: string;
  readonly before: PublishedVersion | null;
  readonly key: string;
  readonly theirs: CatalogRow | null;
  readonly own: LayerRow | null;
  readonly place: Place;
}

function rowOf({manifest, table, before, key, theirs, own, place}: RowParts): IssueRow {
  const issue = manifest.tables[table]?.issue;
  const values = withCells(theirs ?? {}, own?.ownValues ?? {});
  const old = before?.tables.get(table)?.byKey.get(key)?.values ?? null;
  const fields = theirs && place === 'inside' ? (issue?.overrides ?? []).map(({columns, bound}): IssueField => {
    const mine = own && columns.some(column => Object.hasOwn(own.ownValues, column)) ? cellsOf(values, columns) : null;
    const base = mine && own ? cellsFrom(own.baseValues, columns) : old ? cellsOf(old, columns) : null;
    const now = cellsOf(theirs, columns);
    return {columns, bound, base, theirs: now, mine, conflict: mine !== null && !sameCells(base ?? {}, now, columns)};
  }) : [];
  const columns = theirs && old ? [...new Set([...Object.keys(old), ...Object.keys(theirs)])] : [];
  const changedAbove = columns.filter(column => old?.[column] !== theirs?.[column]).map(column => ({column, base: old?.[column] ?? null, theirs: theirs?.[column] ?? null}));
  return {key, title: titleOf({key, values}), place, kind: own?.kind === 'local' ? 'local' : 'given', area: issue?.area === undefined ? null : (values[issue.area] ?? null), values, fields, changedAbove, added: before !== null && old === null && own?.kind !== 'local'};
}

function cellsFrom(cells: LayerCells, columns: readonly string[]): LayerCells {
  return Object.fromEntries(columns.map(column => [column, cells[column] ?? null]));
}

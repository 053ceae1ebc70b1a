import {fromRow, newId, toRow, type SqlRow, type Store, type Tx} from '@banli/store';
import type {LifeActor} from '../life/model.js';
import {issueErrors} from './errors.js';
import {readLayerRow, writeLayerRow} from './layer-store.js';
import type {GoneOverride, GoneReason, Issue, IssueLine, LayerCells, LayerRow} from './model.js';

type Reader = Store['knex'] | Tx;

const moments = ['createdAt', 'updatedAt', 'effectiveAt', 'at'];

/** Reads one issue. @throws AppError `CATALOG_ISSUE_UNKNOWN` */
export async function readIssue(on: Reader, id: string): Promise<Issue> {
  const row: SqlRow | undefined = await on('catalog_issue').where({id}).first();
  if (!row) throw issueErrors.UNKNOWN({issue: id});
  return typed<Issue>(row);
}

/** Issues, newest first, before `cursor`; at most `limit`. `unitIds` are either end. */
export async function listIssues(on: Reader, filter: {readonly catalogId?: string; readonly states?: readonly string[]; readonly unitIds?: readonly string[]; readonly cursor?: string; readonly limit: number}): Promise<readonly Issue[]> {
  const query = on('catalog_issue').orderBy('id', 'desc').limit(filter.limit);
  if (filter.catalogId !== undefined) void query.where({catalog_id: filter.catalogId});
  if (filter.states) void query.whereIn('state', [...filter.states]);
  const units = filter.unitIds;
  if (units) void query.where(either => void either.whereIn('from_unit_id', [...units]).orWhereIn('to_unit_id', [...units]));
  if (filter.cursor !== undefined) void query.where('id', '<', filter.cursor);
  return ((await query) as SqlRow[]).map(row => typed<Issue>(row));
}

/** Writes a new issue. */
export async function insertIssue(tx: Tx, issue: Issue): Promise<void> {
  await tx('catalog_issue').insert(toRow({...issue}));
}

/**
 * Changes an issue that still stands as the command saw it; its lock version grows.
 * @throws AppError `CATALOG_ISSUE_STALE`
 */
export async function saveIssue(tx: Tx, seen: Issue, patch: Partial<Issue>): Promise<Issue> {
  const next = {...patch, lockVersion: seen.lockVersion + 1};
  const found = await tx('catalog_issue').where({id: seen.id, lock_version: seen.lockVersion, state: seen.state}).update(toRow(next));
  if (found !== 1) throw issueErrors.STALE({now: (await readIssue(tx, seen.id)).lockVersion, seen: seen.lockVersion});
  return {...seen, ...next};
}

/** What the unit makes of the rows so far, by table and key. */
export async function readIssueRows(on: Reader, issueId: string): Promise<readonly LayerRow[]> {
  const rows = (await on('catalog_issue_row').where({issue_id: issueId}).orderBy(['table_name', 'row_key'])) as SqlRow[];
  return rows.map(readLayerRow);
}

/** Puts rows in place of those with the same key; `gone` are taken out. */
export async function writeIssueRows(tx: Tx, issueId: string, rows: readonly LayerRow[], by: {readonly at: number; readonly personId: string}, gone: ReadonlyArray<Pick<LayerRow, 'tableName' | 'rowKey'>> = []): Promise<void> {
  for (const row of [...rows, ...gone]) await tx('catalog_issue_row').where({issue_id: issueId, table_name: row.tableName, row_key: row.rowKey}).delete();
  const values = rows.map(row => ({issue_id: issueId, ...writeLayerRow(row), changed_at: by.at, changed_by: by.personId}));
  for (let start = 0; start < values.length; start += 100) await tx('catalog_issue_row').insert(values.slice(start, start + 100));
}

/** Keeps what fell away when an issue was verified. */
export async function writeGone(tx: Tx, issueId: string, gone: readonly GoneOverride[]): Promise<void> {
  const values = gone.map(each => ({issue_id: issueId, table_name: each.tableName, row_key: each.rowKey, columns: each.columns.join(','), reason: each.reason, own_values: JSON.stringify(each.ownValues)}));
  for (let start = 0; start < values.length; start += 100) await tx('catalog_issue_gone').insert(values.slice(start, start + 100));
}

/** What fell away when an issue was verified, by table and key. */
export async function readGone(on: Reader, issueId: string): Promise<readonly GoneOverride[]> {
  const rows = (await on('catalog_issue_gone').where({issue_id: issueId}).orderBy(['table_name', 'row_key', 'columns'])) as SqlRow[];
  return rows.map(row => ({
    tableName: String(row['table_name']), rowKey: String(row['row_key']), columns: row['columns'] === '' ? [] : String(row['columns']).split(','), reason: String(row['reason']) as GoneReason,
    ownValues: JSON.parse(String(row['own_values'])) as LayerCells,
  }));
}

/** Notes what happened to an issue. */
export async function insertIssueLine(tx: Tx, issueId: string, actor: LifeActor, line: Pick<IssueLine, 'at' | 'kind' | 'reason'>): Promise<void> {
  await tx('catalog_issue_line').insert(toRow({id: newId(line.at), issueId, ...line, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}));
}

/** What happened to an issue, oldest first. */
export async function readIssueLines(on: Reader, issueId: string): Promise<readonly IssueLine[]> {
  const rows = (await on('catalog_issue_line').where({issue_id: issueId}).orderBy('id').select('at', 'kind', 'person_id', 'person_name', 'unit_id', 'reason')) as SqlRow[];
  return rows.map(row => typed<IssueLine>(row));
}

/** Big integers come as text from one database and as numbers from the other. */
function typed<T>(row: SqlRow): T {
  const value = fromRow<Record<string, unknown>>(row);
  for (const name of moments) {
    if (value[name] !== undefined && value[name] !== null) value[name] = Number(value[name]);
  }
  return value as T;
}

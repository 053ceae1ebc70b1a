import type {CatalogRow} from '@banli/formats/catalogs';
import {fromRow, newId, queryRows, toRow, type SqlRow, type Store, type Tx} from '@banli/store';
import {changeErrors} from './errors.js';
import {openStates, type ChangeLine, type ChangeSet, type LifeActor, type RowChange} from './model.js';

type Reader = Store['knex'] | Tx;

const moments = ['createdAt', 'updatedAt', 'submittedAt', 'decidedAt', 'publishedAt', 'at', 'changedAt'];

/** Reads one set. @throws AppError `CATALOG_CHANGE_UNKNOWN` */
export async function readChange(on: Reader, id: string): Promise<ChangeSet> {
  const row: SqlRow | undefined = await on('catalog_change').where({id}).first();
  if (!row) throw changeErrors.UNKNOWN({change: id});
  return typed<ChangeSet>(row);
}

/** The set that a case reviews, or did; `null` when there is none. */
export async function changeSetOfReview(tx: Tx, caseId: string): Promise<ChangeSet | null> {
  const row: SqlRow | undefined = await tx('catalog_change').where({review_case_id: caseId}).first();
  return row ? typed<ChangeSet>(row) : null;
}

/** Sets of a catalog, newest first, before `cursor`; at most `limit`. */
export async function listChanges(on: Reader, filter: {readonly catalogId: string; readonly states?: readonly string[]; readonly cursor?: string; readonly limit: number}): Promise<readonly ChangeSet[]> {
  const query = on('catalog_change').where({catalog_id: filter.catalogId}).orderBy('id', 'desc').limit(filter.limit);
  if (filter.states) void query.whereIn('state', [...filter.states]);
  if (filter.cursor !== undefined) void query.where('id', '<', filter.cursor);
  return ((await query) as SqlRow[]).map(row => typed<ChangeSet>(row));
}

/** Rows of a set, by table and key. */
export async function readRows(on: Reader, changeId: string): Promise<readonly RowChange[]> {
  const rows = (await on('catalog_change_row').where({change_id: changeId}).orderBy(['table_name', 'row_key'])) as SqlRow[];
  return rows.map(readRow);
}

/** Rows that open sets of a catalog change in one table, with the set. */
export async function readPending(on: Reader, catalogId: string, table: string): Promise<ReadonlyArray<{readonly change: ChangeSet; readonly row: RowChange}>> {
  const changes = await listChanges(on, {catalogId, states: openStates, limit: 1_000});
  const known = new Map(changes.map(change => [change.id, change]));
  const rows = (await on('catalog_change_row').whereIn('change_id', [...known.keys()]).where({table_name: table}).orderBy(['change_id', 'row_key'])) as SqlRow[];
  return rows.flatMap(row => {
    const change = known.get(String(row['change_id']));
    return change ? [{change, row: readRow(row)}] : [];
  });
}

/** Keys of rows whose last published change of that kind was 作废. */
export async function readVoided(on: Reader, catalogId: string, table: string): Promise<ReadonlySet<string>> {
  const sql = `select r.row_key, r.op from catalog_change_row r join catalog_change c on c.id = r.change_id
    where c.catalog_id = ? and c.state = 'published' and r.table_name = ? and r.op in ('void', 'restore', 'offShelf') order by c.published_at, c.id`;
  const rows = await queryRows(on, sql, [catalogId, table]);
  const voided = new Set<string>();
  for (const row of rows) {
    if (row['op'] === 'void') voided.add(String(row['row_key']));
    else voided.delete(String(row['row_key']));
  }
  return voided;
}

/** Units whose published sets first added rows of a table, by key. */
export async function readCreators(on: Reader, catalogId: string, table: string): Promise<ReadonlyMap<string, string>> {
  const sql = `select r.row_key, c.unit_id from catalog_change_row r join catalog_change c on c.id = r.change_id
    where c.catalog_id = ? and c.state = 'published' and r.table_name = ? and r.op = 'add' order by c.published_at desc, c.id desc`;
  return new Map((await queryRows(on, sql, [catalogId, table])).map(row => [String(row['row_key']), String(row['unit_id'])]));
}

/** Published sets that became one of some versions. */
export async function setsOfVersions(tx: Tx, catalogId: string, versions: readonly string[]): Promise<readonly ChangeSet[]> {
  const rows = (await tx('catalog_change').where({catalog_id: catalogId, state: 'published'}).whereIn('published_version', [...versions]).orderBy('id')) as SqlRow[];
  return rows.map(row => typed<ChangeSet>(row));
}

/** Writes a new set. */
export async function insertChange(tx: Tx, change: ChangeSet): Promise<void> {
  await tx('catalog_change').insert(toRow({...change}));
}

/**
 * Changes a set that still stands as the command saw it; its lock version grows.
 * @throws AppError `CATALOG_CHANGE_STALE`
 */
export async function saveChange(tx: Tx, seen: ChangeSet, patch: Partial<ChangeSet>): Promise<ChangeSet> {
  const next = {...patch, lockVersion: seen.lockVersion + 1};
  const found = await tx('catalog_change').where({id: seen.id, lock_version: seen.lockVersion, state: seen.state}).update(toRow(next));
  if (found !== 1) throw changeErrors.STALE({now: (await readChange(tx, seen.id)).lockVersion, seen: seen.lockVersion});
  return {...seen, ...next};
}

/** Writes rows in place of those with the same key. */
export async function putRows(tx: Tx, changeId: string, rows: readonly RowChange[]): Promise<void> {
  for (const row of rows) await tx('catalog_change_row').where({change_id: changeId, table_name: row.tableName, row_key: row.rowKey}).delete();
  const values = rows.map(row => ({
    change_id: changeId, table_name: row.tableName, row_key: row.rowKey, op: row.op, before_values: row.before && JSON.stringify(row.before),
    after_values: JSON.stringify(row.after), changed_at: row.changedAt, changed_by: row.changedBy,
  }));
  for (let start = 0; start < values.length; start += 100) await tx('catalog_change_row').insert(values.slice(start, start + 100));
}

/** Takes one row out; answers whether it was there. */
export async function dropRow(tx: Tx, changeId: string, table: string, key: string): Promise<boolean> {
  return (await tx('catalog_change_row').where({change_id: changeId, table_name: table, row_key: key}).delete()) > 0;
}

/** Takes a whole set out, with everything about it. @throws AppError `CATALOG_CHANGE_STALE`, `CATALOG_CHANGE_UNKNOWN` when it is gone */
export async function deleteChange(tx: Tx, seen: ChangeSet): Promise<void> {
  const found = await tx('catalog_change').where({id: seen.id, lock_version: seen.lockVersion, state: seen.state}).delete();
  if (found !== 1) throw changeErrors.STALE({now: (await readChange(tx, seen.id)).lockVersion, seen: seen.lockVersion});
  await tx('catalog_change_row').where({change_id: seen.id}).delete();
  await tx('catalog_change_line').where({change_id: seen.id}).delete();
}

/** Notes what happened to a set. */
export async function insertLine(tx: Tx, changeId: string, actor: LifeActor, line: Pick<ChangeLine, 'at' | 'kind' | 'opinion'>): Promise<void> {
  await tx('catalog_change_line').insert(toRow({id: newId(line.at), changeId, ...line, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}));
}

/** What happened to a set, oldest first. */
export async function readLines(on: Reader, changeId: string): Promise<readonly ChangeLine[]> {
  const rows = (await on('catalog_change_line').where({change_id: changeId}).orderBy('id').select('at', 'kind', 'person_id', 'person_name', 'unit_id', 'opinion')) as SqlRow[];
  return rows.map(row => typed<ChangeLine>(row));
}

function readRow(row: SqlRow): RowChange {
  const {before_values: before, after_values: after, change_id: _, ...rest} = row;
  return {...typed<Omit<RowChange, 'before' | 'after'>>(rest), before: before === null ? null : (JSON.parse(String(before)) as CatalogRow), after: JSON.parse(String(after)) as CatalogRow};
}

/** Big integers come as text from one database and as numbers from the other. */
function typed<T>(row: SqlRow): T {
  const value = fromRow<Record<string, unknown>>(row);
  for (const name of moments) {
    if (value[name] !== undefined && value[name] !== null) value[name] = Number(value[name]);
  }
  return value as T;
}

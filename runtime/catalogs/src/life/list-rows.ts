import type {LocalizedText} from '@banli/formats';
import type {CatalogManifest, CatalogRow} from '@banli/formats/catalogs';
import {readCreators, readPending, readVoided} from './change-store.js';
import type {PublishedVersion} from '../version.js';
import {chainAbove} from './browse.js';
import type {Desk} from './desk.js';
import {labelsOf, wordsOfRow, type Labels} from './labels.js';
import {mayEditRows} from './maintainers.js';
import type {ChangeOp, ChangeSet, ChangeState, LifeActor, RowChange} from './model.js';
import type {RowDates, RowMoments} from './row-dates.js';
import {rowFilter, type PlainRow, type RowFilter} from './row-filter.js';
import {readSchedule, type Schedule, type ScheduledRow} from './schedule.js';
import {columnsOf, tableOf} from './tables.js';

/** State of a row in the list: that of the newest open change if there is one, else 待生效 where a version that waits for its day changes it, else 已生效, 已下架 or 已作废. */
export type RowState = Extract<ChangeState, 'editing' | 'inReview' | 'approved' | 'failed'> | 'scheduled' | 'effective' | 'retired' | 'void';

/** A change of a row that waits to take effect. */
export interface PendingChange {
  readonly changeId: string;
  readonly title: string;
  readonly state: ChangeState;
  readonly op: ChangeOp;
  readonly authorName: string;
  readonly after: CatalogRow;
}

/** A row as administrators see it. `level` and `path` (titles from the root) are only there in trees; a row that is only proposed has no `version`. */
export interface ListedRow {
  readonly key: string;
  readonly title: LocalizedText;
  readonly values: CatalogRow;
  /** Cells that name something else, in words. */
  readonly words: Readonly<Record<string, LocalizedText>>;
  readonly state: RowState;
  readonly level: number | null;
  readonly path: readonly string[];
  /** The path in English, as far as its rows have English titles. */
  readonly pathEn?: readonly string[];
  readonly unitIds: readonly string[];
  /** The unit whose set added the row; the owner of the catalog for one from files. */
  readonly creator: {readonly id: string; readonly name: string};
  /** When the row was first published, or when it was proposed. */
  readonly createdAt: number;
  /** When a version last changed the row, or when it was proposed. */
  readonly updatedAt: number;
  readonly pending: readonly PendingChange[];
  /** Whether whoever asked may write changes of it. */
  readonly mayEdit: boolean;
  /** What a version that does not hold yet makes of it, with the row as it holds till then (`null`: not at all); the list shows the row as it will be. */
  readonly scheduled: ScheduledRow | null;
}

/** A page of rows, by key, as the last version has them: what is edited stands on it. `holds` is the version that holds now, `null` before the first; `scheduled` those whose day is to come; `total` counts what the filter leaves, on all pages. */
export interface RowPage {
  readonly total: number;
  readonly version: string;
  readonly holds: string | null;
  readonly scheduled: ReadonlyArray<{readonly version: string; readonly effectiveAt: number}>;
  readonly rows: readonly ListedRow[];
  readonly nextCursor: string | null;
}

/** What is asked of a list; `cursor` is the key of the last row seen. Without `actor` no row may be edited. */
export interface RowQuery {
  readonly actor?: LifeActor;
  readonly catalogId: string;
  readonly table?: string;
  readonly filter: RowFilter;
  readonly cursor?: string;
  readonly limit: number;
}

/**
 * Lists effective rows together with what is proposed.
 *
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.1, 2.1.2 (columns and filters); test A1.
 */
export async function listRows(desk: Desk, dates: (catalogId: string, upTo: PublishedVersion['head']) => Promise<RowDates>, query: RowQuery): Promise<RowPage> {
  const version = await desk.versions.last(query.catalogId);
  const table = query.table ?? query.catalogId;
  tableOf(version.manifest, table);
  const {knex} = desk.store;
  const [pending, voided, changedAt, creators] = [await readPending(knex, query.catalogId, table), await readVoided(knex, query.catalogId, table), await dates(query.catalogId, version.head), await readCreators(knex, query.catalogId, table)];
  const labels = await labelsOf(desk, version, new Map([[table, new Map(pending.map(entry => [entry.row.rowKey, entry.row.after]))]]));
  const schedule = await readSchedule(desk, query.catalogId, table);
  const fits = await rowFilter(desk, version, table, query.filter, await knownColumns(desk, version, table));
  const mayEdit = query.actor ? mayEditRows(desk, query.actor, version.manifest, table) : () => false;
  const unitName = (id: string): string => desk.elsewhere?.('units', id) ?? id;
  const all = rowsOf({schedule, version, table, labels, pending, voided, creators, unitName, changedAt: changedAt.get(table) ?? new Map()}).filter(fits);
  const found = query.cursor === undefined ? all : all.filter(row => row.key > (query.cursor ?? ''));
  const rows = found.slice(0, query.limit).map(({above: _, ...row}) => ({...row, mayEdit: mayEdit(row.values), words: wordsOfRow(labels, table, row.values)}));
  const {holds, scheduled} = schedule;
  return {version: version.head.version, holds, scheduled, total: all.length, rows, nextCursor: found.length > query.limit ? (rows.at(-1)?.key ?? null) : null};
}

/** Columns that a filter may name; of a version from before row schemas were kept those that its rows fill. */
async function knownColumns(desk: Desk, version: PublishedVersion, table: string): Promise<readonly string[]> {
  const schemas = await desk.versions.schemasOf(version);
  return schemas ? columnsOf({...version, schemas}, table) : [...new Set((version.tables.get(table)?.rows ?? []).flatMap(row => Object.keys(row.values)))];
}

interface Sources {
  readonly schedule: Schedule;
  readonly labels: Labels;
  readonly version: PublishedVersion;
  readonly table: string;
  readonly pending: ReadonlyArray<{readonly change: ChangeSet; readonly row: RowChange}>;
  readonly voided: ReadonlySet<string>;
  readonly changedAt: ReadonlyMap<string, RowMoments>;
  /** Units whose sets added rows, by key. */
  readonly creators: ReadonlyMap<string, string>;
  unitName(id: string): string;
}

function rowsOf({schedule, version, table, labels, pending, voided, changedAt, creators, unitName}: Sources): readonly PlainRow[] {
  const byKey = new Map<string, Array<Sources['pending'][number]>>();
  for (const entry of pending) byKey.set(entry.row.rowKey, [...(byKey.get(entry.row.rowKey) ?? []), entry]);
  const values = new Map((version.tables.get(table)?.rows ?? []).map(row => [row.key, row.values]));
  const proposed = [...byKey].flatMap(([key, entries]) => (values.has(key) || !entries[0] ? [] : [[key, entries[0].row.after] as const]));
  const all = new Map([...values, ...proposed]);
  return [...all.keys()].sort().map(key => {
    const row = all.get(key) ?? {};
    const waiting = byKey.get(key) ?? [];
    const newest = waiting.toSorted((a, b) => (a.change.id < b.change.id ? 1 : -1))[0];
    const own: RowState = row['status'] !== 'retired' ? 'effective' : voided.has(key) ? 'void' : 'retired';
    const scheduled = schedule.rows.get(key) ?? null;
    const {parent} = tableOf(version.manifest, table);
    const above = parent === undefined ? [] : chainAbove(all, parent, row);
    const moments = changedAt.get(key);
    const since = newest?.row.changedAt ?? version.head.publishedAt;
    const creator = creators.get(key) ?? (values.has(key) ? version.manifest.owner : (newest?.change.unitId ?? version.manifest.owner));
    const titles = above.toReversed().map(each => labels.row(table, each, all.get(each) ?? {}));
    return {
      key, title: labels.row(table, key, row), values: row, above, scheduled, state: newest ? (newest.change.state as RowState) : scheduled ? 'scheduled' : own, level: parent === undefined ? null : Number(row['level'] ?? NaN) || above.length + 1,
      path: titles.map(each => each['zh-CN']), pathEn: titles.map(each => each.en ?? each['zh-CN']),
      unitIds: [...new Set([...unitsOf(version.manifest, table, row), ...waiting.map(entry => entry.change.unitId)])],
      creator: {id: creator, name: unitName(creator)}, createdAt: moments?.createdAt ?? since, updatedAt: moments?.updatedAt ?? since,
      pending: waiting.map(({change, row: changed}) => ({changeId: change.id, title: change.title, state: change.state, op: changed.op, authorName: change.authorName, after: changed.after})),
    };
  });
}

/** Units that a row names: columns that refer to the organisation. */
function unitsOf(manifest: CatalogManifest, table: string, row: CatalogRow): readonly string[] {
  const columns = (tableOf(manifest, table).references ?? []).filter(reference => reference.table === 'units').map(reference => reference.column);
  return columns.flatMap(column => row[column] ?? []);
}

import {sameRow} from './merge.js';
import type {PublishedVersion, VersionHead} from '../version.js';
import type {Versions} from './versions.js';

/** When a row came, and when a version last changed it: moments of publishing. */
export interface RowMoments {
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The moments of each row, by table and key. */
export type RowDates = ReadonlyMap<string, ReadonlyMap<string, RowMoments>>;

/** Finds out when rows of a catalog came and last changed; worked out once per version, from the oldest on. */
export function createRowDates(versions: Versions): (catalogId: string, upTo: VersionHead) => Promise<RowDates> {
  const known = new Map<string, {readonly headId: string; readonly dates: RowDates}>();
  return async (catalogId, upTo) => {
    const heads = await versions.heads(catalogId);
    const wanted = heads.slice(0, heads.findIndex(head => head.id === upTo.id) + 1);
    const start = known.get(catalogId);
    const from = start ? wanted.findIndex(head => head.id === start.headId) : -1;
    let dates: RowDates = from >= 0 && start ? start.dates : new Map();
    let before: PublishedVersion | null = from >= 0 && wanted[from] ? await versions.byId(catalogId, wanted[from].id) : null;
    for (const head of wanted.slice(from + 1)) {
      const version = await versions.byId(catalogId, head.id);
      dates = datesOf(version, before, dates);
      before = version;
    }
    known.set(catalogId, {headId: upTo.id, dates});
    return dates;
  };
}

function datesOf(version: PublishedVersion, before: PublishedVersion | null, earlier: RowDates): RowDates {
  const now = version.head.publishedAt;
  return new Map([...version.tables].map(([name, table]) => [name, new Map(table.rows.map((row): [string, RowMoments] => {
    const old = before?.tables.get(name)?.byKey.get(row.key);
    const moments = old ? earlier.get(name)?.get(row.key) : undefined;
    return [row.key, {createdAt: moments?.createdAt ?? now, updatedAt: old && sameRow(old.values, row.values) ? (moments?.updatedAt ?? now) : now}];
  }))]));
}

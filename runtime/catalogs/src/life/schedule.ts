import type {CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';
import {opOf} from './compare.js';
import type {Desk} from './desk.js';
import {sameRow} from './merge.js';
import type {ChangeOp} from './model.js';

/** What a version that does not hold yet makes of a row: from when on, and the row as it holds till then, `null` where it is new. */
export interface ScheduledRow {
  readonly version: string;
  readonly effectiveAt: number;
  readonly op: ChangeOp;
  readonly now: CatalogRow | null;
}

/** The versions of a catalog by their day: which holds, which are to come, and the rows of a table that these change. */
export interface Schedule {
  readonly holds: string | null;
  readonly scheduled: ReadonlyArray<{readonly version: string; readonly effectiveAt: number}>;
  readonly rows: ReadonlyMap<string, ScheduledRow>;
}

/** Reads what is to come of a table; of several versions that change a row the last one is told. */
export async function readSchedule(desk: Pick<Desk, 'versions' | 'clock'>, catalogId: string, table: string): Promise<Schedule> {
  const heads = await desk.versions.heads(catalogId);
  const now = desk.clock.now();
  const holds = heads.findLast(head => head.effectiveAt <= now);
  const scheduled = heads.filter(head => head.effectiveAt > now);
  const rows = new Map<string, ScheduledRow>();
  const holding = holds && scheduled.length > 0 ? await desk.versions.byId(catalogId, holds.id) : null;
  for (let [index, before]: [number, PublishedVersion | null] = [0, holding]; index < scheduled.length; index += 1) {
    const head = scheduled[index];
    if (!head) break;
    const version = await desk.versions.byId(catalogId, head.id);
    for (const {key, values} of version.tables.get(table)?.rows ?? []) {
      const old = before?.tables.get(table)?.byKey.get(key)?.values ?? null;
      const current = holding?.tables.get(table)?.byKey.get(key)?.values ?? null;
      const op = opOf(current, values);
      if (!(old && sameRow(old, values)) && op !== 'gone') rows.set(key, {version: head.version, effectiveAt: head.effectiveAt, op, now: current});
    }
    before = version;
  }
  return {holds: holds?.version ?? null, scheduled: scheduled.map(({version, effectiveAt}) => ({version, effectiveAt})), rows};
}

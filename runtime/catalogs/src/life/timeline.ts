import {basisOf} from './basis.js';
import {readLines} from './change-store.js';
import {diffVersions, type RowDiff} from './compare.js';
import type {Desk} from './desk.js';
import {fieldsTable} from './fields/field-rows.js';
import {shapeTable} from './fields/shape-tables.js';
import type {BasisFile, ChangeLine} from './model.js';
import {setsOf} from './sets-of-versions.js';
import type {VersionHead} from '../version.js';

/** A version on the time line of its catalog: who published it, when it holds, out of which set, how many rows it changed. */
export interface TimelineEntry {
  readonly version: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly effectiveAt: number;
  /** `holds`: from it the answers of today come; `scheduled`: its day is to come; `past`: another one followed; `withdrawn`: before it took effect. */
  readonly state: 'holds' | 'scheduled' | 'past' | 'withdrawn';
  /** By whom and why; without a reason another version was made in its place, with a correction that came before it. */
  readonly withdrawn: {readonly at: number; readonly byName: string; readonly reason: string | null; readonly supersededBy: string | null} | null;
  /** The version that it was made in the place of, with a correction; its set and reviewer are those of that one. */
  readonly remadeFrom: string | null;
  /** The version it is compared with: the one before it that was not withdrawn. */
  readonly previous: string | null;
  readonly rows: number;
  /** `null` for a version that was published from a folder. */
  readonly change: {readonly id: string; readonly title: string; readonly versionName: string | null; readonly basis: readonly BasisFile[]; readonly authorName: string; readonly decidedByName: string | null; readonly opinion: string | null; readonly publishedByName: string | null; readonly lines: readonly ChangeLine[]} | null;
  /** Rows by what happened to them; everything in the first version is new. `fields`: columns that are new or changed; `settings`: 1 where the catalog as a whole says something else. */
  readonly changed: Readonly<Record<'added' | 'modified' | 'offShelf' | 'restored' | 'fields' | 'settings', number>>;
}

/** The versions of a catalog, newest first. @see Source: `requirements/xinjiang-hotline.md` §2.1.9 (time line with operator, difference, version). */
export async function timeline(desk: Desk, catalogId: string, page: {readonly before?: string; readonly limit: number}): Promise<{readonly entries: readonly TimelineEntry[]; readonly nextCursor: string | null}> {
  const heads = await desk.versions.allHeads(catalogId);
  const now = desk.clock.now();
  const holds = (await desk.versions.heads(catalogId)).findLast(head => head.effectiveAt <= now);
  const end = page.before === undefined ? heads.length : Math.max(0, heads.findIndex(head => head.version === page.before));
  const start = Math.max(0, end - page.limit);
  const setOf = await setsOf(desk, catalogId, heads);
  const entries: TimelineEntry[] = [];
  for (let index = end - 1; index >= start; index -= 1) {
    const head = heads[index];
    if (!head) continue;
    const before = heads.slice(0, index).findLast(each => !each.withdrawnAt);
    const version = await desk.versions.byId(catalogId, head.id);
    const diffs = before ? diffVersions(await desk.versions.byId(catalogId, before.id), version) : null;
    const {change, publishedByName, remadeFrom} = setOf(head);
    entries.push({
      version: head.version, publishedAt: head.publishedAt, publishedBy: head.publishedBy, effectiveAt: head.effectiveAt, rows: head.rowCount, previous: before?.version ?? null,
      state: stateOf(head, holds, now), remadeFrom,
      withdrawn: head.withdrawnAt ? {at: head.withdrawnAt, byName: head.withdrawnByName ?? '', reason: head.withdrawReason ?? null, supersededBy: head.supersededBy ?? null} : null,
      change: change ? {id: change.id, title: change.title, versionName: change.versionName, basis: await basisOf(desk, change.id), authorName: change.authorName, decidedByName: change.decidedByName, opinion: change.opinion, publishedByName, lines: await readLines(desk.store.knex, change.id)} : null,
      changed: diffs ? counted(diffs) : {added: head.rowCount, modified: 0, offShelf: 0, restored: 0, fields: 0, settings: 0},
    });
  }
  return {entries, nextCursor: start > 0 ? (heads[start]?.version ?? null) : null};
}

/** How a version stands: `holds` is the one that holds now. */
export function stateOf(head: VersionHead, holds: VersionHead | undefined, now: number): TimelineEntry['state'] {
  if (head.withdrawnAt) return 'withdrawn';
  return head.id === holds?.id ? 'holds' : head.effectiveAt > now ? 'scheduled' : 'past';
}

function counted(diffs: readonly RowDiff[]): TimelineEntry['changed'] {
  const rows = diffs.filter(diff => !shapeTable(diff.table));
  const fields = diffs.filter(diff => diff.table === fieldsTable).length;
  const count = (op: RowDiff['op']): number => rows.filter(diff => diff.op === op).length;
  return {added: count('add'), modified: count('modify'), offShelf: count('offShelf'), restored: count('restore'), fields, settings: diffs.length - rows.length - fields};
}

import {every} from '@banli/time';
import {newId, takeLease} from '@banli/store';
import type {CaseDeps} from './deps.js';
import {againWhenMoved, loadCase} from './case-store.js';
import {project} from './project.js';
import {releaseOf} from './layers/case-layers.js';
import {tryAlone} from './try-alone.js';

/** Follows what the engine does by itself. `round` answers how many cases it brought up to date. */
export interface Feed {
  round(): Promise<number>;
  run(signal: AbortSignal): Promise<void>;
}

const cursorName = 'engine.feed.cursor';
const page = 500;
const pauseMs = 1_000;
const longestPauseMs = 60_000;
const leaseMs = 10_000;

/** Makes the poller of the change feed: one server at a time, from where the last one stopped. */
export function createFeed(deps: CaseDeps): Feed {
  const holder = newId();
  /** Changes of cases whose own command was still on its way when they were read, or that could not be written down. */
  const later = new Map<string, number>();
  /** Cases that could not be written down, with growing pauses. */
  const failed = new Map<string, {readonly pauseMs: number; readonly until: number}>();
  const round = async () => {
    if (!(await takeLease(deps.store, {name: 'cases.feed', holder, now: deps.clock.now(), forMs: leaseMs}))) return 0;
    const cursor = await readCursor(deps);
    const changes = await deps.engine.changes(cursor, page);
    const newest = new Map(later);
    for (const change of changes) newest.set(change.caseId, Math.max(newest.get(change.caseId) ?? 0, change.revision));
    const {moved, waiting} = await outdated(deps, newest);
    let updated = 0;
    for (const [caseId, revision] of moved) {
      const last = failed.get(caseId);
      const isResting = last !== undefined && deps.clock.now() < last.until;
      const isDone = !isResting && await tryAlone(deps, caseId, async () => {
        if (await refresh(deps, caseId)) updated += 1;
      });
      if (isDone) continue;
      waiting.set(caseId, revision);
      if (!isResting) failed.set(caseId, restAfter(deps.clock.now(), last?.pauseMs));
    }
    for (const caseId of failed.keys()) if (!waiting.has(caseId)) failed.delete(caseId);
    const last = changes.at(-1);
    if (last) await writeCursor(deps, last.cursor);
    later.clear();
    for (const [caseId, revision] of waiting) later.set(caseId, revision);
    return updated;
  };
  return {
    round,
    run: signal => every(pauseMs, async () => void (await round()), {signal, onError: error => deps.log.warn('cases.feed.failed', {error: error instanceof Error ? error.message : String(error)})}),
  };
}

/** A second, then twice as long each time, up to a minute. */
function restAfter(now: number, lastMs = 0): {readonly pauseMs: number; readonly until: number} {
  const restMs = Math.min(Math.max(2 * lastMs, pauseMs), longestPauseMs);
  return {pauseMs: restMs, until: now + restMs};
}

interface Outdated {
  readonly moved: ReadonlyMap<string, number>;
  readonly waiting: Map<string, number>;
}

/** Cases that the engine has moved further than we have written down; those with a pending command are looked at again later. */
async function outdated(deps: CaseDeps, newest: ReadonlyMap<string, number>): Promise<Outdated> {
  const moved = new Map<string, number>();
  const waiting = new Map<string, number>();
  const ids = [...newest.keys()];
  for (let start = 0; start < ids.length; start += 200) {
    const rows = await deps.store.knex('case_record').whereIn('id', ids.slice(start, start + 200)).select<Array<{id: string; revision: number | string; seq: number; acked_seq: number}>>('id', 'revision', 'seq', 'acked_seq');
    for (const row of rows) {
      const revision = newest.get(row.id) ?? 0;
      if (revision <= Number(row.revision)) continue;
      (row.acked_seq < row.seq ? waiting : moved).set(row.id, revision);
    }
  }
  return {moved, waiting};
}

/** Reads one case's state from the engine and writes it down if it is newer. */
export async function refresh(deps: CaseDeps, caseId: string, rebind = false): Promise<boolean> {
  const state = await deps.engine.state(caseId);
  if (!state) return false;
  return againWhenMoved(async () => {
    const loaded = await loadCase(deps, caseId);
    if (!loaded || loaded.record.ackedSeq < loaded.record.seq || (!rebind && state.revision <= loaded.record.revision)) return false;
    const found = await releaseOf(deps, loaded.record);
    if (!found) return false;
    await deps.store.tx(tx => project(deps, tx, found.release, loaded, {...state, seq: loaded.record.ackedSeq}, {row: null, at: deps.clock.now(), rebind}));
    deps.watch.touch(caseId);
    return true;
  });
}

async function readCursor(deps: CaseDeps): Promise<number> {
  const row = await deps.store.knex('setting').where({name: cursorName}).first<{value: string} | undefined>();
  return row ? Number(row.value) : 0;
}

/** Reads the feed from its beginning again: an engine that lost something counts its changes anew. Known changes cost a look each. */
export async function rewindFeed(deps: CaseDeps): Promise<void> {
  await writeCursor(deps, 0);
}

async function writeCursor(deps: CaseDeps, cursor: number): Promise<void> {
  await deps.store.knex('setting').insert({name: cursorName, value: String(cursor)}).onConflict('name').merge();
}

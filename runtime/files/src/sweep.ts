import {readdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {Store} from '@banli/store';
import {systemClock, type Clock} from '@banli/time';
import {pathOf} from './file-row.js';
import type {FileLimits} from './limits.js';

/** Bytes without a row are left alone this long: an upload may be on its way. */
const strayMs = 86_400_000;
const batch = 200;

/** Removes rows that no case took in time with their bytes, then bytes whose row never came. The row goes first, so a file is never a broken link. */
export async function sweepFiles(parts: {readonly store: Store; readonly clock: Clock; readonly folder: string; readonly limits: FileLimits}): Promise<number> {
  return (await sweepRows(parts)) + (await sweepStrays(parts));
}

async function sweepRows({store, clock, folder, limits}: {readonly store: Store; readonly clock: Clock; readonly folder: string; readonly limits: FileLimits}): Promise<number> {
  const old = (await store.knex('file').whereNull('linked_at').andWhere('created_at', '<', clock.now() - limits.orphanMs).limit(batch).select('id')) as Array<{id: string}>;
  let removed = 0;
  for (const {id} of old) {
    const gone = await store.tx(tx => tx('file').where({id}).whereNull('linked_at').delete());
    if (gone > 0) await rm(pathOf(folder, id), {force: true});
    removed += gone;
  }
  return removed;
}

/** Age by the disk's own time: the files of a jumping business clock would look old at once. */
async function sweepStrays({store, folder}: {readonly store: Store; readonly folder: string}): Promise<number> {
  const shards = await readdir(folder, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let removed = 0;
  for (const shard of shards.filter(entry => entry.isDirectory())) {
    const names = await readdir(join(folder, shard.name));
    const known = new Set(((await store.knex('file').whereIn('id', names).select('id')) as Array<{id: string}>).map(row => row.id));
    for (const name of names.filter(candidate => !known.has(candidate))) {
      const path = join(folder, shard.name, name);
      const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (!found || found.mtimeMs > systemClock.now() - strayMs) continue;
      await rm(path, {force: true});
      removed += 1;
    }
  }
  return removed;
}

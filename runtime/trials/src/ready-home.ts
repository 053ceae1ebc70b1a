import {cpSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {createStore} from '@banli/store';
import type {InstanceOptions} from './instance.js';
import {at} from './main-job/words.js';

/** Password of every demo account in a ready home. */
export const password = 'Banli-shiyan-2026';

/** Nobody was there before this: what a ready home holds was published then, and a clock that can be moved starts later. */
const filledAt = at('2026-03-02', '10:20');
/** The clock of a filled home is behind this, so that nothing in it lies ahead of whoever starts from here. */
const readyAt = filledAt + 9 * 60_000;

/** By the machine's clock, or by one that can be moved. */
const kinds = ['real', 'moved'] as const;
type Kind = (typeof kinds)[number];

/** Settings that change nothing of what a first start puts into a home. */
const harmless = new Set(['BANLI_DEMO_PASSWORD', 'BANLI_LOG', 'BANLI_CATALOG_REVIEW']);

/**
 * Finds the home that an instance may start on a copy of, where a run of tests made some: databases migrated, catalogs, accounts and templates
 * there. Only for SQLite and H2, Camunda, and what starts like every other.
 *
 * @param folder - Where the run made them; `undefined` where none did.
 * @returns `null` where the instance has to fill a home of its own.
 */
export function findReadyHome({databaseUrl, home, movableClock, startAt, env = {}}: InstanceOptions, folder = process.env['BANLI_TEST_READY_HOMES']): string | null {
  if (folder === undefined || databaseUrl !== undefined || home !== undefined) return null;
  if ((process.env['BANLI_ENGINE'] ?? 'camunda') !== 'camunda' || env['BANLI_DEMO_PASSWORD'] !== password || Object.keys(env).some(name => !harmless.has(name))) return null;
  if (movableClock !== true) return join(folder, 'real');
  return startAt !== undefined && startAt >= readyAt ? join(folder, 'moved') : null;
}

/**
 * Fills one home for each kind of clock, in a folder that tests are told of by `BANLI_TEST_READY_HOMES`.
 *
 * @param start - Starts an instance, which is stopped at once.
 */
export async function makeReadyHomes(folder: string, start: (options: InstanceOptions) => Promise<{stop(): Promise<void>}>): Promise<void> {
  mkdirSync(folder, {recursive: true});
  for (const kind of kinds) {
    const home = join(folder, `${kind}.part`);
    await fill(home, kind, start);
    renameSync(home, join(folder, kind));
  }
}

async function fill(home: string, kind: Kind, start: Parameters<typeof makeReadyHomes>[1]): Promise<void> {
  const clock = kind === 'moved' ? {movableClock: true, startAt: filledAt} : {};
  const instance = await start({home, env: {BANLI_DEMO_PASSWORD: password}, ...clock});
  await instance.stop();
  // The copy's clock starts where its own instance wants.
  const store = createStore(`sqlite:${join(home, 'platform.sqlite')}`);
  await store.knex('setting').where({name: 'clock.offset'}).delete().finally(() => store.close());
  for (const own of ['logs', 'engine/scratch']) rmSync(join(home, own), {recursive: true, force: true});
}

/** Copies a ready home into a folder that is there. */
export function copyReadyHome(ready: string, home: string): void {
  cpSync(ready, home, {recursive: true});
}

import {isDuplicateKey, runRetried} from './retry.js';
import type {Store} from './store.js';

/** A turn that only one process at a time may have. `holder` names the process and never repeats; moments in UTC milliseconds. */
export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  readonly now: number;
  readonly forMs: number;
}

/**
 * Takes or prolongs a lease by one conditional update.
 *
 * @returns Whether the holder has it until `now + forMs`.
 */
export async function takeLease(store: Store, request: LeaseRequest): Promise<boolean> {
  const until = request.now + request.forMs;
  const changed = await runRetried(() =>
    store.knex('lease')
      .where({name: request.name})
      .andWhere(free => free.where({holder: request.holder}).orWhere('until_at', '<', request.now))
      .update({holder: request.holder, until_at: until}),
  );
  if (changed > 0) return true;
  const there = await store.knex('lease').where({name: request.name}).first<{holder: string} | undefined>();
  if (there) return false;
  try {
    await runRetried(() => store.knex('lease').insert({name: request.name, holder: request.holder, until_at: until}));
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Gives a lease back before it ends, so that another process need not wait. */
export async function dropLease(store: Store, name: string, holder: string): Promise<void> {
  await runRetried(() => store.knex('lease').where({name, holder}).delete());
}

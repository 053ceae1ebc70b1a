import {execute, executeLast, type Store, type Tx} from '@banli/store';
import {readQueue} from './assignment.js';

/**
 * Changes the counters of queues: one statement, queues in a fixed order, and last in its transaction, so that counters that many
 * people share are locked for the shortest time and never in two orders. `withZeros` locks (and makes) the counter at once.
 */
export async function changeCounters(store: Store, tx: Tx, changes: ReadonlyMap<string, number>, withZeros = false): Promise<void> {
  const rows = [...changes].filter(([, change]) => withZeros || change !== 0).sort(([left], [right]) => (left < right ? -1 : 1));
  if (rows.length === 0) return;
  const clause = store.dialect === 'mysql' ? 'on duplicate key update open_count = open_count + values(open_count)' : 'on conflict (queue) do update set open_count = open_count + excluded.open_count';
  const values = rows.flatMap(([queue, change]) => [queue, readQueue(queue).unitId ?? '', change]);
  const sql = `insert into case_queue (queue, unit_id, open_count) values ${rows.map(() => '(?, ?, ?)').join(', ')} ${clause}`;
  if (withZeros) await execute(tx, sql, values);
  else executeLast(tx, sql, values);
}

/** A counter that differs from a recount. */
export interface CounterFault {
  readonly queue: string;
  readonly counted: number;
  readonly kept: number;
}

/**
 * Recounts every queue, mends what differs, and tells it. A suspect counter is locked and counted again before it is mended: commands
 * change tasks and counters in one transaction, so with the counter locked both agree or the counter is wrong.
 */
export async function recount(store: Store): Promise<readonly CounterFault[]> {
  const suspects: CounterFault[] = [];
  for (const {queue} of await suspectQueues(store)) {
    const fault = await store.tx(tx => mendQueue(store, tx, queue));
    if (fault) suspects.push(fault);
  }
  return suspects;
}

/** Counters that differ from a count in the same statement, without a lock. */
async function suspectQueues(store: Store): Promise<ReadonlyArray<{queue: string}>> {
  const {knex} = store;
  const open = knex('case_task').where({status: 'open'}).groupBy('queue').select('queue', knex.raw('count(*) as total')).as('open');
  const kept = await knex('case_queue').leftJoin(open, 'open.queue', 'case_queue.queue').whereRaw('coalesce(open.total, 0) <> case_queue.open_count').select<Array<{queue: string}>>('case_queue.queue as queue');
  const missing = await knex('case_task').where({status: 'open'}).whereNotIn('queue', knex('case_queue').select('queue')).distinct<Array<{queue: string}>>('queue');
  return [...kept, ...missing];
}

async function mendQueue(store: Store, tx: Tx, queue: string): Promise<CounterFault | null> {
  await changeCounters(store, tx, new Map([[queue, 0]]), true);
  const kept = await tx('case_queue').where({queue}).first<{open_count: number}>();
  const row = await tx('case_task').where({status: 'open', queue}).count({total: '*'}).first<{total: number | string}>();
  const fault = {queue, counted: Number(row.total), kept: Number(kept.open_count)};
  if (fault.counted === fault.kept) return null;
  await tx('case_queue').where({queue}).update({open_count: fault.counted});
  return fault;
}

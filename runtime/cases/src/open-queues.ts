import type {Knex} from 'knex';
import type {SqlRow} from '@banli/store';
import {personQueue, readQueue, servesQueue} from './assignment.js';
import type {CaseDeps} from './deps.js';
import {isInQueue, queuesOf} from './desk.js';
import type {Actor} from './ports.js';

/** Queues that a person works on in his post, with their counters. */
export interface OpenQueues {
  /** Group queues of the post's unit that name one of its roles. */
  readonly shared: ReadonlyArray<{readonly queue: string; readonly count: number}>;
  /** What he has taken himself; `homes` are the group queues it came from as far as this post serves them, `null` where it serves all. */
  readonly own: {readonly queue: string; readonly count: number; readonly homes: readonly string[] | null};
}

/** Reads the queues of the post that a person acts in: from maintained counters, and for whoever has further posts from what he has taken. */
export async function openQueues(deps: Pick<CaseDeps, 'people' | 'store'>, actor: Actor): Promise<OpenQueues> {
  const held = queuesOf(actor);
  const mine = personQueue(actor.personId);
  const units = [...new Set(held.map(queue => readQueue(queue).unitId ?? ''))];
  const rows: SqlRow[] = await deps.store.knex('case_queue').where({queue: mine}).orWhereIn('unit_id', units).select('queue', 'open_count');
  const counted = rows.map(row => ({queue: String(row['queue']), count: Number(row['open_count'])}));
  const taken = {queue: mine, count: counted.find(({queue}) => queue === mine)?.count ?? 0, homes: null};
  const hasOtherPosts = deps.people.queuesOf(actor.personId).some(queue => !held.includes(queue));
  return {shared: counted.filter(({queue}) => servesQueue(held, queue)), own: hasOtherPosts && taken.count > 0 ? await ofThisPost(deps, actor, mine) : taken};
}

async function ofThisPost(deps: Pick<CaseDeps, 'people' | 'store'>, actor: Actor, queue: string): Promise<OpenQueues['own']> {
  const rows: SqlRow[] = await deps.store.knex('case_task').where({queue, status: 'open'}).groupBy('home_queue').select('home_queue').count({total: '*'});
  const homes = rows.map(row => ({home: String(row['home_queue']), count: Number(row['total'])})).filter(({home}) => isInQueue(deps, actor, {assigneeId: actor.personId, homeQueue: home}));
  return {queue, count: homes.reduce((sum, {count}) => sum + count, 0), homes: homes.map(({home}) => home)};
}

/** Limits a query over open tasks, named `task`, to these queues. */
export function limitToQueues(query: Knex.QueryBuilder, {shared, own}: OpenQueues): Knex.QueryBuilder {
  return query.andWhere(any => {
    void any.whereIn('task.queue', shared.map(each => each.queue)).orWhere(taken => {
      void taken.where('task.queue', own.queue);
      if (own.homes !== null) void taken.whereIn('task.home_queue', [...own.homes]);
    });
  });
}

import type {Knex} from 'knex';
import type {Tx} from '@banli/store';

const name = 'people.version';

/** Counts every change of persons, posts, roles, units and accounts; 0 before the first. */
export async function readPeopleVersion(knex: Knex): Promise<number> {
  const row = await knex('setting').where({name}).first<{value: string} | undefined>();
  return Number(row?.value ?? 0);
}

/** Tells every process, in the transaction of the change, that its picture of the organisation is old. */
export async function raisePeopleVersion(tx: Tx): Promise<void> {
  await tx('setting').where({name}).update({value: tx.raw('cast(value as decimal(15)) + 1')});
}

import type {Knex} from 'knex';
import type {Migration} from '../migration.js';

/**
 * The calendar that a clock was worked out with, beside its facts: what an amended calendar moves are a few columns then, and the long text of the facts is written again for none of the clocks.
 * Of a fixed length: a row of MariaDB that grows in a full page costs the whole page.
 */
export const migration: Migration = {
  name: '0148-clock-calendar',
  async up(knex) {
    await knex.schema.alterTable('case_clock', table => {
      table.specificType('calendar_version', 'char(64)');
      table.bigInteger('calendar_at').notNullable().defaultTo(0);
    });
    const isSqlite = String(knex.client.config.client).includes('sqlite');
    const told = (path: string) => `${isSqlite ? 'json_extract' : 'json_value'}(facts, '$.${path}')`;
    // A batch after the other: on MariaDB each is a transaction of its own, so that none is large nor holds many rows. One that was done before finds nothing.
    for (let after: string | null = ''; after !== null;) {
      const last: string | null = await endOf(knex, after);
      // MariaDB sets from left to right: the facts last, because the others read them.
      await knex.raw(`update case_clock set calendar_version = ${told('calendarVersion')}, calendar_at = ${told('calendarAt')}, facts = json_remove(facts, '$.calendarVersion', '$.calendarAt')
        where id > ? ${last === null ? '' : 'and id <= ?'} and ${told('calendarAt')} is not null`, last === null ? [after] : [after, last]);
      after = last;
    }
  },
};

const batchSize = 5_000;

/** Id of the last clock of the batch behind an id; `null` where fewer are left. */
async function endOf(knex: Knex, after: string): Promise<string | null> {
  const row = await knex('case_clock').where('id', '>', after).orderBy('id').offset(batchSize - 1).first<{id: string} | undefined>('id');
  return row?.id ?? null;
}

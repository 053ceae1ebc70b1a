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
    // MariaDB sets from left to right: the facts last, because the others read them.
    await knex.raw(`update case_clock set calendar_version = ${told('calendarVersion')}, calendar_at = ${told('calendarAt')}, facts = json_remove(facts, '$.calendarVersion', '$.calendarAt')
      where ${told('calendarAt')} is not null`);
  },
};

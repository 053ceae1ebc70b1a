import type {Migration} from '../migration.js';

/** The row of the catalogs that a clock's limit comes from, beside its facts: so that the cases standing on a row are looked up, not searched for. */
export const migration: Migration = {
  name: '0107-clock-limit-row',
  async up(knex) {
    await knex.schema.alterTable('case_clock', table => {
      table.string('limit_row', 255);
      table.index(['limit_row', 'status'], 'case_clock_limit_row');
    });
    const isSqlite = String(knex.client.config.client).includes('sqlite');
    await knex.raw(`update case_clock set limit_row = ${isSqlite ? "json_extract(facts, '$.origin.row')" : "json_value(facts, '$.origin.row')"} where limit_row is null`);
  },
};

import {jsonColumn, type Migration} from '../migration.js';

/**
 * What a clock stands on (length, warning, ladder, whom it warns, where that comes from) beside its facts: thousands of clocks share it, so that another limit is a reference of a fixed length, and the
 * long text is neither read, made nor written again for each of them. Clocks there are keep it in their facts until they are written anew (ADR 0047).
 */
export const migration: Migration = {
  name: '0159-clock-limit',
  async up(knex) {
    await knex.schema.createTable('clock_limit', table => {
      table.specificType('id', 'char(32)').notNullable().primary();
      jsonColumn(table, 'facts').notNullable();
    });
    await knex.schema.alterTable('case_clock', table => void table.specificType('limit_id', 'char(32)'));
  },
};

import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** What a new version of calendar or limits would change in running clocks: listed first, applied when somebody approves. */
export const migration: Migration = {
  name: '0022-clock-plans',
  async up(knex) {
    await knex.schema.createTable('clock_plan', table => {
      idColumn(table).primary();
      table.string('catalog_id', 64).notNullable();
      table.string('version', 64).notNullable();
      table.integer('attempt').notNullable();
      momentColumn(table, 'effective_at').notNullable();
      table.string('status', 16).notNullable();
      // The last case that was looked at: listing goes on behind it after a stop.
      table.string('last_case', 64).notNullable();
      table.integer('looked_at').notNullable();
      table.integer('listed').notNullable();
      table.integer('kept').notNullable();
      table.integer('applied').notNullable();
      table.integer('moved_on').notNullable();
      momentColumn(table, 'made_at').notNullable();
      momentColumn(table, 'decided_at');
      jsonColumn(table, 'decided_by');
      table.string('reason', 500);
      momentColumn(table, 'finished_at');
      table.unique(['catalog_id', 'version', 'attempt']);
      table.index(['status', 'id'], 'clock_plan_status');
    });
    await knex.schema.createTable('clock_plan_item', table => {
      idColumn(table, 'plan_id');
      table.string('case_id', 64).notNullable();
      idColumn(table, 'clock_id');
      table.string('clock', 64).notNullable();
      table.string('status', 16).notNullable();
      // The due times before and after; of a clock that stands still those it would have if it went on at once.
      momentColumn(table, 'before_at');
      momentColumn(table, 'after_at');
      table.boolean('standing').notNullable();
      table.boolean('lapses').notNullable();
      jsonColumn(table, 'why').notNullable();
      table.primary(['plan_id', 'case_id', 'clock_id']);
      table.index(['plan_id', 'status', 'case_id'], 'clock_plan_item_status');
    });
  },
};

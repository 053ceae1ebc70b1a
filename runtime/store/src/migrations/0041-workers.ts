import {idColumn, momentColumn, type Migration} from '../migration.js';

/** One row for each external task that was carried out: written in the transaction of its effects, so that a second run does nothing. */
export const migration: Migration = {
  name: '0041-workers',
  async up(knex) {
    await knex.schema.createTable('worker_run', table => {
      table.string('external_task_id', 64).notNullable().primary();
      idColumn(table, 'case_id');
      table.string('step_id', 64).notNullable();
      table.string('topic', 128).notNullable();
      table.string('result', 16).notNullable();
      table.string('error_code', 128);
      momentColumn(table, 'finished_at').notNullable();
      table.index(['case_id', 'finished_at']);
    });
  },
};

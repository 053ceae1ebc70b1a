import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Clocks of cases, and every lapse: a lapse is a row that stays, also when a later approval moves the due time. */
export const migration: Migration = {
  name: '0021-deadlines',
  async up(knex) {
    await knex.schema.createTable('case_clock', table => {
      idColumn(table).primary();
      table.string('case_id', 64).notNullable();
      table.string('clock', 64).notNullable();
      table.integer('round').notNullable();
      table.string('status', 16).notNullable();
      momentColumn(table, 'started_at').notNullable();
      momentColumn(table, 'stopped_at');
      momentColumn(table, 'due_at');
      momentColumn(table, 'warn_at');
      momentColumn(table, 'critical_at');
      // The due times for which the warning and the near state have been noted: another due time is noted anew.
      momentColumn(table, 'warned_due_at');
      momentColumn(table, 'critical_due_at');
      momentColumn(table, 'resume_at');
      momentColumn(table, 'fire_at');
      table.integer('revision').notNullable();
      jsonColumn(table, 'facts').notNullable();
      table.index(['case_id', 'id'], 'case_clock_case');
      table.index(['fire_at', 'id'], 'case_clock_fire');
    });
    await knex.schema.createTable('case_clock_breach', table => {
      idColumn(table, 'clock_id');
      momentColumn(table, 'due_at').notNullable();
      table.string('case_id', 64).notNullable();
      momentColumn(table, 'recorded_at').notNullable();
      momentColumn(table, 'corrected_at');
      table.integer('steps_done').notNullable();
      table.primary(['clock_id', 'due_at']);
      table.index(['case_id'], 'case_clock_breach_case');
    });
  },
};

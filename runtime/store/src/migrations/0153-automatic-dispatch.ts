import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Automatic dispatch: how each unit has switched it, every switch with its reason, and what was decided about each task that waited for a dispatcher. */
export const migration: Migration = {
  name: '0153-automatic-dispatch',
  async up(knex) {
    await knex.schema.createTable('dispatch_switch', table => {
      table.string('unit_id', 64).primary();
      table.boolean('is_on').notNullable();
      momentColumn(table, 'since').notNullable();
    });
    await knex.schema.createTable('dispatch_switch_log', table => {
      idColumn(table).primary();
      table.string('unit_id', 64).notNullable();
      table.boolean('is_on').notNullable();
      table.string('reason', 500).notNullable();
      table.string('person_id', 64).notNullable();
      table.string('person_name', 200).notNullable();
      momentColumn(table, 'at').notNullable();
      table.index(['unit_id', 'id'], 'dispatch_switch_log_unit');
    });
    await knex.schema.createTable('dispatch_decision', table => {
      // A task is decided about once: whoever comes second finds it.
      table.string('task_id', 26).primary();
      table.string('case_id', 26).notNullable();
      table.string('centre_id', 64).notNullable();
      table.string('verdict', 16).notNullable();
      table.string('why', 64).notNullable();
      table.string('unit_id', 64);
      table.string('rule_row', 200);
      table.string('rule_version', 64);
      table.integer('confidence').notNullable();
      table.integer('least_confidence');
      momentColumn(table, 'at').notNullable();
      table.index(['case_id'], 'dispatch_decision_case');
      table.index(['centre_id', 'at'], 'dispatch_decision_centre');
    });
  },
};

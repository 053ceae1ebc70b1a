import type {Migration} from '../migration.js';

/** How far applying a plan came: what became of its items follows from it, so that not every item is written again, and none is looked for by its state. */
export const migration: Migration = {
  name: '0107-plan-applied',
  async up(knex) {
    await knex.schema.alterTable('clock_plan', table => {
      table.string('applied_case', 64).notNullable().defaultTo('');
    });
    await knex.schema.alterTable('clock_plan_item', table => {
      table.dropIndex(['plan_id', 'status', 'case_id'], 'clock_plan_item_status');
    });
  },
};

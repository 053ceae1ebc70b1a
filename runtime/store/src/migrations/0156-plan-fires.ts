import {momentColumn, type Migration} from '../migration.js';

/** When a clock that a plan moves next does something: what that is due for already comes at once after approval. */
export const migration: Migration = {
  name: '0156-plan-fires',
  async up(knex) {
    await knex.schema.alterTable('clock_plan_item', table => {
      momentColumn(table, 'fires_at');
      table.index(['plan_id', 'fires_at', 'case_id'], 'clock_plan_item_fires');
    });
  },
};

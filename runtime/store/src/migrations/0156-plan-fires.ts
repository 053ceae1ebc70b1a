import {momentColumn, type Migration} from '../migration.js';

/** When a clock that a plan moves next does something: what that is due for already comes at once after approval. */
export const migration: Migration = {
  name: '0156-plan-fires',
  async up(knex) {
    await knex.schema.alterTable('clock_plan_item', table => {
      momentColumn(table, 'fires_at');
      table.index(['plan_id', 'fires_at', 'case_id'], 'clock_plan_item_fires');
    });
    // What was listed before does not say it: plans that are not decided on are listed anew.
    await knex('clock_plan').whereIn('status', ['open', 'listing']).update({status: 'listing', last_case: '', looked_at: 0, listed: 0, kept: 0, older: 0});
    await knex('clock_plan_item').whereIn('plan_id', knex('clock_plan').select('id').where({status: 'listing'})).delete();
  },
};

import type {Migration} from '../migration.js';

/** Clocks begun before the day from which a version holds: how many a plan would move besides, and whether its approval took them along. */
export const migration: Migration = {
  name: '0099-plan-older',
  async up(knex) {
    await knex.schema.alterTable('clock_plan', table => {
      table.integer('older').notNullable().defaultTo(0);
      table.boolean('with_older').notNullable().defaultTo(false);
    });
  },
};

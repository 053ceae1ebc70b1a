import type {Migration} from '../migration.js';

/** What a unit is called in English; `null` where only its Chinese name is known. */
export const migration: Migration = {
  name: '0092-unit-titles',
  async up(knex) {
    await knex.schema.alterTable('unit', table => {
      table.string('title_en', 200);
    });
  },
};

import {momentColumn, type Migration} from '../migration.js';

/** Layers over the forms of cases as they were found, by the hash of their content: cases name them, nothing changes or removes them. */
export const migration: Migration = {
  name: '0080-form-layers',
  async up(knex) {
    await knex.schema.createTable('form_layer', table => {
      table.string('hash', 64).primary();
      table.text('body', 'mediumtext').notNullable();
      momentColumn(table, 'created_at').notNullable();
    });
  },
};

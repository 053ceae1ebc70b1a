import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** How a person has arranged his lists: the columns he sees, and the views he has saved. */
export const migration: Migration = {
  name: '0102-list-preferences',
  async up(knex) {
    await knex.schema.createTable('list_columns', table => {
      table.string('person_id', 64).notNullable();
      table.string('list', 32).notNullable();
      jsonColumn(table, 'columns').notNullable();
      momentColumn(table, 'updated_at').notNullable();
      table.primary(['person_id', 'list']);
    });
    await knex.schema.createTable('list_view', table => {
      idColumn(table).primary();
      table.string('person_id', 64).notNullable();
      table.string('list', 32).notNullable();
      table.string('name', 40).notNullable();
      jsonColumn(table, 'filters').notNullable();
      momentColumn(table, 'created_at').notNullable();
      table.unique(['person_id', 'list', 'name'], {indexName: 'list_view_name'});
    });
  },
};

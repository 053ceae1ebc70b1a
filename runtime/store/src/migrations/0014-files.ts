import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Attachments: the bytes lie in the home folder under the id. A file that no case took belongs to its uploader. */
export const migration: Migration = {
  name: '0014-files',
  async up(knex) {
    await knex.schema.createTable('file', table => {
      idColumn(table).primary();
      table.string('name', 200).notNullable();
      table.string('type', 100).notNullable();
      table.bigInteger('size_bytes').notNullable();
      table.string('sha256', 64).notNullable();
      table.string('person_id', 64).notNullable();
      table.string('person_name', 64).notNullable();
      table.string('unit_id', 64).notNullable();
      momentColumn(table, 'created_at').notNullable();
      momentColumn(table, 'linked_at');
      table.index(['person_id', 'linked_at']);
      table.index(['linked_at', 'created_at']);
    });
    await knex.schema.createTable('file_link', table => {
      idColumn(table, 'file_id');
      table.string('case_id', 64).notNullable();
      table.string('field', 64).notNullable();
      momentColumn(table, 'linked_at').notNullable();
      table.primary(['file_id', 'case_id', 'field']);
      table.index(['case_id', 'file_id']);
    });
  },
};

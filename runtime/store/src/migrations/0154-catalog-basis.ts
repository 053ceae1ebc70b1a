import {idColumn, momentColumn, type Migration} from '../migration.js';

/** What a change set of a catalog rests on (files in the store of attachments), and the name of the version it became. */
export const migration: Migration = {
  name: '0154-catalog-basis',
  async up(knex) {
    await knex.schema.alterTable('catalog_change', table => void table.string('version_name', 100));
    await knex.schema.createTable('catalog_basis_file', table => {
      idColumn(table, 'change_id');
      idColumn(table, 'file_id');
      table.string('name', 255).notNullable();
      table.string('type', 100).notNullable();
      table.bigInteger('size_bytes').notNullable();
      momentColumn(table, 'added_at').notNullable();
      table.string('added_by_name', 128).notNullable();
      table.primary(['change_id', 'file_id']);
      table.index(['file_id'], 'catalog_basis_file_of');
    });
  },
};

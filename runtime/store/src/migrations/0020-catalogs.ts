import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Published catalog versions and their rows: written once, never changed, never deleted. */
export const migration: Migration = {
  name: '0020-catalogs',
  async up(knex) {
    await knex.schema.createTable('catalog_version', table => {
      idColumn(table).primary();
      table.string('catalog_id', 64).notNullable();
      table.string('version', 32).notNullable();
      table.string('kind', 16).notNullable();
      table.string('title_zh', 200).notNullable();
      table.string('title_en', 200).notNullable();
      table.string('owner', 100).notNullable();
      momentColumn(table, 'effective_at').notNullable();
      momentColumn(table, 'published_at').notNullable();
      table.string('published_by', 64).notNullable();
      table.string('hash', 64).notNullable();
      table.integer('row_count').notNullable();
      jsonColumn(table, 'manifest').notNullable();
      table.unique(['catalog_id', 'version'], {indexName: 'catalog_version_once'});
    });
    await knex.schema.createTable('catalog_row', table => {
      idColumn(table, 'version_id');
      table.string('table_name', 64).notNullable();
      table.integer('position').notNullable();
      table.string('row_key', 255).notNullable();
      jsonColumn(table, 'data').notNullable();
      table.primary(['version_id', 'table_name', 'position']);
    });
  },
};

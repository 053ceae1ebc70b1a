import {idColumn, type Migration} from '../migration.js';

/** A catalog that is made on a page: its first change set stands on no version, and its id is held until that set is published, revoked or deleted. */
export const migration: Migration = {
  name: '0146-catalog-creation',
  async up(knex) {
    await knex.schema.createTable('catalog_creation', table => {
      table.string('catalog_id', 64).notNullable().primary();
      idColumn(table, 'change_id');
      table.unique(['change_id'], {indexName: 'catalog_creation_change'});
    });
    await knex.schema.alterTable('catalog_change', table => {
      table.string('base_version_id', 26).nullable().alter();
      table.string('base_version', 32).nullable().alter();
    });
  },
};

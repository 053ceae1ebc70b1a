import type {Migration} from '../migration.js';

/** A row of a version is found by its key: its history looks it up in every version. */
export const migration: Migration = {
  name: '0132-catalog-row-key',
  up: knex => knex.schema.alterTable('catalog_row', table => void table.index(['version_id', 'table_name', 'row_key'], 'catalog_row_key')),
};

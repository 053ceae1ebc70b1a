import type {Knex} from 'knex';
import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Change sets of catalogs, their rows and their history; row schemas beside each version; the one row that publishing locks. */
export const migration: Migration = {
  name: '0050-catalog-life',
  async up(knex) {
    await createChanges(knex);
    await createRows(knex);
    await knex.schema.createTable('catalog_publishing', table => {
      table.integer('id').notNullable().primary();
      table.integer('turn').notNullable();
    });
    await knex('catalog_publishing').insert({id: 1, turn: 0}).onConflict('id').ignore();
    await knex.schema.alterTable('catalog_version', table => {
      jsonColumn(table, 'row_schemas');
    });
  },
};

async function createChanges(knex: Knex): Promise<void> {
  await knex.schema.createTable('catalog_change', table => {
    idColumn(table).primary();
    table.string('catalog_id', 64).notNullable();
    table.string('title', 200).notNullable();
    table.string('origin', 16).notNullable();
    table.string('state', 16).notNullable();
    idColumn(table, 'base_version_id');
    table.string('base_version', 32).notNullable();
    table.string('author_id', 64).notNullable();
    table.string('author_name', 128).notNullable();
    table.string('unit_id', 64).notNullable();
    table.integer('lock_version').notNullable();
    momentColumn(table, 'created_at').notNullable();
    momentColumn(table, 'updated_at').notNullable();
    momentColumn(table, 'submitted_at');
    momentColumn(table, 'decided_at');
    table.string('decided_by', 64);
    table.string('decided_by_name', 128);
    table.string('opinion', 1000);
    momentColumn(table, 'published_at');
    table.string('published_by', 64);
    table.string('published_by_name', 128);
    table.string('published_version', 32);
    table.index(['catalog_id', 'state', 'id'], 'catalog_change_by_state');
    table.index(['catalog_id', 'published_version'], 'catalog_change_by_version');
  });
}

async function createRows(knex: Knex): Promise<void> {
  await knex.schema.createTable('catalog_change_row', table => {
    idColumn(table, 'change_id');
    table.string('table_name', 64).notNullable();
    table.string('row_key', 255).notNullable();
    table.string('op', 16).notNullable();
    jsonColumn(table, 'before_values');
    jsonColumn(table, 'after_values').notNullable();
    momentColumn(table, 'changed_at').notNullable();
    table.string('changed_by', 64).notNullable();
    table.primary(['change_id', 'table_name', 'row_key']);
  });
  await knex.schema.createTable('catalog_change_line', table => {
    idColumn(table).primary();
    idColumn(table, 'change_id');
    momentColumn(table, 'at').notNullable();
    table.string('kind', 16).notNullable();
    table.string('person_id', 64).notNullable();
    table.string('person_name', 128).notNullable();
    table.string('unit_id', 64).notNullable();
    table.string('opinion', 1000);
    table.index(['change_id', 'id'], 'catalog_change_line_of');
  });
}

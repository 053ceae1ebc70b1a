import type {Knex} from 'knex';
import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Catalogs issued to lower units, what these make of them, and the layers that came of it: layers are written once, never changed, never deleted. */
export const migration: Migration = {
  name: '0060-catalog-issue',
  async up(knex) {
    await createIssues(knex);
    await createLayers(knex);
  },
};

async function createIssues(knex: Knex): Promise<void> {
  await knex.schema.createTable('catalog_issue', table => {
    idColumn(table).primary();
    table.string('catalog_id', 64).notNullable();
    table.string('from_unit_id', 64).notNullable();
    table.string('to_unit_id', 64).notNullable();
    table.string('area_code', 32).notNullable();
    table.string('state', 16).notNullable();
    // Catalog and area while the issue is open, so that there is one at most.
    table.string('open_slot', 128);
    idColumn(table, 'base_version_id');
    table.string('base_layer_id', 26);
    table.string('base_name', 64).notNullable();
    table.string('areas_version_id', 26);
    table.string('note', 1000);
    table.integer('lock_version').notNullable();
    momentColumn(table, 'created_at').notNullable();
    momentColumn(table, 'updated_at').notNullable();
    table.string('issued_by', 64).notNullable();
    table.string('issued_by_name', 128).notNullable();
    table.integer('outside_count');
    table.string('layer_id', 26);
    momentColumn(table, 'effective_at');
    table.unique(['open_slot'], {indexName: 'catalog_issue_open'});
    table.index(['catalog_id', 'id'], 'catalog_issue_of');
    table.index(['state', 'id'], 'catalog_issue_state');
  });
  await knex.schema.createTable('catalog_issue_row', table => {
    idColumn(table, 'issue_id');
    rowColumns(table);
    momentColumn(table, 'changed_at').notNullable();
    table.string('changed_by', 64).notNullable();
    table.primary(['issue_id', 'table_name', 'row_key']);
  });
  await knex.schema.createTable('catalog_issue_line', table => {
    idColumn(table).primary();
    idColumn(table, 'issue_id');
    momentColumn(table, 'at').notNullable();
    table.string('kind', 16).notNullable();
    table.string('person_id', 64).notNullable();
    table.string('person_name', 128).notNullable();
    table.string('unit_id', 64).notNullable();
    table.string('reason', 1000);
    table.index(['issue_id', 'id'], 'catalog_issue_line_of');
  });
}

async function createLayers(knex: Knex): Promise<void> {
  await knex.schema.createTable('catalog_layer', table => {
    idColumn(table).primary();
    table.string('catalog_id', 64).notNullable();
    table.string('unit_id', 64).notNullable();
    table.string('area_code', 32).notNullable();
    table.integer('number').notNullable();
    table.string('name', 64).notNullable();
    table.string('kind', 16).notNullable();
    idColumn(table, 'base_version_id');
    table.string('base_layer_id', 26);
    table.string('base_name', 64).notNullable();
    table.string('areas_version_id', 26);
    table.string('issue_id', 26);
    table.integer('restored_from');
    momentColumn(table, 'effective_at').notNullable();
    momentColumn(table, 'made_at').notNullable();
    table.string('made_by', 64).notNullable();
    table.string('made_by_name', 128).notNullable();
    table.string('reason', 1000);
    table.unique(['catalog_id', 'area_code', 'number'], {indexName: 'catalog_layer_once'});
    table.unique(['catalog_id', 'name'], {indexName: 'catalog_layer_name'});
  });
  await knex.schema.createTable('catalog_layer_row', table => {
    idColumn(table, 'layer_id');
    rowColumns(table);
    table.primary(['layer_id', 'table_name', 'row_key']);
  });
}

/** A row that a unit overrides or added: the cells it saw above, and its own; of a row of its own all cells. */
function rowColumns(table: Knex.CreateTableBuilder): void {
  table.string('table_name', 64).notNullable();
  table.string('row_key', 255).notNullable();
  table.string('kind', 16).notNullable();
  jsonColumn(table, 'base_values').notNullable();
  jsonColumn(table, 'own_values').notNullable();
}

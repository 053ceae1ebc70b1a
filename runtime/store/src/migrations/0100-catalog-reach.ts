import type {Knex} from 'knex';
import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/**
 * Versions that were withdrawn before they took effect; who last wrote the rows of an issue, and what fell away when it was verified; tokens of outside
 * systems that read catalogs.
 */
export const migration: Migration = {
  name: '0100-catalog-reach',
  async up(knex) {
    await knex.schema.alterTable('catalog_version', table => {
      momentColumn(table, 'withdrawn_at');
      table.string('withdrawn_by', 64);
      table.string('withdrawn_by_name', 128);
      table.string('withdraw_reason', 1000);
      // The number of the version that was made in its place, where a correction was published before it.
      table.string('superseded_by', 32);
    });
    await knex.schema.alterTable('catalog_issue', table => {
      table.string('written_by', 64);
      table.string('written_by_name', 128);
    });
    await knex.schema.createTable('catalog_issue_gone', table => {
      idColumn(table, 'issue_id');
      table.string('table_name', 64).notNullable();
      table.string('row_key', 255).notNullable();
      // Columns that were decided together, or empty: the whole row.
      table.string('columns', 200).notNullable();
      table.string('reason', 16).notNullable();
      jsonColumn(table, 'own_values').notNullable();
      table.primary(['issue_id', 'table_name', 'row_key', 'columns']);
    });
    await createTokens(knex);
  },
};

async function createTokens(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_token', table => {
    idColumn(table).primary();
    table.string('name', 100).notNullable();
    // SHA-256 of the secret: the secret itself is kept nowhere.
    table.string('secret_hash', 64).notNullable();
    jsonColumn(table, 'permissions').notNullable();
    jsonColumn(table, 'catalogs').notNullable();
    table.string('area_code', 32);
    table.integer('per_minute').notNullable();
    momentColumn(table, 'expires_at').notNullable();
    momentColumn(table, 'created_at').notNullable();
    table.string('created_by', 64).notNullable();
    table.string('created_by_name', 128).notNullable();
    momentColumn(table, 'revoked_at');
    table.string('revoked_by', 64);
    table.string('revoked_by_name', 128);
    momentColumn(table, 'last_used_at');
    table.unique(['secret_hash'], {indexName: 'access_token_secret'});
    table.unique(['name'], {indexName: 'access_token_name'});
  });
}

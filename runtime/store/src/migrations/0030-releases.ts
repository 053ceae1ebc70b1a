import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Releases of bundles: immutable, named by hash; and the drafts that analysts work on. */
export const migration: Migration = {
  name: '0030-releases',
  async up(knex) {
    await knex.schema.createTable('bundle_release', table => {
      table.string('hash', 64).notNullable().primary();
      table.string('bundle_id', 64).notNullable();
      table.string('version', 64).notNullable();
      table.string('status', 16).notNullable();
      jsonColumn(table, 'files').notNullable();
      jsonColumn(table, 'compiled').notNullable();
      table.string('definition_id', 128);
      table.string('refusal', 255);
      momentColumn(table, 'published_at').notNullable();
      table.string('published_by', 64).notNullable();
      table.string('published_by_name', 128).notNullable();
      momentColumn(table, 'deployed_at');
      table.index(['bundle_id', 'published_at']);
    });
    await knex.schema.createTable('bundle_current', table => {
      table.string('bundle_id', 64).notNullable().primary();
      table.string('hash', 64).notNullable();
    });
    await knex.schema.createTable('bundle_draft', table => {
      table.string('bundle_id', 64).notNullable().primary();
      jsonColumn(table, 'files').notNullable();
      table.integer('revision').notNullable();
      table.string('base_hash', 64);
      momentColumn(table, 'saved_at');
      idColumn(table, 'saved_by').nullable();
      table.string('saved_by_name', 128);
    });
  },
};

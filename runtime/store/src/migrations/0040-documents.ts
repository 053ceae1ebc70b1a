import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Papers of a case as they were given out: rendered once, never rendered again. */
export const migration: Migration = {
  name: '0040-documents',
  async up(knex) {
    await knex.schema.createTable('case_document', table => {
      idColumn(table).primary();
      idColumn(table, 'case_id');
      table.string('document_id', 64).notNullable();
      table.string('release_hash', 64).notNullable();
      table.string('title_zh', 200).notNullable();
      table.string('title_en', 200);
      table.string('output', 8).notNullable();
      table.text('content', 'longtext').notNullable();
      momentColumn(table, 'created_at').notNullable();
      table.index(['case_id', 'created_at']);
    });
  },
};

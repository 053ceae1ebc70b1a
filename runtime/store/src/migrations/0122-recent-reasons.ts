import {idColumn, momentColumn, type Migration} from '../migration.js';

/** The reasons and opinions that a person gave last, one row a text, sealed: the next time he asks for them they are offered. */
export const migration: Migration = {
  name: '0122-recent-reasons',
  async up(knex) {
    await knex.schema.createTable('recent_reason', table => {
      idColumn(table).primary();
      table.string('person_id', 64).notNullable();
      table.string('bundle_id', 64).notNullable();
      table.string('field', 64).notNullable();
      table.string('outcome', 64).notNullable();
      // Keyed hash: the same text is kept once, and cannot be guessed from the table.
      table.string('text_index', 64).notNullable();
      table.text('text_sealed', 'longtext').notNullable();
      momentColumn(table, 'used_at').notNullable();
      table.unique(['person_id', 'bundle_id', 'field', 'outcome', 'text_index'], {indexName: 'recent_reason_text'});
      table.index(['used_at'], 'recent_reason_used');
    });
  },
};

import {idColumn, momentColumn, type Migration} from '../migration.js';

/** What listed words hinted at when a case was registered, one row a listed word, and whether it was taken over: for queries and statistics. */
export const migration: Migration = {
  name: '0105-word-hints',
  async up(knex) {
    await knex.schema.createTable('case_word_hint', table => {
      idColumn(table, 'case_id');
      table.string('catalog', 64).notNullable();
      table.string('row_key', 255).notNullable();
      table.string('version', 64).notNullable();
      table.string('class_code', 64);
      table.string('risk', 16);
      // Empty where the hint proposed nothing.
      table.boolean('taken');
      momentColumn(table, 'found_at').notNullable();
      table.primary(['case_id', 'catalog', 'row_key']);
      table.index(['catalog', 'class_code', 'found_at'], 'case_word_hint_class');
    });
  },
};

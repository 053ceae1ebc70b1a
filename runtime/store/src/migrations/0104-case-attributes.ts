import {jsonColumn, type Migration} from '../migration.js';

/** What a case is besides its matter and area: rules of dispatch may ask for it. Cases from before keep nothing. */
export const migration: Migration = {
  name: '0104-case-attributes',
  async up(knex) {
    await knex.schema.alterTable('case_record', table => {
      jsonColumn(table, 'attributes');
    });
  },
};

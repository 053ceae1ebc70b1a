import type {Migration} from '../migration.js';

/** Cases newest first: what a search without words walks along, and stops when a page is full. */
export const migration: Migration = {
  name: '0092-case-order',
  async up(knex) {
    await knex.schema.alterTable('case_record', table => {
      table.index(['accepted_at', 'id'], 'case_record_newest');
    });
  },
};

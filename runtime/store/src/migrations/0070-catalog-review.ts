import type {Migration} from '../migration.js';

/** The case whose process reviews a change set, while one does and afterwards; `null` for a review that is one decision. */
export const migration: Migration = {
  name: '0070-catalog-review',
  async up(knex) {
    await knex.schema.alterTable('catalog_change', table => {
      table.string('review_case_id', 26);
      table.string('review_number', 64);
      table.index(['review_case_id'], 'catalog_change_by_review');
    });
  },
};

import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Who follows which catalog, what an arriving issue was told of, and where a notice leads that belongs to no case. */
export const migration: Migration = {
  name: '0094-catalog-subscriptions',
  async up(knex) {
    await knex.schema.createTable('catalog_subscription', table => {
      idColumn(table).primary();
      table.string('person_id', 64).notNullable();
      table.string('catalog_id', 64).notNullable();
      // Empty: the whole catalog.
      table.string('branch', 191).notNullable();
      table.string('seen_version_id', 26).notNullable();
      table.string('told_version_id', 26).notNullable();
      momentColumn(table, 'created_at').notNullable();
      table.unique(['person_id', 'catalog_id', 'branch'], {indexName: 'catalog_subscription_of'});
      table.index(['catalog_id', 'told_version_id'], 'catalog_subscription_told');
    });
    await knex.schema.alterTable('catalog_issue', table => {
      momentColumn(table, 'told_at');
      table.index(['told_at'], 'catalog_issue_told');
    });
    await knex('catalog_issue').update({told_at: knex.ref('updated_at')});
    await knex.schema.alterTable('notice', table => {
      table.string('link', 255);
    });
  },
};

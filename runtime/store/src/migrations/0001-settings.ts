import {momentColumn, type Migration} from '../migration.js';

/** Named values of the installation that several processes share, and leases by conditional update. */
export const migration: Migration = {
  name: '0001-settings',
  async up(knex) {
    await knex.schema.createTable('setting', table => {
      table.string('name', 128).notNullable().primary();
      table.text('value').notNullable();
    });
    await knex.schema.createTable('lease', table => {
      table.string('name', 128).notNullable().primary();
      table.string('holder', 64).notNullable();
      momentColumn(table, 'until_at').notNullable();
    });
  },
};

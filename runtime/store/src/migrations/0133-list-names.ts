import type {Migration} from '../migration.js';

/** Tables of catalogs are lists that persons arrange, too; their names are `catalog:<catalog>/<table>`. */
export const migration: Migration = {
  name: '0133-list-names',
  async up(knex) {
    await knex.schema.alterTable('list_columns', table => {
      table.string('list', 160).notNullable().alter();
    });
  },
};

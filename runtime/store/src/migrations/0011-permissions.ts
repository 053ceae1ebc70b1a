import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Grants and denials that an administrator adds to those of the policy files. */
export const migration: Migration = {
  name: '0011-permissions',
  async up(knex) {
    await knex.schema.createTable('permission_grant', table => {
      idColumn(table).primary();
      table.string('role_id', 64).notNullable();
      table.string('permission', 64).notNullable();
      table.string('scope', 16).notNullable();
      table.string('effect', 8).notNullable();
      table.string('created_by', 64).notNullable();
      momentColumn(table, 'created_at').notNullable();
      table.unique(['role_id', 'permission', 'scope', 'effect']);
    });
    await knex('setting').insert({name: 'permissions.version', value: '0'}).onConflict('name').ignore();
  },
};

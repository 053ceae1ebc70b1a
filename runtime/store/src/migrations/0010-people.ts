import type {Knex} from 'knex';
import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Units, persons, posts and roles; accounts, failed logins and sessions. Phone numbers are sealed, with a blind index. */
export const migration: Migration = {
  name: '0010-people',
  async up(knex) {
    await createOrganisation(knex);
    await createAccounts(knex);
    await knex('setting').insert({name: 'people.version', value: '0'}).onConflict('name').ignore();
  },
};

async function createOrganisation(knex: Knex): Promise<void> {
  await knex.schema.createTable('unit', table => {
    table.string('id', 64).notNullable().primary();
    table.string('name', 120).notNullable();
    table.string('kind', 32).notNullable();
    table.integer('level').notNullable();
    table.string('area_code', 16).notNullable();
    table.string('parent_id', 64);
    table.integer('sort_order').notNullable();
    table.string('status', 16).notNullable();
  });
  await knex.schema.createTable('role', table => {
    table.string('id', 64).notNullable().primary();
    table.string('title_zh', 64).notNullable();
    table.string('title_en', 64).notNullable();
    table.integer('sort_order').notNullable();
  });
  await knex.schema.createTable('person', table => {
    table.string('id', 64).notNullable().primary();
    table.string('name', 64).notNullable();
    table.string('phone_sealed', 255);
    table.string('phone_index', 64).index();
    table.string('status', 16).notNullable();
  });
  await knex.schema.createTable('post', table => {
    table.string('id', 64).notNullable().primary();
    table.string('person_id', 64).notNullable().index();
    table.string('unit_id', 64).notNullable().index();
    table.string('title', 64).notNullable();
    table.integer('sort_order').notNullable();
    table.string('status', 16).notNullable();
  });
  await knex.schema.createTable('post_role', table => {
    table.string('post_id', 64).notNullable();
    table.string('role_id', 64).notNullable();
    table.primary(['post_id', 'role_id']);
  });
}

async function createAccounts(knex: Knex): Promise<void> {
  await knex.schema.createTable('account', table => {
    table.string('person_id', 64).notNullable().primary();
    table.string('login', 64).notNullable().unique();
    table.string('password_hash', 255).notNullable();
    momentColumn(table, 'password_changed_at').notNullable();
    table.integer('must_change').notNullable();
    table.string('status', 16).notNullable();
  });
  await knex.schema.createTable('login_failure', table => {
    table.string('login_index', 64).notNullable().primary();
    table.integer('failures').notNullable();
    momentColumn(table, 'last_at').notNullable().index();
    momentColumn(table, 'locked_until_at');
  });
  await knex.schema.createTable('session', table => {
    idColumn(table).primary();
    table.string('token_hash', 64).notNullable().unique();
    table.string('person_id', 64).notNullable().index();
    table.string('post_id', 64).notNullable();
    momentColumn(table, 'created_at').notNullable();
    momentColumn(table, 'seen_at').notNullable();
    momentColumn(table, 'idle_until_at').notNullable();
    momentColumn(table, 'ends_at').notNullable().index();
    table.string('address', 64).notNullable();
    table.string('agent', 200).notNullable();
  });
}

import {idColumn, momentColumn, type Migration} from '../migration.js';

/** Notices inside the application, and text messages on their way out with a log of every attempt. */
export const migration: Migration = {
  name: '0013-messages',
  async up(knex) {
    await knex.schema.createTable('notice', table => {
      idColumn(table).primary();
      table.string('person_id', 64).notNullable();
      table.string('kind', 64).notNullable();
      table.string('title_zh', 200).notNullable();
      table.string('title_en', 200);
      table.text('body_zh').notNullable();
      table.text('body_en');
      table.string('case_id', 64);
      momentColumn(table, 'created_at').notNullable();
      momentColumn(table, 'read_at');
      table.index(['person_id', 'id']);
      table.index(['person_id', 'read_at']);
    });
    await knex.schema.createTable('sms', table => {
      idColumn(table).primary();
      table.string('dedupe_key', 128).notNullable().unique();
      table.string('case_id', 64).index();
      table.string('kind', 64).notNullable();
      table.string('phone_sealed', 255).notNullable();
      table.text('text_sealed').notNullable();
      table.string('status', 16).notNullable();
      table.integer('attempts').notNullable();
      momentColumn(table, 'next_at').notNullable();
      table.string('gateway_id', 64);
      table.string('reason', 64);
      momentColumn(table, 'created_at').notNullable();
      momentColumn(table, 'finished_at');
      table.index(['status', 'next_at']);
    });
    await knex.schema.createTable('sms_attempt', table => {
      idColumn(table).primary();
      table.string('sms_id', 26).notNullable().index();
      momentColumn(table, 'at').notNullable();
      table.string('result', 16).notNullable();
      table.string('reason', 64);
    });
  },
};

import {momentColumn, type Migration} from '../migration.js';

/** Whom a text message is for, what it is called, and what the network said about its arrival. */
export const migration: Migration = {
  name: '0093-sms-delivery',
  async up(knex) {
    await knex.schema.alterTable('sms', table => {
      table.string('person_id', 64);
      table.string('title_zh', 200);
      table.string('title_en', 200);
      // When the gateway is asked next whether it arrived, and how often it was; null when nothing is asked (any more).
      momentColumn(table, 'receipt_next_at');
      table.integer('receipt_asked');
      momentColumn(table, 'receipt_at');
      table.index(['receipt_next_at']);
    });
  },
};

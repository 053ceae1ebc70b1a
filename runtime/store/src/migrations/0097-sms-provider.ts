import {momentColumn, type Migration} from '../migration.js';

/** What a provider's template is filled with, its own code for a refusal, and since when nobody knows whether a message went. */
export const migration: Migration = {
  name: '0097-sms-provider',
  async up(knex) {
    await knex.schema.alterTable('sms', table => {
      table.text('params_sealed');
      table.string('provider_code', 64);
      momentColumn(table, 'doubtful_at');
    });
    await knex.schema.alterTable('sms_attempt', table => {
      table.string('provider_code', 64);
    });
  },
};

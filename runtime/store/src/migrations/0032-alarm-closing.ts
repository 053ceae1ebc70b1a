import type {Migration} from '../migration.js';

/** Who closed an alarm, and why. */
export const migration: Migration = {
  name: '0032-alarm-closing',
  async up(knex) {
    await knex.schema.alterTable('case_alarm', table => {
      table.string('closed_by', 64);
      table.string('closed_by_name', 128);
      table.string('close_reason', 500);
    });
  },
};

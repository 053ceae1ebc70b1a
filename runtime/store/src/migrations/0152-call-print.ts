import type {Migration} from '../migration.js';

/** What was sent when a call was registered, as a keyed hash: whoever sends it again with something else is told. Calls from before keep nothing. */
export const migration: Migration = {
  name: '0152-call-print',
  async up(knex) {
    await knex.schema.alterTable('case_record', table => void table.string('start_print', 64));
  },
};

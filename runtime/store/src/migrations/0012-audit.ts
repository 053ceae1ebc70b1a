import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** The audit log. A row is written with its digest inside the command's transaction; `seq` and the hashes come when it is sealed. */
export const migration: Migration = {
  name: '0012-audit',
  async up(knex) {
    await knex.schema.createTable('audit_entry', table => {
      idColumn(table).primary();
      momentColumn(table, 'at').notNullable().index();
      table.string('person_id', 64).notNullable().index();
      table.string('person_name', 64).notNullable();
      table.string('unit_id', 64).notNullable();
      table.string('roles', 512).notNullable();
      table.string('request_id', 64).notNullable();
      table.string('address', 64).notNullable();
      table.string('action', 64).notNullable();
      table.string('subject', 128).notNullable().index();
      table.string('result', 16).notNullable();
      jsonColumn(table, 'data').notNullable();
      table.string('digest', 64).notNullable();
      table.bigInteger('seq').unique();
      table.string('previous_hash', 64);
      table.string('hash', 64);
    });
  },
};

import type {Migration} from '../migration.js';

/**
 * What the board of limits counts by: the industry of the enterprise beside the values it comes from, open cases with their clocks, cases by their end, and
 * lapses by the moment they happened.
 */
export const migration: Migration = {
  name: '0150-limit-board',
  async up(knex) {
    await knex.schema.alterTable('case_record', table => void table.string('industry', 64));
    const isSqlite = String(knex.client.config.client).includes('sqlite');
    const read = isSqlite ? "json_extract(facts, '$.asked.industry')" : "json_value(facts, '$.asked.industry')";
    await knex.raw(`update case_record set industry = (select max(${read}) from case_clock where case_clock.case_id = case_record.id) where industry is null`);
    // They hold all that the board reads of a case and its clocks, so that counting never reads their long texts. On MariaDB, whose server counts beside ours, the one of the clocks
    // would cost every moved clock more than it saves.
    await knex.schema.alterTable('case_record', table => {
      table.index(['status', 'ended_at'], 'case_record_ended');
      table.index(['status', 'id', 'bundle_id', 'area_code', 'lead_unit_id', 'matter', 'urgency', 'industry'], 'case_record_board');
    });
    if (isSqlite) await knex.schema.alterTable('case_clock', table => void table.index(['case_id', 'status', 'due_at', 'warn_at', 'critical_at', 'id'], 'case_clock_board'));
    await knex.schema.alterTable('case_clock_breach', table => void table.index(['due_at', 'case_id'], 'case_clock_breach_due'));
  },
};

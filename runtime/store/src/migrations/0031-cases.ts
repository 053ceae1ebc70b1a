import type {Knex} from 'knex';
import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** Cases, their tasks, queues, outbox, timeline, parties, links, drafts, numbers and alarms. */
export const migration: Migration = {
  name: '0031-cases',
  async up(knex) {
    await createRecords(knex);
    await createTasks(knex);
    await createOutbox(knex);
    await createTrail(knex);
    await createDrafts(knex);
  },
};

/** One row holds everything about a case that commands read and write together: one select, one update. */
async function createRecords(knex: Knex): Promise<void> {
  await knex.schema.createTable('case_record', table => {
    idColumn(table).primary();
    table.string('bundle_id', 64).notNullable();
    table.string('release_hash', 64).notNullable();
    table.string('number', 64).notNullable().unique();
    table.string('query_code', 255).notNullable();
    table.string('title', 255).notNullable();
    table.string('status', 16).notNullable();
    table.string('state_id', 64).notNullable();
    table.string('public_state', 64);
    table.integer('round').notNullable();
    table.string('accepting_unit_id', 64).notNullable();
    table.string('area_code', 32).notNullable();
    table.string('started_by', 64).notNullable();
    table.string('started_by_name', 128).notNullable();
    table.string('start_key', 64).unique();
    momentColumn(table, 'accepted_at').notNullable();
    momentColumn(table, 'ended_at');
    table.integer('lock_version').notNullable();
    table.integer('values_version').notNullable();
    table.integer('seq').notNullable();
    table.integer('acked_seq').notNullable();
    momentColumn(table, 'pending_since');
    momentColumn(table, 'revision').notNullable();
    table.string('lead_unit_id', 64);
    table.string('matter', 64);
    table.string('urgency', 64);
    table.string('marks', 64).notNullable();
    table.string('phone_index', 64);
    table.string('id_number_index', 64);
    table.string('duplicate_index', 64);
    table.string('call_id', 26);
    jsonColumn(table, 'form_values').notNullable();
    jsonColumn(table, 'routing').notNullable();
    momentColumn(table, 'updated_at').notNullable();
    table.index(['started_by', 'accepted_at', 'id']);
    table.index(['phone_index']);
    table.index(['duplicate_index', 'status']);
    table.index(['call_id']);
    table.index(['status', 'id']);
    table.index(['release_hash', 'status']);
  });
  await knex.schema.createTable('case_number', table => {
    table.string('prefix', 64).notNullable().primary();
    table.integer('last').notNullable();
  });
}

async function createTasks(knex: Knex): Promise<void> {
  await knex.schema.createTable('case_task', table => {
    idColumn(table).primary();
    idColumn(table, 'case_id');
    table.string('engine_id', 64).unique();
    table.string('step_id', 64).notNullable();
    table.integer('loop_counter');
    table.string('status', 16).notNullable();
    table.string('queue', 191).notNullable();
    table.string('home_queue', 191).notNullable();
    table.string('unit_id', 64);
    table.string('assignee_id', 64);
    momentColumn(table, 'opened_at').notNullable();
    momentColumn(table, 'closed_at');
    table.string('done_by', 64);
    table.string('done_by_name', 128);
    table.string('outcome', 64);
    table.boolean('has_draft').notNullable();
    table.boolean('has_exclusion').notNullable();
    table.index(['queue', 'status', 'opened_at', 'id']);
    table.index(['case_id', 'status']);
    table.index(['done_by', 'closed_at', 'id']);
  });
  await knex.schema.createTable('case_queue', table => {
    table.string('queue', 191).notNullable().primary();
    table.string('unit_id', 64).notNullable();
    table.integer('open_count').notNullable();
    table.index(['unit_id']);
  });
  await knex.schema.createTable('case_exclusion', table => {
    idColumn(table, 'task_id');
    table.string('person_id', 64).notNullable();
    table.primary(['task_id', 'person_id']);
    table.index(['person_id']);
  });
}

/** Rows wait for the engine (`pending`), were applied (`acked`, kept until reconciled) or were undone (`compensated`). */
async function createOutbox(knex: Knex): Promise<void> {
  await knex.schema.createTable('case_outbox', table => {
    idColumn(table).primary();
    idColumn(table, 'case_id');
    table.integer('seq').notNullable();
    table.string('kind', 16).notNullable();
    table.string('status', 16).notNullable();
    momentColumn(table, 'at').notNullable();
    jsonColumn(table, 'operations').notNullable();
    jsonColumn(table, 'cause').notNullable();
    jsonColumn(table, 'undo');
    table.integer('attempts').notNullable();
    momentColumn(table, 'next_try_at').notNullable();
    table.string('last_error', 255);
    table.boolean('replay').notNullable();
    momentColumn(table, 'acked_at');
    table.unique(['case_id', 'seq']);
    table.index(['status', 'next_try_at']);
    table.index(['status', 'acked_at']);
  });
  await knex.schema.createTable('case_alarm', table => {
    idColumn(table).primary();
    momentColumn(table, 'at').notNullable();
    table.string('kind', 32).notNullable();
    idColumn(table, 'case_id').nullable();
    jsonColumn(table, 'text').notNullable();
    momentColumn(table, 'closed_at');
    table.index(['closed_at', 'at']);
    table.index(['case_id', 'kind']);
  });
}

async function createTrail(knex: Knex): Promise<void> {
  await knex.schema.createTable('case_timeline', table => {
    idColumn(table).primary();
    idColumn(table, 'case_id');
    momentColumn(table, 'at').notNullable();
    table.integer('place').notNullable();
    table.string('kind', 64).notNullable();
    jsonColumn(table, 'text').notNullable();
    table.string('step_id', 64);
    idColumn(table, 'task_id').nullable();
    table.string('person_id', 64);
    table.string('person_name', 128);
    table.string('unit_id', 64);
    jsonColumn(table, 'data');
    table.index(['case_id', 'at', 'place']);
  });
  await knex.schema.createTable('case_party', table => {
    idColumn(table, 'case_id');
    table.string('party', 96).notNullable();
    table.string('path', 255).notNullable();
    table.primary(['case_id', 'party']);
    table.index(['party', 'case_id']);
    table.index(['path', 'case_id']);
  });
  await knex.schema.createTable('case_link', table => {
    idColumn(table, 'case_id');
    idColumn(table, 'other_id');
    table.string('relation', 32).notNullable();
    momentColumn(table, 'at').notNullable();
    table.string('by_person', 64).notNullable();
    table.primary(['case_id', 'other_id', 'relation']);
    table.index(['other_id']);
  });
}

async function createDrafts(knex: Knex): Promise<void> {
  await knex.schema.createTable('case_draft', table => {
    idColumn(table).primary();
    table.string('owner_id', 64).notNullable();
    table.string('bundle_id', 64).notNullable();
    idColumn(table, 'task_id').nullable();
    table.string('title', 255).notNullable();
    jsonColumn(table, 'items').notNullable();
    momentColumn(table, 'saved_at').notNullable();
    table.unique(['task_id', 'owner_id']);
    table.index(['owner_id', 'saved_at', 'id']);
  });
}

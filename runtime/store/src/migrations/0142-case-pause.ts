import type {Knex} from 'knex';
import {parseDate, startOfDay} from '@banli/time';
import {idColumn, jsonColumn, momentColumn, type Migration} from '../migration.js';

/** The pause of a case with its promised date, which every clock that stood had kept for itself: so that it ends whichever clocks there are, and where there are none. */
export const migration: Migration = {
  name: '0142-case-pause',
  async up(knex) {
    await knex.schema.createTable('case_pause', table => {
      idColumn(table, 'case_id').primary();
      momentColumn(table, 'until_at');
      momentColumn(table, 'fire_at');
      jsonColumn(table, 'facts').notNullable();
      table.index(['fire_at', 'case_id'], 'case_pause_fire');
    });
    // The last thing that it does: nothing is left for one that comes again after it.
    if (!(await knex.schema.hasColumn('case_clock', 'resume_at'))) return;
    await fillFromClocks(knex);
    await fillFromCases(knex);
    await knex.raw('alter table case_clock drop column resume_at');
  },
};

interface StoredClock {
  readonly case_id: string;
  readonly resume_at: number | string | null;
  readonly facts: string;
}

interface StoredFacts {
  readonly stands: ReadonlyArray<{readonly kind: string; readonly from: number; readonly to: number | null; readonly reason: string}>;
  readonly reminder?: {readonly at: number; readonly until: number; readonly told: boolean};
}

/** The clocks of a case stand in one pause: any of them tells it. */
async function fillFromClocks(knex: Knex): Promise<void> {
  const rows = await knex('case_clock').where({status: 'paused'}).orderBy('id').select<StoredClock[]>('case_id', 'resume_at', 'facts');
  for (const row of rows) {
    const {stands, reminder} = JSON.parse(row.facts) as StoredFacts;
    const stand = stands.find(({kind, to}) => kind === 'pause' && to === null);
    if (!stand) continue;
    const until = row.resume_at === null ? null : Number(row.resume_at);
    const own = reminder && reminder.until === until ? reminder : undefined;
    await insert(knex, row.case_id, until, own && !own.told ? own.at : until, {from: stand.from, reason: stand.reason, ...(own ? {reminder: own} : {})});
  }
}

interface StoredRouting {
  readonly paused: {readonly since: number; readonly until: string | null} | null;
  readonly requests: ReadonlyArray<{readonly kind: string; readonly status: string; readonly reason: string | null}>;
}

/** A paused case without a clock that stands kept its date nowhere else: it ends now, where the date has passed. */
async function fillFromCases(knex: Knex): Promise<void> {
  const rows = await knex('case_record').where({status: 'open'}).andWhere('routing', 'like', '%"paused":{%').select<Array<{id: string; routing: string}>>('id', 'routing');
  for (const {id, routing} of rows) {
    const {paused, requests} = JSON.parse(routing) as StoredRouting;
    if (!paused) continue;
    const until = paused.until === null ? null : startOfDay(parseDate(paused.until));
    const reason = requests.findLast(({kind, status}) => kind === 'pause' && status === 'approved')?.reason ?? '';
    await insert(knex, id, until, until, {from: paused.since, reason});
  }
}

async function insert(knex: Knex, caseId: string, until: number | null, fireAt: number | null, facts: object): Promise<void> {
  await knex('case_pause').insert({case_id: caseId, until_at: until, fire_at: fireAt, facts: JSON.stringify(facts)}).onConflict(['case_id']).ignore();
}

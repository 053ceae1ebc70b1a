import test from 'ava';
import {parseMoment} from '@banli/time';
import {migration} from '../src/migrations/0142-case-pause.js';
import {insertRows} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

const until = parseMoment('2026-03-10 00:00');

test('pauses begun before get their row, of the clocks that stand or of the case where none does', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  await store.knex.raw('drop table case_pause');
  await store.knex.raw('alter table case_clock add column resume_at bigint');
  const clock = (id: string, caseId: string, status: string, resumeAt: number | null, facts: object) => ({
    id, case_id: caseId, clock: 'resolve', round: 1, status, started_at: 0, stopped_at: null, due_at: 1, warn_at: null, critical_at: null, warned_due_at: null, critical_due_at: null, resume_at: resumeAt, fire_at: resumeAt, revision: 1, facts: JSON.stringify(facts),
  });
  const stands = [{kind: 'pause', from: 1, to: 2, reason: 'before'}, {kind: 'pause', from: 5, to: null, reason: 'third party'}];
  const reminder = {at: until - 7, until, told: false};
  await store.tx(tx => insertRows(tx, 'case_clock', [
    clock('1', 'dated', 'paused', until, {stands, reminder}), clock('2', 'dated', 'paused', until, {stands, reminder}), clock('3', 'told', 'paused', until, {stands, reminder: {...reminder, told: true}}),
    clock('4', 'open-ended', 'paused', null, {stands}), clock('5', 'running', 'running', null, {stands: []}), clock('6', 'no-clock', 'stopped', null, {stands: []}),
  ]));
  const record = (id: string, status: string, paused: object | null) => store.knex('case_record').insert({
    id, bundle_id: 'b', release_hash: 'h', number: id, query_code: '', title: '', status, state_id: 's', round: 1, accepting_unit_id: 'u', area_code: '', started_by: 'p', started_by_name: 'p',
    accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: '{}', updated_at: 0,
    routing: JSON.stringify({paused, requests: [{kind: 'pause', status: 'refused', reason: 'no'}, {kind: 'pause', status: 'approved', reason: 'promised'}, {kind: 'resume', status: 'refused', reason: 'x'}]}),
  });
  await record('no-clock', 'open', {since: 9, taskId: 't', until: '2026-03-10'});
  await record('gone', 'ended', {since: 9, taskId: 't', until: '2026-03-10'});
  await record('running', 'open', null);
  await migration.up(store.knex);
  const rows = await store.knex('case_pause').orderBy('case_id').select<ReadonlyArray<{case_id: string; until_at: number | null; fire_at: number | null; facts: string}>>();
  t.deepEqual(rows.map(row => [row.case_id, row.until_at, row.fire_at, JSON.parse(row.facts)]), [
    ['dated', until, until - 7, {from: 5, reason: 'third party', reminder}], ['no-clock', until, until, {from: 9, reason: 'promised'}],
    ['open-ended', null, null, {from: 5, reason: 'third party'}], ['told', until, until, {from: 5, reason: 'third party', reminder: {...reminder, told: true}}],
  ]);
  t.false(await store.knex.schema.hasColumn('case_clock', 'resume_at'));
});

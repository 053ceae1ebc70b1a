import test from 'ava';
import {insertRows, queryRows, type SqlRow} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {clockStates, limitToState, stateCounts, timedCases, type ClockState} from '../../cases/src/lists/clock-states.js';
import {dueStateOf} from '../src/index.js';
import type {BreachRow, ClockRow} from '../src/model.js';
import {viewOf} from '../src/view.js';
import {calendarAsOf} from '../../../catalogs/calendars/test/calendar-as-of.js';

const now = 1_772_416_800_000;
const cases = 400;
const stateOf = {overdue: 'overdue', critical: 'warning', warning: 'warning', normal: 'normal', paused: 'paused'} as const;

/** The same numbers in every run. */
function chance(seed: number) {
  let state = seed;
  return (count: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % count;
  };
}

/** Moments around now, and now itself, to the millisecond. */
function momentOf(pick: (count: number) => number): number | null {
  return pick(6) === 0 ? null : now + (pick(7) - 3) * (pick(3) === 0 ? 1 : 3_600_000);
}

/** Cases with up to four clocks in every status, with due times, warnings and lapses of every kind, whether an installation comes to them or not. */
function randomCases(seed: number) {
  const pick = chance(seed);
  const statuses = ['running', 'running', 'halted', 'paused', 'stopped', 'dropped'] as const;
  const clocks: SqlRow[] = [];
  const breaches: BreachRow[] = [];
  for (let index = 0; index < cases; index += 1) {
    for (let place = pick(5); place > 0; place -= 1) {
      const id = `clock-${seed}-${index}-${place}`;
      clocks.push({
        id, case_id: `case-${seed}-${index}`, clock: 'resolve', round: 1, status: statuses[pick(statuses.length)], started_at: now - 1, due_at: momentOf(pick), warn_at: momentOf(pick), critical_at: momentOf(pick), revision: 1, facts: '{}',
      });
      for (let lapse = pick(8) === 0 ? 1 + pick(2) : 0; lapse > 0; lapse -= 1) {
        breaches.push({clockId: id, caseId: `case-${seed}-${index}`, dueAt: now - lapse * 1_000, recordedAt: now, correctedAt: pick(2) === 0 ? now : null, stepsDone: 0});
      }
    }
  }
  return {clocks, breaches: breaches.sort((a, b) => a.dueAt - b.dueAt)};
}

const calendar = calendarAsOf(['china'], '2020-01-27');

/** What the workbench says of each clock, and the worst of it. */
function worstByWords({clocks, breaches}: ReturnType<typeof randomCases>): ReadonlyMap<string, ClockState> {
  const worst = new Map<string, ClockState>();
  for (const clock of clocks) {
    const facts = {title: {'zh-CN': '办结时限'}, limit: {value: 5, unit: 'workingDay'}, extension: null, provisional: false};
    const row = {id: clock['id'], status: clock['status'], dueAt: clock['due_at'], warnAt: clock['warn_at'], criticalAt: clock['critical_at'], facts} as unknown as ClockRow;
    const said = dueStateOf(viewOf(row, breaches, calendar), now);
    if (said === 'stopped') continue;
    const caseId = String(clock['case_id']);
    const known = worst.get(caseId);
    const state = stateOf[said];
    if (known === undefined || clockStates.indexOf(state) < clockStates.indexOf(known)) worst.set(caseId, state);
  }
  return worst;
}

for (const seed of [1, 2, 3]) {
  test(`whatever its clocks: the board counts a case, and the search finds it, as the workbench says it stands (${seed})`, async t => {
    const store = await openTestStore();
    t.teardown(() => store.close());
    const made = randomCases(seed);
    const record = (index: number) => ({
      id: `case-${seed}-${index}`, bundle_id: 'b', release_hash: 'h', number: `N${index}`, query_code: '', title: '', status: 'open', state_id: 's', round: 1, accepting_unit_id: 'u', area_code: '650100', started_by: 'p', started_by_name: 'p',
      accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: '{}', routing: '{}', updated_at: 0,
    });
    await store.tx(async tx => {
      await insertRows(tx, 'case_record', Array.from({length: cases}, (_, index) => record(index)));
      await insertRows(tx, 'case_clock', made.clocks);
      await insertRows(tx, 'case_clock_breach', made.breaches.map(breach => ({clock_id: breach.clockId, case_id: breach.caseId, due_at: breach.dueAt, recorded_at: breach.recordedAt, corrected_at: breach.correctedAt, steps_done: 0})));
    });
    const worst = worstByWords(made);
    const by = (state: ClockState) => [...worst].filter(([, each]) => each === state).map(([caseId]) => caseId).sort();
    t.true(clockStates.every(state => by(state).length > 10), 'every state occurs');
    const {knex} = store;
    const [counted] = await knex.from(timedCases(knex, now, ['area_code']).as('timed')).select<SqlRow[]>(stateCounts(knex));
    const found = async (state: ClockState | 'timed') => {
      const query = knex('case_record as record').select('record.id').orderBy('record.id');
      limitToState(query, state, now);
      return ((await query) as SqlRow[]).map(row => String(row['id'])).sort();
    };
    for (const state of clockStates) {
      t.is(Number(counted?.[state]), by(state).length, state);
      t.deepEqual(await found(state), by(state), state);
    }
    t.deepEqual(await found('timed'), [...worst.keys()].sort());
    t.is((await queryRows(knex, 'select id from case_record', [])).length, cases);
  });
}

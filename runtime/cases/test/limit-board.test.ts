import test, {type ExecutionContext} from 'ava';
import type {BoardColumn, BoardGroup} from '../src/index.js';
import {person, setup, startMoment, startOne} from './support/world.js';

const hour = 3_600_000;
const period = {from: startMoment - 24 * hour, to: startMoment + 24 * hour};

interface Made {
  readonly name: string;
  /** Clocks: status, hours till due, hours till the warning. */
  readonly clocks: ReadonlyArray<readonly [string, number | null, number | null]>;
  readonly columns?: Readonly<Record<string, string | number | null>>;
  /** Lapses: hours from now, and whether an extension took it back. */
  readonly lapses?: ReadonlyArray<readonly [number, boolean]>;
}

/** A world with cases as they are told, copies of one that anna (市中心) registered. */
async function board(t: ExecutionContext, made: readonly Made[]) {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const {knex} = world.store;
  const record = await knex('case_record').where({id: caseId}).first<Record<string, unknown>>();
  const parties = await knex('case_party').where({case_id: caseId}).select<Array<Record<string, unknown>>>('*');
  await knex('case_task').delete();
  await knex('case_record').where({id: caseId}).update({status: 'cancelled'});
  const at = (hours: number | null) => (hours === null ? null : startMoment + hours * hour);
  for (const {name, clocks, columns = {}, lapses = []} of made) {
    await knex('case_record').insert({...record, id: name, number: name, title: name, start_key: null, ...columns});
    await knex('case_party').insert(parties.map(party => ({...party, case_id: name})));
    const rows = clocks.map(([status, due, warn], place) => ({id: `${name} ${place}`, case_id: name, clock: 'resolve', round: 1, status, started_at: startMoment - hour, due_at: at(due), warn_at: at(warn), revision: 1, facts: '{}'}));
    if (rows.length > 0) await knex('case_clock').insert(rows);
    for (const [due, corrected] of lapses) await knex('case_clock_breach').insert({clock_id: `${name} 0`, case_id: name, due_at: at(due), recorded_at: startMoment, corrected_at: corrected ? startMoment : null, steps_done: 0});
  }
  return world;
}

/** Every state, each more than one way. */
const everyState: readonly Made[] = [
  {name: 'fresh', clocks: [['running', 48, 24]]}, {name: 'unpublished', clocks: [['running', null, null]]}, {name: 'warned', clocks: [['running', 5, -1]]},
  {name: 'second-warned', clocks: [['running', 2, 1], ['running', 5, -1]]}, {name: 'late', clocks: [['running', -1, -5]], lapses: [[-1, false]]},
  {name: 'late-unnoted', clocks: [['running', -0.1, -5]]}, {name: 'late-standing', clocks: [['halted', -2, -5]], lapses: [[-2, false]]},
  {name: 'held', clocks: [['paused', null, null]]}, {name: 'reviewed', clocks: [['halted', null, null], ['stopped', -3, -5]]},
  {name: 'extended', clocks: [['running', 20, 9]], lapses: [[-3, true]]}, {name: 'no-clock', clocks: []}, {name: 'done-clock', clocks: [['stopped', -9, -9]], lapses: [[-9, false]]},
];

const counts = (groups: readonly BoardGroup[]) => (['overdue', 'warning', 'normal', 'paused'] as const).map(state => groups.reduce((sum, group) => sum + group[state], 0));

test('open cases are counted once, by the worst of their clocks, and the search lists exactly those', async t => {
  const world = await board(t, everyState);
  const {answer: groups} = await world.cases.limitBoard(person('anna'), {columns: ['area_code'], ...period});
  t.deepEqual(counts(groups), [3, 2, 3, 2]);
  t.is(groups.length, 1);
  t.is(groups[0]?.lapsed, 3, 'a clock that has stopped keeps its lapse, one that was taken back does not count');
  const names = async (due: 'timed' | 'normal' | 'warning' | 'overdue' | 'paused') => (await world.cases.search(person('anna'), {due})).rows.map(row => row.number).sort();
  t.deepEqual(await names('overdue'), ['late', 'late-standing', 'late-unnoted']);
  t.deepEqual(await names('warning'), ['second-warned', 'warned']);
  t.deepEqual(await names('normal'), ['extended', 'fresh', 'unpublished']);
  t.deepEqual(await names('paused'), ['held', 'reviewed']);
  t.is((await names('timed')).length, 10);
  t.deepEqual((await world.cases.search(person('anna'), {lapsed: period})).rows.map(row => row.number).sort(), ['done-clock', 'late', 'late-standing']);
  t.deepEqual((await world.cases.search(person('anna'), {lapsed: {from: startMoment - 2 * hour, to: startMoment}})).rows.map(row => row.number).sort(), ['late', 'late-standing']);
});

for (const column of ['area_code', 'lead_unit_id', 'matter', 'urgency', 'industry'] as const satisfies readonly BoardColumn[]) {
  test(`every state is told by ${column}, and every number is as long as its list`, async t => {
    const values = column === 'area_code' ? ['650102', '650103'] : ['one', null];
    const world = await board(t, everyState.flatMap(made => values.map((value, place) => ({...made, name: `${made.name}${place}`, columns: {[column]: value}}))));
    const {answer: groups} = await world.cases.limitBoard(person('anna'), {columns: [column], ...period});
    t.deepEqual(groups.map(group => group.keys[column]).sort(), [...values].sort());
    for (const group of groups) {
      t.deepEqual(counts([group]), [3, 2, 3, 2]);
      const value = group.keys[column] ?? null;
      const filter = value === null ? {columns: [{column, values: ['one', 'else']}], rest: true} : {columns: [{column, values: [value]}], rest: false};
      for (const due of ['overdue', 'warning', 'normal', 'paused'] as const) t.is((await world.cases.search(person('anna'), {due, group: filter})).total, group[due]);
    }
  });
}

test('what is closed in the period is counted, in time only without a lapse that stands', async t => {
  const ended = (at: number) => ({columns: {status: 'ended', ended_at: startMoment + at * hour}});
  const world = await board(t, [
    {name: 'in-time', clocks: [['stopped', 5, 1]], ...ended(-1)}, {name: 'late', clocks: [['stopped', -5, -9]], lapses: [[-5, false]], ...ended(-1)}, {name: 'late-long-ago', clocks: [['stopped', -99, -99]], lapses: [[-99, false]], ...ended(-2)},
    {name: 'extended', clocks: [['stopped', 5, 1]], lapses: [[-5, true]], ...ended(-1)}, {name: 'before', clocks: [['stopped', 5, 1]], ...ended(-25)}, {name: 'after', clocks: [], ...ended(24)},
    {name: 'cancelled', clocks: [['stopped', -5, -9]], lapses: [[-5, false]], columns: {status: 'cancelled', ended_at: startMoment}},
  ]);
  const {answer: [group]} = await world.cases.limitBoard(person('anna'), {columns: ['urgency'], ...period});
  t.like(group, {closed: 4, onTime: 2, lapsed: 2, overdue: 0, warning: 0, normal: 0, paused: 0});
  const names = async (inTime: boolean) => (await world.cases.search(person('anna'), {closed: {...period, inTime}})).rows.map(row => row.number).sort();
  t.deepEqual(await names(false), ['extended', 'in-time', 'late', 'late-long-ago']);
  t.deepEqual(await names(true), ['extended', 'in-time']);
});

test('of two columns the first one that is filled in decides, for the numbers and for the list', async t => {
  const world = await board(t, [
    {name: 'named', clocks: [['running', 9, 5]], columns: {industry: 'J', matter: 'm1'}}, {name: 'of-matter', clocks: [['running', 9, 5]], columns: {industry: null, matter: 'm1'}},
    {name: 'unknown', clocks: [['running', 9, 5]], columns: {industry: '??', matter: 'm1'}}, {name: 'none', clocks: [['running', 9, 5]], columns: {industry: null, matter: null}},
  ]);
  t.is((await world.cases.limitBoard(person('anna'), {columns: ['industry', 'matter'], ...period})).answer.length, 4);
  const names = async (industries: string[], matters: string[], rest: boolean) => (await world.cases.search(person('anna'), {status: 'open', group: {columns: [{column: 'industry', values: industries}, {column: 'matter', values: matters}], rest}})).rows.map(row => row.number).sort();
  t.deepEqual(await names(['J'], [], false), ['named']);
  t.deepEqual(await names(['K'], ['m1'], false), ['of-matter']);
  t.deepEqual(await names(['J'], ['m1'], true), ['none', 'unknown']);
});

test('nobody counts what he may not read: own, unit, unit and below, all, and whoever a right to read reaches less far', async t => {
  const world = await board(t, [{name: 'ours', clocks: [['running', -1, -2]]}, {name: 'secret', clocks: [['running', -1, -2]], columns: {marks: 'confidential'}}, {name: 'theirs', clocks: [['running', -1, -2]]}, {name: 'below', clocks: [['running', 9, 5]]}]);
  const {knex} = world.store;
  await knex('case_party').whereIn('case_id', ['theirs', 'below']).delete();
  await knex('case_party').insert([{case_id: 'theirs', party: 'unit:elsewhere', path: '/elsewhere/'}, {case_id: 'below', party: 'unit:roads', path: '/region/city/roads/'}]);
  const pending = async (by: string) => {
    const {rows, total} = await world.cases.search(person(by), {due: 'timed'});
    const counted = counts((await world.cases.limitBoard(person(by), {columns: ['area_code'], ...period})).answer).reduce((sum, count) => sum + count, 0);
    t.is(counted, total ?? -1, `${by} counts what he finds`);
    return rows.map(row => row.number).sort();
  };
  t.deepEqual(await pending('anna'), ['ours', 'secret'], 'took part');
  t.deepEqual(await pending('bela'), ['ours', 'secret'], 'unit');
  t.deepEqual(await pending('carl'), ['below', 'ours', 'secret'], 'unit and below');
  t.deepEqual(await pending('rita'), ['below', 'ours', 'secret', 'theirs'], 'all');
  t.deepEqual(await pending('emil'), [], 'his own, and he has none');
  t.deepEqual(await pending('nobody'), []);
  Object.assign(world.deps, {readReach: () => ({own: true, unit: false, unitAndBelow: false, all: false})});
  t.deepEqual(await pending('rita'), [], 'a right that reaches own cases alone');
});

test('whoever sees every case shares one count for a few seconds, with its moment; whoever sees less, has another post or an open task of his own has his own count', async t => {
  const world = await board(t, [{name: 'one', clocks: [['running', -1, -2]]}]);
  const told = async (actor: ReturnType<typeof person>) => {
    const {at, answer} = await world.cases.limitBoard(actor, {columns: ['area_code'], ...period});
    return [at - startMoment, counts(answer)[0]];
  };
  const rita = person('rita');
  const other = {...rita, personId: 'rosa', unitId: 'city'};
  t.deepEqual(await told(rita), [0, 1]);
  t.deepEqual(await told(person('anna')), [0, 1]);
  await world.store.knex('case_clock').update({due_at: startMoment + hour, warn_at: null});
  await world.store.knex('case_clock_breach').delete();
  world.clock.moveBy(4_999);
  t.deepEqual(await told(other), [0, 1], 'shared');
  t.deepEqual(await told(person('bela')), [4_999, 0], 'of the same unit, and another person');
  t.deepEqual(await told({...person('anna'), roles: ['clerk', 'chief']}), [4_999, 0], 'the same person with more rights');
  await world.store.knex('case_queue').insert({queue: 'auditor@city', unit_id: 'city', open_count: 1});
  t.deepEqual(await told(other), [4_999, 0], 'an open task may be of a case that others do not see');
  t.deepEqual(await told(rita), [0, 1]);
  Object.assign(world.deps, {readReach: () => ({own: true, unit: false, unitAndBelow: false, all: false})});
  t.deepEqual(await told(rita), [4_999, 0], 'a right that was cut holds at once');
  Object.assign(world.deps, {readReach: undefined});
  world.clock.moveBy(1);
  t.deepEqual(await told(rita), [5_000, 0]);
});

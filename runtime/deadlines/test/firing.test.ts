import type {ClockRule} from '@banli/formats';
import test from 'ava';
import {sleep} from '@banli/time';
import {createClockLoop} from '../src/index.js';
import {rules, setup} from './bench-case.js';

test('warning, near, lapse and the ladder come in order, each at its own moment', async t => {
  const {happens, to, told, view, close} = await setup();
  await happens('started');
  await to('2026-03-04 19:30');
  await to('2026-03-05 15:30');
  t.deepEqual(told.log, ['2026-03-04 19:30 clock.warned resolve', '2026-03-05 15:30 clock.critical resolve']);
  await to('2026-03-05 19:29');
  t.is(told.log.length, 2);
  await to('2026-03-05 19:30');
  t.deepEqual(told.log.slice(2), ['2026-03-05 19:30 clock.lapsed resolve', '2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice chief@u1,clerk@u1']);
  t.like(await view('resolve'), {breachedAt: (await view('resolve'))?.dueAt ?? 0, breachCorrected: false});
  await to('2026-03-06 19:29');
  t.is(told.log.length, 5);
  await to('2026-03-06 19:30');
  t.deepEqual(told.log.slice(5), ['2026-03-06 19:30 notice leader@u1']);
  await to('2026-04-06 19:30');
  t.is(told.log.length, 6);
  await close();
});

test('after a stop of days everything is caught up in order with the right moments', async t => {
  const {happens, to, told, view, close} = await setup();
  await happens('started');
  await happens('send.done');
  await to('2026-03-20 10:00');
  t.deepEqual(told.log, [
    '2026-03-03 13:30 clock.warned respond', '2026-03-03 15:30 clock.critical respond', '2026-03-03 19:30 clock.lapsed respond', '2026-03-03 19:30 message clock.respond',
    '2026-03-04 19:30 clock.warned resolve', '2026-03-05 15:30 clock.critical resolve', '2026-03-05 19:30 clock.lapsed resolve', '2026-03-05 19:30 message clock.resolve',
    '2026-03-05 19:30 notice chief@u1,clerk@u1', '2026-03-06 19:30 notice leader@u1',
  ]);
  t.is((await view('respond'))?.breachedAt, (await view('respond'))?.dueAt);
  await close();
});

test('several servers at once fire nothing twice', async t => {
  const {happens, clock, deps, told, close} = await setup();
  await happens('started');
  await happens('send.done');
  clock.moveBy(20 * 86_400_000);
  const loops = ['a', 'b', 'c'].map(holder => createClockLoop({...deps, holder}));
  const rounds = await Promise.all([...loops, ...loops].map(loop => loop.round()));
  t.true(rounds.some(round => round.held));
  t.is(told.log.length, 10);
  t.is(new Set(told.log).size, 10);
  await close();
});

test('a second holder waits for the lease, and takes over when it has run out', async t => {
  const {loop, deps, clock, close} = await setup();
  t.true((await loop.round()).held);
  const other = createClockLoop({...deps, holder: 'other'});
  t.false((await other.round()).held);
  clock.moveBy(16_000);
  t.true((await other.round()).held);
  t.false((await loop.round()).held);
  await close();
});

test('a case that cannot be told keeps its moment, and the next try tells it once', async t => {
  const {happens, to, told, clock, loop, view, close} = await setup();
  await happens('started');
  told.fail = true;
  await to('2026-03-04 19:30');
  t.regex(told.log.join(), /deadlines.fire.failed/);
  told.fail = false;
  told.log.length = 0;
  await loop.round();
  t.deepEqual(told.log, []);
  clock.moveBy(31_000);
  await loop.round();
  await loop.round();
  t.deepEqual(told.log, ['2026-03-04 19:30 clock.warned resolve']);
  t.is((await view('resolve'))?.status, 'running');
  await close();
});

test('one broken case does not hold up the others', async t => {
  const {happens, to, told, subjects, subject, deps, close} = await setup();
  await happens('started');
  await happens('started', undefined, {caseId: 'case-2'});
  subjects.set('case-2', {...subject, caseId: 'case-2'});
  const note = deps.signals.note;
  Object.assign(deps.signals, {note: (...args: Parameters<typeof note>) => (args[1] === 'case-1' ? Promise.reject(new Error('broken')) : note(...args))});
  await to('2026-03-05 19:30');
  t.true(told.log.includes('2026-03-05 19:30 clock.lapsed resolve'));
  t.true(told.log.some(line => line.includes('broken')));
  await close();
});

test('a clock that stopped in time never lapses, also when the loop comes late', async t => {
  const {happens, to, told, view, close} = await setup();
  await happens('started');
  await happens('review.approve', '2026-03-05 19:30');
  await to('2026-03-30 10:00');
  t.false(told.log.some(line => line.includes('lapsed')));
  t.like(await view('resolve'), {status: 'stopped', breachedAt: null});
  await close();
});

test('a clock that stopped late has lapsed, although the loop had not come round, and its ladder is climbed once', async t => {
  const {happens, to, told, view, close} = await setup();
  await happens('started');
  await happens('review.approve', '2026-03-05 19:31');
  t.not((await view('resolve'))?.breachedAt, null);
  t.deepEqual(told.log, []);
  await to('2026-03-30 10:00');
  await to('2026-03-30 11:00');
  t.deepEqual(told.log, ['2026-03-05 19:30 clock.lapsed resolve', '2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice chief@u1,clerk@u1']);
  await close();
});

test('the ladder waits while a result is under review', async t => {
  const {happens, to, told, close} = await setup();
  await happens('started');
  await to('2026-03-05 20:00');
  told.log.length = 0;
  await happens('handle.submit', '2026-03-06 10:00');
  await to('2026-03-08 10:00');
  t.deepEqual(told.log, []);
  await happens('review.refuse', '2026-03-08 10:00');
  await to('2026-03-08 19:29');
  t.deepEqual(told.log, []);
  await to('2026-03-08 19:30');
  t.deepEqual(told.log, ['2026-03-08 19:30 notice leader@u1']);
  await close();
});

test('a message that reached the case late, but happened in time, corrects the lapse', async t => {
  const {happens, to, view, clocks, store, subject, clock, close} = await setup();
  await happens('started');
  await to('2026-03-05 19:40');
  const inTime = clock.now() - 15 * 60_000;
  await store.tx(tx => clocks.apply(tx, subject, [{event: 'review.approve', at: inTime}]));
  t.like(await view('resolve'), {status: 'stopped', stoppedAt: inTime, breachCorrected: true});
  await close();
});

test('a case that has ended is not notified', async t => {
  const {happens, to, told, subjects, close} = await setup();
  await happens('started');
  subjects.clear();
  await to('2026-03-06 20:00');
  t.false(told.log.some(line => line.includes('notice')));
  await close();
});

test('a due time in a year that is not published waits for it, and comes when it is', async t => {
  const {happens, published, due, view, clocks, clock, loop, close} = await setup({start: '2026-12-30 10:00', resolve: {value: 5, unit: 'workingDay'}, years: [2025, 2026]});
  await happens('started');
  t.like(await view('resolve'), {status: 'running', dueAt: null, provisional: true});
  t.regex((await clocks.explain((await view('resolve'))?.id ?? ''))?.startRule['zh-CN'] ?? '', /尚未公布/);
  Object.assign(published, {years: [2025, 2026, 2027]});
  await loop.round();
  t.is(await due('resolve'), null);
  clock.moveBy(3_600_000);
  await loop.round();
  t.is(await due('resolve'), '2027-01-06 19:30');
  await close();
});

test('the loop fires by itself and ends when told', async t => {
  const {happens, clock, loop, told, store, close} = await setup();
  await happens('started');
  const stop = new AbortController();
  const running = loop.run(stop.signal);
  clock.moveBy(3 * 86_400_000);
  while (told.log.length < 1) await sleep(2);
  stop.abort();
  await running;
  t.deepEqual(await store.knex('lease').where({name: 'deadlines.fire'}), []);
  await close();
});

test('rungs of the same moment tell each person once, let the industry supervisor in once, and miss an empty unit once', async t => {
  const lapse: ClockRule['lapse'] = [
    {after: 'PT0S', do: 'notify', role: 'chief', unit: '=upper'},
    {after: 'PT0S', do: 'notify', role: 'chief', unit: 'empty'},
    {after: 'PT0S', do: 'notify', role: 'chief, clerk', recipient: 'industrySupervisor'},
    {after: 'PT0S', do: 'notify', role: 'chief, clerk', unit: 'supervising'},
  ];
  const {happens, to, told, subject, subjects, deps, close} = await setup();
  Object.assign(deps.catalogs, {industrySupervisor: async () => ({unitId: 'supervising'})});
  const {holders} = deps.people;
  Object.assign(deps.people, {holders: (roles: readonly string[], unit: string) => (unit === 'empty' ? [] : holders(roles, unit))});
  const laddered = {...subject, rules: rules.map(rule => (rule.id === 'resolve' ? {...rule, lapse} : rule))};
  subjects.set(subject.caseId, laddered);
  await happens('started', undefined, laddered);
  await to('2026-03-05 19:30');
  t.deepEqual(told.log.slice(told.log.indexOf('2026-03-05 19:30 clock.lapsed resolve') + 1), [
    '2026-03-05 19:30 notice chief@u1', 'deadlines.notify.nobody', 'involve case-1 supervising', '2026-03-05 19:30 notice chief@supervising,clerk@supervising',
  ]);
  await close();
});

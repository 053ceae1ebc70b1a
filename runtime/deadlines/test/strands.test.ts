import test from 'ava';
import type {ClockSubject} from '@banli/cases';
import {formatMoment, parseMoment} from '@banli/time';
import {createClockLoop} from '../src/index.js';
import {rules, setup} from './bench-case.js';

test('each strand has a clock of its own, moved by its own events; what ends the case ends all of them', async t => {
  const {clocks, happens, happensIn, close} = await setup();
  const stand = async () => (await clocks.of('case-1')).map(view => [view.strand, view.status, view.dueAt === null ? null : formatMoment(view.dueAt)]);
  await happensIn('a', 'oversee.entered', '2026-03-02 10:00');
  await happensIn('b', 'oversee.entered', '2026-03-02 12:00');
  await happensIn('b', 'oversee.entered', '2026-03-02 13:00');
  t.deepEqual(await stand(), [['a', 'running', '2026-03-03 10:00'], ['b', 'running', '2026-03-03 12:00']], 'a second start changes nothing');
  await happensIn('b', 'oversee.seen', '2026-03-02 14:00');
  t.deepEqual((await stand()).map(([strand, status]) => [strand, status]), [['a', 'running'], ['b', 'stopped']]);
  await happensIn('b', 'settle.again', '2026-03-02 15:00');
  t.deepEqual(await stand(), [['a', 'running', '2026-03-03 10:00'], ['b', 'stopped', '2026-03-03 12:00'], ['b', 'running', '2026-03-03 15:00']]);
  await happens('ended', '2026-03-02 16:00');
  t.true((await stand()).every(([, status]) => status === 'stopped'));
  await close();
});

test('the clock of one strand lapses by itself while another one was answered in time', async t => {
  const {clocks, happensIn, to, told, close} = await setup();
  await happensIn('a', 'oversee.entered', '2026-03-02 10:00');
  await happensIn('b', 'oversee.entered', '2026-03-02 12:00');
  await happensIn('a', 'oversee.seen', '2026-03-03 09:00');
  await to('2026-03-03 12:30');
  t.deepEqual((await clocks.of('case-1')).map(view => [view.strand, view.breachedAt === null]), [['a', true], ['b', false]]);
  t.is(told.log.filter(line => line.includes('notice leader@u1')).length, 1);
  await close();
});

/** The rules of the bench with a supervision that goes on while the case is paused. */
const running = {rules: rules.map(rule => (rule.id === 'answer' ? {...rule, onPause: 'runs' as const} : rule))};

async function pausedCase(changed: Partial<ClockSubject>) {
  const bench = await setup();
  const {happens, view, due} = bench;
  const happensIn = (strand: string, event: string, moment: string) => bench.happensIn(strand, event, moment, changed);
  const pause = (from: string, until: string | null = null) => bench.pause(from, until, changed);
  const stand = async () => Promise.all(['resolve', 'answer'].map(async id => [id, (await view(id))?.status, await due(id)]));
  await happens('started', undefined, changed);
  return {...bench, happensIn, pause, stand};
}

test('a clock stands while the case is paused unless its rule says that it runs on; one that begins meanwhile does the same', async t => {
  const on = await pausedCase(running);
  await on.happensIn('a', 'oversee.entered', '2026-03-02 12:00');
  await on.pause('2026-03-02 13:00');
  t.deepEqual(await on.stand(), [['resolve', 'paused', null], ['answer', 'running', '2026-03-03 12:00']]);
  await on.happensIn('b', 'oversee.entered', '2026-03-02 14:00');
  t.deepEqual((await on.clocks.of('case-1')).filter(view => view.clock === 'answer').map(view => view.status), ['running', 'running']);
  await on.to('2026-03-03 12:00');
  t.true(on.told.log.includes('2026-03-03 12:00 notice leader@u1'), 'the answer is due though the case stands');
  await on.close();
  const off = await pausedCase({});
  await off.happensIn('a', 'oversee.entered', '2026-03-02 12:00');
  await off.pause('2026-03-02 13:00');
  t.deepEqual(await off.stand(), [['resolve', 'paused', null], ['answer', 'paused', null]]);
  await off.to('2026-03-05 12:00');
  t.deepEqual(off.told.log.filter(line => line.includes('leader')), []);
  await off.close();
});

test('the promised date ends the pause of the clocks that stand and leaves the one that ran on as it is', async t => {
  const {happensIn, pause, to, stand, told, close} = await pausedCase(running);
  await happensIn('a', 'oversee.entered', '2026-03-03 18:00');
  await pause('2026-03-03 18:30', '2026-03-04 12:00');
  await to('2026-03-04 12:00');
  t.true(told.log.includes('2026-03-04 12:00 resumed'));
  t.deepEqual((await stand()).map(([id, status]) => [id, status]), [['resolve', 'running'], ['answer', 'running']]);
  t.is((await stand())[1]?.[2], '2026-03-04 18:00');
  await close();
});

test('a case whose clocks all run on is reminded of the promised date, and its pause ends by itself, once', async t => {
  const {happens, happensIn, pause, to, stand, told, close} = await pausedCase({...running, pauses: {remind: {workingDays: 1, sms: false, source: 'own:'}}});
  await happens('review.approve', '2026-03-02 11:00', running);
  await happensIn('a', 'oversee.entered', '2026-03-02 12:00');
  await pause('2026-03-02 13:00', '2026-03-05 00:00');
  t.deepEqual((await stand())[1], ['answer', 'running', '2026-03-03 12:00']);
  await happensIn('a', 'oversee.seen', '2026-03-02 15:00');
  await to('2026-03-04 10:00');
  await to('2026-03-05 00:00');
  await to('2026-03-06 00:00');
  t.deepEqual(told.log, ['2026-03-04 10:00 pause ends 2026-03-05 00:00', '2026-03-05 00:00 resumed']);
  await close();
});

test('a pause that somebody ends before the promised date does not end again, also when he does so twice', async t => {
  const {happensIn, pause, resume, clock, to, told, close} = await pausedCase(running);
  await happensIn('a', 'oversee.entered', '2026-03-02 12:00');
  await pause('2026-03-02 13:00', '2026-03-05 00:00');
  clock.moveTo(parseMoment('2026-03-02 14:00'));
  await resume();
  await resume();
  await to('2026-03-06 00:00');
  t.deepEqual(told.log.filter(line => line.includes('resumed')), []);
  await close();
});

test('the case itself keeps the promised date where all its clocks have stopped, and a clock that begins meanwhile stands until then', async t => {
  const {happens, happensIn, pause, to, told, clocks, due, view, stand, close} = await pausedCase({});
  await happens('review.approve', '2026-03-02 11:00');
  await pause('2026-03-02 13:00', '2026-03-05 00:00');
  await happens('ask.entered', '2026-03-03 12:00');
  await happensIn('a', 'oversee.entered', '2026-03-03 12:00');
  t.deepEqual((await clocks.of('case-1')).map(({clock, status}) => `${clock} ${status}`).sort(), ['answer paused', 'feedback paused', 'resolve stopped']);
  await to('2026-03-05 08:00');
  t.deepEqual(told.log, ['2026-03-05 00:00 resumed']);
  t.deepEqual([await due('feedback'), (await stand())[1]], ['2026-03-06 00:00', ['answer', 'running', '2026-03-06 00:00']]);
  const lines = (await clocks.explain((await view('answer'))?.id ?? ''))?.lines ?? [];
  t.regex(lines.find(line => line.kind === 'pause')?.text['zh-CN'] ?? '', /2026-03-03 12:00 至 2026-03-05 00:00 挂起（等待第三方答复）/);
  await close();
});

test('a server that takes over ends a pause without clocks once, also where several do so at once, and a failure is tried again', async t => {
  const {happens, pause, told, clock, loop, deps, store, close} = await pausedCase({});
  await happens('review.approve', '2026-03-02 11:00');
  await pause('2026-03-02 13:00', '2026-03-05 00:00');
  clock.moveTo(parseMoment('2026-03-05 00:00'));
  told.fail = true;
  t.like(await loop.round(), {failed: 1});
  told.fail = false;
  t.is((await store.knex('case_pause')).length, 1, 'nothing is done by halves');
  clock.moveBy(60_000);
  const loops = ['a', 'b', 'c'].map(holder => createClockLoop({...deps, holder}));
  await Promise.all([...loops, ...loops].map(each => each.round()));
  t.deepEqual(told.log.filter(line => line.includes('resumed')), ['2026-03-05 00:00 resumed']);
  t.deepEqual(await store.knex('case_pause'), []);
  await close();
});

import test from 'ava';
import type {ClockSubject} from '@banli/cases';
import {formatMoment, parseMoment} from '@banli/time';
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
  const {store, clocks, subject, clock, happens, view, due} = bench;
  const own = {...subject, ...changed};
  const happensIn = (strand: string, event: string, moment: string) => {
    clock.moveTo(parseMoment(moment));
    return store.tx(tx => clocks.apply(tx, own, [{event, strand, at: clock.now()}]));
  };
  const pause = (from: string, until: string | null = null) => store.tx(tx => clocks.pause(tx, own, {from: parseMoment(from), until: until === null ? null : parseMoment(until), reason: '等待第三方答复'}));
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

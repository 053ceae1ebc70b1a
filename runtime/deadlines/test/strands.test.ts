import test from 'ava';
import {formatMoment} from '@banli/time';
import {setup} from './bench-case.js';

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

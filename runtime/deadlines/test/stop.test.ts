import test from 'ava';
import {parseMoment} from '@banli/time';
import {setup} from './bench-case.js';
import {plansWorld} from './plans-world.js';

test('a server that is told to end leaves clocks that are long overdue to the next one, each whole', async t => {
  const {happens, clock, loop, told, subjects, subject, deps, store, close} = await setup();
  t.teardown(close);
  for (const caseId of ['case-1', 'case-2', 'case-3']) {
    await happens('started', undefined, {caseId});
    subjects.set(caseId, {...subject, caseId});
  }
  clock.moveTo(parseMoment('2026-03-20 10:00'));
  const stopping = new AbortController();
  const {note} = deps.signals;
  Object.assign(deps.signals, {note: (...args: Parameters<typeof note>) => {
    stopping.abort();
    return note(...args);
  }});
  t.like(await loop.round(stopping.signal), {held: true, fired: 1});
  const warned = (await store.knex('case_clock').whereNotNull('warned_due_at')).length;
  t.is(warned, 1);
  await loop.round();
  t.is((await store.knex('case_clock').whereNotNull('warned_due_at')).length, 3);
  t.is(told.log.filter(line => line.includes('clock.lapsed resolve')).length, 3);
});

test('a server that is told to end leaves a plan between two batches, and the next one goes on with it', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  for (const name of ['case-1', 'case-2']) await world.happens(name, 'started');
  world.publish('calendars', '2020.1.0');
  const stopping = new AbortController();
  stopping.abort();
  t.false((await world.plans.round(stopping.signal)).held);
  t.is((await world.newest('calendars')).status, 'listing');
  t.true((await world.plans.round()).held);
  t.is((await world.newest('calendars')).status, 'open');
});

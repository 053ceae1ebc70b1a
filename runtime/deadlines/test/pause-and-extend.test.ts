import test from 'ava';
import fc from 'fast-check';
import {parseMoment} from '@banli/time';
import {setup} from './bench-case.js';

type Bench = Awaited<ReturnType<typeof setup>>;

function extend({store, clocks, subject}: Bench, amount: number, filed: string): Promise<void> {
  return store.tx(tx => clocks.extend(tx, subject, {clock: 'resolve', amount, filedAt: parseMoment(filed)}));
}

test('an approved pause counts from the request, and the due time moves by the working days lost', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.to('2026-03-04 11:00');
  await bench.pause('2026-03-03 15:00');
  t.like(await bench.view('resolve'), {status: 'paused', dueAt: null});
  await bench.to('2026-03-20 11:00');
  t.deepEqual(bench.told.log, []);
  await bench.resume();
  t.is(await bench.due('resolve'), '2026-03-24 19:30');
  const lines = (await bench.clocks.explain((await bench.view('resolve'))?.id ?? ''))?.lines ?? [];
  t.regex(lines.find(line => line.kind === 'pause')?.text['zh-CN'] ?? '', /2026-03-03 15:00 至 2026-03-20 11:00 挂起（等待第三方答复）/);
  t.is(lines.filter(line => line.text['zh-CN'].includes('计时暂停，不计')).length, 13);
  await bench.close();
});

test('a promised date that nobody confirms resumes by itself, counted from that date', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.pause('2026-03-03 15:00', '2026-03-10 19:30');
  await bench.to('2026-03-12 09:00');
  t.deepEqual(bench.told.log, ['2026-03-10 19:30 resumed', '2026-03-11 19:30 clock.warned resolve']);
  t.is(await bench.due('resolve'), '2026-03-12 19:30');
  await bench.close();
});

test('confirming before the promised date ends the pause there, and nothing comes on the date', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.pause('2026-03-02 12:00', '2026-03-10 19:30');
  bench.clock.moveTo(parseMoment('2026-03-03 12:00'));
  await bench.resume();
  t.is(await bench.due('resolve'), '2026-03-06 19:30');
  await bench.to('2026-03-11 09:00');
  t.false(bench.told.log.some(line => line.includes('resumed')));
  await bench.close();
});

test('a pause asked before and approved after due: red had fired, the due time moves, the lapse stays and is marked corrected', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.to('2026-03-06 10:00');
  t.like(await bench.view('resolve'), {breachCorrected: false});
  await bench.pause('2026-03-05 11:00');
  t.like(await bench.view('resolve'), {status: 'paused', breachedAt: parseMoment('2026-03-05 19:30'), breachCorrected: true});
  bench.clock.moveTo(parseMoment('2026-03-09 10:00'));
  await bench.resume();
  t.is(await bench.due('resolve'), '2026-03-09 19:30');
  bench.told.log.length = 0;
  await bench.to('2026-03-09 19:30');
  t.true(bench.told.log.includes('2026-03-09 19:30 message clock.resolve'));
  t.is((await bench.store.knex('case_clock_breach')).length, 2);
  t.like(await bench.view('resolve'), {breachedAt: parseMoment('2026-03-09 19:30'), breachCorrected: false});
  await bench.close();
});

test('a pause asked after the lapse leaves the lapse as it is', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.to('2026-03-06 10:00');
  await bench.pause('2026-03-06 09:00');
  t.like(await bench.view('resolve'), {status: 'paused', breachCorrected: false, dueAt: parseMoment('2026-03-05 19:30')});
  await bench.close();
});

test('a refused pause changes nothing', async t => {
  const bench = await setup();
  await bench.happens('started');
  t.is(await bench.due('resolve'), '2026-03-05 19:30');
  await bench.to('2026-03-05 19:30');
  t.true(bench.told.log.some(line => line.includes('clock.lapsed')));
  await bench.close();
});

test('a clock that begins while the case is paused is paused, too', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.pause('2026-03-02 12:00');
  await bench.happens('send.done', '2026-03-03 10:00');
  t.is((await bench.view('respond'))?.status, 'paused');
  bench.clock.moveTo(parseMoment('2026-03-04 10:00'));
  await bench.resume();
  t.is(await bench.due('respond'), '2026-03-05 19:30');
  await bench.close();
});

test('an extension moves the due time once', async t => {
  const bench = await setup();
  await bench.happens('started');
  await extend(bench, 2, '2026-03-03 10:00');
  t.is(await bench.due('resolve'), '2026-03-09 19:30');
  const explained = await bench.clocks.explain((await bench.view('resolve'))?.id ?? '');
  t.regex(explained?.lines.find(line => line.kind === 'extension')?.text['zh-CN'] ?? '', /延期 2 个工作日/);
  await t.throwsAsync(extend(bench, 1, '2026-03-04 10:00'), {code: 'DEADLINE_EXTENSION_TWICE'});
  t.is(await bench.due('resolve'), '2026-03-09 19:30');
  await bench.close();
});

test('an extension filed before and approved after due moves the due time; the lapse stays, corrected', async t => {
  const bench = await setup();
  await bench.happens('started');
  await bench.happens('ask.entered', '2026-03-06 10:00');
  await extend(bench, 3, '2026-03-05 19:30');
  t.is(await bench.due('resolve'), '2026-03-10 19:30');
  t.like(await bench.view('resolve'), {breachedAt: parseMoment('2026-03-05 19:30'), breachCorrected: true});
  await bench.to('2026-03-06 10:01');
  t.false(bench.told.log.some(line => line.includes('message')));
  await bench.close();
});

for (const [title, amount, filed, code] of [
  ['after the lapse', 1, '2026-03-05 19:31', 'DEADLINE_EXTENSION_LATE'],
  ['longer than the limit', 4, '2026-03-03 10:00', 'DEADLINE_EXTENSION_TOO_LONG'],
  ['of half a working day', 0.5, '2026-03-03 10:00', 'DEADLINE_EXTENSION_TOO_LONG'],
  ['of nothing', 0, '2026-03-03 10:00', 'DEADLINE_EXTENSION_TOO_LONG'],
] as const) {
  test(`an extension ${title} is refused before anybody reviews it`, async t => {
    const {happens, store, clocks, subject, due, close} = await setup();
    await happens('started');
    await t.throwsAsync(store.tx(tx => clocks.checkExtension(tx, subject, {clock: 'resolve', amount, filedAt: parseMoment(filed)})), {code});
    t.is(await due('resolve'), '2026-03-05 19:30');
    await close();
  });
}

test('an extension of a clock that does not run is refused', async t => {
  const {happens, store, clocks, subject, close} = await setup();
  await happens('started');
  await t.throwsAsync(store.tx(tx => clocks.checkExtension(tx, subject, {clock: 'respond', amount: 1, filedAt: 1})), {code: 'DEADLINE_EXTENSION_NO_CLOCK'});
  await close();
});

test('a command taken back leaves the clocks as before, and what had fired is not fired again', async t => {
  const {happens, to, store, clocks, subject, clock, told, view, due, close} = await setup();
  await happens('started');
  await to('2026-03-04 20:00');
  const snapshot = await store.tx(async tx => {
    const before = await clocks.snapshot(tx, {caseId: 'case-1'});
    await clocks.apply(tx, subject, [{event: 'send.done', at: clock.now()}, {event: 'handle.submit', at: clock.now()}]);
    return JSON.parse(JSON.stringify(before)) as unknown;
  });
  t.is((await view('resolve'))?.status, 'halted');
  await store.tx(tx => clocks.restore(tx, 'case-1', snapshot));
  t.is(await due('resolve'), '2026-03-05 19:30');
  t.is(await view('respond'), undefined);
  await to('2026-03-05 14:00');
  t.deepEqual(told.log, ['2026-03-04 19:30 clock.warned resolve']);
  await store.tx(tx => clocks.restore(tx, 'case-1', snapshot));
  await to('2026-03-05 20:00');
  const fired = told.log.length;
  await store.tx(tx => clocks.restore(tx, 'case-1', snapshot));
  await to('2026-03-05 20:01');
  t.is(told.log.length, fired);
  t.like(await view('resolve'), {breachCorrected: false, breachedAt: parseMoment('2026-03-05 19:30')});
  await close();
});

test('whatever happens in whatever order, each lapse is told once and no lapse row vanishes', async t => {
  const bench = await setup();
  const {store, clocks, clock, told, loop, close} = bench;
  let run = 0;
  const step = fc.constantFrom('send.done', 'sign.done', 'handle.submit', 'review.refuse', 'pause', 'resume', 'extend', 'round');
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(step, fc.integer({min: 0, max: 40})), {maxLength: 12}), async steps => {
    const subject = {...bench.subject, caseId: `case-${(run += 1)}`};
    bench.subjects.set(subject.caseId, subject);
    told.log.length = 0;
    clock.moveTo(parseMoment('2026-03-02 10:00'));
    await bench.happens('started', undefined, subject);
    let lapses = 0;
    for (const [kind, hours] of steps) {
      clock.moveBy(hours * 3_600_000);
      const now = clock.now();
      if (kind === 'round') await loop.round();
      else if (kind === 'pause') await store.tx(tx => clocks.pause(tx, subject, {from: now - 3_600_000, until: now + 86_400_000, reason: 'x'}));
      else if (kind === 'resume') await store.tx(tx => clocks.resume(tx, subject, now));
      else if (kind === 'extend') await store.tx(tx => clocks.extend(tx, subject, {clock: 'resolve', amount: 1, filedAt: now})).catch((error: {code?: string}) => t.regex(error.code ?? '', /^DEADLINE_EXTENSION/));
      else await bench.happens(kind, undefined, subject);
      const rows = (await store.knex('case_clock_breach').where({case_id: subject.caseId})).length;
      t.true(rows >= lapses);
      lapses = rows;
    }
    clock.moveBy(60 * 86_400_000);
    await loop.round();
    t.is((await loop.round()).fired, 0);
    const messages = told.log.filter(line => line.includes('message'));
    t.is(new Set(messages).size, messages.length, messages.join());
    t.false(told.log.some(line => line.includes('failed')), told.log.join());
  }), {numRuns: 25, seed: 11});
  await close();
});

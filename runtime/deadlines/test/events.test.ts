import test from 'ava';
import {AppError} from '@banli/errors';
import {formatMoment, parseMoment} from '@banli/time';
import {dueStateOf, restOf} from '../src/index.js';
import {setup} from './bench-case.js';

test('a case starts its clock with the limit of its matter, and a second start changes nothing', async t => {
  const {happens, due, view, clocks, close} = await setup();
  await happens('started');
  t.is(await due('resolve'), '2026-03-05 19:30');
  await happens('started', '2026-03-03 10:00');
  t.is((await clocks.of('case-1')).length, 1);
  t.like(await view('resolve'), {status: 'running', round: 1, warnAt: parseMoment('2026-03-04 19:30'), criticalAt: parseMoment('2026-03-05 15:30'), breachedAt: null});
  await close();
});

test('a case without a matter begins with the general limit; where there is none it is refused and nothing is written', async t => {
  const {happens, clocks, due, deps, close} = await setup();
  const {limit} = deps.catalogs;
  Object.assign(deps.catalogs, {limit: async () => {
    throw new AppError('CATALOG_LIMIT_MISSING', 422, 'There is none.');
  }});
  await t.throwsAsync(happens('started', undefined, {matter: null}), {code: 'CATALOG_LIMIT_MISSING'});
  t.deepEqual(await clocks.of('case-1'), []);
  Object.assign(deps.catalogs, {limit});
  await happens('started', undefined, {matter: null, urgency: null});
  t.is(await due('resolve'), '2026-03-05 19:30');
  await close();
});

test('each dispatch starts the response again and the old clock stays as stopped', async t => {
  const {happens, clocks, due, close} = await setup();
  await happens('started');
  await happens('send.done');
  await happens('send.done', '2026-03-03 11:00');
  t.deepEqual((await clocks.of('case-1')).filter(view => view.clock === 'respond').map(view => view.status), ['stopped', 'running']);
  t.is(await due('respond'), '2026-03-04 19:30');
  await close();
});

test('a delegation never outlives the resolve clock, and follows when that one is extended', async t => {
  const {happens, due, clocks, store, subject, view, close} = await setup({resolve: {value: 1, unit: 'workingDay'}});
  await happens('started');
  await happens('send.done', '2026-03-03 11:00');
  t.is(await due('respond'), '2026-03-03 19:30');
  const capped = await clocks.explain((await view('respond'))?.id ?? '');
  t.true(capped?.lines.some(line => line.kind === 'cap'));
  await store.tx(tx => clocks.extend(tx, subject, {clock: 'resolve', amount: 1, filedAt: parseMoment('2026-03-03 12:00')}));
  t.is(await due('resolve'), '2026-03-04 19:30');
  t.is(await due('respond'), '2026-03-04 19:30');
  await close();
});

test('a resolve clock that has run out does not cut a later dispatch', async t => {
  const {happens, to, due, close} = await setup({resolve: {value: 1, unit: 'workingDay'}});
  await happens('started');
  await to('2026-03-04 10:00');
  await happens('send.done', '2026-03-04 11:00');
  t.is(await due('respond'), '2026-03-05 19:30');
  await close();
});

test('review time is not counted; a refused result makes the clock run on', async t => {
  const {happens, due, view, close} = await setup();
  await happens('started');
  await happens('handle.submit', '2026-03-04 12:00');
  t.like(await view('resolve'), {status: 'halted', dueAt: null});
  await happens('review.refuse', '2026-03-06 12:00');
  t.is(await due('resolve'), '2026-03-09 19:30');
  t.is((await view('resolve'))?.status, 'running');
  await close();
});

test('a result that passes counts as of its submission, however long the review took', async t => {
  const {happens, view, to, told, close} = await setup();
  await happens('started');
  await happens('handle.submit', '2026-03-05 18:00');
  await to('2026-03-09 10:00');
  await happens('review.approve', '2026-03-09 11:00');
  await to('2026-03-20 10:00');
  t.like(await view('resolve'), {status: 'stopped', stoppedAt: parseMoment('2026-03-05 18:00'), dueAt: parseMoment('2026-03-05 19:30'), breachedAt: null});
  t.false(told.log.some(line => line.includes('clock.lapsed')));
  await close();
});

test('a second round gets a new clock, if its condition holds', async t => {
  const {happens, clocks, due, close} = await setup();
  await happens('started');
  await happens('review.approve', '2026-03-03 12:00');
  await happens('recheck.again', '2026-03-10 12:00');
  t.is((await clocks.of('case-1')).length, 1);
  await happens('recheck.again', '2026-03-10 12:00', {round: 2, context: {round: 2, upper: 'u1'}});
  t.deepEqual((await clocks.of('case-1')).map(view => [view.round, view.status]), [[1, 'stopped'], [2, 'running']]);
  t.is(await due('resolve'), '2026-03-13 19:30');
  await close();
});

test('the end of a case stops what runs, and a fixed limit says where it comes from', async t => {
  const {happens, clocks, view, close} = await setup();
  await happens('started');
  await happens('ask.entered');
  const fixed = await clocks.explain((await view('feedback'))?.id ?? '');
  t.like(fixed?.limit, {catalog: 'b', row: 'feedback', source: 'own:', text: {'zh-CN': '24 小时', en: '24 hours'}});
  t.regex(fixed?.lines[0]?.text['zh-CN'] ?? '', /连续计 24 小时/);
  await happens('ended', '2026-03-03 10:00');
  t.is((await view('resolve'))?.status, 'stopped');
  t.is((await view('feedback'))?.status, 'running');
  t.is(await clocks.explain('nothing'), null);
  await close();
});

test('the clock that matters most is the one that is due first', async t => {
  const {happens, clocks, close} = await setup();
  await happens('started');
  await happens('send.done');
  t.is((await clocks.leading(['case-1', 'case-2'])).get('case-1')?.clock, 'respond');
  t.is((await clocks.leading(['case-2'])).size, 0);
  await happens('sign.done', '2026-03-02 12:00');
  t.is((await clocks.leading(['case-1'])).get('case-1')?.clock, 'resolve');
  await happens('review.approve', '2026-03-02 13:00');
  t.is((await clocks.leading(['case-1'])).size, 0);
  await close();
});

test('states and words follow the moment', async t => {
  const {happens, view, close} = await setup();
  await happens('started');
  const clock = await view('resolve');
  if (!clock) return t.fail();
  const at = (moment: string) => [dueStateOf(clock, parseMoment(moment)), restOf(clock, parseMoment(moment))['zh-CN']];
  t.deepEqual(at('2026-03-03 16:30'), ['normal', '剩 2 个工作日 3 小时']);
  t.deepEqual(at('2026-03-04 20:00'), ['warning', '剩 1 个工作日']);
  t.deepEqual(at('2026-03-05 16:30'), ['critical', '剩 3 小时']);
  t.deepEqual(at('2026-03-06 23:45'), ['overdue', '超期 1 天 4 小时']);
  await close();
});

test('the explanation lists every day, the version of the calendar and the row', async t => {
  const {happens, clocks, view, close} = await setup({start: '2026-02-12 11:00', resolve: {value: 5, unit: 'workingDay'}});
  await happens('started');
  const explained = await clocks.explain((await view('resolve'))?.id ?? '');
  t.is(formatMoment(explained?.dueAt ?? 0), '2026-02-26 19:30');
  t.like(explained?.limit, {catalog: 'limits', version: '2026.1.0', row: 'general|normal|resolve'});
  t.is(explained?.lines.filter(line => line.counted).length, 5);
  t.true(explained?.lines.some(line => line.text['zh-CN'].includes('春节调休上班')));
  await close();
});

test('of a case that is just being written no clocks are asked for, and what its first events begin later ones find', async t => {
  const {clocks, store, subject, close} = await setup();
  const at = Date.parse('2026-03-02T02:00:00Z');
  const begin = (isNew: boolean) => store.tx(async tx => {
    await clocks.apply(tx, {...subject, isNew}, [{event: 'oversee.entered', at, strand: 'a'}, {event: 'oversee.seen', at: at + 60_000, strand: 'a'}]);
    return clocks.snapshot(tx, {...subject, isNew});
  });
  t.deepEqual(await begin(true), []);
  t.deepEqual((await clocks.of(subject.caseId)).map(view => view.status), ['stopped']);
  t.is(((await begin(false)) as readonly unknown[]).length, 2);
  await close();
});

import test from 'ava';
import {formatMoment, parseMoment} from '@banli/time';
import {rules, setup} from './bench-case.js';

const matters = {short: {value: 1, unit: 'workingDay'}, long: {value: 5, unit: 'workingDay'}, hours: {value: 24, unit: 'hour'}, same: {value: 3, unit: 'workingDay'}, none: null} as const;
const from = (onChange: 'fromStart' | 'fromNow') => rules.map(rule => ({...rule, onChange}));

/** A case begun on Monday 2026-03-02 10:00 under a limit of 3 working days: due on Thursday. */
async function begun(t: {teardown: (close: () => Promise<void>) => void}) {
  const world = await setup({matters});
  t.teardown(world.close);
  await world.happens('started');
  return world;
}

test('a longer limit counts from the original start, the reason stands in the explanation, and it is warned of again', async t => {
  const world = await begun(t);
  await world.to('2026-03-05 09:00');
  t.deepEqual(world.told.log, ['2026-03-04 19:30 clock.warned resolve']);
  t.deepEqual(await world.becomes({matter: 'long'}), ['resolve 2026-03-05 19:30 2026-03-09 19:30 事项变更；时限改为 5 个工作日，仍自 2026-03-02 10:00 起算']);
  const view = await world.view('resolve');
  t.is(formatMoment(view?.startedAt ?? 0), '2026-03-02 10:00');
  const explained = await world.clocks.explain(view?.id ?? '');
  t.is(explained?.limit?.row, 'long|normal|resolve');
  t.is(explained?.lines.find(line => line.kind === 'recomputed')?.text['zh-CN'], '随办件变更重定（原到期 2026-03-05 19:30）：事项变更；时限改为 5 个工作日，仍自 2026-03-02 10:00 起算');
  await world.to('2026-03-09 10:00');
  t.deepEqual(world.told.log.slice(1), ['2026-03-08 19:30 clock.warned resolve'], 'half a day before due comes the near one');
  t.deepEqual(await world.becomes({matter: 'long'}), [], 'the same again changes nothing');
});

test('a shorter limit whose due time has passed lapses at once, without warnings that come too late; the lapse is that of the new due time', async t => {
  const world = await begun(t);
  t.deepEqual(await world.becomes({matter: 'short'}, '2026-03-04 09:00'), ['resolve 2026-03-05 19:30 2026-03-03 19:30 事项变更；时限改为 1 个工作日，仍自 2026-03-02 10:00 起算']);
  await world.to('2026-03-04 09:01');
  t.deepEqual(world.told.log.filter(line => line.includes(' clock.') && !line.includes('message')), ['2026-03-03 19:30 clock.lapsed resolve']);
  t.is(formatMoment((await world.view('resolve'))?.breachedAt ?? 0), '2026-03-03 19:30');
});

test('a clock that has lapsed keeps lapse and due time, whatever the case becomes', async t => {
  const world = await begun(t);
  for (const matter of ['long', 'short', 'none']) {
    t.deepEqual(await world.becomes({matter}, '2026-03-06 09:00'), ['resolve 2026-03-05 19:30 2026-03-05 19:30 事项变更；已超期，到期时间和超期记录保持不变'], matter);
  }
  t.like(await world.view('resolve'), {breachCorrected: false});
  t.is(formatMoment((await world.view('resolve'))?.breachedAt ?? 0), '2026-03-05 19:30');
  const breaches = await world.store.knex('case_clock_breach').select();
  t.deepEqual(breaches.map(row => [row.corrected_at, formatMoment(Number(row.due_at))]), [[null, '2026-03-05 19:30']]);
});

test('a clock that stands keeps its pause and goes on under the new limit', async t => {
  const world = await begun(t);
  await world.happens('handle.submit', '2026-03-03 10:00');
  t.deepEqual(await world.becomes({matter: 'long'}, '2026-03-03 11:00'), ['resolve 2026-03-05 19:30 2026-03-09 19:30 事项变更；时限改为 5 个工作日，仍自 2026-03-02 10:00 起算']);
  t.is(await world.due('resolve'), null);
  await world.happens('review.refuse', '2026-03-05 10:00');
  t.is(await world.due('resolve'), '2026-03-11 19:30');
});

test('without a limit for the new matter, or without a matter, the clock stays and says so', async t => {
  const world = await begun(t);
  const stays = ['resolve 2026-03-05 19:30 2026-03-05 19:30 事项变更；没有对应的时限，仍按原时限 3 个工作日计'];
  t.deepEqual(await world.becomes({matter: 'none'}), stays);
  t.deepEqual(await world.becomes({matter: null}), stays);
  const explained = await world.clocks.explain((await world.view('resolve'))?.id ?? '');
  t.deepEqual(explained?.lines.filter(line => line.kind === 'recomputed').map(line => line.text['zh-CN']).at(-1), '随办件变更重定（原到期 2026-03-05 19:30）：事项变更；没有对应的时限，仍按原时限 3 个工作日计');
  t.is(explained?.limit?.row, 'general|normal|resolve');
});

test('a case that began without a matter gets the limit of its matter two days later, counted from acceptance, with one line that tells both due times', async t => {
  const world = await setup({matters: {long: {value: 5, unit: 'workingDay'}, short: {value: 1, unit: 'workingDay'}}});
  t.teardown(world.close);
  const open = {matter: null, urgency: null};
  await world.happens('started', undefined, open);
  t.is(await world.due('resolve'), '2026-03-05 19:30', 'the general limit');
  t.deepEqual(await world.becomes(open, '2026-03-03 10:00'), [], 'nothing is known yet: nothing changes');
  t.deepEqual(await world.becomes({matter: 'long', urgency: null}, '2026-03-04 10:00'), ['resolve 2026-03-05 19:30 2026-03-09 19:30 事项变更；时限改为 5 个工作日，仍自 2026-03-02 10:00 起算']);
  t.deepEqual(await world.becomes({matter: 'long'}, '2026-03-04 10:30'), [], 'the urgency is told, and the limit is the same');
  const explained = await world.clocks.explain((await world.view('resolve'))?.id ?? '');
  t.is(explained?.lines.filter(line => line.kind === 'recomputed').length, 1);
  t.deepEqual(await world.becomes({matter: null}, '2026-03-04 11:00'), ['resolve 2026-03-09 19:30 2026-03-09 19:30 事项变更；没有对应的时限，仍按原时限 5 个工作日计'], 'a matter that is taken away changes nothing');
});

test('a general limit that has lapsed before the matter is known stays lapsed; a pause is not counted', async t => {
  const world = await setup({matters: {long: {value: 5, unit: 'workingDay'}}});
  t.teardown(world.close);
  await world.happens('started', undefined, {matter: null});
  await world.pause('2026-03-03 10:00', null, {matter: null});
  world.clock.moveTo(parseMoment('2026-03-05 10:00'));
  await world.resume();
  t.is(await world.due('resolve'), '2026-03-09 19:30', 'two working days of the pause do not count');
  await world.to('2026-03-10 10:00');
  t.deepEqual(await world.becomes({matter: 'long'}), ['resolve 2026-03-09 19:30 2026-03-09 19:30 事项变更；已超期，到期时间和超期记录保持不变']);
});

test('a bundle may count the new limit from the change on', async t => {
  const world = await begun(t);
  await world.becomes({matter: 'long', rules: from('fromNow')}, '2026-03-04 09:00');
  t.is(await world.due('resolve'), '2026-03-11 19:30');
  t.is(formatMoment((await world.view('resolve'))?.startedAt ?? 0), '2026-03-04 09:00');
});

test('a clock that must not outlive another moves with it and is told, too; a fixed limit stays, and so does what has stopped', async t => {
  const world = await setup({matters, respond: {value: 2, unit: 'workingDay'}});
  t.teardown(world.close);
  await world.happens('started');
  await world.happens('send.done');
  await world.happens('ask.entered');
  t.deepEqual((await world.becomes({matter: 'hours'})).map(line => line.split(' 事项')[0]?.split(' 不得')[0]), ['resolve 2026-03-05 19:30 2026-03-03 10:00', 'respond 2026-03-04 19:30 2026-03-03 10:00']);
  t.is(await world.due('feedback'), '2026-03-03 10:00');
  await world.happens('ended', '2026-03-02 12:00');
  t.deepEqual(await world.becomes({matter: 'long'}), []);
});

test('an extension in working days is carried over into hours', async t => {
  const world = await begun(t);
  await world.store.tx(tx => world.clocks.extend(tx, world.subject, {clock: 'resolve', amount: 2, filedAt: world.clock.now()}));
  await world.becomes({matter: 'hours'});
  t.is(await world.due('resolve'), '2026-03-05 10:00', '24 hours and twice 24');
});

test('undone, the clock is back where it was; what was warned of before is not warned of again, a lapse meanwhile is kept as corrected', async t => {
  const world = await begun(t);
  await world.to('2026-03-05 09:00');
  const before = await world.store.tx(tx => world.clocks.snapshot(tx, {caseId: 'case-1'}));
  await world.becomes({matter: 'short'});
  await world.to('2026-03-05 09:05');
  await world.store.tx(tx => world.clocks.restore(tx, 'case-1', before));
  t.is(await world.due('resolve'), '2026-03-05 19:30');
  t.like(await world.view('resolve'), {breachCorrected: true});
  const told = world.told.log.length;
  await world.to('2026-03-05 12:00');
  t.deepEqual(world.told.log.slice(told).filter(line => line.includes('warned')), []);
});

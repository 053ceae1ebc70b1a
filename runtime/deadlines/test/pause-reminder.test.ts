import test from 'ava';
import {formatMoment, parseMoment} from '@banli/time';
import {createClockLoop, isTextWanted} from '../src/index.js';
import {setup} from './bench-case.js';

const pauses = {remind: {workingDays: 1, sms: true, source: 'own:'}};
/** Two clocks of a case that stand until a promised date, 2026-03-10 unless told otherwise: a Tuesday, so that the reminder comes on Monday at the opening of office. */
async function paused(until = '2026-03-10 00:00', subject: object = {pauses}) {
  const bench = await setup();
  await bench.happens('started');
  await bench.happens('send.done');
  await bench.pause(formatMoment(bench.clock.now()), until, subject);
  const reminders = () => bench.told.log.filter(line => line.includes('pause ends'));
  return {...bench, reminders};
}

const once = ['2026-03-09 10:00 pause ends 2026-03-10 00:00'];

test('the working day before a promised date is told once for the case, and the date itself still ends the pause', async t => {
  const {to, reminders, told, loop, close} = await paused();
  await to('2026-03-09 09:59');
  t.deepEqual(reminders(), []);
  await to('2026-03-09 10:00');
  await loop.round();
  await to('2026-03-09 19:00');
  t.deepEqual(reminders(), once);
  await to('2026-03-10 00:00');
  t.deepEqual(told.log, [...once, '2026-03-10 00:00 resumed']);
  await close();
});

test('days off between are left out: what is promised for a Monday is told on Friday', async t => {
  const {to, reminders, close} = await paused('2026-03-09 00:00');
  await to('2026-03-08 12:00');
  t.deepEqual(reminders(), ['2026-03-06 10:00 pause ends 2026-03-09 00:00']);
  await close();
});

test('another process that takes over tells nothing twice, also several at once', async t => {
  const {to, reminders, clock, deps, close} = await paused();
  await to('2026-03-09 10:00');
  clock.moveBy(60_000);
  const loops = ['a', 'b', 'c'].map(holder => createClockLoop({...deps, holder}));
  await Promise.all([...loops, ...loops].map(loop => loop.round()));
  t.deepEqual(reminders(), once);
  await close();
});

test('a stop over the moment is caught up; after a stop over the date itself nobody is reminded of it', async t => {
  const late = await paused();
  await late.to('2026-03-09 18:00');
  t.deepEqual(late.reminders(), once);
  await late.close();
  const over = await paused();
  await over.to('2026-03-10 08:00');
  t.deepEqual(over.told.log, ['2026-03-10 00:00 resumed']);
  await over.close();
});

test('whoever resumes before is not reminded, and another pause has its own reminder', async t => {
  const bench = await paused();
  bench.clock.moveTo(parseMoment('2026-03-05 10:00'));
  await bench.resume();
  await bench.pause('2026-03-05 10:00', '2026-03-12 00:00', {pauses});
  await bench.to('2026-03-11 20:00');
  t.deepEqual(bench.reminders(), ['2026-03-11 10:00 pause ends 2026-03-12 00:00']);
  await bench.close();
});

test('a pause that is granted when the moment has passed, or by a bundle that reminds nobody, reminds nobody', async t => {
  const short = await paused('2026-03-03 00:00');
  await short.to('2026-03-02 20:00');
  t.deepEqual(short.reminders(), []);
  await short.close();
  const silent = await paused('2026-03-10 00:00', {});
  await silent.to('2026-03-09 20:00');
  t.deepEqual(silent.reminders(), []);
  await silent.close();
});

test('a clock that begins in the pause reminds in place of one that is stopped', async t => {
  const {happens, to, reminders, close} = await paused();
  await happens('ask.entered', '2026-03-04 10:00', {pauses});
  await happens('ended', '2026-03-05 10:00', {pauses});
  await to('2026-03-09 12:00');
  t.deepEqual(reminders(), once);
  await close();
});

test('a resumption that is taken back brings the pause again with its date and its reminder, and one that was given does not come again', async t => {
  for (const [moment, told] of [['2026-03-09 09:00', []], ['2026-03-09 11:00', once]] as const) {
    const {to, reminders, store, clocks, subject, clock, told: {log}, close} = await paused();
    await to(moment);
    const before = await store.tx(async tx => {
      const snapshot: unknown = JSON.parse(JSON.stringify(await clocks.snapshot(tx, {...subject, withPause: true})));
      await clocks.resume(tx, subject, clock.now());
      return snapshot;
    });
    t.deepEqual(reminders(), told);
    await store.tx(tx => clocks.restore(tx, subject.caseId, before));
    await to('2026-03-09 18:00');
    t.deepEqual(reminders(), once);
    await to('2026-03-10 00:00');
    t.deepEqual(log, [...once, '2026-03-10 00:00 resumed']);
    await close();
  }
});

test('a pause that is taken back leaves no date behind', async t => {
  const {clocks, store, subject, happens, to, told, close} = await setup();
  await happens('started');
  const before = await store.tx(async tx => {
    const snapshot = await clocks.snapshot(tx, {...subject, withPause: true});
    await clocks.pause(tx, {...subject, pauses}, {from: parseMoment('2026-03-02 10:00'), until: parseMoment('2026-03-10 00:00'), reason: '等待第三方答复'});
    return snapshot;
  });
  await store.tx(tx => clocks.restore(tx, subject.caseId, before));
  await happens('ended');
  await to('2026-03-11 00:00');
  t.deepEqual(told.log, []);
  t.deepEqual(await store.knex('case_pause'), []);
  await close();
});

test('beyond the published calendar natural days count', async t => {
  const {to, reminders, close} = await paused('2028-06-01 00:00');
  await to('2028-05-31 00:00');
  t.deepEqual(reminders(), ['2028-05-31 00:00 pause ends 2028-06-01 00:00']);
  await close();
});

test('a text message goes along where the bundle asks for it, and is wanted while the pause lasts', async t => {
  const bench = await paused();
  const sent: Array<{key: string; personIds: readonly string[]; kind: string}> = [];
  const loop = createClockLoop({...bench.deps, texts: {send: async (_tx, {key, personIds, kind}) => void sent.push({key, personIds, kind})}});
  bench.clock.moveTo(parseMoment('2026-03-09 10:00'));
  await loop.round();
  t.like(sent, [{personIds: ['emil'], kind: 'case.pauseEnds'}]);
  t.is(sent.length, 1);
  const [text] = sent;
  t.true(text !== undefined && (await isTextWanted(bench.store, text)));
  await bench.resume();
  t.false(text !== undefined && (await isTextWanted(bench.store, text)));
  await bench.close();
});

import test from 'ava';
import type {NoticeReceiver} from '@banli/formats';
import type {LadderRung} from '../src/deps.js';
import {rules, setup} from './bench-case.js';

const receivers: readonly NoticeReceiver[] = [
  {id: 'responsible', role: 'clerk', unit: '=upper', text: {'zh-CN': '请抓紧办理', en: 'Go on'}, sms: true},
  {id: 'chiefs', role: 'chief, clerk', unit: '=upper'},
  {id: 'nobody', role: 'chief', unit: '=if round > 1 then upper else ""'},
  {id: 'industry', role: 'chief', recipient: 'industrySupervisor'},
];

const rung = (after: string, ...codes: readonly string[]): LadderRung => ({after, text: {'zh-CN': '发起督办', en: 'Supervision starts'}, receivers: codes});

/** A case whose limits carry a ladder and receivers of the warning, and an application that knows some of them. */
async function laddered(ladder: readonly LadderRung[], warnReceivers: readonly string[] = [], known = receivers) {
  const bench = await setup();
  const {deps, subject, subjects, told} = bench;
  const {limit} = deps.catalogs;
  Object.assign(deps.catalogs, {
    limit: async (...asked: Parameters<typeof limit>) => ({...(await limit(...asked)), ladder, warnReceivers}),
    industrySupervisor: async () => ({unitId: 'housing'}),
  });
  const own = {receivers: known, rules: rules.map(rule => (rule.id === 'resolve' ? {...rule, warn: [{at: 'warn' as const, role: 'watcher', unit: '=upper'}, {at: 'near' as const, role: 'watcher', unit: '=upper'}]} : rule))};
  subjects.set(subject.caseId, {...subject, ...own});
  await bench.happens('started', undefined, own);
  return {...bench, notices: () => told.log.filter(line => /notice|message|involve|notify/.test(line))};
}

test('the rungs of the catalog tell exactly whom they name, once, in the place of the notices of the application; drawn messages stay', async t => {
  const {to, notices, close} = await laddered([rung('PT0S', 'responsible', 'nobody', 'industry'), rung('PT0S', 'chiefs'), rung('P2D', 'responsible', 'chiefs')]);
  await to('2026-03-05 19:30');
  t.deepEqual(notices().slice(-5), ['2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice clerk@u1', 'involve case-1 housing', '2026-03-05 19:30 notice chief@housing', '2026-03-05 19:30 notice chief@u1']);
  const count = notices().length;
  await to('2026-03-07 19:29');
  t.is(notices().length, count, 'the application would have told somebody after 24 hours');
  await to('2026-03-07 19:30');
  await to('2026-03-20 19:30');
  t.deepEqual(notices().slice(count), ['2026-03-07 19:30 notice clerk@u1', '2026-03-07 19:30 notice chief@u1']);
  await close();
});

test('after a process that died within a rung everybody is told once, and several servers tell nobody twice', async t => {
  const {to, clock, deps, loop, notices, close} = await laddered([rung('PT0S', 'responsible', 'chiefs')]);
  const {notify} = deps.notices;
  let sent = 0;
  Object.assign(deps.notices, {notify: async (...args: Parameters<typeof notify>) => {
    sent += 1;
    if (args[1].kind === 'clock.lapsed' && sent > 3) throw new Error('the process died here');
    await notify(...args);
  }});
  await to('2026-03-05 19:30');
  Object.assign(deps.notices, {notify});
  clock.moveBy(31_000);
  await Promise.all([loop.round(), loop.round()]);
  await loop.round();
  const [, ...rest] = notices().slice(notices().indexOf('2026-03-05 19:30 message clock.resolve')).filter(line => !line.includes('died'));
  t.deepEqual(rest, ['2026-03-05 19:30 notice clerk@u1', '2026-03-05 19:30 notice chief@u1']);
  await close();
});

test('a rung that names nobody leaves its time to the application; a ladder that names nobody leaves all of it', async t => {
  const some = await laddered([rung('PT0S', 'responsible'), rung('PT24H')]);
  await some.to('2026-03-06 19:30');
  t.deepEqual(some.notices().slice(-3), ['2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice clerk@u1', '2026-03-06 19:30 notice leader@u1']);
  await some.close();
  const none = await laddered([rung('PT0S'), rung('PT48H')]);
  await none.to('2026-03-08 19:30');
  t.deepEqual(none.notices().slice(-3), ['2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice chief@u1,clerk@u1', '2026-03-06 19:30 notice leader@u1']);
  await none.close();
});

test('receivers that the application does not know are told to the log, raise an alarm, and leave nobody untold', async t => {
  const {to, notices, told, close} = await laddered([rung('PT0S', 'stranger'), rung('PT24H', 'stranger', 'responsible')], ['stranger', 'stranger'], receivers);
  const alarms = () => told.log.filter(line => line.includes('alarm'));
  await to('2026-03-04 19:30');
  t.deepEqual(notices().slice(-2), ['deadlines.notify.unknown', '2026-03-04 19:30 notice watcher@u1']);
  t.deepEqual(alarms(), ['2026-03-04 19:30 alarm stranger']);
  await to('2026-03-05 19:30');
  t.deepEqual(notices().slice(-3), ['2026-03-05 19:30 message clock.resolve', '2026-03-05 19:30 notice chief@u1,clerk@u1', 'deadlines.notify.unknown']);
  await to('2026-03-06 19:30');
  t.deepEqual(notices().slice(-2), ['deadlines.notify.unknown', '2026-03-06 19:30 notice clerk@u1']);
  t.deepEqual(alarms().slice(1), ['2026-03-05 19:30 alarm stranger', '2026-03-06 19:30 alarm stranger']);
  await close();
});

test('a warning goes to the receivers of the row, near due stays with the application', async t => {
  const {to, notices, close} = await laddered([], ['responsible', 'chiefs', 'responsible']);
  await to('2026-03-05 15:30');
  t.deepEqual(notices(), ['2026-03-04 19:30 notice clerk@u1', '2026-03-04 19:30 notice chief@u1', '2026-03-05 15:30 notice watcher@u1']);
  await close();
});

test('a notice of a rung says when it was due, the measure, and what is asked of whom it tells, also by text message', async t => {
  const {to, deps, close} = await laddered([rung('PT0S', 'responsible', 'chiefs')]);
  const bodies: unknown[] = [];
  const texts: unknown[] = [];
  Object.assign(deps.notices, {notify: async (_tx: unknown, notice: {readonly body: unknown}) => void bodies.push(notice.body)});
  Object.assign(deps, {texts: {send: async (_tx: unknown, text: {readonly personIds: readonly string[]}) => void texts.push(text.personIds.join())}});
  await to('2026-03-05 19:30');
  t.deepEqual(bodies.slice(-2), [
    {'zh-CN': '应于 2026-03-05 19:30 前完成。发起督办。请抓紧办理。', en: 'Was due 2026-03-05 19:30. Supervision starts. Go on.'},
    {'zh-CN': '应于 2026-03-05 19:30 前完成。发起督办。', en: 'Was due 2026-03-05 19:30. Supervision starts.'},
  ]);
  t.deepEqual(texts, ['clerk@u1']);
  await close();
});

test('a case put on another row has that row’s ladder from then on', async t => {
  const {deps, becomes, to, notices, close} = await laddered([rung('PT0S', 'responsible')], ['responsible']);
  const {limit} = deps.catalogs;
  Object.assign(deps.catalogs, {limit: async (...asked: Parameters<typeof limit>) => ({...(await limit(...asked)), row: 'other', ladder: [rung('PT0S', 'industry')], warnReceivers: []})});
  await becomes({matter: '020101', receivers});
  await to('2026-03-05 19:30');
  t.deepEqual(notices(), ['2026-03-04 19:30 notice watcher@u1', '2026-03-05 15:30 notice watcher@u1', '2026-03-05 19:30 message clock.resolve', 'involve case-1 housing', '2026-03-05 19:30 notice chief@housing']);
  await close();
});

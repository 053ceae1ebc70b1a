import test from 'ava';
import {closeAlarm, countAlarms, countBacklog, listAlarms, type AlarmReader} from '../src/index.js';
import {raiseLasting} from '../src/alarms.js';
import {act, person, setup, startOne, type World} from './support/world.js';

const all = {own: true, unit: true, unitAndBelow: true, all: true};
const none = {own: false, unit: false, unitAndBelow: false, all: false};
const everywhere: AlarmReader = {actor: person('rita'), reach: all};

/** A case whose worker gave up: one open alarm. */
async function broken(world: World) {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await world.workerCases.failed({caseId, externalTaskId: 'x', stepId: 'prepare'}, {topic: 'test.prepare', code: 'TEST_BROKEN', message: 'broken', at: world.clock.now()});
  const alarmId = (await listAlarms(world.deps, everywhere))[0]?.id ?? '';
  return {caseId, alarmId};
}

test('an alarm is closed once, with who, when and why, and the audit log tells it', async t => {
  const world = await setup(t);
  const {caseId, alarmId} = await broken(world);
  world.clock.moveBy(5_000);
  const closed = await closeAlarm(world.deps, person('carl'), {alarmId, reason: '  已重启短信网关  '}, () => true);
  t.like(closed, {id: alarmId, caseId, kind: 'incident', closedAt: world.clock.now(), closedByName: 'carl', closeReason: '已重启短信网关'});
  t.deepEqual(await listAlarms(world.deps, everywhere), [closed]);
  t.is((await countBacklog(world)).alarms, 0);
  t.like(world.audit.at(-1), {action: 'alarm.close', subject: caseId, result: 'done', actor: {personId: 'carl'}, data: {alarmId, reason: '已重启短信网关'}});
});

test('a second closing is refused with the first one, and changes nothing', async t => {
  const world = await setup(t);
  const {alarmId} = await broken(world);
  await closeAlarm(world.deps, person('carl'), {alarmId, reason: '已处理'}, () => true);
  const error = await t.throwsAsync(closeAlarm(world.deps, person('dora'), {alarmId, reason: '再次'}, () => true), {code: 'CASE_ALARM_CLOSED'});
  t.regex(error?.message ?? '', /carl/);
  t.like((await listAlarms(world.deps, everywhere))[0], {closedByName: 'carl', closeReason: '已处理'});
  t.is(world.audit.filter(entry => entry.action === 'alarm.close').length, 1);
});

test('whoever closes is measured by the units and persons of the case; a foreign alarm looks like none', async t => {
  const world = await setup(t);
  const {alarmId} = await broken(world);
  await t.throwsAsync(closeAlarm(world.deps, person('finn'), {alarmId, reason: '无关'}, target => target.unitIds.includes('street')), {code: 'CASE_ALARM_UNKNOWN'});
  await t.throwsAsync(closeAlarm(world.deps, person('finn'), {alarmId: 'no-such-alarm', reason: '无关'}, () => true), {code: 'CASE_ALARM_UNKNOWN'});
  t.is((await countBacklog(world)).alarms, 1);
  await closeAlarm(world.deps, person('carl'), {alarmId, reason: '本中心处理'}, target => target.unitIds.includes('city') && target.personIds.includes('anna'));
  t.is((await countBacklog(world)).alarms, 0);
});

test('a lasting fault is raised once while it is open, stays quiet for a day after closing, and comes again if it is still there', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const raise = () => raiseLasting(world.store.knex, {kind: 'lost', caseId, text: {'zh-CN': '丢失'}, at: world.clock.now()});
  await raise();
  await raise();
  const [first] = await listAlarms(world.deps, everywhere);
  t.is((await listAlarms(world.deps, everywhere)).length, 1);
  await closeAlarm(world.deps, person('carl'), {alarmId: first?.id ?? '', reason: '正在恢复备份'}, () => true);
  world.clock.moveBy(60_000);
  await raise();
  t.is((await countBacklog(world)).alarms, 0);
  world.clock.moveBy(86_400_000);
  await raise();
  t.deepEqual((await listAlarms(world.deps, everywhere)).map(alarm => alarm.closedAt === null), [true, false]);
});

test('the list and its count reach as far as the right of the reader, and an alarm of no case only who sees everything', async t => {
  const world = await setup(t);
  const {alarmId} = await broken(world);
  await world.store.knex('case_alarm').insert({id: 'of-no-case', at: 1, kind: 'counters', case_id: null, text: '{"zh-CN":"计数"}', closed_at: null});
  const seen = async (id: string, reach: Partial<AlarmReader['reach']>) => {
    const reader = {actor: person(id), reach: {...none, ...reach}};
    const ids = (await listAlarms(world.deps, reader)).map(alarm => alarm.id);
    t.is(await countAlarms(world.deps, reader), ids.length);
    return ids;
  };
  t.deepEqual(await seen('rita', all), [alarmId, 'of-no-case']);
  t.deepEqual(await seen('rita', {own: true, unit: true, unitAndBelow: true}), [alarmId]);
  t.deepEqual(await seen('rita', {own: true, unit: true}), []);
  t.deepEqual(await seen('anna', {own: true}), [alarmId]);
  t.deepEqual(await seen('carl', {own: true}), []);
  t.deepEqual(await seen('carl', {own: true, unit: true}), [alarmId]);
  t.deepEqual(await seen('finn', {own: true, unit: true, unitAndBelow: true}), []);
  t.deepEqual(await seen('anna', none), []);
  await closeAlarm(world.deps, person('carl'), {alarmId, reason: '已处理'}, () => true);
  t.is(await countAlarms(world.deps, everywhere), 1);
  t.deepEqual((await listAlarms(world.deps, everywhere)).map(alarm => alarm.caseNumber === null), [true, false]);
});

test('who is denied what is nearest sees only what is farther, as in closing', async t => {
  const world = await setup(t);
  await broken(world);
  t.is((await listAlarms(world.deps, {actor: person('anna'), reach: {...all, own: false}})).length, 0);
  t.is((await listAlarms(world.deps, {actor: person('carl'), reach: {...all, own: false}})).length, 1);
});

test('a receiver that an application does not know raises one alarm of the installation while it is open, and another one each', async t => {
  const world = await setup(t);
  const raise = (code: string) => world.store.tx(tx => world.signals.alarm(tx, {at: world.clock.now(), text: {'zh-CN': `告知对象 ${code}`}}));
  for (const code of ['mayor', 'mayor', 'chief']) await raise(code);
  const open = await listAlarms(world.deps, everywhere);
  t.deepEqual(open.map(({kind, caseId, text}) => [kind, caseId, text['zh-CN']]).sort(), [['receiver', null, '告知对象 chief'], ['receiver', null, '告知对象 mayor']]);
  const mayor = open.find(({text}) => text['zh-CN'].endsWith('mayor'))?.id ?? '';
  await closeAlarm(world.deps, person('carl'), {alarmId: mayor, reason: '已补充'}, () => true);
  await raise('mayor');
  t.is((await countBacklog(world)).alarms, 1, 'quiet for a day: whoever closed it is at it');
  world.clock.moveBy(25 * 3_600_000);
  await raise('mayor');
  t.is((await countBacklog(world)).alarms, 2);
});

import test from 'ava';
import {closeAlarm, countBacklog, listAlarms} from '../src/index.js';
import {raiseLasting} from '../src/alarms.js';
import {act, person, setup, startOne, type World} from './support/world.js';

/** A case whose worker gave up: one open alarm. */
async function broken(world: World) {
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await world.workerCases.failed({caseId, externalTaskId: 'x', stepId: 'prepare'}, {topic: 'test.prepare', code: 'TEST_BROKEN', message: 'broken', at: world.clock.now()});
  const alarmId = (await listAlarms(world))[0]?.id ?? '';
  return {caseId, alarmId};
}

test('an alarm is closed once, with who, when and why, and the audit log tells it', async t => {
  const world = await setup(t);
  const {caseId, alarmId} = await broken(world);
  world.clock.moveBy(5_000);
  const closed = await closeAlarm(world.deps, person('carl'), {alarmId, reason: '  已重启短信网关  '}, () => true);
  t.like(closed, {id: alarmId, caseId, kind: 'incident', closedAt: world.clock.now(), closedByName: 'carl', closeReason: '已重启短信网关'});
  t.deepEqual(await listAlarms(world), [closed]);
  t.is((await countBacklog(world)).alarms, 0);
  t.like(world.audit.at(-1), {action: 'alarm.close', subject: caseId, result: 'done', actor: {personId: 'carl'}, data: {alarmId, reason: '已重启短信网关'}});
});

test('a second closing is refused with the first one, and changes nothing', async t => {
  const world = await setup(t);
  const {alarmId} = await broken(world);
  await closeAlarm(world.deps, person('carl'), {alarmId, reason: '已处理'}, () => true);
  const error = await t.throwsAsync(closeAlarm(world.deps, person('dora'), {alarmId, reason: '再次'}, () => true), {code: 'CASE_ALARM_CLOSED'});
  t.regex(error?.message ?? '', /carl/);
  t.like((await listAlarms(world))[0], {closedByName: 'carl', closeReason: '已处理'});
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
  const [first] = await listAlarms(world);
  t.is((await listAlarms(world)).length, 1);
  await closeAlarm(world.deps, person('carl'), {alarmId: first?.id ?? '', reason: '正在恢复备份'}, () => true);
  world.clock.moveBy(60_000);
  await raise();
  t.is((await countBacklog(world)).alarms, 0);
  world.clock.moveBy(86_400_000);
  await raise();
  t.deepEqual((await listAlarms(world)).map(alarm => alarm.closedAt === null), [true, false]);
});

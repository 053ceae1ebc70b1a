import test from 'ava';
import {act, openSteps, ordinary, person, setup, startOne, work} from './support/world.js';

test('another matter puts the clocks on other limits: one line of the timeline and one of the audit log, with both due times and why', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {matter: '0102'});
  t.deepEqual(world.clocks.log.filter(line => line.startsWith('refit')), ['refit 0102']);
  const lines = (await world.cases.timeline(person('anna'), caseId)).filter(line => line.kind === 'clock.refitted');
  t.deepEqual(lines.map(line => line.text['zh-CN']), ['时限重定：办结时限 1970-01-01 08:00 → 1970-01-01 09:00（时限改为1小时）']);
  t.deepEqual(world.audit.filter(entry => entry.action === 'case.refitClocks').map(entry => [entry.subject, entry.result]), [[caseId, 'done']]);
  t.deepEqual(world.clocks.asked, ['事项由“0101”改为“0102”']);
});

test('the same matter again, or anything else, leaves the clocks alone', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {matter: ordinary.matter, title: '路灯又不亮'});
  t.deepEqual(world.clocks.asked, []);
  t.deepEqual((await world.cases.timeline(person('anna'), caseId)).map(line => line.kind), ['started', 'completed']);
});

test('what the engine refuses gives the clocks back', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  world.engine.faults.refuse = () => true;
  await act(world, 'anna', caseId, 'check', 'hand', {matter: '0102'});
  t.deepEqual(world.clocks.log.slice(-2), ['refit 0102', 'restored']);
  t.is((await world.cases.view(person('anna'), caseId)).form.values['matter'], '0101');
});

test('whoever may not write the matter moves no clock', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await t.throwsAsync(act(world, 'anna', caseId, 'check', 'hand', {matter: 'retired'}), {code: 'CASE_INPUT'});
  t.deepEqual(world.clocks.asked, []);
});

test('a matter that a worker finds does the same', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {fields: {matter: '0102'}});
  t.deepEqual(world.clocks.asked, ['事项由“0101”改为“0102”']);
  t.is((await world.cases.timeline(person('anna'), caseId)).filter(line => line.kind === 'clock.refitted').length, 1);
  t.true((await openSteps(world, caseId)).includes('handle'));
});

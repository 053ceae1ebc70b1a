import test from 'ava';
import {insertRows} from '@banli/store';
import {formatMoment, parseMoment} from '@banli/time';
import {createClockPlans} from '../src/index.js';
import {approver, plansWorld} from './plans-world.js';

test('the amendment of 2020-01-27 is previewed to the day and moves nothing before it is approved', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.plans.round();
  t.is(await world.due('case-1'), '2020-02-04 17:30');
  world.clock.moveTo(parseMoment('2020-01-27 09:00'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const plan = await world.newest('calendars');
  t.like(plan, {version: '2020.1.0', status: 'open', lookedAt: 1, listed: 1, kept: 0});
  const [item] = await world.items(plan.id);
  t.like(item, {case: 'case-1', clock: 'resolve', status: 'listed', before: '2020-02-04 17:30', after: '2020-02-06 17:30'});
  t.regex(item?.why ?? '', /2020-01-31 改为休息日（国办发明电〔2020〕1号）.*2020-02-01 改为休息日/);
  await world.happens('case-1', 'asked', '2020-01-30 09:00');
  await world.happens('case-1', 'answered', '2020-01-30 09:30');
  t.is(await world.due('case-1'), '2020-02-04 17:30', 'a command of the case does not take the new calendar along');
});

test('approval moves the due time, writes one audit line and one line of the timeline a case, and says so in the explanation; a second time changes nothing', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.happens('case-1', 'sent');
  await world.happens('case-2', 'started');
  world.clock.moveTo(parseMoment('2020-01-27 09:00'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  t.is((await world.items(id)).length, 3);
  await world.plans.approve(id, approver, '国办通知');
  await world.plans.approve(id, approver, '国办通知');
  await world.plans.round();
  await world.plans.round();
  t.is((await world.plans.approve(id, approver, '再次')).reason, '国办通知');
  t.like(await world.plans.plan(id), {status: 'applied', applied: 3, movedOn: 0, decidedBy: approver});
  t.deepEqual([await world.due('case-1'), await world.due('case-1', 'respond'), await world.due('case-2')], ['2020-02-06 17:30', '2020-02-04 17:30', '2020-02-06 17:30']);
  t.deepEqual(world.audited.map(line => [line.action, line.subject]), [['clocks.plan.approve', id], ['clocks.recompute', 'case-1'], ['clocks.recompute', 'case-2']]);
  t.deepEqual(world.noted.map(note => note.caseId), ['case-1', 'case-2']);
  t.regex(world.noted[1]?.text['zh-CN'] ?? '', /^时限经批准重算：办结时限 2020-02-04 17:30 → 2020-02-06 17:30（.*2020\.1\.0.*）$/);
  const explained = await world.clocks.explain((await world.view('case-1'))?.id ?? '');
  t.regex(explained?.lines.find(line => line.kind === 'recomputed')?.text['zh-CN'] ?? '', /原到期 2020-02-04 17:30.*2020\.1\.0/);
  t.false(explained?.lines.some(line => line.kind === 'day' && line.counted && line.at === '2020-01-31'));
});

test('cases that move alike read the same line, those that move otherwise their own', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  for (const caseId of ['case-1', 'case-2', 'case-3']) await world.happens(caseId, 'started');
  await world.happens('case-2', 'sent');
  world.clock.moveTo(parseMoment('2020-01-23 10:00'));
  await world.happens('case-4', 'started');
  world.clock.moveTo(parseMoment('2020-01-27 09:00'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  await world.plans.approve((await world.newest('calendars')).id, approver, '');
  await world.plans.round();
  const said = world.noted.map(({text}) => [...text['zh-CN'].matchAll(/(..时限) (\S+ \S+) → (\S+ [\d:]+)/g)].map(([, ...words]) => words.join(' ')).sort());
  const resolve = '办结时限 2020-02-04 17:30 2020-02-06 17:30';
  t.deepEqual(said, [[resolve], ['响应时限 2020-02-01 17:30 2020-02-04 17:30', resolve].sort(), [resolve], ['办结时限 2020-02-05 17:30 2020-02-07 17:30']]);
  t.deepEqual(world.noted.map(note => note.caseId), ['case-1', 'case-2', 'case-3', 'case-4']);
});

test('another calendar leaves the long text of the facts alone; the clock knows its calendar, and what is told of the move comes from the item of the plan', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const row = () => world.store.knex('case_clock').first<{facts: string; calendar_version: string; calendar_at: number; revision: number}>();
  const before = await row();
  world.clock.moveTo(parseMoment('2020-01-27 09:00'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  const told = async () => (await world.clocks.explain((await world.view('case-1'))?.id ?? ''))?.lines.filter(line => line.kind === 'recomputed').map(line => [line.at, /原到期 2020-02-04 17:30/.test(line.text['zh-CN'])]);
  t.deepEqual(await told(), [], 'a plan that nobody approved moved nothing');
  await world.plans.approve(id, approver, '');
  t.deepEqual(await told(), [], 'approved, and not come to this case yet');
  const approvedAt = formatMoment(world.clock.now());
  await world.plans.round();
  const after = await row();
  t.deepEqual([before.calendar_version, after.calendar_version, after.calendar_at], ['2019.1.0', '2020.1.0', world.clock.now()]);
  t.is(after.facts, before.facts);
  t.is(after.revision, before.revision + 1);
  t.deepEqual(await told(), [[approvedAt, true]]);
});

test('a command that is undone puts a clock back with its calendar, also where it was kept before the calendar stood beside the facts', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const {store, clocks} = world;
  const kept = await store.tx(tx => clocks.snapshot(tx, {caseId: 'case-1'})) as ReadonlyArray<Record<string, unknown>>;
  const dated = () => store.knex('case_clock').select('calendar_version', 'calendar_at', 'due_at');
  const before = await dated();
  const older = kept.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('calendar'))));
  for (const snapshot of [kept, older]) {
    await store.tx(tx => clocks.restore(tx, 'case-1', JSON.parse(JSON.stringify(snapshot))));
    t.deepEqual(await dated(), before);
  }
});

test('a lapse that was recorded stays, and so does the clock', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.happens('case-1', 'asked', '2020-02-05 09:00');
  await world.happens('case-1', 'answered', '2020-02-05 09:10');
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id, kept, listed} = await world.newest('calendars');
  t.deepEqual([listed, kept], [0, 1]);
  t.like((await world.items(id))[0], {status: 'kept', before: '2020-02-04 17:30', after: '2020-02-06 17:30'});
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  t.like(await world.view('case-1'), {breachedAt: parseMoment('2020-02-04 17:30'), breachCorrected: false, dueAt: parseMoment('2020-02-04 17:30')});
  t.is((await world.plans.plan(id)).applied, 0);
});

test('a clock that passed its due time a moment ago, before anybody noted it, does not become timely', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.clock.moveTo(parseMoment('2020-02-04 17:29'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  t.is((await world.items(id))[0]?.status, 'listed');
  await world.plans.approve(id, approver, '');
  world.clock.moveTo(parseMoment('2020-02-04 17:31'));
  await world.plans.round();
  t.like(await world.plans.plan(id), {status: 'applied', applied: 0, movedOn: 1});
  t.is(await world.due('case-1'), '2020-02-04 17:30');
});

test('a clock that stands still is listed with what it would be, and takes the calendar on approval', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.happens('case-1', 'asked', '2020-01-23 10:00');
  world.clock.moveTo(parseMoment('2020-01-27 09:00'));
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  t.is((await world.items(id))[0]?.status, 'listed');
  await world.plans.approve(id, approver, '');
  world.clock.moveTo(parseMoment('2020-01-27 11:00'));
  await world.plans.round();
  t.is((await world.plans.plan(id)).applied, 1);
  await world.happens('case-1', 'answered', '2020-01-27 12:00');
  t.is(await world.due('case-1'), '2020-02-06 17:30');
});

test('a limit that holds from a later day leaves older cases alone; one that holds from before is listed', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.publish('limits', '2020.2.0', '2020-03-03 00:00', {value: 3, unit: 'workingDay'});
  world.clock.moveTo(parseMoment('2020-03-03 09:00'));
  await world.plans.round();
  t.like(await world.newest('limits'), {version: '2020.2.0', status: 'empty'});
  await world.happens('case-2', 'started');
  t.deepEqual([await world.due('case-1'), await world.due('case-2')], ['2020-03-09 17:30', '2020-03-06 17:30']);
  world.publish('limits', '2020.3.0', '2020-03-03 00:00', {value: 4, unit: 'workingDay'});
  await world.plans.round();
  const {id} = await world.newest('limits');
  const items = (await world.items(id)).filter(item => item.status === 'listed');
  t.deepEqual(items.map(item => [item.case, item.before, item.after]), [['case-2', '2020-03-06 17:30', '2020-03-09 17:30']]);
  t.regex(items[0]?.why ?? '', /3 个工作日改为4 个工作日/);
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  t.is(await world.due('case-2'), '2020-03-09 17:30');
  t.is((await world.clocks.explain((await world.view('case-2'))?.id ?? ''))?.limit?.version, '2020.3.0');
});

test('a limit of the owner says nothing of an area that has a layer of its own', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.layered.add('000000');
  world.publish('limits', '2020.2.0', '2019-01-01 00:00', {value: 3, unit: 'workingDay'});
  await world.plans.round();
  t.like(await world.newest('limits'), {version: '2020.2.0', status: 'empty'});
  t.is(await world.due('case-1'), '2020-03-09 17:30');
});

test('applying that dies half-way goes on where it stopped, and nothing is done twice', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  const cases = Array.from({length: 1_201}, (_, index) => `case-${String(index).padStart(5, '0')}`);
  await world.happens('case-00000', 'started');
  const [first] = await world.store.knex('case_clock').select();
  await world.store.tx(async tx => {
    const rows = cases.slice(1).map((caseId, index) => ({...first, id: `clock${String(index).padStart(10, '0')}`, case_id: caseId}));
    for (let start = 0; start < rows.length; start += 50) await insertRows(tx, 'case_clock', rows.slice(start, start + 50));
  });
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  t.is((await world.plans.plan(id)).listed, 1_201);
  await world.plans.approve(id, approver, '');
  world.fault.auditIn = 1;
  await t.throwsAsync(world.plans.round(), {message: 'the process died'});
  t.like(await world.plans.plan(id), {status: 'applying', applied: 500, appliedCase: 'case-00499'});
  const halfWay = (await world.plans.items(id, {after: '', limit: 2_000})).map(item => item.status);
  t.deepEqual(halfWay, cases.map((_, index) => (index < 500 ? 'applied' : 'listed')), 'items say how far it came');
  world.fault.auditIn = Number.POSITIVE_INFINITY;
  await world.plans.round();
  t.like(await world.plans.plan(id), {status: 'applied', applied: 1_201, movedOn: 0});
  t.true((await world.plans.items(id, {after: '', limit: 2_000})).every(item => item.status === 'applied'));
  const lines = world.audited.filter(line => line.action === 'clocks.recompute').map(line => line.subject);
  t.deepEqual([...lines].sort(), cases);
  t.deepEqual(world.noted.map(note => note.caseId).sort(), cases);
  const dues = await world.store.knex('case_clock').distinct('due_at');
  t.deepEqual(dues.map(row => formatMoment(Number(row.due_at))), ['2020-02-06 17:30']);
});

test('the clocks of a case are moved together, however the batches fall, and others have their turn between them', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-00000', 'started');
  const [first] = await world.store.knex('case_clock').select();
  await world.store.tx(async tx => {
    const rows = Array.from({length: 1_000}, (_, index) => ({...first, id: `clock${String(index).padStart(10, '0')}`, case_id: `case-${String(1 + Math.floor(index / 3)).padStart(5, '0')}`}));
    for (let start = 0; start < rows.length; start += 50) await insertRows(tx, 'case_clock', rows.slice(start, start + 50));
  });
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  await world.plans.approve(id, approver, '');
  const turns: Array<Promise<number>> = [];
  const {audit} = world.deps;
  const asking = createClockPlans({...world.deps, audit: {recordAll: async (tx, entries) => {
    await audit.recordAll(tx, entries);
    turns.push(world.plans.plan(id).then(plan => plan.applied));
  }}});
  await asking.round();
  t.like(await world.plans.plan(id), {status: 'applied', applied: 1_001, movedOn: 0});
  const lines = world.audited.filter(line => line.action === 'clocks.recompute');
  t.is(lines.length, 335);
  t.is(new Set(lines.map(line => line.subject)).size, 335);
  const [seen] = await Promise.all(turns);
  t.true(seen !== undefined && seen < 1_001, 'whoever asked during the first batch had the answer before the last one');
});

test('a plan is rejected once, made again on request, and out of date with the next version', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.publish('calendars', '2020.1.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  await t.throwsAsync(world.plans.again(id, approver), {code: 'DEADLINE_PLAN_NOT_OPEN'});
  await world.plans.reject(id, approver, '待省级意见');
  await world.plans.reject(id, approver, '待省级意见');
  await t.throwsAsync(world.plans.approve(id, approver, ''), {code: 'DEADLINE_PLAN_NOT_OPEN'});
  t.is(await world.due('case-1'), '2020-02-04 17:30');
  const again = await world.plans.again(id, approver);
  await world.plans.round();
  t.like(await world.plans.plan(again.id), {attempt: 2, status: 'open', listed: 1});
  world.publish('calendars', '2019.1.0', '2019-06-01 00:00');
  await t.throwsAsync(world.plans.plan('nothing'), {code: 'DEADLINE_PLAN_UNKNOWN'});
  world.publish('calendars', '2020.2.0', '2019-06-01 00:00');
  await world.plans.round();
  t.is((await world.plans.plan(again.id)).status, 'superseded');
  await t.throwsAsync(world.plans.approve(again.id, approver, ''), {code: 'DEADLINE_PLAN_NOT_OPEN'});
});

test('two processes take turns', async t => {
  const world = await plansWorld();
  t.teardown(world.close);
  await world.store.knex('lease').insert({name: 'deadlines.plans', holder: 'another', until_at: world.clock.now() + 60_000}).onConflict('name').merge();
  t.deepEqual(await world.plans.round(), {held: false});
});

test('a layer of a unit makes a plan for the open cases of its area, and so does its end; cases elsewhere stay', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.plans.round();
  world.layer('2019.1.0+000000.1', '000000', {value: 3, unit: 'workingDay'});
  world.layer('2019.1.0+650200.1', '650200', {value: 1, unit: 'workingDay'});
  await world.plans.round();
  const plans = (await world.plans.list(50)).filter(plan => plan.catalogId === 'limits');
  t.deepEqual(plans.map(({version, status, listed}) => `${version} ${status} ${listed}`).sort(), ['2019.1.0 empty 0', '2019.1.0+000000.1 open 1', '2019.1.0+650200.1 empty 0']);
  t.is(await world.due('case-1'), '2020-03-09 17:30', 'nothing moves before it is approved');
  const own = plans.find(plan => plan.version === '2019.1.0+000000.1')?.id ?? '';
  t.like((await world.items(own))[0], {before: '2020-03-09 17:30', after: '2020-03-05 17:30', why: '时限目录 2019.1.0+000000.1：5 个工作日改为3 个工作日（文件 2019.1.0+000000.1）'});
  await world.plans.approve(own, approver, '');
  await world.plans.round();
  t.is(await world.due('case-1'), '2020-03-05 17:30');
  world.layer('2019.1.0+000000.2', '000000', null, '2019.1.0');
  await world.plans.round();
  await world.plans.round();
  const ended = (await world.plans.list(50)).filter(plan => plan.version === '2019.1.0+000000.2');
  t.is(ended.length, 1, 'one plan, however often somebody looks');
  t.like((await world.items(ended[0]?.id ?? ''))[0], {before: '2020-03-05 17:30', after: '2020-03-09 17:30'});
});

test('a newer layer of an area puts its open plans out of date and no others; approving the old one is refused', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.layer('2019.1.0+000000.1', '000000', {value: 3, unit: 'workingDay'});
  await world.plans.round();
  world.publish('limits', '2020.2.0', '2019-01-01 00:00', {value: 3, unit: 'workingDay'});
  await world.plans.round();
  const statusOf = async (version: string) => (await world.plans.list(50)).find(plan => plan.version === version)?.status;
  t.is(await statusOf('2019.1.0+000000.1'), 'open', 'the version of the owner says nothing of the layer');
  world.layer('2019.1.0+000000.2', '000000', {value: 4, unit: 'workingDay'});
  await world.plans.round();
  t.is(await statusOf('2019.1.0+000000.1'), 'superseded');
  t.is(await statusOf('2019.1.0+000000.2'), 'open');
  const old = (await world.plans.list(50)).find(plan => plan.version === '2019.1.0+000000.1')?.id ?? '';
  await t.throwsAsync(world.plans.approve(old, approver, ''), {code: 'DEADLINE_PLAN_NOT_OPEN'});
  await t.throwsAsync(world.plans.again(old, approver), {code: 'DEADLINE_PLAN_NOT_OPEN'});
});

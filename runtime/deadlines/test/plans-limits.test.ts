import test from 'ava';
import {parseMoment} from '@banli/time';
import {approver, plansWorld} from './plans-world.js';

const days = (value: number) => ({value, unit: 'workingDay' as const});

test('a limit is looked up again by what it was asked for, in the matters of the day the clock began', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  world.publishMatters('2019.1.0', 'general');
  world.publishMatters('2020.1.0', 'quick', '2020-03-03 00:00');
  await world.happens('case-1', 'started');
  world.publish('limits', '2020.2.0', '2019-01-01 00:00', days(3));
  world.clock.moveTo(parseMoment('2020-03-03 09:00'));
  await world.plans.round();
  const {id} = await world.newest('limits');
  t.like((await world.items(id))[0], {before: '2020-03-09 17:30', after: '2020-03-05 17:30', why: '时限目录 2020.2.0：5 个工作日改为3 个工作日（文件 2020.2.0）'});
  const [lookup] = world.asked.filter(each => each.limitsVersion === '2020.2.0');
  t.deepEqual(lookup, {limitsVersion: '2020.2.0', mattersVersion: '2019.1.0', matterCode: '010101', urgency: 'normal', kind: 'resolve', areaCode: '000000'});
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  t.is((await world.clocks.explain((await world.view('case-1'))?.id ?? ''))?.limit?.row, 'general|normal|resolve');
  t.is(await world.due('case-1'), '2020-03-05 17:30');
});

test('matters and areas that are the same to limits are looked up once', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  for (const caseId of ['case-1', 'case-2', 'case-3']) await world.happens(caseId, 'started');
  const rows = await world.store.knex<{id: string; facts: string}>('case_clock').select('id', 'facts').orderBy('id');
  const places = [['010101', '650102'], ['010102', '650103'], ['020202', '650102']];
  for (const [index, {id, facts}] of rows.entries()) {
    const [matter, areaCode] = places[index] ?? [];
    const read = JSON.parse(facts) as {readonly asked: object};
    await world.store.knex('case_clock').where({id}).update({facts: JSON.stringify({...read, areaCode, asked: {...read.asked, matter}})});
  }
  Object.assign(world.deps.catalogs, {limitMatter: async (_version: string | null, code: string) => code.slice(0, 2), limitLevel: async () => '3'});
  world.publish('limits', '2020.2.0', '2019-01-01 00:00', days(3));
  await world.plans.round();
  t.is((await world.newest('limits')).listed, 3);
  t.deepEqual(world.asked.filter(({limitsVersion}) => limitsVersion === '2020.2.0').map(({matterCode}) => matterCode?.slice(0, 2)).sort(), ['01', '02']);
});

test('a row that is gone is listed, stays as it is and cannot be applied', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.goneIn.add('2020.2.0');
  world.publish('limits', '2020.2.0');
  await world.plans.round();
  const {id, ...plan} = await world.newest('limits');
  t.like(plan, {status: 'open', listed: 0, kept: 1, older: 0});
  t.like((await world.items(id))[0], {status: 'kept', before: '2020-03-09 17:30', after: '2020-03-09 17:30', why: '时限目录 2020.2.0：原时限行已停用且没有适用的行，仍按时限'});
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  t.like(await world.plans.plan(id), {status: 'applied', applied: 0});
  t.is(await world.due('case-1'), '2020-03-09 17:30');
});

test('matters under another group make a plan, and only the matters move: the clock stays with its version of limits', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  world.publishMatters('2019.1.0', 'general');
  await world.happens('case-1', 'started');
  await world.plans.round();
  t.is((await world.newest('matters')).status, 'empty');
  t.is((await world.store.knex('case_clock').first()).limit_row, 'general|normal|resolve');
  world.publishMatters('2019.2.0', 'quick');
  await world.plans.round();
  const {id} = await world.newest('matters');
  t.like((await world.items(id))[0], {before: '2020-03-09 17:30', after: '2020-03-03 17:30', why: '事项目录 2019.2.0（分组或行业变更）：5 个工作日改为1 个工作日（文件 2019.1.0）'});
  t.is(await world.due('case-1'), '2020-03-09 17:30');
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  t.is(await world.due('case-1'), '2020-03-03 17:30');
  t.is((await world.store.knex('case_clock').first()).limit_row, 'quick|normal|resolve', 'the row it stands on now');
  t.deepEqual((await world.plans.list(50)).filter(plan => plan.catalogId === 'matters').length, 2, 'one plan a version');
});

test('cases of before the effective day are counted, stay by default, and come along when the approval says so; that is audited', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  world.publish('limits', '2020.2.0', '2020-03-03 00:00', days(3));
  world.clock.moveTo(parseMoment('2020-03-03 09:00'));
  await world.happens('case-2', 'started');
  world.publish('limits', '2020.3.0', '2020-03-03 00:00', days(4));
  await world.plans.round();
  const {id, ...plan} = await world.newest('limits');
  t.like(plan, {version: '2020.3.0', status: 'open', listed: 1, older: 1, withOlder: false});
  t.deepEqual((await world.items(id)).map(item => [item.case, item.status, item.after]), [['case-1', 'older', '2020-03-06 17:30'], ['case-2', 'listed', '2020-03-09 17:30']]);
  const approved = await world.plans.approve(id, approver, '同意', {withOlder: true});
  t.like(approved, {listed: 2, withOlder: true});
  t.deepEqual((await world.items(id)).map(item => item.status), ['listed', 'listed']);
  await world.plans.approve(id, approver, '再次', {withOlder: false});
  await world.plans.round();
  t.like(await world.plans.plan(id), {status: 'applied', applied: 2, movedOn: 0, listed: 2});
  t.deepEqual((await world.items(id)).map(item => item.status), ['applied', 'applied']);
  t.deepEqual([await world.due('case-1'), await world.due('case-2')], ['2020-03-06 17:30', '2020-03-09 17:30']);
  t.like(world.audited.find(line => line.action === 'clocks.plan.approve')?.data, {withOlder: true, older: 1});
  world.publish('limits', '2020.4.0', '2020-03-03 00:00', days(6));
  await world.plans.round();
  t.like(await world.newest('limits'), {listed: 2, older: 0}, 'what came along counts from that day on');
});

test('without the option older cases stay; a plan of older cases alone is approved with it and not without, and no more once it is out of date', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  await world.happens('case-1', 'sent');
  world.publish('limits', '2020.2.0', '2020-03-03 00:00', days(2));
  world.clock.moveTo(parseMoment('2020-03-03 09:00'));
  await world.plans.round();
  const first = await world.newest('limits');
  t.like(first, {status: 'empty', listed: 0, older: 2});
  t.deepEqual((await world.items(first.id)).map(item => `${item.clock} ${item.status} ${item.after}`).sort(), ['resolve older 2020-03-04 17:30', 'respond older 2020-03-04 17:30'], 'what is cut to it comes with it');
  await t.throwsAsync(world.plans.approve(first.id, approver, ''), {code: 'DEADLINE_PLAN_NOT_OPEN'});
  world.publish('limits', '2020.3.0', '2020-03-03 00:00', days(4));
  await world.plans.round();
  await t.throwsAsync(world.plans.approve(first.id, approver, '', {withOlder: true}), {code: 'DEADLINE_PLAN_NOT_OPEN'});
  const second = await world.newest('limits');
  await world.plans.approve(second.id, approver, '', {withOlder: true});
  await world.plans.round();
  t.is(await world.due('case-1'), '2020-03-06 17:30');
});

test('a clock begun before its question was kept is asked for what its case says now', async t => {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  await world.happens('case-1', 'started');
  const row = await world.store.knex('case_clock').first();
  const facts = JSON.parse(String(row.facts)) as Record<string, unknown>;
  delete facts['asked'];
  await world.store.knex('case_clock').update({facts: JSON.stringify(facts)});
  world.publish('limits', '2020.2.0', '2019-01-01 00:00', days(3));
  await world.plans.round();
  t.is((await world.newest('limits')).status, 'empty', 'nobody knows of such a case');
  await world.store.knex('case_record').insert({
    id: 'case-1', bundle_id: 'b', release_hash: 'h', number: 'N1', query_code: '', title: '', status: 'open', state_id: 's', round: 1, accepting_unit_id: 'u', area_code: '', started_by: 'p', started_by_name: 'p', matter: '020202', urgency: 'urgent',
    accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: '{}', routing: '{}', updated_at: 0,
  });
  const again = await world.plans.again((await world.newest('limits')).id, approver);
  await world.plans.round();
  t.like(await world.plans.plan(again.id), {status: 'open', listed: 1});
  t.like(world.asked.at(-1), {matterCode: '020202', urgency: 'urgent', kind: 'resolve'});
});

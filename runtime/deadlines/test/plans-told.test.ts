import test, {type ExecutionContext} from 'ava';
import {formatMoment, hourMs, parseMoment} from '@banli/time';
import type {RowLimit} from '../src/index.js';
import {approver, plansWorld} from './plans-world.js';

const supervise: NonNullable<RowLimit['ladder']> = [{after: 'PT0S', text: {'zh-CN': '督办', en: 'Supervise'}, receivers: ['unit', 'chief']}, {after: 'PT24H', text: {'zh-CN': '提级督办', en: 'Go up'}, receivers: ['chief']}];

/** A case begun on Monday morning under 5 working days, whose limit another version warns and tells of otherwise. */
async function worldOf(t: ExecutionContext, after: Partial<RowLimit>, before: Partial<RowLimit> = {ladder: supervise}) {
  const world = await plansWorld('2020-03-02 10:00');
  t.teardown(world.close);
  world.told.set('2019.1.0', before);
  world.told.set('2020.2.0', after);
  await world.happens('case-1', 'started');
  const stored = async () => {
    const row = await world.store.knex('case_clock').join('clock_limit', 'clock_limit.id', 'case_clock.limit_id').first<{facts: string; warn_at: number | null; fire_at: number | null} | undefined>('clock_limit.facts', 'warn_at', 'fire_at');
    if (!row) throw new Error('no clock');
    return {warnAt: row.warn_at === null ? null : formatMoment(Number(row.warn_at)), fireAt: row.fire_at === null ? null : formatMoment(Number(row.fire_at)), facts: JSON.parse(row.facts) as Partial<RowLimit>};
  };
  const publish = async (from?: string) => {
    world.publish('limits', '2020.2.0', from);
    await world.plans.round();
    const {id} = await world.newest('limits');
    const [item] = await world.plans.items(id, {after: '', limit: 10});
    return {id, item, why: item?.why.text};
  };
  return {...world, stored, publish};
}

test('another lead and another ladder are listed in words and reach open cases on approval, while the due time stays', async t => {
  const world = await worldOf(t, {warnBeforeMs: 6 * hourMs, ladder: [{after: 'PT0S', text: {'zh-CN': '催办', en: 'Urge'}, receivers: ['unit']}], warnReceivers: ['chief']});
  const before = await world.stored();
  t.deepEqual([before.warnAt, before.fireAt], ['2020-03-08 17:30', '2020-03-08 17:30']);
  const {id, item, why} = await world.publish();
  t.like(await world.plans.plan(id), {status: 'open', listed: 1});
  t.is(item?.beforeAt, item?.afterAt);
  t.is(why?.['zh-CN'], '时限目录 2020.2.0：预警由到期前 1 天改为到期前 6 小时；预警对象由“按应用设置”改为“分管领导”；超期告知由“超期即督办（告知：unit、分管领导），超期满 1 天提级督办（告知：分管领导）”改为“超期即催办（告知：unit）”（文件 2020.2.0）');
  t.is(why?.en, 'limits 2020.2.0: the warning: 1 d before due became 6 h before due; who is warned: “as the application says” became “Chief”; what a lapse calls for: “at once Supervise (tells unit, Chief), after 1 d Go up (tells Chief)” became “at once Urge (tells unit)” (文件 2020.2.0)');
  t.deepEqual(await world.stored(), before, 'nothing moves before it is approved');
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  await world.plans.round();
  const after = await world.stored();
  t.deepEqual([after.warnAt, after.fireAt], ['2020-03-09 11:30', '2020-03-09 11:30']);
  t.like(after.facts, {warnBeforeMs: 6 * hourMs, warnReceivers: ['chief']});
  t.is(after.facts.ladder?.[0]?.text['zh-CN'], '催办');
  t.like(await world.plans.plan(id), {status: 'applied', applied: 1, movedOn: 0});
  t.regex(world.noted[0]?.text['zh-CN'] ?? '', /办结时限 2020-03-09 17:30 不变（时限目录/);
  t.regex(world.noted[0]?.text.en ?? '', /2020-03-09 17:30 as before \(limits/);
  const lines = (await world.clocks.explain((await world.view('case-1'))?.id ?? ''))?.lines.filter(line => line.kind === 'recomputed') ?? [];
  t.deepEqual(lines.map(line => /^经批准重算：时限目录 2020\.2\.0：预警由/.test(line.text['zh-CN'])), [true]);
});

test('a ladder or a warning that is taken away is told, and the application says who hears of it', async t => {
  const world = await worldOf(t, {warnBeforeMs: null}, {ladder: supervise.slice(1), warnReceivers: ['chief']});
  const {id, why} = await world.publish();
  t.is(why?.['zh-CN'], '时限目录 2020.2.0：预警由到期前 1 天改为不预警；预警对象由“分管领导”改为“按应用设置”；超期告知由“超期满 1 天提级督办（告知：分管领导）”改为“按应用设置”（文件 2020.2.0）');
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  const {facts, warnAt} = await world.stored();
  t.deepEqual([warnAt, facts.ladder, facts.warnReceivers], [null, undefined, undefined]);
});

test('the same measures with receivers in another order, or with another English wording, make no plan', async t => {
  const world = await worldOf(t, {ladder: supervise.map(({text, receivers, ...rung}) => ({...rung, text: {...text, en: 'Other'}, receivers: [...receivers].reverse()}))});
  const {id} = await world.publish();
  t.like(await world.plans.plan(id), {status: 'empty', listed: 0, kept: 0, older: 0});
});

test('what has warned does not warn again, and says so', async t => {
  const world = await worldOf(t, {warnBeforeMs: 6 * hourMs, ladder: supervise});
  world.clock.moveTo(parseMoment('2020-03-08 18:00'));
  await world.store.knex('case_clock').update({warned_due_at: parseMoment('2020-03-09 17:30'), fire_at: parseMoment('2020-03-09 13:30')});
  const {id, why} = await world.publish();
  t.is(why?.['zh-CN'], '时限目录 2020.2.0：预警由到期前 1 天改为到期前 6 小时；已经预警，不再重复（文件 2020.2.0）');
  await world.plans.approve(id, approver, '');
  await world.plans.round();
  const {facts, fireAt} = await world.stored();
  t.is(facts.warnBeforeMs, 6 * hourMs);
  t.is(fireAt, '2020-03-09 13:30', 'the warning of before stands, nearly due comes next');
});

test('a clock that has lapsed keeps the ladder it climbs; an older case comes along only when the approval says so', async t => {
  const lapsed = await worldOf(t, {ladder: []});
  lapsed.clock.moveTo(parseMoment('2020-03-09 18:00'));
  const plan = await lapsed.publish();
  t.like(plan.item, {status: 'kept'});
  t.regex(plan.why?.['zh-CN'] ?? '', /；已超期，超期记录、到期时间和告知均保持不变$/);
  await lapsed.plans.approve(plan.id, approver, '');
  await lapsed.plans.round();
  t.is((await lapsed.stored()).facts.ladder?.length, 2);
  const older = await worldOf(t, {warnBeforeMs: 6 * hourMs, ladder: supervise});
  older.clock.moveTo(parseMoment('2020-03-03 09:00'));
  const later = await older.publish('2020-03-03 00:00');
  t.like(await older.plans.plan(later.id), {status: 'empty', older: 1});
  await older.plans.approve(later.id, approver, '', {withOlder: true});
  await older.plans.round();
  t.is((await older.stored()).facts.warnBeforeMs, 6 * hourMs);
});

test('clocks on the same row are told the same words only where they stand on the same', async t => {
  const world = await worldOf(t, {ladder: supervise, limit: {value: 4, unit: 'workingDay'}});
  const set = async (caseId: string, change: object) => {
    const row = await world.store.knex('case_clock').join('clock_limit', 'clock_limit.id', 'case_clock.limit_id').where({case_id: caseId}).first<{facts: string}>('clock_limit.facts');
    await world.store.knex('clock_limit').insert({id: caseId.padEnd(32, '-'), facts: JSON.stringify({...(JSON.parse(row.facts) as object), ...change})});
    await world.store.knex('case_clock').where({case_id: caseId}).update({limit_id: caseId.padEnd(32, '-')});
  };
  for (const caseId of ['case-2', 'case-3', 'case-4', 'case-5', 'case-6']) await world.happens(caseId, 'started');
  await set('case-2', {ladder: [{...supervise[0], receivers: ['unit']}]});
  await set('case-3', {warnReceivers: ['unit']});
  await set('case-4', {warnBeforeMs: hourMs});
  await set('case-5', {ladder: undefined});
  const {id} = await world.publish();
  const items = await world.plans.items(id, {after: '', limit: 10});
  const words = items.map(({why}) => why.text['zh-CN'].replace('时限目录 2020.2.0：5 个工作日改为4 个工作日', '').replace('（文件 2020.2.0）', ''));
  const full = '超期即督办（告知：unit、分管领导），超期满 1 天提级督办（告知：分管领导）';
  t.deepEqual(words, ['', `；超期告知由“超期即督办（告知：unit）”改为“${full}”`, '；预警对象由“unit”改为“按应用设置”', '；预警由到期前 1 小时改为到期前 1 天', `；超期告知由“按应用设置”改为“${full}”`, '']);
  t.deepEqual(items[5]?.why, items[0]?.why);
});

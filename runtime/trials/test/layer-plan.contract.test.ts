import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {openAudit, verifyAudit} from '@banli/audit';
import {createCaseNotebook, type ClockSubject} from '@banli/cases';
import {createCaseClocks, createClockPlans} from '@banli/deadlines';
import {createKeys, createVault, queryRows} from '@banli/store';
import {formatMoment, parseMoment} from '@banli/time';
import {city, issueWorld, ref, region, shorter} from '../../catalogs/test/issue/setup.js';

const major = 'city|major|resolve';
const approver = {personId: 'p-1', personName: '古丽', unitId: 'u650100-centre', roles: ['cityAdmin'], requestId: 'r-1', address: '127.0.0.1'};
const rules: ClockSubject['rules'] = [{id: 'resolve', title: {'zh-CN': '办结时限', en: 'Resolution'}, limit: {kind: 'resolve'}, on: [{event: 'started', do: 'start'}, {event: 'asked', do: 'halt'}, {event: 'answered', do: 'continue'}], lapse: []}];

/** Published catalogs issued down, running clocks of cases, plans, and the audit log and timeline that an installation has. */
async function openWorld() {
  const world = await issueWorld();
  const folder = await mkdtemp(join(tmpdir(), 'banli-layer-plan-'));
  const audit = await openAudit(world.store, folder);
  const deps = {store: world.store, clock: world.clock, catalogs: world.service, holder: 'tests', audit: audit.log, timeline: createCaseNotebook({vault: createVault(createKeys())})};
  const [clocks, plans] = [createCaseClocks(deps), createClockPlans(deps)];
  const happens = (caseId: string, event: string, where: {readonly areaCode: string; readonly urgency?: string}) => {
    const subject: ClockSubject = {caseId, number: caseId, bundleId: 'b', releaseHash: 'h', rules, matter: '020101', urgency: where.urgency ?? 'normal', areaCode: where.areaCode, round: 1, context: {}};
    return world.store.tx(tx => clocks.apply(tx, subject, [{event, at: world.clock.now()}]));
  };
  const dues = async () => Object.fromEntries((await queryRows(world.store.knex, 'select case_id, due_at from case_clock order by case_id', [])).map(row => [String(row['case_id']), formatMoment(Number(row['due_at']))]));
  /** What the audit log and the timelines say was worked out again, by case. */
  const lines = async () => ({
    audit: (await queryRows(world.store.knex, "select subject from audit_entry where action = 'clocks.recompute' order by id", [])).map(row => String(row['subject'])).sort(),
    timeline: (await queryRows(world.store.knex, "select case_id, text from case_timeline where kind = 'clock.recomputed' order by case_id, id", [])).map(row => [String(row['case_id']), (JSON.parse(String(row['text'])) as {readonly 'zh-CN': string})['zh-CN']] as const),
  });
  const planOf = async (version: string) => {
    await plans.round();
    const plan = (await plans.list(50)).find(candidate => candidate.version === version);
    if (!plan) throw new Error(`no plan for ${version}`);
    return {...plan, items: (await plans.items(plan.id, {after: '', limit: 100})).map(item => [item.caseId, item.status, item.afterAt === null ? null : formatMoment(item.afterAt)])};
  };
  const auditIsWhole = async () => (await verifyAudit(world.store, audit)).good;
  const close = async () => {
    await world.close();
    await rm(folder, {recursive: true});
  };
  return {...world, clocks, plans, happens, dues, lines, planOf, auditIsWhole, close};
}

/** Cases of the city, of a county in it and of another city; the last one, of a matter that is major, has 12 hours. */
async function withCases() {
  const world = await openWorld();
  await world.happens('case-1', 'started', {areaCode: '650100'});
  await world.happens('case-2', 'started', {areaCode: '650102'});
  await world.happens('case-3', 'started', {areaCode: '650200'});
  await world.happens('case-4', 'started', {areaCode: '650102', urgency: 'major'});
  await world.plans.round();
  const before = await world.dues();
  const issue = await world.issues.put(city, ref(await world.given(region, city)), shorter);
  const confirmed = await world.confirm(city, await world.issues.put(city, ref(issue), {table: 'limits', key: major, cells: {value: '2'}}));
  /** Approves a plan, twice, and lets the rounds apply it. */
  const approve = async (planId: string) => {
    await world.plans.approve(planId, approver, '同意');
    await world.plans.approve(planId, approver, '同意');
    await world.plans.round();
    await world.plans.round();
  };
  return {...world, before, confirmed, approve};
}

const normalText = (from: string, to: string, why: string) => `时限经批准重算：办结时限 2026-03-0${from} 19:30 → 2026-03-0${to} 19:30（时限目录 ${why}）`;

test('a city confirms shorter limits: its open cases are listed and, on approval, moved with a line of the audit log and of the timeline each', async t => {
  const world = await withCases();
  t.teardown(world.close);
  t.deepEqual(world.before, {'case-1': '2026-03-05 19:30', 'case-2': '2026-03-05 19:30', 'case-3': '2026-03-05 19:30', 'case-4': '2026-03-02 22:00'});
  const plan = await world.planOf('2026.3.4+650100.1');
  t.like(plan, {status: 'open', lookedAt: 4, listed: 3, kept: 0});
  t.deepEqual(plan.items, [['case-1', 'listed', '2026-03-04 19:30'], ['case-2', 'listed', '2026-03-04 19:30'], ['case-4', 'listed', '2026-03-02 12:00']]);
  t.deepEqual(await world.dues(), world.before, 'nothing moves before it is approved');
  await world.approve(plan.id);
  t.like(await world.plans.plan(plan.id), {status: 'applied', applied: 3, movedOn: 0});
  t.deepEqual(await world.dues(), {'case-1': '2026-03-04 19:30', 'case-2': '2026-03-04 19:30', 'case-3': '2026-03-05 19:30', 'case-4': '2026-03-02 12:00'});
  const {audit, timeline} = await world.lines();
  t.deepEqual(audit, ['case-1', 'case-2', 'case-4']);
  t.deepEqual(timeline.map(([caseId]) => caseId), ['case-1', 'case-2', 'case-4']);
  t.is(timeline[0]?.[1], normalText('5', '4', '2026.3.4+650100.1：3 个工作日改为2 个工作日（own: 市级文件）'));
  t.true(await world.auditIsWhole());
});

test('when that layer ends its cases are listed back, one that lapsed meanwhile stays where it lapsed', async t => {
  const world = await withCases();
  t.teardown(world.close);
  const {id} = await world.planOf('2026.3.4+650100.1');
  await world.approve(id);
  world.clock.moveTo(parseMoment('2026-03-02 13:00'));
  await world.happens('case-4', 'asked', {areaCode: '650102', urgency: 'major'});
  await world.happens('case-4', 'answered', {areaCode: '650102', urgency: 'major'});
  await world.issues.takeBack(region, {...ref(world.confirmed), reason: '收回'});
  const plan = await world.planOf('2026.3.4+650100.2');
  t.like(plan, {status: 'open', listed: 2, kept: 1});
  t.deepEqual(plan.items, [['case-1', 'listed', '2026-03-05 19:30'], ['case-2', 'listed', '2026-03-05 19:30'], ['case-4', 'kept', '2026-03-02 22:00']]);
  await world.approve(plan.id);
  t.deepEqual(await world.dues(), {...world.before, 'case-4': '2026-03-02 12:00'});
  t.like((await world.clocks.of('case-4'))[0], {breachedAt: parseMoment('2026-03-02 12:00'), breachCorrected: false});
  const {audit, timeline} = await world.lines();
  t.deepEqual(audit, ['case-1', 'case-1', 'case-2', 'case-2', 'case-4']);
  t.is(timeline[1]?.[1], normalText('4', '5', '2026.3.4：2 个工作日改为3 个工作日（own: 样例时限）'));
  t.true(await world.auditIsWhole());
});

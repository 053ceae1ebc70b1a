import test, {type ExecutionContext} from 'ava';
import {createCatalogIssues, createCatalogService, type Issue, type LifeActor} from '@banli/catalogs';
import {createClockPlans} from '@banli/deadlines';
import {createCaseNotebook} from '@banli/cases';
import {createTestClock, formatMoment, parseMoment} from '@banli/time';
import {shippedVersion} from '../../../catalogs/test/sample-service.js';
import {createLifeRights} from '../../src/life-rights.js';
import {bindLimitRoutes} from '../../src/routes/limits.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

/** A server with the shipped catalogs and one clock that was worked out with a calendar of which nothing is left. */
async function setup(t: ExecutionContext) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const made: Partial<{plans: ReturnType<typeof createClockPlans>; catalogs: ReturnType<typeof createCatalogService>}> = {};
  const server = await setupServer(t, {catalogs: true, routes: parts => {
    const catalogs = createCatalogService(parts.store, clock);
    const clockPlans = createClockPlans({store: parts.store, clock, catalogs, audit: parts.audit.log, timeline: createCaseNotebook(), holder: 'tests'});
    Object.assign(made, {catalogs, plans: clockPlans});
    return [...ownRoutes(parts), ...bindLimitRoutes({catalogs, clockPlans, people: parts.people, permissions: parts.permissions, clock})];
  }});
  await made.catalogs?.start();
  await made.plans?.round();
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (path: string, body?: unknown) => server.call(path, {headers: {...headers, 'content-type': 'application/json'}, ...(body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)})});
  };
  /** The city gets the limits, shortens one and confirms: a plan of its own comes of it. */
  const cityLayer = async (): Promise<void> => {
    const issues = createCatalogIssues({store: server.store, clock, audit: server.audit.log, rights: createLifeRights(server.permissions), references: {uses: async () => []}, units: server.people, fourEyes: false, onPublished: async () => {
      await made.catalogs?.close();
      await made.catalogs?.start();
    }});
    const actor = (personId: string, unitId: string, role: string): LifeActor => ({personId, personName: personId, unitId, roles: [role], requestId: 'r', address: ''});
    const [city, ref] = [actor('p-shi-admin', 'u650100-centre', 'cityAdmin'), ({id, lockVersion}: Issue) => ({issueId: id, lockVersion})];
    const [sent] = await issues.send(actor('p-qu-admin', 'u650000-centre', 'regionAdmin'), {catalogId: 'limits', fromUnitId: 'u650000-centre', toUnitIds: [city.unitId]});
    if (!sent) throw new Error('Nothing was issued.');
    const put = await issues.put(city, ref(await issues.verify(city, ref(sent))), {table: 'limits', key: 'city|normal|resolve', cells: {value: '2'}});
    await issues.confirm(city, {...ref(put), effectiveFrom: '2026-03-02', acceptWarnings: true});
    await made.plans?.round();
  };
  return {...server, as, cityLayer};
}

test('plans are for those who publish catalogs; a plan that moves nothing cannot be approved', async t => {
  const {as, store} = await setup(t);
  const admin = await as('qu.admin');
  const {plans} = (await (await admin('/api/limits/plans')).json()) as {plans: Array<{id: string; catalogId: string; status: string}>};
  t.deepEqual(plans.map(plan => [plan.catalogId, plan.status]).sort(), [['calendars', 'empty'], ['limits', 'empty'], ['matters', 'empty']]);
  const path = `/api/limits/plans/${plans[0]?.id}`;
  t.is(await codeOf(await admin(`${path}/approve`, {reason: '同意重算'})), 'DEADLINE_PLAN_NOT_OPEN');
  t.is(await codeOf(await admin(`${path}/approve`, {reason: '同意重算', withOlder: true})), 'DEADLINE_PLAN_NOT_OPEN', 'there are none of before');
  t.is(await codeOf(await admin('/api/limits/plans/nothing/approve', {reason: '同意重算'})), 'DEADLINE_PLAN_UNKNOWN');
  for (const body of [{}, {reason: ' '}, {reason: '同意', force: true}, {reason: '同意', withOlder: 'yes'}]) t.is((await admin(`${path}/approve`, body)).status, 400);
  await store.knex('clock_plan').update({status: 'open'});
  const preview = await admin(`${path}/items?only=atOnce`);
  t.deepEqual(await preview.json(), {items: [], nextCursor: null, atOnce: {listed: {warning: 0, lapse: 0}, older: {warning: 0, lapse: 0}}});
  t.is((await admin(`${path}/items?only=lapses`)).status, 400);
  const clerk = await as('shi.shouli');
  for (const act of ['approve', 'reject', 'again']) t.is(await codeOf(await clerk(`${path}/${act}`, act === 'again' ? {} : {reason: '同意重算'})), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await clerk('/api/limits/plans')), 'PERMISSIONS_DENIED');
  t.is((await store.knex('clock_plan').whereNotNull('decided_at')).length, 0);
  const approved = (await (await admin(`${path}/approve`, {reason: '同意重算'})).json()) as {status: string; decidedByName: string; reason: string};
  t.is(approved.status, 'applying');
  t.is(approved.reason, '同意重算');
  t.truthy(approved.decidedByName);
  t.deepEqual(await (await admin(`${path}/items`)).json(), {items: [], nextCursor: null, atOnce: null});
});

test('a plan is decided by whoever may publish for the unit whose version or layer it is', async t => {
  const {as, store} = await setup(t);
  await store.knex('clock_plan').update({status: 'open'});
  const seen = async (account: string) => ((await (await (await as(account))('/api/limits/plans')).json()) as {plans: Array<{id: string}>}).plans.map(plan => plan.id);
  const [id = ''] = await seen('qu.admin');
  t.is((await seen('qu.admin')).length, 3);
  for (const account of ['shi.admin', 'ts.admin', 'jf.admin', 'sxx.admin']) {
    const call = await as(account);
    t.deepEqual(await seen(account), [], account);
    for (const act of ['approve', 'reject', 'again']) t.is(await codeOf(await call(`/api/limits/plans/${id}/${act}`, act === 'again' ? {} : {reason: '同意重算'})), 'DEADLINE_PLAN_NOT_YOURS', `${account} ${act}`);
    t.is(await codeOf(await call(`/api/limits/plans/${id}/items`)), 'DEADLINE_PLAN_NOT_YOURS', account);
  }
  t.is((await store.knex('clock_plan').whereNotNull('decided_at')).length, 0);
});

test('the plan of a layer is decided by the unit whose layer it is, and above it', async t => {
  const {as, store, cityLayer} = await setup(t);
  await cityLayer();
  await store.knex('clock_plan').update({status: 'open'});
  const seen = async (account: string) => ((await (await (await as(account))('/api/limits/plans')).json()) as {plans: Array<{id: string; version: string}>}).plans;
  t.deepEqual([(await seen('qu.admin')).length, (await seen('ts.admin')).length, (await seen('sxx.admin')).length], [4, 0, 0]);
  const [own, ...others] = await seen('shi.admin');
  t.deepEqual([own?.version, others.length], [`${shippedVersion('limits')}+650100.1`, 0]);
  t.is(await codeOf(await (await as('ts.admin'))(`/api/limits/plans/${own?.id}/reject`, {reason: '不同意重算'})), 'DEADLINE_PLAN_NOT_YOURS');
  t.is((await (await as('shi.admin'))(`/api/limits/plans/${own?.id}/reject`, {reason: '不同意重算'})).status, 200);
});

test('a due time is explained day by day, also as the calendar was known on a day', async t => {
  const {as} = await setup(t);
  const admin = await as('qu.admin');
  const due = async (query: string) => (await (await admin(`/api/limits/due?area=110000&${query}`)).json()) as {code?: string; dueAt: number; days: Array<{date: string; counted: boolean}>};
  const start = 'start=2020-01-22%2010:00&value=5&unit=workingDay';
  t.is(formatMoment((await due(start)).dueAt), '2020-02-06 17:30');
  const before = await due(`${start}&knownOn=2019-11-21`);
  t.is(formatMoment(before.dueAt), '2020-02-04 17:30');
  t.is(before.days.filter(day => day.counted).length, 5);
  t.is((await due('start=2028-02-01%2010:00&value=5&unit=workingDay')).code, 'TIME_CALENDAR_NOT_PUBLISHED');
  t.is((await due(`${start}&knownOn=2020-02-31`)).code, 'TIME_DATE_INVALID');
  t.is((await due(`${start}&knownOn=2001-01-01`)).code, 'TIME_CALENDAR_INVALID');
});

import test, {type ExecutionContext} from 'ava';
import {createTestClock, parseMoment} from '@banli/time';
import {bindAutomaticDispatchRoutes} from '../../src/routes/automatic-dispatch.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

const [region, city] = ['u650000-centre', 'u650100-centre'];

interface State {
  readonly units: ReadonlyArray<{readonly unit: {readonly id: string}; readonly on: boolean; readonly inForce: boolean; readonly stoppedBy: {readonly id: string} | null; readonly maySwitch: boolean}>;
  readonly log: ReadonlyArray<{readonly on: boolean; readonly unit: {readonly id: string}; readonly reason: string; readonly personName: string}>;
}

async function setup(t: ExecutionContext) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const server = await setupServer(t, {routes: parts => [...ownRoutes(parts), ...bindAutomaticDispatchRoutes({switches: {store: parts.store, clock, people: parts.people, audit: parts.audit.log}, permissions: parts.permissions, releases: {bundles: async () => [], current: async () => null, byHash: async () => null, ensureDeployed: async () => ''}, catalogs: {rowTitle: async (_, key) => ({'zh-CN': `<${key}>`, en: `${key} in English`})}})]});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    const call = (path: string, body?: unknown) => server.call(path, {headers: {...headers, 'content-type': 'application/json'}, ...(body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)})});
    return {call, turn: (unitId: string, on: boolean, reason = '试行') => call('/api/dispatch/automatic/switch', {unitId, on, reason}), state: async () => (await (await call('/api/dispatch/automatic')).json()) as State};
  };
  const order = (id: string, routing: object, more: object = {}) => server.store.knex('case_record').insert({
    id, bundle_id: 'b', release_hash: 'h', number: id, query_code: 'q', title: '', status: 'open', state_id: 's', round: 1, accepting_unit_id: city, area_code: '650102', started_by: 'p', started_by_name: 'p',
    accepted_at: clock.now(), lock_version: 1, values_version: 1, seq: 0, acked_seq: 0, revision: 1, lead_unit_id: 'u650102-chengguan', matter: '020101', marks: '', form_values: '{}', routing: JSON.stringify({holding: [], returns: [], wasHeld: true, ...routing}), updated_at: 1, ...more,
  });
  return {...server, as, order, clock};
}

test('who may switch does so where his right reaches; everybody else is refused', async t => {
  const {as, store, call} = await setup(t);
  const [leader, dispatcher, clerk] = [await as('shi.zhiban'), await as('shi.paidan'), await as('shi.shouli')];
  t.is((await leader.turn(city, true)).status, 200);
  for (const [who, unitId] of [[dispatcher, city], [clerk, city], [leader, region]] as const) t.is(await codeOf(await who.turn(unitId, false)), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await clerk.call('/api/dispatch/automatic')), 'PERMISSIONS_DENIED');
  t.is((await call('/api/dispatch/automatic')).status, 401);
  t.is(await codeOf(await leader.turn('nowhere', true)), 'CASE_UNIT_UNKNOWN');
  t.like((await dispatcher.state()).units, {length: 1, 0: {unit: {id: city}, on: true, inForce: true, maySwitch: false}});
  t.is((await store.knex('dispatch_switch_log')).length, 1);
});

test('a switch wants a reason in words, and is thrown once', async t => {
  const {as, store} = await setup(t);
  const leader = await as('shi.zhiban');
  for (const body of [{}, {unitId: city, on: true}, {unitId: city, on: true, reason: ''}, {unitId: city, on: true, reason: '  '}, {unitId: city, on: 'yes', reason: '试行'}, {unitId: city, on: true, reason: '好'.repeat(501)}]) t.is((await leader.call('/api/dispatch/automatic/switch', body)).status, 400);
  const both = await Promise.all([leader.turn(city, true), leader.turn(city, true)]);
  t.deepEqual(both.map(answer => answer.status).sort(), [200, 409]);
  t.is(await codeOf(await leader.turn(city, true)), 'CASE_SWITCH_SAME');
  t.is((await store.knex('dispatch_switch_log')).length, 1);
  t.is((await store.knex('audit_entry').where({action: 'dispatch.start', subject: city})).length, 1);
});

test('the region stops it for all below at once, also where it was never on; each reads the log of his own reach', async t => {
  const {as, clock} = await setup(t);
  const [admin, leader] = [await as('qu.admin'), await as('shi.zhiban')];
  await leader.turn(city, true, '城市试行');
  clock.moveBy(1_000);
  t.is((await admin.turn(region, false, '网络故障，全部转人工')).status, 200);
  t.like((await leader.state()).units, {length: 1, 0: {on: true, inForce: false, stoppedBy: {id: region}}});
  t.deepEqual((await admin.state()).units.map(({unit, on, inForce}) => [unit.id, on, inForce]), [[region, false, false], [city, true, false]]);
  t.deepEqual((await admin.state()).log.map(({unit, on, reason}) => [unit.id, on, reason]), [[region, false, '网络故障，全部转人工'], [city, true, '城市试行']]);
  t.deepEqual((await leader.state()).log.map(({reason}) => reason), ['城市试行']);
});

test('the history tells the way of each case, counts returns, and only wrong units against the first dispatch', async t => {
  const {as, order, store} = await setup(t);
  const returned = (unitId: string, isWrongUnit: boolean, senderId: string | null = null) => ({unitId, senderId, reason: 'r', isWrongUnit, matter: '020101', areaCode: '650102', at: 1});
  await order('case-1', {holding: ['u650102-chengguan', 'u650102004']});
  await order('case-2', {holding: ['u650102-zhujian'], returns: [returned('u650102-chengguan', true)]}, {lead_unit_id: 'u650102-zhujian'});
  await order('case-3', {returns: [returned('u650102004', true, 'u650102-chengguan'), returned('u650102-chengguan', false)]});
  await order('case-4', {wasHeld: false});
  await order('case-5', {}, {area_code: '650103', status: 'ended'});
  await order('case-6', {}, {accepted_at: parseMoment('2026-02-27 10:00')});
  await store.knex('dispatch_decision').insert([{task_id: 't1', case_id: 'case-1', centre_id: city, verdict: 'sent', why: 'sure', confidence: 95, at: 1}, {task_id: 't2', case_id: 'case-2', centre_id: city, verdict: 'left', why: 'hours', confidence: 95, at: 1}]);
  const ask = async (account: string, more = '') => (await (await (await as(account)).call(`/api/dispatch/history?from=2026-03-01&until=2026-03-02${more}`)).json()) as {orders: number; automatic: number; firstRight: number; automaticRight: number; transfers: number; paths: ReadonlyArray<{caseId: string; matter: unknown; units: ReadonlyArray<{id: string}>; transfers: number; firstWasRight: boolean; isAutomatic: boolean}>};
  const all = await ask('shi.zhiban');
  t.like(all, {orders: 4, automatic: 1, firstRight: 3, automaticRight: 1, transfers: 3});
  t.deepEqual(all.paths.map(path => [path.caseId, path.units.map(({id}) => id), path.transfers, path.firstWasRight, path.isAutomatic]), [
    ['case-5', ['u650102-chengguan'], 0, true, false], ['case-3', ['u650102-chengguan'], 2, true, false], ['case-2', ['u650102-chengguan', 'u650102-zhujian'], 1, false, false], ['case-1', ['u650102-chengguan'], 0, true, true],
  ]);
  t.deepEqual(all.paths[0]?.matter, {'zh-CN': '<020101>', en: '020101 in English'});
  t.is((await ask('shi.zhiban', '&unit=u650102-zhujian')).orders, 1);
  t.is((await ask('shi.zhiban', '&way=manual')).orders, 3);
  t.is((await (await as('shi.zhiban')).call('/api/dispatch/history?from=2026-02-30&until=2026-03-02')).status, 400);
  t.is((await (await as('shi.zhiban')).call('/api/dispatch/history')).status, 400);
});

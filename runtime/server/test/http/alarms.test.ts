import test, {type ExecutionContext} from 'ava';
import {engineErrors, type InstanceState} from '@banli/processes';
import {newId} from '@banli/store';
import {bindOperationRoutes} from '../../src/routes/operations.js';
import {codeOf, ownRoutes, serverClock, setup as setupServer} from './setup.js';

/** A case that stands at one automatic step with so many attempts left. */
function stateOf(caseId: string, retries: number): InstanceState {
  return {
    caseId, instanceId: 'i', definitionId: 'd', revision: 1, seq: 1, ended: false, endActivityId: null, tasks: [], subscriptions: [], tree: null,
    externalTasks: [{id: 'e1', stepId: 'plan', topic: 't', executionId: 'x', retries, errorMessage: null}],
    incidents: retries === 0 ? [{activityId: 'plan', type: 'failedExternalTask', message: null}] : [],
  };
}

/** A server with two open alarms: one of a case that the city's centre accepted, one of no case. */
async function setup(t: ExecutionContext) {
  const engine = () => ({up: true, product: 'camunda', version: '7', reason: null});
  const attempts: Array<[string, number]> = [];
  const failing: {error: Error | null} = {error: null};
  const processes = {
    async state(caseId: string) {
      if (failing.error) throw failing.error;
      return stateOf(caseId, attempts.length === 0 ? 0 : 3);
    },
    setRetries: async (id: string, retries: number) => void attempts.push([id, retries]),
  };
  const server = await setupServer(t, {routes: parts => [...ownRoutes(parts), ...bindOperationRoutes({...parts, clock: serverClock, audit: parts.audit.log, engine, processes})]});
  const alarm = async (kind: string, caseId: string | null) => {
    const id = newId();
    await server.store.knex('case_alarm').insert({id, at: 1, kind, case_id: caseId, text: JSON.stringify({'zh-CN': '需人工处理'}), closed_at: null});
    return id;
  };
  await server.store.knex('case_party').insert({case_id: 'case-1', party: 'unit:u650100-centre', path: '/u650000-centre/u650100-centre/'});
  const close = async (account: string, alarmId: string, body: unknown) => {
    const {headers} = await server.signIn(account);
    return server.call(`/api/operations/alarms/${alarmId}/close`, {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
  };
  const retry = async (account: string, alarmId: string) => {
    const {headers} = await server.signIn(account);
    return server.call(`/api/operations/alarms/${alarmId}/retry`, {method: 'POST', headers});
  };
  return {...server, ofCase: await alarm('incident', 'case-1'), ofNone: await alarm('counters', null), closeAlarm: close, attempts, failing, alarm, retry};
}

test('a supervisor closes an alarm of his own centre with a reason, and the list says so', async t => {
  const {closeAlarm, ofCase, signIn, call} = await setup(t);
  const answer = await closeAlarm('shi.duban', ofCase, {reason: '已重新发送'});
  t.is(answer.status, 200);
  t.like(await answer.json(), {id: ofCase, closeReason: '已重新发送'});
  const {headers} = await signIn('shi.duban');
  const {alarms} = (await (await call('/api/operations/alarms', {headers})).json()) as {alarms: Array<{id: string; closedAt: number | null; closedByName: string | null}>};
  t.deepEqual(alarms.map(alarm => alarm.id), [ofCase]);
  t.truthy(alarms[0]?.closedAt);
  t.truthy(alarms.find(alarm => alarm.id === ofCase)?.closedByName);
  t.is(await codeOf(await closeAlarm('qu.xitong', ofCase, {reason: '再次处理'})), 'CASE_ALARM_CLOSED');
});

test('who has no right, no reach or no reason closes nothing', async t => {
  const {closeAlarm, ofCase, ofNone, store} = await setup(t);
  t.is(await codeOf(await closeAlarm('shi.shouli', ofCase, {reason: '无权处理'})), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await closeAlarm('shi.duban', ofNone, {reason: '全区告警'})), 'CASE_ALARM_UNKNOWN');
  for (const body of [{}, {reason: ''}, {reason: '   '}, {reason: 5}, {reason: '好'.repeat(501)}, {reason: '已处理', closedAt: 1}]) t.is((await closeAlarm('qu.xitong', ofCase, body)).status, 400);
  t.is((await store.knex('case_alarm').whereNull('closed_at')).length, 2);
  t.is((await closeAlarm('qu.xitong', ofNone, {reason: '已核对计数'})).status, 200);
});

test('the list and the count show the alarms of the own reach, and nobody else hears of them', async t => {
  const {call, signIn, ofCase, ofNone} = await setup(t);
  const seenBy = async (account: string) => {
    const {headers} = await signIn(account);
    const list = await call('/api/operations/alarms', {headers});
    const {alarms: count} = (await (await call('/api/operations/engine', {headers})).json()) as {alarms: number};
    return {status: list.status, ids: list.status === 200 ? ((await list.json()) as {alarms: Array<{id: string}>}).alarms.map(alarm => alarm.id).sort() : [], count};
  };
  t.deepEqual(await seenBy('qu.xitong'), {status: 200, ids: [ofCase, ofNone].sort(), count: 2});
  t.deepEqual(await seenBy('shi.duban'), {status: 200, ids: [ofCase], count: 1});
  t.deepEqual(await seenBy('shi.shouli'), {status: 403, ids: [], count: 0});
});

test('a failed step is tried again once: new attempts, the alarm is closed with those of its case, and it is audited', async t => {
  const {retry, alarm, ofCase, attempts, store} = await setup(t);
  const twin = await alarm('incident', 'case-1');
  const answer = await retry('shi.duban', ofCase);
  t.is(answer.status, 200);
  t.like(await answer.json(), {id: ofCase, closeReason: '再试一次'});
  t.deepEqual(attempts, [['e1', 3]]);
  t.truthy((await store.knex('case_alarm').where({id: twin}).first<{closed_at: number | null}>())?.closed_at);
  t.is((await store.knex('audit_entry').where({action: 'alarm.retry', subject: 'case-1', result: 'done'})).length, 1);
  t.is((await store.knex('case_timeline').where({case_id: 'case-1', kind: 'work.retried'})).length, 1);
  t.is(await codeOf(await retry('shi.duban', ofCase)), 'CASE_ALARM_CLOSED');
  t.is(attempts.length, 1);
});

test('who has no right or no reach tries nothing again, and an alarm of another kind offers it to nobody', async t => {
  const {retry, alarm, ofCase, ofNone, attempts} = await setup(t);
  t.is(await codeOf(await retry('shi.shouli', ofCase)), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await retry('shi.duban', ofNone)), 'CASE_ALARM_UNKNOWN');
  t.is(await codeOf(await retry('qu.xitong', ofNone)), 'CASE_ALARM_NO_RETRY');
  t.is(await codeOf(await retry('qu.xitong', await alarm('compensated', 'case-1'))), 'CASE_ALARM_NO_RETRY');
  t.is(await codeOf(await retry('qu.xitong', '01AAAAAAAAAAAAAAAAAAAAAAAA')), 'CASE_ALARM_UNKNOWN');
  t.deepEqual(attempts, []);
});

test('while the engine is down nothing is tried again and the alarm stays open; a step that went on by itself only closes it', async t => {
  const {retry, failing, attempts, ofCase, store} = await setup(t);
  failing.error = engineErrors.DOWN({reason: 'gone'});
  const refused = await retry('shi.duban', ofCase);
  t.deepEqual([refused.status, await codeOf(refused)], [503, 'ENGINE_DOWN']);
  t.is((await store.knex('case_alarm').where({id: ofCase}).whereNull('closed_at')).length, 1);
  failing.error = null;
  attempts.push(['e1', 3]);
  t.is((await retry('shi.duban', ofCase)).status, 200);
  t.is(attempts.length, 1, 'its attempts are left alone');
});

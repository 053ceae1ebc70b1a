import test, {type ExecutionContext} from 'ava';
import type {CaseViewJson} from '@banli/api';
import type {Cases} from '@banli/cases';
import {createRecentReasons} from '@banli/people';
import {createReasonKeeper} from '../../src/reason-keeper.js';
import {bindCaseRoutes} from '../../src/routes/cases.js';
import {bindReasonRoutes} from '../../src/routes/reasons.js';
import {bindTaskRoutes} from '../../src/routes/tasks.js';
import {codeOf, ownRoutes, serverClock, setup as setupServer} from './setup.js';

const field = (id: string, binding: object = {}) => ({type: 'string', title: id, 'x-banli': {id, ...binding}});
const schema = {type: 'object', 'x-banli-form': {id: 'case', title: {'zh-CN': '单'}}, properties: {name: field('name', {mask: 'name', sensitivity: 'mask'}), opinion: field('opinion', {phrases: []}), result: field('result'), address: field('address', {phrases: [], sensitivity: 'encrypt'})}};
const view = {
  head: {id: 'c', number: 'n', title: 't', bundleId: 'hotline', state: {id: 's', title: {'zh-CN': '办'}}, urgency: null, urgencyTitle: null, matterTitle: null, round: 1, marks: [], acceptedAt: 1, leadUnitName: null, clock: null},
  version: 1, stamp: 1, pending: null, ended: false, form: {schema, values: {name: '阿依古丽'}, access: {}}, tasks: [], clocks: [], strands: [], parties: [], documents: [], may: {}, refusedAt: 1,
} as unknown as CaseViewJson;

/** A server whose cases accept every command but that of the task `refused`. */
async function setup(t: ExecutionContext, isBroken = false) {
  const warned: unknown[] = [];
  const accept = async (_actor: unknown, {taskId}: {taskId?: string}): Promise<CaseViewJson> => {
    if (taskId === 'refused') throw new Error('no');
    return view;
  };
  const cases = {complete: accept, request: accept, cancel: accept, view: async () => view} as unknown as Cases;
  const server = await setupServer(t, {routes: parts => {
    const reasons = createRecentReasons({store: parts.store, vault: parts.vault, clock: serverClock});
    const reasonKeeper = createReasonKeeper({reasons: isBroken ? {...reasons, remember: async () => Promise.reject(new Error('full'))} : reasons, log: {warn: (event: unknown) => void warned.push(event)}});
    return [...ownRoutes(parts), ...bindTaskRoutes({cases, reasonKeeper}), ...bindReasonRoutes({reasons}), ...bindCaseRoutes({cases, reasonKeeper, documents: {html: async () => ''} as never, citizenLook: (async () => null) as never, messagesOf: async () => [], guidanceFor: async () => ({items: [], duties: [], rights: [], standards: []})})];
  }});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    const send = (method: string, path: string, body?: object) => server.call(path, {method, headers: {...headers, ...(body ? {'content-type': 'application/json'} : {})}, ...(body ? {body: JSON.stringify(body)} : {})});
    return {send, complete: (taskId: string, outcome: string, values: object) => send('POST', `/api/tasks/${taskId}/complete`, {outcome, values, caseVersion: 1}), read: async () => ((await (await send('GET', '/api/reasons/hotline')).json()) as {reasons: unknown[]}).reasons};
  };
  return {...server, warned, as};
}

test('the reasons of accepted commands are offered to who gave them; values of other fields and what tells of a person are not', async t => {
  const {as} = await setup(t);
  const [one, other] = [await as('shi.shouli'), await as('shi.paidan')];
  await one.complete('task', 'refuse', {opinion: '佐证不足', result: '已修好', address: '解放路'});
  await one.complete('task', 'refuse', {opinion: '请联系阿依古丽核实'});
  await one.complete('refused', 'refuse', {opinion: '没有办成'});
  await one.send('POST', '/api/tasks/task/requests', {actionId: 'extend', values: {opinion: '情况复杂'}, caseVersion: 1});
  await one.send('POST', '/api/cases/c/cancel', {reason: '重复登记', caseVersion: 1});
  t.deepEqual((await one.read()).map(each => Object.values(each as object).join(' ')).sort(), ['case.cancel case.cancel 重复登记', 'opinion extend 情况复杂', 'opinion refuse 佐证不足']);
  t.deepEqual(await other.read(), []);
  t.is((await other.send('DELETE', '/api/reasons/hotline/opinion')).status, 200);
  t.is((await one.read()).length, 3, 'nobody forgets for another');
  t.is((await one.send('DELETE', '/api/reasons/hotline/opinion')).status, 200);
  t.is((await one.read()).length, 1);
});

test('a reason that cannot be kept fails no command that was accepted, and stands in the log', async t => {
  const {as, warned} = await setup(t, true);
  const one = await as('shi.shenhe');
  t.is((await one.complete('task', 'refuse', {opinion: '佐证不足'})).status, 200);
  t.deepEqual(warned, [{event: 'server.reasons.failed', error: 'Error: full'}]);
});

test('nonsense is refused, and so is nobody', async t => {
  const {as, call} = await setup(t);
  t.is((await call('/api/reasons/hotline')).status, 401);
  const one = await as('shi.shenhe');
  t.is(await codeOf(await one.send('GET', `/api/reasons/${'x'.repeat(200)}`)), 'HTTP_INPUT_WRONG');
  t.is(await codeOf(await one.send('DELETE', `/api/reasons/hotline/${'x'.repeat(65)}`)), 'HTTP_INPUT_WRONG');
});

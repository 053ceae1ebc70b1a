import test from 'ava';
import type {CaseViewJson} from '@banli/api';
import {startWholeServer, type Caller, type WholeServer} from './support/whole-server.js';

const order = {name: '阿依古丽', phone: '13900005678', nature: 'complaint', channel: 'phone', title: '夜市摊位占道经营', content: '商户把摊位摆到人行道，行人只能走机动车道', area: '650102', place: '解放南路夜市', matter: '020101', urgency: 'normal', callbackWanted: true, intakeRoute: 'dispatch'};
const centre = 'u650100-centre';

async function register(server: WholeServer, clerk: Caller, values: Readonly<Record<string, unknown>>): Promise<string> {
  const {cases} = await clerk.call<{cases: ReadonlyArray<{caseId: string}>}>('POST', '/api/cases', {bundleId: 'hotline', items: [{values: {...order, ...values}}]});
  const caseId = cases[0]?.caseId ?? '';
  await server.work(caseId);
  return caseId;
}

test('a city switches it on: what is sure goes to the unit without a dispatcher, everything else waits for one, and says why', async t => {
  t.timeout(180_000);
  const server = await startWholeServer(t);
  const {platform, as} = server;
  const [clerk, leader, dispatcher] = [await as('shi.shouli'), await as('shi.zhiban'), await as('shi.paidan')];
  const off = await register(server, clerk, {place: '关着的时候'});
  t.deepEqual(await platform.dispatchRound(), {sent: 0, left: 0, putOff: 0});
  await leader.call('POST', '/api/dispatch/automatic/switch', {unitId: centre, on: true, reason: '试行自动派单'});
  const sure = await register(server, clerk, {place: '一号'});
  const several = await register(server, clerk, {place: '二号', area: '650102004'});
  const report = await register(server, clerk, {place: '三号', nature: 'report'});
  const doubtful = await register(server, clerk, {place: '四号', title: '路灯不亮'});
  const border = await register(server, clerk, {place: '五号', area: '650102005'});
  t.deepEqual(await platform.dispatchRound(), {sent: 1, left: 4, putOff: 0});
  t.deepEqual(await platform.dispatchRound(), {sent: 0, left: 0, putOff: 0});
  const view = (caseId: string) => dispatcher.call<CaseViewJson>('GET', `/api/cases/${caseId}`);
  const stepOf = async (caseId: string) => (await view(caseId)).tasks.filter(task => task.state === 'open').map(task => task.stepId);
  t.deepEqual(await Promise.all([off, sure, several, report, doubtful, border].map(stepOf)), [['dispatchCase'], ['signCase'], ['dispatchCase'], ['dispatchCase'], ['dispatchCase'], ['dispatchCase']]);
  const why = async (caseId: string) => {
    const {lines} = await dispatcher.call<{lines: ReadonlyArray<{kind: string; text: {'zh-CN': string; en?: string}; actorName: string | null}>}>('GET', `/api/cases/${caseId}/timeline`);
    return lines.filter(line => line.kind.startsWith('dispatch.')).map(({text, actorName}) => `${actorName}｜${text['zh-CN']}`);
  };
  t.deepEqual(await why(off), []);
  t.regex((await why(sure)).join(), /^自动派单｜自动派单，派至天山区城市管理局：置信度 100，阈值 80；依据自动派单规则 2026\.\S+ 版“全部事项·新疆维吾尔自治区”。$/);
  t.regex((await why(several)).join(), /需要 1 个协办单位，属跨领域工单/);
  t.regex((await why(report)).join(), /规则“全部事项·新疆维吾尔自治区·举报”规定由人工派单/);
  t.regex((await why(doubtful)).join(), /置信度 75 低于阈值 80（标题更像其他事项扣 25）/);
  t.regex((await why(border)).join(), /责任单位不唯一，可选：.+、.+/);
  const {clocks} = await view(sure);
  t.true(clocks.some(clock => clock.clock === 'respond' && clock.status === 'running'), 'the time to respond starts with the dispatch');

  const state = await leader.call<{units: ReadonlyArray<{unit: {id: string}; inForce: boolean; sentToday: number; leftToday: number; maySwitch: boolean}>; log: ReadonlyArray<{on: boolean; reason: string}>}>('GET', '/api/dispatch/automatic');
  t.like(state.units.find(each => each.unit.id === centre), {inForce: true, sentToday: 1, leftToday: 4, maySwitch: true});
  t.like(state.log, {length: 1, 0: {on: true, reason: '试行自动派单'}});
  t.false((await dispatcher.call<typeof state>('GET', '/api/dispatch/automatic')).units.some(each => each.maySwitch));

  await leader.call('POST', '/api/dispatch/automatic/switch', {unitId: centre, on: false, reason: '系统演练，转人工'});
  const late = await register(server, clerk, {place: '六号'});
  t.deepEqual([await platform.dispatchRound(), await stepOf(late)], [{sent: 0, left: 0, putOff: 0}, ['dispatchCase']]);

  const today = new Date(platform.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const history = (more: string) => leader.call<{orders: number; automatic: number; firstRight: number; automaticRight: number; paths: ReadonlyArray<{caseId: string; units: ReadonlyArray<{name: string}>; isAutomatic: boolean}>}>('GET', `/api/dispatch/history?from=${today}&until=${today}${more}`);
  t.like(await history(''), {orders: 1, automatic: 1, firstRight: 1, automaticRight: 1, transfers: 0, paths: {length: 1, 0: {caseId: sure, isAutomatic: true, units: {length: 1, 0: {name: '天山区城市管理局'}}}}});
  t.is((await history('&way=manual')).orders, 0);
  t.is((await history('&matter=01')).orders, 0);
  t.is((await history('&unit=u650102-chengguan&matter=02')).orders, 1);
  t.deepEqual(server.lines, []);
});

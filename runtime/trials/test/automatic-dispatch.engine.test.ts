import {automaticDispatchRoutes} from '@banli/api';
import test from 'ava';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {clockOf, useStage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const centre = 'u650100-centre';
/** One unit is responsible, nobody assists, and the title names the matter. */
const sure = {...stallOrder, area: '650102'};

const turn = async (on: boolean, account = 'shi.zhiban') => (await stage().person(account)).call(automaticDispatchRoutes.throwSwitch, {body: {unitId: centre, on, reason: on ? '按计划启用' : '系统故障，转人工'}});

/** Waits until the order has come to a unit by itself: until then the unit does not see it. */
const arrived = (caseId: string) => stage().wait('the order comes to the unit', async () => ((await stage().view('shi.shouli', caseId)).tasks.some(task => task.state === 'open' && task.stepId === 'signCase') ? true : null));

test.serial('an order that is sure reaches the unit through the engine, without a dispatcher, with its clocks; what is not sure waits', async t => {
  t.timeout(240_000);
  const scene = stage();
  await turn(true);
  const order = await scene.registerOne({...sure, place: '解放南路一号'});
  await arrived(order.caseId);
  const {view, task} = await scene.open('ts.chengguan', order.caseId, 'signCase');
  t.is(task.unitId, 'u650102-chengguan');
  t.is(clockOf(view, 'respond').status, 'running');
  t.deepEqual(await scene.states('ts.chengguan', order), ['待签收', '处置中']);
  const lines = await scene.lines('shi.paidan', order.caseId);
  t.deepEqual(lines.filter(line => line.actorName === '自动派单').map(line => line.kind), ['completed', 'dispatch.sent']);
  t.regex(lines.find(line => line.kind === 'dispatch.sent')?.text['zh-CN'] ?? '', /天山区城市管理局：置信度 100，阈值 80/);
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'sign');

  const several = await scene.registerOne({...stallOrder, place: '解放南路二号'});
  await scene.wait('it is left to a dispatcher', async () => (await scene.lines('shi.paidan', several.caseId)).find(line => line.kind === 'dispatch.left') ?? null);
  await scene.finish('shi.paidan', several.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await scene.finish('ts.chengguan', several.caseId, 'signCase', 'sign');
});

test.serial('a unit returns what was sent to it: the second dispatch is a person’s, and the history counts the first as wrong', async t => {
  t.timeout(240_000);
  const scene = stage();
  const order = await scene.registerOne({...sure, place: '解放南路三号'});
  await arrived(order.caseId);
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'return', {returnReason: 'not-our-duty', returnText: '不属于本单位职责'});
  await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'approve', {opinion: '同意改派'});
  const left = await scene.wait('the second dispatch is left to a person', async () => (await scene.lines('shi.paidan', order.caseId)).find(line => line.kind === 'dispatch.left') ?? null);
  t.regex(left.text['zh-CN'], /由派单员处理/);
  await scene.open('shi.paidan', order.caseId, 'dispatchCase');
  const {paths} = await (await scene.person('shi.zhiban')).call(automaticDispatchRoutes.history, {query: {from: '2026-03-02', until: '2026-03-02', way: 'automatic'}});
  t.like(paths.find(path => path.caseId === order.caseId), {transfers: 1, firstWasRight: false, isAutomatic: true});
});

test.serial('switched to manual, the next order waits for the dispatcher, who sends it as ever', async t => {
  t.timeout(240_000);
  const scene = stage();
  t.is((await scene.refusal(() => turn(false, 'shi.paidan')))?.code, 'PERMISSIONS_DENIED');
  await turn(false);
  t.is((await scene.refusal(() => turn(false)))?.code, 'CASE_SWITCH_SAME');
  const order = await scene.registerOne({...sure, place: '解放南路四号'});
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  t.is((await scene.open('ts.chengguan', order.caseId, 'signCase')).task.unitId, 'u650102-chengguan');
  t.false((await scene.lines('shi.paidan', order.caseId)).some(line => line.kind.startsWith('dispatch.')));
});

import test from 'ava';
import {act, choose, until} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {ask, deskOf, send, takePhrase, type Desk} from './support/desk.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('a unit returns by clicking, a phrase taken by keys; the return is accepted and the order dispatched again, each asked about', async t => {
  t.timeout(420_000);
  const scene = stage();
  const window = await browser();
  const order = await scene.registerOne({...stallOrder, area: '650102004003', place: '山西巷社区门口'});
  const desk = deskOf({t, scene, order, window});
  await returned(desk);
  t.deepEqual(window.faults(), []);
});

async function returned(desk: Desk): Promise<void> {
  const {t, scene, order, window: shown} = desk;
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  const unit = await desk.at('ts.chengguan', 'signCase');
  const dialog = await ask(desk, unit, '退回');
  await dialog.getByText('审核同意前仍由本单位负责').last().waitFor();
  await dialog.getByRole('button', {name: '退回', exact: true}).click();
  await dialog.getByRole('alert').first().waitFor();
  await shown.picture(unit, 'dialog-退回-refused');
  await choose(unit, '退回原因', '', '不属于本单位职责');
  await takePhrase(unit, '退回说明');
  t.regex(await until(text => /改派/.test(text), () => dialog.getByLabel('退回说明').inputValue()), /改派/);
  await send(dialog, '退回');
  const reviewer = await desk.at('shi.shenhe', 'reviewReturn');
  await takePhrase(reviewer, '审核意见');
  await act(reviewer, '同意退回');
  await reviewer.getByRole('dialog').getByText('工单将从天山区城市管理局收回').last().waitFor();
  await shown.picture(reviewer, 'ask-同意退回');
  await send(reviewer.getByRole('dialog'), '同意退回');
  const dispatcher = await desk.at('shi.paidan', 'dispatchCase');
  await choose(dispatcher, '办理模式', '', '单独办理');
  await choose(dispatcher, '主办单位', '天山区分中心', '天山区分中心');
  await dispatcher.getByLabel('未按建议派单的理由').fill('由分中心牵头');
  await act(dispatcher, '派单');
  await dispatcher.getByRole('dialog').getByText('工单将派给天山区分中心并通知其签收').last().waitFor();
  await shown.picture(dispatcher, 'ask-派单');
  await send(dispatcher.getByRole('dialog'), '派单');
  await act(await desk.at('ts.fenzhongxin', 'signCase'), '签收');
}

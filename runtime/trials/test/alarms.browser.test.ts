import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {answer, settled} from '../src/browser/hands.js';
import {at} from '../src/main-job/words.js';
import {signedVariableOf} from './support/engine-rest.js';
import {failStep} from './support/failed-step.js';
import {useStage, type Order} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

/** Takes a picture in all sizes and asks axe. */
async function look(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await (await browser()).picture(page, name);
  t.deepEqual(await findBarriers(page), [], name);
}

/** An order whose return could not be refused, because a condition failed in the engine: an alarm tells of it. */
async function raiseAlarm(): Promise<Order> {
  const scene = stage();
  const order = await scene.registerOne();
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'return', {returnReason: 'content-unclear', returnText: '未写明位置'});
  const signed = await signedVariableOf(scene.instance, order.caseId);
  await signed.spoil();
  await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'refuse', {opinion: '请先核实'});
  await signed.restore();
  return order;
}

test.serial('an alarm is seen with its case, closed with a reason only, and then shows who closed it and why', async t => {
  t.timeout(300_000);
  const order = await raiseAlarm();
  const window = await browser();
  const page = await window.open('shi.duban');
  await page.getByRole('link', {name: /告警/}).first().click();
  const row = page.getByRole('listitem').filter({hasText: order.number});
  await row.getByText('操作未生效').waitFor();
  await look(t, page, 'alarms');
  await row.getByRole('button', {name: /关闭告警/}).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', {name: '关闭告警'}).click();
  await dialog.getByText('请写明处理情况，至少两个字').waitFor();
  await look(t, page, 'alarm-without-reason');
  await dialog.getByRole('button', {name: '已联系经办人重新办理'}).click();
  await answer(dialog.getByRole('button', {name: '关闭告警'}));
  await page.getByText('没有未关闭的告警').waitFor();
  await row.getByText(/关闭：已联系经办人重新办理/).waitFor();
  t.is(await settled(0, () => row.getByRole('button', {name: /关闭告警/}).count()), 0);
  await look(t, page, 'alarms-closed');
  await row.getByRole('link', {name: order.number}).click();
  await page.getByRole('tab', {name: '办理'}).waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a failed automatic step is tried again from its alarm, by keys too; a refusal stands at the row, and once the cause is gone the case goes on', async t => {
  t.timeout(300_000);
  const scene = stage();
  const {order, due} = await failStep(scene);
  const window = await browser();
  const page = await window.open('shi.duban');
  await page.goto(`${scene.instance.url()}/alarms`);
  const rows = page.getByRole('listitem').filter({hasText: order.number});
  const retry = rows.getByRole('button', {name: `再试一次：${order.number}`});
  await retry.first().waitFor();
  await look(t, page, 'alarm-retry');
  await page.route('**/retry', route => route.fulfill({status: 503, contentType: 'application/json', body: JSON.stringify({code: 'ENGINE_DOWN', message: 'The process engine does not answer at the moment.', messageZh: '流程引擎暂时没有应答。', details: {}, problems: [], requestId: 'r'})}), {times: 1});
  await retry.first().focus();
  await page.keyboard.press('Enter');
  await rows.getByText('流程引擎暂时没有应答').waitFor();
  await look(t, page, 'alarm-retry-refused');
  await due.restore();
  await retry.first().click();
  await rows.getByText(/关闭：再试一次/).waitFor();
  await look(t, page, 'alarm-retried');
  await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  t.is(await settled(0, () => retry.count()), 0);
  await page.context().close();
});

test.serial('whoever may not see operations finds no way to the alarms, also not by their address', async t => {
  t.timeout(300_000);
  const page = await (await browser()).open('shi.paidan');
  t.is(await page.getByRole('link', {name: /告警/}).count(), 0);
  await page.goto(`${stage().instance.url()}/alarms`);
  await page.getByText('看不到告警').waitFor();
  await look(t, page, 'alarms-forbidden');
  await page.context().close();
});

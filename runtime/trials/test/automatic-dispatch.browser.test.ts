import test from 'ava';
import {findBarriers} from '../src/browser/axe.js';
import {answer, settled} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('whoever leads the shift starts automatic dispatch with a reason, an order goes by itself, and one click makes it manual again', async t => {
  t.timeout(300_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.zhiban');
  await page.getByRole('link', {name: '自动派单'}).first().click();
  const unit = page.getByRole('listitem').filter({hasText: '今日自动派单'}).filter({hasText: '乌鲁木齐市'});
  await unit.getByText('未启用').waitFor();
  await window.picture(page, 'automatic-off');
  await unit.getByRole('button', {name: /^启用自动派单/}).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').and(page.locator(':focus')).waitFor();
  await dialog.getByRole('button', {name: '启用自动派单'}).click();
  await dialog.getByText('请填写原因，至少 2 个字。').waitFor();
  await window.picture(page, 'automatic-without-reason');
  await dialog.getByRole('button', {name: '按计划启用'}).click();
  await answer(dialog.getByRole('button', {name: '启用自动派单'}));
  await unit.getByText('已启用').waitFor();
  await page.getByText('按计划启用').waitFor();

  const order = await scene.registerOne({...stallOrder, area: '650102'});
  await scene.wait('the order comes to the unit', async () => ((await scene.view('shi.shouli', order.caseId)).tasks.some(task => task.stepId === 'signCase') ? true : null));
  await page.goto(`${scene.instance.url()}/cases/${order.caseId}`);
  await page.getByRole('tab', {name: '时间线'}).click();
  await page.getByText(/自动派单，派至天山区城市管理局：置信度 100/).first().waitFor();
  await window.picture(page, 'automatic-timeline');

  await page.goto(`${scene.instance.url()}/automatic-dispatch`);
  await unit.getByText('今日自动派单 1 件，转人工 0 件').waitFor();
  t.deepEqual(await findBarriers(page), []);
  await window.picture(page, 'automatic-on');
  await unit.getByRole('button', {name: /^立即转人工/}).click();
  await dialog.getByRole('button', {name: '系统故障，转人工'}).click();
  await answer(dialog.getByRole('button', {name: '立即转人工'}));
  await unit.getByText('已停用').waitFor();
  await page.getByText(/系统故障，转人工/).waitFor();
  await page.getByRole('tab', {name: '派单记录'}).click();
  const path = page.getByRole('listitem').filter({hasText: order.number});
  await path.getByText('天山区城市管理局').waitFor();
  t.is(await settled(1, () => path.getByText('首派正确').count()), 1);
  t.deepEqual(await findBarriers(page), []);
  await window.picture(page, 'automatic-history');
  await page.getByRole('tab', {name: '启停'}).click();
  await unit.getByText('已停用').waitFor();
  await window.picture(page, 'automatic-manual');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a dispatcher sees how it stands and has no switch; a clerk does not see the page', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('shi.paidan');
  await page.getByRole('link', {name: '自动派单'}).first().click();
  await page.getByText('启停记录').waitFor();
  t.is(await page.getByRole('button', {name: /自动派单|转人工/}).count(), 0);
  await page.context().close();
  const clerk = await window.open('shi.shouli');
  await clerk.goto(`${stage().instance.url()}/automatic-dispatch`);
  await clerk.getByText('看不到自动派单').waitFor();
  t.is(await clerk.getByRole('link', {name: '自动派单'}).count(), 0);
  await clerk.context().close();
  t.deepEqual(window.faults(), []);
});

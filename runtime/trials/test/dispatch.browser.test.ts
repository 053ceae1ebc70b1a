import test from 'ava';
import type {Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import type {Window} from '../src/browser/browser.js';
import {act, actAndAgree, choose, settled, until} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);
const other = '沙依巴克区市场监督管理局';

/** The page of the dispatcher, who has opened a new order. */
async function atDispatch(window: Window): Promise<Page> {
  const scene = stage();
  const {caseId} = await scene.registerOne();
  await scene.open('shi.paidan', caseId, 'dispatchCase');
  const page = await window.open('shi.paidan');
  await page.goto(`${scene.instance.url()}/cases/${caseId}`);
  return page;
}

test.serial('whoever registers sees the proposal change with the service object, and why', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('shi.shouli');
  await page.getByRole('link', {name: '登记'}).first().click();
  await choose(page, '所属区域', '沙依巴克', '沙依巴克区');
  await choose(page, '事项分类', '家具家电', '家具家电质量投诉');
  const rail = page.getByRole('complementary', {name: '派单建议与重复提示'});
  await rail.getByText('沙依巴克区市场监督管理局').first().waitFor();
  t.is(await settled(0, () => rail.getByText('适用条件').count()), 0);
  await choose(page, '服务对象', '企业', '企业');
  await rail.getByText('服务对象为企业', {exact: true}).waitFor();
  await rail.getByText(/因服务对象为企业，企业采购商品/).waitFor();
  await rail.getByText('沙依巴克区分中心').first().waitFor();
  await window.picture(page, 'proposal-attribute');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a matter of another application says so beside the form', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('shi.shouli');
  // An application that this post may not start, as far as the browser can tell.
  const twin = {processId: 'twin', processTitle: {'zh-CN': '企业诉求工单', en: 'Orders of enterprises'}, formId: 'case', formTitle: null, row: '02', version: '2026.1.0'};
  await page.route('**/api/catalogs/proposal?**', async route => {
    const answer = await route.fetch();
    await route.fulfill({response: answer, json: {...((await answer.json()) as object), handling: twin}});
  });
  await page.goto(`${stage().instance.url()}/register/hotline`);
  await choose(page, '所属区域', '解放南路', '解放南路');
  await choose(page, '事项分类', '占道', '占道经营');
  await page.getByText('该事项应在“企业诉求工单”中办理').waitFor();
  await page.getByText('当前岗位不能登记“企业诉求工单”，请转交有权限的人员，或另选事项。').waitFor();
  await window.picture(page, 'other-process');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('whoever reads English reads the proposal of the case in English: reason, row and limits', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await atDispatch(window);
  await page.getByText('建议理由', {exact: true}).waitFor();
  await page.getByRole('button', {name: 'English'}).click();
  for (const name of ['proposalReason', 'proposalRow', 'respondLimit', 'resolveLimit']) {
    const field = page.locator(`[data-field=${name}] .banli-read`).first();
    await field.waitFor();
    // The source of a limit stays as it stands in the catalog.
    const told = async () => (await field.innerText()).replace(/\(own rule: .*\)$/, '');
    t.notRegex(await until(text => !/\p{Script=Han}/u.test(text), told), /\p{Script=Han}/u, name);
  }
  t.is(await settled(0, () => page.locator('[data-field=proposalReasonEn]').count()), 0);
  await page.getByText('Reason', {exact: true}).first().scrollIntoViewIfNeeded();
  await window.picture(page, 'proposal-english');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('at dispatch units without the right to handle the matter are marked, and one of them gets the case only for a reason', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await atDispatch(window);
  const lead = page.locator('[data-field=leadUnit]');
  await lead.locator('.ant-select').click();
  const list = page.locator('.ant-select-dropdown:visible');
  await lead.locator('input').fill('天山区城市管理局');
  await list.getByTitle('天山区城市管理局', {exact: true}).waitFor();
  t.is(await settled(0, () => list.getByText('目录未授权办理此事项').count()), 0);
  await lead.locator('input').fill('市场监督');
  await list.getByTitle(other, {exact: true}).getByText('目录未授权办理此事项').waitFor();
  await window.picture(page, 'unit-marks');
  await list.getByTitle(other, {exact: true}).click();
  await lead.getByText(`目录未授权${other}办理此事项`).waitFor();
  await list.waitFor({state: 'hidden'});
  t.deepEqual(await findBarriers(page), []);
  await act(page, '派单');
  await page.getByText('请填写未按建议派单的理由').first().waitFor();
  await window.picture(page, 'unit-no-right');
  await page.locator('[data-field=changeReason] textarea, [data-field=changeReason] input').first().fill('商户经营问题，由市场监管部门先行核查');
  await actAndAgree(page, '派单');
  await page.getByText('待签收').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults().filter(fault => !fault.includes('status of 422')), []);
});

test.serial('a rule that orders came back from is told with reasons and who took them, and a click prepares the change of just that place', async t => {
  t.timeout(400_000);
  const window = await browser();
  const scene = stage();
  for (let count = 0; count < 3; count += 1) {
    const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', {...stallOrder, title: `占道经营退回 ${count + 1}`});
    await scene.finish('ts.chengguan', order.caseId, 'handleCase', 'return', {returnReason: 'not-our-duty', returnText: '属街道职责'});
    await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'approve', {opinion: '同意改派'});
    await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102004', assistUnits: [], changeReason: '改由街道办理'});
  }
  const page = await window.open('qu.admin');
  await page.goto(`${scene.instance.url()}/dispatch-rules?tab=suggestions`);
  const card = page.getByRole('listitem').filter({hasText: '“占道经营”派给天山区城市管理局后被退回 3 次'});
  await card.getByText('其中 3 件最终由解放南路街道办事处办理。').waitFor();
  await card.getByText('退回原因：不属于本单位职责 3 次。').waitFor();
  await window.picture(page, 'suggestion');
  t.deepEqual(await findBarriers(page), []);
  await card.getByRole('link', {name: /1/}).first().waitFor();
  await card.getByRole('button', {name: '拟一份改由解放南路街道办事处主办的变更'}).click();
  const drawer = page.locator('.ant-drawer').last();
  await drawer.getByText('按退回建议调整：占道经营（解放南路街道）').first().waitFor();
  await drawer.getByRole('heading', {name: /^修改内容（\d+ 行）/}).waitFor();
  await drawer.getByText(/解放南路街道办事处/).first().waitFor();
  await window.picture(page, 'suggestion-change');
  t.deepEqual(await findBarriers(page), []);
  await drawer.getByRole('button', {name: '提交审核'}).click();
  await drawer.getByText('审核中').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults().filter(fault => !fault.includes('status of 422')), []);
});

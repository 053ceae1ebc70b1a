import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {createTestSchema} from '@banli/store/testing';
import {startInstance, type Instance} from '../src/instance.js';
import {openWindow, resize, sizes, type Window} from '../src/browser/browser.js';
import {act, answer, choose, openFromInbox, settled, tick} from '../src/browser/hands.js';
import {photograph} from '../src/browser/photograph.js';
import {password} from '../src/ready-home.js';
import {tellFailures} from './support/tell-failures.js';
import {pictureFolder} from './support/window.js';

const pictures = pictureFolder();

let instance: Instance;
let window: Window;
let drop = async (): Promise<void> => undefined;

test.before(async t => {
  t.timeout(300_000);
  const schema = process.env['BANLI_TEST_DATABASE'] === 'mysql' ? await createTestSchema() : null;
  instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn'}, ...(schema ? {databaseUrl: schema.url} : {})});
  window = await openWindow(instance.url, password, pictures);
  drop = async () => schema?.drop();
});

tellFailures(() => window);

test.after.always(async () => {
  await window.close();
  await instance.remove();
  await drop();
});

const title = '购买的电热毯有质量问题';
const field = (page: Page, label: string) => page.getByRole('textbox', {name: label, exact: true});

/** Chooses another row of a drop-down that has one: opened by typing, as a click would land on the row shown. */
async function chooseOther(page: Page, label: string, typed: string, option: string): Promise<void> {
  const box = page.getByLabel(label).first();
  const pick = async (): Promise<void> => {
    await box.focus();
    await box.fill(typed);
    await page.locator('.ant-select-dropdown:visible').getByText(option).first().click();
  };
  await pick();
  const isTaken = await page.locator('.ant-select-selection-item').filter({hasText: option}).first().waitFor({timeout: 5_000}).then(() => true, () => false);
  // The list was loaded anew under the click.
  if (!isTaken) await pick();
}

/** Pictures of a part of the page, on a laptop and on a phone. */
async function look(page: Page, name: string, words: string): Promise<void> {
  for (const size of ['laptop', 'phone'] as const) {
    await resize(page, size);
    await page.getByRole('heading', {name: words, exact: true}).locator('visible=true').first().evaluate(node => node.scrollIntoView({block: 'center'}));
    await photograph(page, join(pictures, `${name}-${size}.png`));
  }
  await resize(page, 'laptop');
}

async function fillBase(page: Page): Promise<void> {
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('姓名').fill('孙知夏');
  await page.getByLabel('联系电话').fill('13899990004');
  await choose(page, '诉求性质', '', '投诉');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('诉求内容').last().fill('购买的电热毯使用一天就不发热，商家拒绝退换。');
  await choose(page, '所属区域', '解放南路', '解放南路');
  await page.getByLabel('详细地点').fill('天山区某商场');
}

/** Where the case got another matter and urgency, its clock counts another limit from the same start, and says why. */
async function clockTold(page: Page): Promise<void> {
  await page.getByRole('button', {name: '办结时限：查看时限依据'}).locator('visible=true').first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(/随办件变更重定（原到期 .*）：事项由“商品质量投诉”改为“餐饮服务纠纷”，紧急程度由“普通”改为“紧急”；时限改为 24 小时，仍自 .* 起算/).first().waitFor();
  for (const size of ['laptop', 'phone'] as const) {
    await resize(page, size);
    await photograph(page, join(pictures, `elements-clock-${size}.png`));
  }
  await resize(page, 'laptop');
  await page.keyboard.press('Escape');
  await drawer.waitFor({state: 'detached'});
  await page.getByRole('tab', {name: '时间线'}).click();
  await page.getByText(/时限重定：办结时限 .* → /).locator('visible=true').first().waitFor();
  await photograph(page, join(pictures, 'elements-timeline-laptop.png'));
}

test.serial('choosing the matter brings its elements at once; another matter keeps what both ask; what is demanded is demanded', async t => {
  t.timeout(300_000);
  const page = await window.open('shi.shouli');
  await fillBase(page);
  t.is(await page.getByText('事项要素', {exact: true}).count(), 0);
  await choose(page, '事项分类', '商品质量', '商品质量投诉');
  await field(page, '商家名称').waitFor();
  t.is(await settled(1, () => page.locator('[data-field=matter]:focus-within').count()), 1, 'whoever chose the matter goes on from there');
  await look(page, 'elements-chosen', '事项要素');
  await field(page, '商家名称').fill('某商场');
  await page.getByRole('button', {name: '更多要素（选填）'}).click();
  await field(page, '品牌型号').fill('暖阳 150W');
  await chooseOther(page, '事项分类', '网络购物', '网络购物纠纷');
  await field(page, '平台名称').waitFor();
  t.is(await settled('某商场', () => field(page, '商家名称').inputValue()), '某商场');
  await chooseOther(page, '事项分类', '商品质量', '商品质量投诉');
  await page.getByText('平台名称').waitFor({state: 'detached'});
  t.is(await settled('暖阳 150W', () => field(page, '品牌型号').inputValue()), '暖阳 150W');
  await tick(page.getByLabel('提交审核'));
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText('请填写涉及物品或服务').first().waitFor();
  await look(page, 'elements-missing', '事项要素');
  await field(page, '涉及物品或服务').fill('电热毯');
  await page.getByText(/已保存/).first().waitFor();
  await page.reload();
  await field(page, '涉及物品或服务').waitFor();
  t.is(await settled('电热毯', () => field(page, '涉及物品或服务').inputValue()), '电热毯');
  await look(page, 'elements-draft', '事项要素');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText('已登记 1 件').waitFor();
  await page.context().close();
});

test.serial('the elements stand on the case page; sent back, the clerk chooses another matter and the former answers stay readable', async t => {
  t.timeout(300_000);
  const reviewer = await window.open('shi.shenhe');
  await openFromInbox(reviewer, title, '审核');
  await reviewer.getByText('暖阳 150W').first().waitFor();
  await look(reviewer, 'elements-review', '事项要素');
  await reviewer.getByLabel('审核意见').fill('请核对事项分类');
  await act(reviewer, '退回补充');
  await answer(reviewer.getByRole('dialog').getByRole('button', {name: '退回补充'}));
  await reviewer.getByRole('dialog').waitFor({state: 'detached'});
  await reviewer.context().close();
  const clerk = await window.open('shi.shouli');
  await openFromInbox(clerk, title, '补充');
  await field(clerk, '品牌型号').waitFor();
  await chooseOther(clerk, '事项分类', '餐饮服务', '餐饮服务纠纷');
  await field(clerk, '被反映对象名称').waitFor();
  await clerk.getByRole('heading', {name: '原事项要素'}).waitFor();
  await field(clerk, '被反映对象名称').fill('某商场');
  await look(clerk, 'elements-reclassified', '事项要素');
  await chooseOther(clerk, '紧急程度', '紧急', '紧急');
  await act(clerk, '补正提交');
  await clerk.getByText('待审核').first().waitFor();
  await clockTold(clerk);
  await clerk.getByRole('tab', {name: '详情'}).click();
  await clerk.getByText('暖阳 150W').locator('visible=true').first().waitFor();
  await look(clerk, 'elements-former', '原事项要素');
  await clerk.context().close();
  t.deepEqual(window.faults(), []);
  t.log(`pictures: ${pictures}`);
});

import {inboxRoutes} from '@banli/api';
import test from 'ava';
import type {Page} from 'playwright-core';
import {choose, settled, until} from '../src/browser/hands.js';
import {sendCall, typeCall} from '../src/browser/registration.js';
import {usePages} from './support/pages.js';

const pages = usePages();
const cases = (url: URL) => url.pathname === '/api/cases';
const drafts = (url: URL) => url.pathname.startsWith('/api/drafts');

/** The server gets the next submission, and its answer is lost on the way back. */
async function loseAnswer(page: Page): Promise<void> {
  await page.route(cases, async route => {
    await route.fetch();
    await route.abort('connectionreset');
  }, {times: 1});
}

async function submit(page: Page): Promise<void> {
  await page.getByRole('button', {name: '提交', exact: true}).click();
}

/** Numbers of the orders of a title. */
async function ordersOf(title: string): Promise<readonly string[]> {
  const clerk = await pages().person('shi.shouli');
  const {rows} = await clerk.call(inboxRoutes.search, {body: {q: title}});
  await clerk.close();
  return rows.map(row => row.number);
}

test.serial('an answer that is lost makes no second order, though no draft could be saved; neither does the page that is loaded anew', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  await page.route(drafts, route => route.abort('connectionreset'));
  await typeCall(page, {title: '凉亭旁流动摊贩占道'});
  await loseAnswer(page);
  await submit(page);
  await page.locator('.app-actions').getByText('网络不通').waitFor();
  await loseAnswer(page);
  await page.reload();
  await page.getByLabel('标题').waitFor();
  t.is(await settled('凉亭旁流动摊贩占道', () => page.getByLabel('标题').inputValue()), '凉亭旁流动摊贩占道', 'this browser kept it');
  await submit(page);
  await page.locator('.app-actions').getByText('网络不通').waitFor();
  await page.unroute(drafts);
  await sendCall(page);
  const [number, ...others] = await ordersOf('凉亭旁流动摊贩占道');
  t.deepEqual(others, []);
  await page.getByText(number ?? 'none').waitFor();
  await page.getByRole('button', {name: '继续登记'}).click();
  await typeCall(page, {title: '天桥下流动摊贩占道'});
  await sendCall(page);
  t.is((await ordersOf('天桥下流动摊贩占道')).length, 1, 'the next call is another one');
  await page.context().close();
});

test.serial('what is changed after an answer was lost is not passed over: the page says under which number the call stands, and what registers another', async t => {
  t.timeout(300_000);
  const {window, look} = pages();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '喷泉旁流动摊贩占道'});
  await page.getByText(/^已保存/).waitFor();
  await loseAnswer(page);
  await submit(page);
  await page.locator('.app-actions').getByText('网络不通').waitFor();
  await page.getByLabel('详细地点').fill('解放南路小区西门');
  await submit(page);
  const [number] = await ordersOf('喷泉旁流动摊贩占道');
  await page.getByText(`该来电已登记为 ${number ?? 'none'}`).waitFor();
  await look(t, page, 'call-changed');
  await sendCall(page);
  t.is((await ordersOf('喷泉旁流动摊贩占道')).length, 2);
  t.deepEqual(window.faults().filter(fault => !/ERR_CONNECTION_RESET|404/.test(fault)), []);
  await page.context().close();
});

/** Adds a further order to the call, which takes over all but title and matter, and types these. */
async function copyAs(page: Page, title: string): Promise<void> {
  await page.getByRole('button', {name: '复制新单'}).click();
  await page.locator('#item-title:focus').waitFor();
  const expected = String(['李明远', '13899990001', '', '解放南路小区东门']);
  const values = await until(found => String(found) === expected, () => Promise.all(['姓名', '联系电话', '标题', '详细地点'].map(label => page.getByLabel(label).first().inputValue())));
  if (String(values) !== expected) throw new Error(`Taken over: ${values.join(', ')}`);
  await page.getByLabel('标题').fill(title);
  await choose(page, '事项分类', '占道', '占道经营');
}

test.serial('several matters of one call: the person is shared, a problem is shown at its field of its order, and all are registered', async t => {
  t.timeout(300_000);
  const {window, look} = pages();
  const titles = ['东门摊贩占道', '西门摊贩占道', '北门摊贩占道'] as const;
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: titles[0]});
  for (const title of titles.slice(1)) await copyAs(page, title);
  const tab = (at: number) => page.getByRole('tab', {name: `${at + 1}. ${titles[at] ?? ''}`});
  await page.getByLabel('联系电话').first().fill('13899990002');
  await tab(1).click();
  t.is(await settled('13899990002', () => page.getByLabel('联系电话').first().inputValue()), '13899990002', 'what is corrected in one order is corrected in all');
  await settled('true', async () => (await tab(1).getAttribute('aria-selected')) ?? '');
  await page.getByLabel('详细地点').fill('');
  await tab(2).click();
  t.is(await settled('解放南路小区东门', () => page.getByLabel('详细地点').inputValue()), '解放南路小区东门', 'the place is not shared');
  await look(t, page, 'three-matters');

  await page.getByRole('button', {name: '提交 3 件'}).click();
  await page.locator('#item-place[aria-invalid=true]:focus').waitFor();
  t.is(await settled('true', () => tab(1).getAttribute('aria-selected')), 'true', 'the order with the problem');
  await page.getByRole('alert', {name: /处需要改正/}).getByRole('button', {name: /详细地点/}).click();
  await page.locator('#item-place:focus').waitFor();
  await look(t, page, 'second-matter-wrong');
  await page.keyboard.type('解放南路小区西门');
  await tab(0).click();
  await tab(1).click();
  await page.locator('#item-title:focus').waitFor();
  t.is(await settled(0, () => page.getByRole('alert', {name: /处需要改正/}).count()), 0, 'what was corrected is not told again');
  await tab(0).click();

  const problems = [{code: 'FORMS_TEXT_LONG', message: 'Too long.', messageZh: '文字太长，请缩短。', place: {element: 'items.1', field: 'place'}}];
  await page.route(cases, route => route.fulfill({status: 422, contentType: 'application/json', body: JSON.stringify({code: 'CASE_INPUT', message: 'The form is wrong.', messageZh: '表单有误。', details: {}, problems, requestId: 'request-1'})}), {times: 1});
  await page.getByRole('button', {name: '提交 3 件'}).click();
  await page.getByText('文字太长，请缩短。').first().waitFor();
  t.deepEqual([await settled('true', () => tab(1).getAttribute('aria-selected')), await settled('解放南路小区西门', () => page.locator('#item-place').inputValue())], ['true', '解放南路小区西门'], 'what the server finds, too');

  await page.getByRole('button', {name: '提交 3 件'}).click();
  await page.getByText('已登记 3 件').waitFor();
  await look(t, page, 'three-registered');
  const shown = (await page.locator('.app-registered-list tbody tr').allInnerTexts()).map(text => /\d{6}-\d{8}-\d{6}/.exec(text)?.[0]);
  t.deepEqual(shown, await Promise.all(titles.map(async title => (await ordersOf(title))[0])), 'in their order');
  const clerk = await pages().person('shi.shouli');
  const {rows} = await clerk.call(inboxRoutes.search, {body: {q: '13899990002'}});
  await clerk.close();
  t.deepEqual(rows.map(row => row.title).sort(), [...titles].sort());
  await page.context().close();
});

import {inboxRoutes} from '@banli/api';
import test from 'ava';
import type {Page} from 'playwright-core';
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
  t.timeout(180_000);
  const page = await pages().window.open('shi.shouli');
  await page.route(drafts, route => route.abort('connectionreset'));
  await typeCall(page, {title: '凉亭旁流动摊贩占道'});
  await loseAnswer(page);
  await submit(page);
  await page.locator('.app-actions').getByText('网络不通').waitFor();
  await loseAnswer(page);
  await page.reload();
  await page.getByLabel('标题').waitFor();
  t.is(await page.getByLabel('标题').inputValue(), '凉亭旁流动摊贩占道', 'this browser kept it');
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
  t.timeout(180_000);
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

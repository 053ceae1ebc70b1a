import test from 'ava';
import type {Page} from 'playwright-core';
import {choose, settled} from '../src/browser/hands.js';
import {sendCall, typeCall} from '../src/browser/registration.js';
import {usePages} from './support/pages.js';

const pages = usePages();

const queryOf = (page: Page) => new URL(page.url()).searchParams;

test.serial('what narrows a search stands above the results, goes one by one or all at once, and is kept by the address', async t => {
  t.timeout(300_000);
  const {window, at, look} = pages();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '早市占道经营'});
  await sendCall(page);
  await page.goto(at('/search?q=占道&state=open'));
  const active = page.getByRole('group', {name: '当前条件'});
  await active.getByText('字词：占道').waitFor();
  await active.getByText('状态：进行中').waitFor();
  await page.getByRole('row').filter({hasText: '早市占道经营'}).waitFor();
  await choose(page, '事项（含下级）', '占道', '占道经营');
  await active.getByText('事项（含下级）：占道经营').waitFor();
  await page.getByRole('row').filter({hasText: '早市占道经营'}).waitFor();
  await look(t, page, 'search-chips');
  await page.reload();
  await active.getByText('事项（含下级）：占道经营').waitFor();
  await active.getByRole('button', {name: '取消筛选：状态：进行中'}).focus();
  await page.keyboard.press('Enter');
  await active.getByText('状态：进行中').waitFor({state: 'detached'});
  t.is(await settled(null, async () => queryOf(page).get('state')), null);
  t.is(queryOf(page).get('q'), '占道');
  await active.getByRole('button', {name: '全部清除'}).click();
  await active.waitFor({state: 'detached'});
  t.is(await settled('', async () => queryOf(page).toString()), '');
  t.is(await settled('', () => page.getByLabel('单号、完整电话或标题中的字词').or(page.getByRole('searchbox')).first().inputValue()), '');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a phone number is searched for and found, but never stands in the address', async t => {
  t.timeout(300_000);
  const {window, at} = pages();
  const page = await window.open('shi.shouli');
  await page.goto(at('/search'));
  await page.getByRole('searchbox').fill('13899990001');
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({hasText: '早市占道经营'}).waitFor();
  await page.getByRole('group', {name: '当前条件'}).getByText('字词：13899990001').waitFor();
  t.false(page.url().includes('13899990001'));
  await page.getByRole('link', {name: '早市占道经营'}).first().click();
  await page.getByRole('tab', {name: '详情'}).waitFor();
  await page.goBack();
  await page.getByRole('row').filter({hasText: '早市占道经营'}).waitFor();
  await page.goto(at('/search?q=13899990001'));
  await page.getByRole('row').filter({hasText: '早市占道经营'}).waitFor();
  t.false(await settled(false, async () => page.url().includes('13899990001')), 'an old link is taken out of the address');
  await page.context().close();
});

test.serial('an address that leads nowhere says so and leads back', async t => {
  t.timeout(300_000);
  const {window, at, look} = pages();
  const page = await window.open('shi.shouli');
  for (const path of ['/nonexistent', '/inbox/nonexistent']) {
    await page.goto(at(path));
    await page.getByRole('heading', {name: '找不到页面'}).waitFor();
    await page.getByText(path).waitFor();
  }
  await look(t, page, 'missing-page');
  await page.getByRole('link', {name: /待办/}).last().click();
  await page.waitForURL(/inbox\/todo/);
  await page.goto(at('/'));
  await page.waitForURL(/inbox\/todo/);
  await page.context().close();
});

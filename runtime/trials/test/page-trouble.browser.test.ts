import test from 'ava';
import {resize} from '../src/browser/browser.js';
import {comeBackTo, settled} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();

test.serial('a drawer that Escape closes gives the focus back to the row it was opened from', async t => {
  t.timeout(300_000);
  const {window, at} = pages();
  const page = await window.open('qu.admin');
  await page.goto(at('/catalogs/limits?tab=gone'));
  const row = page.locator('.app-catalog-open').first();
  await row.waitFor();
  t.is(await settled('目录内容', () => page.getByRole('tab', {selected: true}).first().innerText()), '目录内容', 'an address with a tab that is not there opens the rows');
  const opener = await row.innerText();
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', {name: opener}).waitFor();
  await resize(page, 'phone');
  const covers = "(() => { const [title, extra] = ['.ant-drawer-title', '.ant-drawer-extra'].map(each => document.querySelector(each).getBoundingClientRect()); return title.right > extra.left && title.bottom > extra.top; })()";
  t.false(await settled(false, () => page.evaluate<boolean>(covers)), 'the title is not covered by what may be done');
  await window.picture(page, 'row-drawer');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', {name: opener}).waitFor({state: 'detached'});
  t.is(await settled(opener, () => page.evaluate<string>('document.activeElement.innerText')), opener);
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a page stays while it cannot be renewed, and says when a part of it is gone after an update', async t => {
  t.timeout(300_000);
  const {window, at} = pages();
  const page = await window.open('qu.admin');
  await page.goto(at('/catalogs/limits'));
  await page.locator('.app-catalog-open').first().waitFor();
  await page.route('**/api/catalogs', route => route.fulfill({status: 500, contentType: 'application/json', body: '{"code":500,"msg":"upstream"}'}));
  await comeBackTo(page, page.getByText('服务器暂时无法答复（HTTP 500），请稍后重试。'));
  t.true(await page.locator('.app-catalog-open').first().isVisible());
  await window.picture(page, 'catalog-not-renewed');
  await page.route('**/assets/*', route => route.fulfill({status: 404, body: ''}));
  await page.getByRole('link', {name: '派单规则检查'}).click();
  await page.getByText('系统已更新或网络中断，请重新加载页面。').waitFor();
  await page.getByRole('button', {name: '重新加载'}).waitFor();
  await window.picture(page, 'part-gone');
  await page.context().close();
});
